#ifndef HP_OPTIONS_H
#define HP_OPTIONS_H
#include <argp.h>

/* Parses argv with the argp, arguments and options in the order typed. An unknown option, a missing
 * value or a value too many is one line naming the options that are accepted, and exit code 2. */
void hp_options_parse(const struct argp *argp, int argc, char **argv, void *input);

#endif
