#ifndef HP_TEXT_H
#define HP_TEXT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decodes one UTF-8 character; its length in bytes, or 0 when the bytes are not UTF-8 (overlong
 * forms, surrogates and code points beyond U+10FFFF are not). */
size_t hp_utf8_decode(const char *text, size_t length, uint32_t *code);

/* May the character begin (continue) a name? ASCII letters and '_' (and digits), and the letters of
 * the Latin, Greek and Cyrillic blocks U+00C0..U+024F, U+0370..U+03FF, U+0400..U+04FF. */
bool hp_begins_name(uint32_t code);
bool hp_continues_name(uint32_t code);

/* Memory that is freed at once. */
typedef struct hp_arena_block hp_arena_block;
typedef struct {
  hp_arena_block *block;
} hp_arena;

void *hp_arena_allocate(hp_arena *arena, size_t count, size_t size); /* zeroed */
char *hp_arena_text(hp_arena *arena, const char *text, size_t length);
void hp_arena_free(hp_arena *arena);

/* The array with room for one more element: doubled in the arena when count is 0 or a power of 2. */
void *hp_arena_grow(hp_arena *arena, void *array, size_t count, size_t size);

/* A whole file. NULL with errno set when it cannot be read; EISDIR for a directory, EFBIG when it
 * has more than limit bytes. free() it; text[length] = 0. */
char *hp_read_file(const char *path, size_t limit, size_t *length);

#endif
