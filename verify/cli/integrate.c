#include "cli.h"
#include "digits.h"
#include "names.h"
#include "options.h"
#include "output.h"
#include "reference/problem/allocate.h"
#include "reference/problem/rational.h"
#include "reference/taylor/fields.h"
#include "states.h"
#include "suite.h"
#include "values.h"
#include "verify/results.h"
#include "verify/version.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- options ---- */

enum { OPTION_TIME = 256, OPTION_AT, OPTION_DIGITS, OPTION_MOMENTUM, OPTION_JSON };
enum { MOST_TIMES = 4096 };

static const struct argp_option option_list[] = {
    {"problem", 'p', "FILE|NAME", 0, "A problem file or a built-in problem", 0},
    {"time", OPTION_TIME, "V", 0, "Integrate from 0 to V > 0", 0},
    {"at", OPTION_AT, "V", 0, "Also the state at time V, 0 < V <= --time; may be repeated", 0},
    {"digits", OPTION_DIGITS, "N", 0, "Correct digits, 1 to 10000 (default: 30)", 0},
    {"momentum", OPTION_MOMENTUM, "V", 0, "Momentum, 0 <= V < 1 (default: the problem's, else 0)",
     0},
    {"json", OPTION_JSON, "FILE|-", 0, "Write JSON to FILE, or to standard output", 0},
    {0},
};

static const char documentation[] =
    "Integrates a flow of the theory from the problem's start.\v"
    "gradient: u' = -grad Phi(u) / (1 - momentum), the rescaled gradient flow of claim A1; "
    "--momentum 0 is the plain gradient flow.\n"
    "\n"
    "The flow is computed twice, with more guard digits the second time, until all digits asked "
    "for "
    "agree; components that are smaller than 10^-digits of the largest may show fewer.";

typedef struct {
  const char *field, *problem, *json;
  long digits;
  bool has_momentum, has_time;
  mpq_t momentum, time;
  mpq_t *at; /* the times asked for; the end comes last */
  size_t n_at;
} integrate_options;

static void set_field(integrate_options *options, const char *name) {
  static const char *const fields[] = {"gradient"};
  if (options->field)
    hp_reject("one field at a time, '%.64s' is one too many; accepted: gradient", name);
  if (strcmp(name, "momentum") == 0 || strcmp(name, "mgf") == 0 ||
      strncmp(name, "modified", strlen("modified")) == 0)
    hp_reject("field '%.64s' is not available yet; accepted: gradient", name);
  if (strcmp(name, "gradient") != 0)
    hp_reject("unknown field '%.64s'%s; accepted: gradient", name,
              hp_names_suggestion(name, fields, 1));
  options->field = name;
}

static void add_time(integrate_options *options, const mpq_t time) {
  if (options->n_at == MOST_TIMES)
    hp_reject("too many --at; accepted: at most %d", MOST_TIMES - 1);
  options->at = hp_reallocate(options->at, options->n_at + 1, sizeof *options->at);
  mpq_init(options->at[options->n_at]);
  mpq_set(options->at[options->n_at++], time);
}

static error_t parse_option(int key, char *argument, struct argp_state *state) {
  integrate_options *options = state->input;
  switch (key) {
  case ARGP_KEY_ARG:
    set_field(options, argument);
    break;
  case 'p':
    options->problem = argument;
    break;
  case OPTION_TIME:
    hp_value_positive(options->time, "time", argument);
    options->has_time = true;
    break;
  case OPTION_AT: {
    mpq_t time;
    mpq_init(time);
    hp_value_positive(time, "at", argument);
    add_time(options, time);
    mpq_clear(time);
    break;
  }
  case OPTION_DIGITS:
    options->digits = hp_value_whole("digits", argument, 1, 10000);
    break;
  case OPTION_MOMENTUM:
    hp_value_momentum(options->momentum, argument);
    options->has_momentum = true;
    break;
  case OPTION_JSON:
    options->json = argument;
    break;
  default:
    return ARGP_ERR_UNKNOWN;
  }
  return 0;
}

static int compare_times(const void *a, const void *b) {
  return mpq_cmp(*(const mpq_t *)a, *(const mpq_t *)b);
}

static void read_options(integrate_options *options, int argc, char **argv) {
  static const struct argp argp = {
      .options = option_list, .parser = parse_option, .args_doc = "gradient", .doc = documentation};
  *options = (integrate_options){.digits = 30};
  mpq_inits(options->momentum, options->time, NULL);
  hp_options_parse(&argp, argc, argv, options);
  if (!options->field)
    hp_reject("no field named; accepted: gradient");
  if (!options->problem)
    hp_reject("no problem named; accepted: --problem FILE|NAME");
  if (!options->has_time)
    hp_reject("no time given; accepted: --time V with V > 0");
  for (size_t i = 0; i < options->n_at; ++i)
    if (mpq_cmp(options->at[i], options->time) > 0)
      hp_reject("--at %s is beyond --time %s; accepted: 0 < at <= time",
                hp_rational_text(options->at[i]), hp_rational_text(options->time));
  add_time(options, options->time);
  qsort(options->at, options->n_at, sizeof *options->at, compare_times);
}

static void clear_options(integrate_options *options) {
  for (size_t i = 0; i < options->n_at; ++i)
    mpq_clear(options->at[i]);
  free(options->at);
  mpq_clears(options->momentum, options->time, NULL);
}

/* ---- output ---- */

static json_t *state_json(const hp_states *rough, const hp_states *fine, size_t d, size_t i,
                          long digits) {
  json_t *u = json_array();
  for (size_t k = i * d; k < (i + 1) * d; ++k) {
    char *text = hp_digits_text(rough->value[k], fine->value[k], digits);
    json_array_append_new(u, json_string(text));
    free(text);
  }
  return u;
}

static json_t *texts_json(size_t n, mpq_t values[]) {
  json_t *array = json_array();
  for (size_t i = 0; i < n; ++i) {
    char *text = hp_rational_text(values[i]);
    json_array_append_new(array, json_string(text));
    free(text);
  }
  return array;
}

static json_t *flow_json(const hp_states *rough, const hp_states *fine,
                         const hp_suite_problem *loaded, const mpq_t lambda,
                         integrate_options *options) {
  const hp_problem *problem = loaded->problem;
  size_t d = problem->n_params;
  char *momentum = hp_rational_text(lambda), *time = hp_rational_text(options->time);
  json_t *names = json_array(), *states = json_array();
  for (size_t k = 0; k < d; ++k)
    json_array_append_new(names, json_string(problem->param_names[k]));
  for (size_t i = 0; i < options->n_at; ++i) {
    char *t = hp_rational_text(options->at[i]);
    json_array_append_new(
        states, json_pack("{ss so}", "t", t, "u", state_json(rough, fine, d, i, options->digits)));
    free(t);
  }
  json_t *json =
      json_pack("{ss ss ss ss ss ss so so ss sI sI sI so so}", "schema", "heavyproof.flow/1",
                "version", HP_VERSION, "field", options->field, "problem", problem->name,
                "problem_file", loaded->file, "momentum", momentum, "params", names, "start",
                texts_json(d, problem->start), "time", time, "digits", (json_int_t)options->digits,
                "steps", (json_int_t)fine->steps, "order", (json_int_t)fine->order, "states",
                states, "u", state_json(rough, fine, d, options->n_at - 1, options->digits));
  free(momentum);
  free(time);
  return json;
}

static void print_flow(FILE *stream, const hp_states *rough, const hp_states *fine,
                       const hp_problem *problem, const mpq_t lambda,
                       const integrate_options *options) {
  size_t d = problem->n_params;
  char *momentum = hp_rational_text(lambda);
  fprintf(stream, "# u' = -grad Phi(u)/(1 - %s), %s, %ld digits, %zu steps, order %zu\n", momentum,
          problem->name, options->digits, fine->steps, fine->order);
  free(momentum);
  for (size_t i = 0; i < options->n_at; ++i) {
    char *t = hp_rational_text(options->at[i]);
    for (size_t k = 0; k < d; ++k) {
      char *text = hp_digits_text(rough->value[i * d + k], fine->value[i * d + k], options->digits);
      fprintf(stream, "t = %s  %s = %s\n", t, problem->param_names[k], text);
      free(text);
    }
    free(t);
  }
}

int hp_command_integrate(int argc, char **argv) {
  integrate_options options;
  read_options(&options, argc, argv);
  if (options.json)
    hp_output_require("json", options.json);
  hp_suite_problem loaded;
  hp_suite_load(&loaded, options.problem);
  mpq_t lambda;
  mpq_init(lambda);
  if (options.has_momentum || loaded.problem->has_momentum)
    hp_suite_momentum(lambda, &loaded, options.has_momentum ? &options.momentum : NULL);
  hp_program *field = hp_field_rescaled_gradient(loaded.problem, lambda);
  hp_states rough, fine;
  const hp_flow flow = {.problem = loaded.problem,
                        .field = field,
                        .at = (const mpq_t *)options.at,
                        .n_at = options.n_at,
                        .digits = options.digits};
  hp_states_agreed(&rough, &fine, &flow);
  bool json_only = options.json && strcmp(options.json, "-") == 0;
  print_flow(json_only ? stderr : stdout, &rough, &fine, loaded.problem, lambda, &options);
  if (options.json)
    hp_output_json(flow_json(&rough, &fine, &loaded, lambda, &options), options.json);
  hp_states_clear(&rough);
  hp_states_clear(&fine);
  hp_program_free(field);
  mpq_clear(lambda);
  hp_suite_unload(&loaded);
  clear_options(&options);
  return HP_EXIT_PASSED;
}
