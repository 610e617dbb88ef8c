#ifndef HP_OUTPUT_H
#define HP_OUTPUT_H
#include <jansson.h>
#include <stdio.h>

/* First thing in main. At exit, when standard output could not be written, one line says so and the
 * exit code is HP_EXIT_ERROR; a closed pipe is such an error, not a signal. */
void hp_output_begin(void);

/* Refuses (hp_reject) a path of an option that cannot become a file: its directory is missing or
 * cannot be written, or something other than a regular file stands there. "-" is standard output. */
void hp_output_require(const char *option, const char *path);

/* A file that appears under its name only when complete. */
typedef struct {
  FILE *stream;
  const char *path; /* "-": standard output */
  char *temporary;
} hp_output;
void hp_output_open(hp_output *output, const char *path);
void hp_output_close(hp_output *output); /* renames; exits with HP_EXIT_ERROR when it cannot */

/* The object on one file, indented; takes the reference. */
void hp_output_json(json_t *json, const char *path);

#endif
