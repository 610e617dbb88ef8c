#include "reference/problem/allocate.h"
#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdint.h>
#include <stdlib.h>

Test(allocate, memory_is_zeroed) {
  int *block = hp_allocate(100, sizeof *block);
  for (int i = 0; i < 100; i++)
    cr_assert_eq(block[i], 0);
  block = hp_reallocate(block, 200, sizeof *block);
  block[199] = 1;
  free(block);
}

Test(allocate, nothing_is_a_valid_pointer) {
  char *none = hp_allocate(0, 8), *empty = hp_allocate(8, 0);
  cr_assert_not_null(none);
  cr_assert_not_null(empty);
  none = hp_reallocate(none, 0, 8);
  cr_assert_not_null(none);
  free(none);
  free(empty);
}

Test(allocate, copies_a_text) {
  char *copy = hp_copy_text("momentum");
  cr_assert_str_eq(copy, "momentum");
  free(copy);
}

Test(allocate, says_when_a_size_overflows, .exit_code = HP_EXIT_INTERNAL,
     .init = cr_redirect_stderr) {
  hp_reallocate(NULL, SIZE_MAX / 2, 4);
}
