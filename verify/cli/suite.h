#ifndef HP_SUITE_H
#define HP_SUITE_H
#include "reference/problem/problem.h"

/* Problems by file or by the name of a built-in one. The built-in problems are the files
 * problems/NAME.phi of the data directory, which is, first that exists:
 *     $HEAVYPROOF_DATA
 *     ../share/heavyproof of the binary's directory          (installed)
 *     spec of a directory above the binary                   (the source tree) */

typedef struct {
  hp_problem *problem;
  char *file;        /* NAME.phi of a built-in problem, else the path, with a '/' in it */
  char *path;        /* where it was read */
  char *description; /* the file's first comment line, "" when there is none */
} hp_suite_problem;

/* The built-in names in alphabetical order, to be freed one by one and whole. Exits with
 * HP_EXIT_BAD_INPUT when there is no data directory. */
char **hp_suite_names(size_t *count);

/* Loads and checks one problem: a path when it has a slash, ends in .phi, or names a file and no
 * built-in problem. A mistake is one line on standard error and HP_EXIT_BAD_INPUT. */
void hp_suite_load(hp_suite_problem *loaded, const char *file_or_name);
void hp_suite_unload(hp_suite_problem *loaded);

/* The momentum (horizon) of the command line when given, else of the file; refused when neither is
 * there, or the file's is out of range. */
void hp_suite_momentum(mpq_t value, const hp_suite_problem *loaded, const mpq_t *given);
void hp_suite_horizon(mpq_t value, const hp_suite_problem *loaded, const mpq_t *given);

#endif
