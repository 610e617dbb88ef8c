#ifndef HP_ALLOCATE_H
#define HP_ALLOCATE_H
#include <stddef.h>

#define HP_EXIT_INTERNAL 4

/* Zeroed memory for count objects of the given size (count = 0 gives a valid pointer).
 * When there is none: one line on standard error and exit(HP_EXIT_INTERNAL), as GMP, MPFR and
 * FLINT do; so no caller checks for NULL. Free with free(). */
void *hp_allocate(size_t count, size_t size);

/* realloc to count objects of the given size, with the same promise. The new part is not zeroed. */
void *hp_reallocate(void *block, size_t count, size_t size);

/* A copy of the text, with the same promise. */
char *hp_copy_text(const char *text);

#endif
