#include "diagnostic.h"
#include "allocate.h"
#include "text.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void sanitize(char *text) {
  size_t left = strlen(text);
  while (left > 0) {
    uint32_t code;
    size_t length = hp_utf8_decode(text, left, &code);
    if (length == 0 || code < 0x20 || (code >= 0x7F && code < 0xA0)) {
      length = length ? length : 1;
      memset(text, '?', length);
    }
    text += length;
    left -= length;
  }
}

bool hp_diagnose(hp_diagnostic *why, const char *file, hp_position at, const char *format, ...) {
  snprintf(why->file, sizeof why->file, "%s", file);
  why->line = at.line;
  why->column = at.column;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(why->message, sizeof why->message, format, arguments);
  va_end(arguments);
  sanitize(why->file);
  sanitize(why->message);
  return false;
}

void hp_diagnostic_text(const hp_diagnostic *why, char *text, size_t size) {
  if (why->line)
    snprintf(text, size, "%s:%zu:%zu: %s", why->file, why->line, why->column, why->message);
  else
    snprintf(text, size, "%s: %s", why->file, why->message);
}

static size_t smaller(size_t a, size_t b) {
  return a < b ? a : b;
}

/* Levenshtein distance by rows: row[j] = distance between the first i bytes of a and j of b. */
static size_t edit_distance(const char *a, const char *b) {
  size_t n = strlen(b);
  size_t *row = hp_allocate(n + 1, sizeof *row);
  for (size_t j = 0; j <= n; j++)
    row[j] = j;
  for (size_t i = 1; *a; i++, a++) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= n; j++) {
      size_t replaced = diagonal + (*a != b[j - 1]);
      diagonal = row[j];
      row[j] = smaller(replaced, smaller(row[j], row[j - 1]) + 1);
    }
  }
  size_t distance = row[n];
  free(row);
  return distance;
}

const char *hp_nearest(const char *word, const char *const candidates[], size_t count) {
  const char *nearest = NULL;
  size_t best = smaller(3, strlen(word));
  for (size_t i = 0; i < count; i++) {
    size_t length = strlen(candidates[i]), wanted = strlen(word);
    if (length >= wanted + best || wanted >= length + best)
      continue;
    size_t distance = edit_distance(word, candidates[i]);
    if (distance < best) {
      best = distance;
      nearest = candidates[i];
    }
  }
  return nearest;
}
