#ifndef HP_DIAGNOSTIC_H
#define HP_DIAGNOSTIC_H
#include "problem.h"

/* A place in a text; line and column (in characters) count from 1; line 0 is the file as a whole. */
typedef struct {
  size_t line, column;
} hp_position;

/* Fills why in and returns false. Control characters and broken UTF-8 in the message become '?', so
 * it is one line whatever the file holds. */
bool hp_diagnose(hp_diagnostic *why, const char *file, hp_position at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The candidate nearest to the word in edit distance, when that is at most 2 and less than the
 * word's length; else NULL. Ties go to the first. */
const char *hp_nearest(const char *word, const char *const candidates[], size_t count);

#endif
