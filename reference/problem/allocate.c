#include "allocate.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *checked(void *block, size_t count, size_t size) {
  if (block)
    return block;
  fprintf(stderr, "heavyproof: out of memory: %zu objects of %zu bytes\n", count, size);
  exit(HP_EXIT_INTERNAL);
}

void *hp_allocate(size_t count, size_t size) {
  return checked(calloc(count ? count : 1, size ? size : 1), count, size);
}

void *hp_reallocate(void *block, size_t count, size_t size) {
  if (size && count > SIZE_MAX / size)
    return checked(NULL, count, size);
  size_t bytes = count * size;
  return checked(realloc(block, bytes ? bytes : 1), count, size);
}

char *hp_copy_text(const char *text) {
  size_t length = strlen(text) + 1;
  return memcpy(hp_allocate(length, 1), text, length);
}
