#include "text.h"
#include "allocate.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t hp_utf8_decode(const char *text, size_t length, uint32_t *code) {
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  const unsigned char *byte = (const unsigned char *)text;
  if (length == 0)
    return 0;
  size_t size = byte[0] < 0x80 ? 1 : byte[0] >> 5 == 6 ? 2 : byte[0] >> 4 == 14 ? 3 : 4;
  if (size > length || (size == 4 && byte[0] >> 3 != 30))
    return 0;
  uint32_t value = size == 1 ? byte[0] : byte[0] & (0x7Fu >> size);
  for (size_t i = 1; i < size; i++) {
    if (byte[i] >> 6 != 2)
      return 0;
    value = value << 6 | (byte[i] & 0x3Fu);
  }
  if (value < least[size] || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000))
    return 0;
  *code = value;
  return size;
}

bool hp_begins_name(uint32_t code) {
  return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || code == '_' ||
         (code >= 0xC0 && code <= 0x24F && code != 0xD7 && code != 0xF7) ||
         (code >= 0x370 && code <= 0x4FF && code != 0x37E && code != 0x387);
}

bool hp_continues_name(uint32_t code) {
  return hp_begins_name(code) || (code >= '0' && code <= '9');
}

enum { ARENA_BLOCK = 1 << 16 };

struct hp_arena_block {
  hp_arena_block *next;
  size_t used, size;
  max_align_t data[];
};

void *hp_arena_allocate(hp_arena *arena, size_t count, size_t size) {
  size_t bytes = (count * size + sizeof(max_align_t) - 1) & ~(sizeof(max_align_t) - 1);
  if (!arena->block || arena->block->size - arena->block->used < bytes) {
    size_t room = bytes > ARENA_BLOCK ? bytes : ARENA_BLOCK;
    hp_arena_block *block = hp_allocate(1, sizeof *block + room);
    block->next = arena->block;
    block->size = room;
    arena->block = block;
  }
  void *memory = (char *)arena->block->data + arena->block->used;
  arena->block->used += bytes;
  return memory;
}

char *hp_arena_text(hp_arena *arena, const char *text, size_t length) {
  return memcpy(hp_arena_allocate(arena, length + 1, 1), text, length);
}

void hp_arena_free(hp_arena *arena) {
  while (arena->block) {
    hp_arena_block *next = arena->block->next;
    free(arena->block);
    arena->block = next;
  }
}

void *hp_arena_grow(hp_arena *arena, void *array, size_t count, size_t size) {
  if (count & (count - 1))
    return array;
  void *larger = hp_arena_allocate(arena, count ? 2 * count : 1, size);
  return count ? memcpy(larger, array, count * size) : larger;
}

char *hp_read_file(const char *path, size_t limit, size_t *length) {
  FILE *file = fopen(path, "rb");
  if (!file)
    return NULL;
  size_t capacity = 1 << 14, count = 0, got;
  char *text = hp_allocate(capacity + 1, 1);
  while ((got = fread(text + count, 1, capacity - count, file)) > 0) {
    count += got;
    if (count > limit)
      break;
    if (count == capacity) {
      capacity *= 2;
      text = hp_reallocate(text, capacity + 1, 1);
    }
  }
  int error = ferror(file) ? errno : count > limit ? EFBIG : 0;
  fclose(file);
  if (error) {
    free(text);
    errno = error;
    return NULL;
  }
  text[count] = 0;
  *length = count;
  return text;
}
