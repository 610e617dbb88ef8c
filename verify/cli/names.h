#ifndef HP_NAMES_H
#define HP_NAMES_H
#include <stddef.h>

/* "a, b, c"; release with free(). */
char *hp_names_joined(const char *const names[], size_t count);

/* " (did you mean 'name'?)" for the nearest name within a third of its length, by the
 * Damerau-Levenshtein distance without regard to case, or ""; release with free(). */
char *hp_names_suggestion(const char *typed, const char *const names[], size_t count);

#endif
