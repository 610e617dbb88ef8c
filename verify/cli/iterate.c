#include "cli.h"
#include "iterates.h"
#include "options.h"
#include "output.h"
#include "suite.h"
#include "values.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPTION_MOMENTUM = 256, OPTION_STEP, OPTION_COUNT, OPTION_DIGITS, OPTION_CSV };

static const struct argp_option option_list[] = {
    {"problem", 'p', "FILE|NAME", 0, "A problem file or a built-in problem", 0},
    {"method", 'm', "hb|nag|gd|a=VALUE", 0,
     "Heavy ball, Nesterov, gradient descent, any look-ahead", 0},
    {"momentum", OPTION_MOMENTUM, "V", 0, "Momentum, 0 <= V < 1 (default: the problem's)", 0},
    {"step", OPTION_STEP, "V", 0, "Step size h > 0", 0},
    {"count", OPTION_COUNT, "N", 0, "Number of steps, 0 to 10^9", 0},
    {"digits", OPTION_DIGITS, "N", 0,
     "Correct digits, 1 to 10000 (default: the double-precision kernels)", 0},
    {"csv", OPTION_CSV, "FILE|-", 0, "Write to FILE (default: standard output)", 0},
    {0},
};

static const char documentation[] =
    "Momentum iterates from the problem's start with v_0 = 0, as CSV: n, t = nh, u_n, v_n.\v"
    "v_{n+1} = momentum v_n - grad Phi(u_n + h a v_n),  u_{n+1} = u_n + h v_{n+1}.\n"
    "\n"
    "Without --digits the iterates are those of the proved double-precision kernels, 17 digits of "
    "each double. With --digits the recurrence runs twice, with more guard digits the second time, "
    "until all digits agree at every step.";

typedef struct {
  const char *problem, *method, *csv;
  bool has_momentum, has_step;
  mpq_t momentum, step;
  long count, digits; /* -1: not given */
} iterate_options;

static error_t parse_option(int key, char *argument, struct argp_state *state) {
  iterate_options *options = state->input;
  switch (key) {
  case ARGP_KEY_ARG:
    hp_reject("unexpected argument '%.64s'; accepted: options only, as --problem %.64s", argument,
              argument);
  case 'p':
    options->problem = argument;
    break;
  case 'm':
    options->method = argument;
    break;
  case OPTION_MOMENTUM:
    hp_value_momentum(options->momentum, argument);
    options->has_momentum = true;
    break;
  case OPTION_STEP:
    hp_value_positive(options->step, "step", argument);
    options->has_step = true;
    break;
  case OPTION_COUNT:
    options->count = hp_value_whole("count", argument, 0, 1000000000);
    break;
  case OPTION_DIGITS:
    options->digits = hp_value_whole("digits", argument, 1, 10000);
    break;
  case OPTION_CSV:
    options->csv = argument;
    break;
  default:
    return ARGP_ERR_UNKNOWN;
  }
  return 0;
}

static void read_options(iterate_options *options, int argc, char **argv) {
  static const struct argp argp = {
      .options = option_list, .parser = parse_option, .doc = documentation};
  *options = (iterate_options){.csv = "-", .count = -1, .digits = -1};
  mpq_inits(options->momentum, options->step, NULL);
  hp_options_parse(&argp, argc, argv, options);
  if (!options->problem)
    hp_reject("no problem named; accepted: --problem FILE|NAME");
  if (!options->method)
    hp_reject("no method named; accepted: --method hb|nag|gd|a=VALUE");
  if (!options->has_step)
    hp_reject("no step size given; accepted: --step V with V > 0");
  if (options->count < 0)
    hp_reject("no number of steps given; accepted: --count N with 0 <= N <= 1000000000");
}

static void copy(FILE *from, FILE *to) {
  char chunk[65536];
  size_t n;
  rewind(from);
  while ((n = fread(chunk, 1, sizeof chunk, from)) > 0)
    fwrite(chunk, 1, n, to);
}

int hp_command_iterate(int argc, char **argv) {
  iterate_options options;
  hp_method method;
  hp_suite_problem loaded;
  mpq_t lambda;
  read_options(&options, argc, argv);
  hp_method_read(&method, options.method);
  hp_output_require("csv", options.csv);
  hp_suite_load(&loaded, options.problem);
  hp_iterates iterates = {
      .problem = loaded.problem, .count = options.count, .digits = options.digits};
  mpq_init(lambda);
  mpq_inits(iterates.momentum, iterates.a, iterates.h, NULL);
  if (method.kind != HP_GRADIENT_DESCENT)
    hp_suite_momentum(lambda, &loaded, options.has_momentum ? &options.momentum : NULL);
  hp_method_constants(iterates.momentum, iterates.a, &method, lambda);
  mpq_set(iterates.h, options.step);
  FILE *rows = options.digits < 0 ? hp_iterates_double(&iterates) : hp_iterates_mpfr(&iterates);
  hp_output output;
  hp_output_open(&output, options.csv);
  copy(rows, output.stream);
  hp_output_close(&output);
  fclose(rows);
  mpq_clears(iterates.momentum, iterates.a, iterates.h, lambda, options.momentum, options.step,
             NULL);
  hp_method_clear(&method);
  hp_suite_unload(&loaded);
  return HP_EXIT_PASSED;
}
