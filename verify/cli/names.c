#include "names.h"
#include "reference/problem/allocate.h"
#include "verify/results.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Longer texts are nobody's misspelling. */
enum { LONGEST = 63 };

char *hp_names_joined(const char *const names[], size_t count) {
  char *list = hp_copy_text(count ? names[0] : "");
  for (size_t i = 1; i < count; ++i) {
    char *longer = hp_text("%s, %s", list, names[i]);
    free(list);
    list = longer;
  }
  return list;
}

static size_t least(size_t a, size_t b) {
  return a < b ? a : b;
}

static bool same(char a, char b) {
  return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/* Insertions, deletions, substitutions and swaps of neighbours between two texts of at most LONGEST
 * characters:  D[i][j] = distance(first i of a, first j of b). */
static size_t distance(const char *a, const char *b) {
  size_t D[LONGEST + 1][LONGEST + 1], n = strlen(a), m = strlen(b);
  for (size_t i = 0; i <= n; ++i)
    D[i][0] = i;
  for (size_t j = 0; j <= m; ++j)
    D[0][j] = j;
  for (size_t i = 1; i <= n; ++i)
    for (size_t j = 1; j <= m; ++j) {
      size_t cost = same(a[i - 1], b[j - 1]) ? 0 : 1;
      D[i][j] = least(least(D[i - 1][j], D[i][j - 1]) + 1, D[i - 1][j - 1] + cost);
      if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]))
        D[i][j] = least(D[i][j], D[i - 2][j - 2] + 1);
    }
  return D[n][m];
}

char *hp_names_suggestion(const char *typed, const char *const names[], size_t count) {
  const char *nearest = NULL;
  size_t nearest_distance = LONGEST;
  if (!*typed || strlen(typed) > LONGEST)
    return hp_copy_text("");
  for (size_t i = 0; i < count; ++i) {
    size_t length = strlen(names[i]);
    if (length > LONGEST)
      continue;
    size_t d = distance(typed, names[i]);
    if (d <= (length + 2) / 3 && d < nearest_distance) {
      nearest = names[i];
      nearest_distance = d;
    }
  }
  return nearest ? hp_text(" (did you mean '%s'?)", nearest) : hp_copy_text("");
}
