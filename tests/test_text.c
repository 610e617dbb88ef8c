#include "reference/problem/text.h"
#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static size_t decode(const char *text, uint32_t *code) {
  return hp_utf8_decode(text, strlen(text), code);
}

Test(text, decodes_utf8) {
  static const struct {
    const char *text;
    size_t length;
    uint32_t code;
  } good[] = {{"a", 1, 'a'},
              {"\xC2\x80", 2, 0x80},
              {"\xCE\xBB", 2, 0x3BB},
              {"\xE0\xA0\x80", 3, 0x800},
              {"\xEF\xBF\xBF", 3, 0xFFFF},
              {"\xF0\x90\x80\x80", 4, 0x10000},
              {"\xF4\x8F\xBF\xBF", 4, 0x10FFFF}};
  for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
    uint32_t code = 0;
    cr_assert_eq(decode(good[i].text, &code), good[i].length);
    cr_assert_eq(code, good[i].code);
  }
}

Test(text, refuses_what_is_no_utf8) {
  static const char *const bad[] = {"\x80",
                                    "\xBF",
                                    "\xC0\x80",
                                    "\xC1\xBF",
                                    "\xC3",
                                    "\xC3(",
                                    "\xE0\x80\x80",
                                    "\xE2\x82",
                                    "\xED\xA0\x80",
                                    "\xED\xBF\xBF",
                                    "\xF0\x80\x80\x80",
                                    "\xF4\x90\x80\x80",
                                    "\xF8\x80\x80\x80",
                                    "\xFF",
                                    "\xF0\x9F\x98"};
  uint32_t code = 7;
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
    cr_assert_eq(decode(bad[i], &code), 0, "case %zu", i);
  cr_assert_eq(hp_utf8_decode("a", 0, &code), 0);
  cr_assert_eq(code, 7);
}

Test(text, letters_of_names) {
  static const uint32_t letters[] = {'a', 'Z', '_', 0xC0, 0xE9, 0x3BB, 0x416};
  static const uint32_t others[] = {' ', '-', '.', 0xD7, 0xF7, 0xA0, 0x2212, 0x37E, 0x1F600};
  for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
    cr_assert(hp_begins_name(letters[i]) && hp_continues_name(letters[i]));
  for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
    cr_assert(!hp_begins_name(others[i]) && !hp_continues_name(others[i]));
  cr_assert(!hp_begins_name('7') && hp_continues_name('7'));
}

Test(text, arena) {
  hp_arena arena = {0};
  char *large = hp_arena_allocate(&arena, 1, 1 << 20), *small = hp_arena_text(&arena, "abc", 2);
  cr_assert_eq(large[(1 << 20) - 1], 0);
  cr_assert_str_eq(small, "ab");
  size_t *array = NULL;
  for (size_t i = 0; i < 1000; i++) {
    array = hp_arena_grow(&arena, array, i, sizeof *array);
    array[i] = i * i;
  }
  for (size_t i = 0; i < 1000; i++)
    cr_assert_eq(array[i], i * i);
  hp_arena_free(&arena);
  cr_assert_null(arena.block);
  hp_arena_free(&arena);
}

Test(text, reads_a_file) {
  char path[] = "/tmp/heavyproof-text-XXXXXX";
  int descriptor = mkstemp(path);
  enum { SIZE = 100000 };
  char *bytes = malloc(SIZE);
  for (size_t i = 0; i < SIZE; i++)
    bytes[i] = (char)(i * 31);
  cr_assert_eq(write(descriptor, bytes, SIZE), SIZE);
  close(descriptor);
  size_t length = 0;
  char *text = hp_read_file(path, SIZE, &length);
  cr_assert_not_null(text);
  cr_assert_eq(length, SIZE);
  cr_assert_arr_eq(text, bytes, SIZE);
  cr_assert_eq(text[SIZE], 0);
  free(text);
  cr_assert_null(hp_read_file(path, SIZE - 1, &length));
  cr_assert_eq(errno, EFBIG);
  unlink(path);
  cr_assert_null(hp_read_file(path, SIZE, &length));
  cr_assert_eq(errno, ENOENT);
  cr_assert_null(hp_read_file("/tmp", SIZE, &length));
  cr_assert_eq(errno, EISDIR);
  free(bytes);
}
