#include "cli.h"
#include "dln_map.h"
#include "network_report.h"
#include "options.h"
#include "output.h"
#include "reference/problem/allocate.h"
#include "reference/problem/diagnostic.h"
#include "reference/problem/rational.h"
#include "suite.h"
#include "values.h"
#include "verify/version.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- options ---- */

enum {
  OPTION_DATA = 256,
  OPTION_GAMMA,
  OPTION_BETA,
  OPTION_LAMBDA,
  OPTION_STOCHASTIC,
  OPTION_BATCH,
  OPTION_START,
  OPTION_STEPS,
  OPTION_DIGITS,
  OPTION_MAP,
  OPTION_JSON
};

static const struct argp_option option_list[] = {
    {"problem", 'p', "FILE|NAME", 0, "A problem declared by diagonal-linear", 0},
    {"data", OPTION_DATA, "FILE", 0, "A CSV file in its place: the columns of X, then y", 0},
    {"gamma", OPTION_GAMMA, "V", 0, "Step size of the descent, > 0", 0},
    {"beta", OPTION_BETA, "V", 0, "Its momentum, 0 <= V < 1 (default: the problem's)", 0},
    {"lambda", OPTION_LAMBDA, "V", 0,
     "The momentum gradient flow with this mass in place of a descent; 0: the gradient flow", 0},
    {"stochastic", OPTION_STOCHASTIC, "SEED", 0, "Gradients of rows drawn at random", 0},
    {"batch", OPTION_BATCH, "N", 0, "Rows drawn for each step (default: 1)", 0},
    {"start", OPTION_START, "V", 0, "Start at u = V, v = 0 (default: the problem's; 1/2 for data)",
     0},
    {"max-steps", OPTION_STEPS, "N", 0, "Give up after N steps of a descent (default: 1000000)", 0},
    {"digits", OPTION_DIGITS, "N", 0, "Correct digits, 1 to 1000 (default: 30)", 0},
    {"map", OPTION_MAP, NULL, 0,
     "In place of a network: sparse recovery of 5 out of 100 unknowns over a grid of (gamma, beta)",
     0},
    {"json", OPTION_JSON, "FILE|-", 0, "Write JSON to FILE, or to standard output", 0},
    {0},
};

static const char documentation[] =
    "Trains a diagonal linear network theta = u*v on |y - X theta|^2/(2n) until it rests, and "
    "shows "
    "what claims B3 to B6 say about where.\v"
    "Delta_inf and theta_tilde_0 come from the path's exact invariants; Delta_inf is compared with "
    "|u^2 - v^2| at the end (column Delta_inf: the relative mismatch) and theta_inf with the "
    "optimality conditions of the convex problem that it solves (column KKT). The dual certificate "
    "is the multiplier nu of those conditions. Compared with it: gradient descent at the same "
    "speed gamma/(1-beta), stochastic momentum, and, for at most 20 columns, the momentum gradient "
    "flows with lambda = gamma/(1-beta)^2 and lambda_eff = lambda (1+beta)/2.";

enum { MOST_FLOW_COLUMNS = 20, DEFAULT_SEED = 12345 };

typedef struct {
  const char *problem, *data, *json;
  bool has_gamma, has_beta, has_lambda, has_start, stochastic, map;
  mpq_t gamma, beta, lambda, start;
  long seed, batch, max_steps, digits;
} dln_options;

static void read_mass(mpq_t lambda, const char *text) {
  if (!hp_rational_read(lambda, text) || mpq_sgn(lambda) < 0)
    hp_reject("--lambda '%.64s' is no mass of a flow; accepted: a number >= 0 such as 1/2", text);
}

static error_t parse_option(int key, char *argument, struct argp_state *state) {
  dln_options *options = state->input;
  switch (key) {
  case ARGP_KEY_ARG:
    hp_reject("unexpected argument '%.64s'; accepted: options only, as --data %.64s", argument,
              argument);
  case 'p':
    options->problem = argument;
    break;
  case OPTION_DATA:
    options->data = argument;
    break;
  case OPTION_GAMMA:
    hp_value_positive(options->gamma, "gamma", argument);
    options->has_gamma = true;
    break;
  case OPTION_BETA:
    hp_value_momentum(options->beta, argument);
    options->has_beta = true;
    break;
  case OPTION_LAMBDA:
    read_mass(options->lambda, argument);
    options->has_lambda = true;
    break;
  case OPTION_STOCHASTIC:
    options->seed = hp_value_whole("stochastic", argument, 0, 2147483647);
    options->stochastic = true;
    break;
  case OPTION_BATCH:
    options->batch = hp_value_whole("batch", argument, 1, 1000000);
    break;
  case OPTION_START:
    hp_value_positive(options->start, "start", argument);
    options->has_start = true;
    break;
  case OPTION_STEPS:
    options->max_steps = hp_value_whole("max-steps", argument, 1, 1000000000);
    break;
  case OPTION_DIGITS:
    options->digits = hp_value_whole("digits", argument, 1, 1000);
    break;
  case OPTION_MAP:
    options->map = true;
    break;
  case OPTION_JSON:
    options->json = argument;
    break;
  default:
    return ARGP_ERR_UNKNOWN;
  }
  return 0;
}

static void read_options(dln_options *options, int argc, char **argv) {
  static const struct argp argp = {
      .options = option_list, .parser = parse_option, .doc = documentation};
  *options = (dln_options){.batch = 1, .digits = 30};
  mpq_inits(options->gamma, options->beta, options->lambda, options->start, NULL);
  hp_options_parse(&argp, argc, argv, options);
  if (options->json)
    hp_output_require("json", options->json);
  if (options->map && (options->problem || options->data || options->has_gamma ||
                       options->has_beta || options->has_lambda || options->stochastic))
    hp_reject("--map has its own network and grid; accepted: --map and --json");
  if (options->map)
    return;
  if (!options->problem == !options->data)
    hp_reject("%s; accepted: --problem FILE|NAME or --data FILE",
              options->data ? "a problem and data are one too many" : "no network named");
  if (options->has_lambda && (options->has_gamma || options->stochastic || options->has_beta))
    hp_reject("--lambda is for a flow, which has no --gamma, --beta and --stochastic; accepted: "
              "--lambda V, or --gamma V --beta V");
  if (!options->has_lambda && !options->has_gamma)
    hp_reject("no step size given; accepted: --gamma V --beta V, or --lambda V for a flow");
}

static void clear_options(dln_options *options) {
  mpq_clears(options->gamma, options->beta, options->lambda, options->start, NULL);
}

/* ---- the network ---- */

static _Noreturn void reject_data(const hp_diagnostic *why) {
  char text[sizeof why->file + sizeof why->message + 64];
  hp_diagnostic_text(why, text, sizeof text);
  if (why->line == 0)
    hp_reject("%s", text);
  fprintf(stderr, "%s\n", text);
  exit(HP_EXIT_BAD_INPUT);
}

/* Returns the network's name, which the caller frees. */
static char *load(hp_diagonal_network *network, dln_options *options) {
  char *name;
  if (options->data) {
    hp_diagnostic why = {.line = 0};
    if (!hp_diagonal_network_load(network, options->data, &why))
      reject_data(&why);
    name = hp_copy_text(options->data);
  } else {
    hp_suite_problem loaded;
    hp_suite_load(&loaded, options->problem);
    if (!loaded.problem->is_diagonal_linear)
      hp_reject("problem '%.64s' is no diagonal linear network; accepted: a problem with the key "
                "diagonal-linear, or --data FILE",
                loaded.problem->name);
    hp_diagonal_network_of(network, loaded.problem);
    name = hp_copy_text(loaded.problem->name);
    if (!options->has_beta && loaded.problem->has_momentum) {
      mpq_set(options->beta, loaded.problem->momentum);
      options->has_beta = true;
    }
    hp_suite_unload(&loaded);
  }
  for (size_t j = 0; options->has_start && j < network->d; ++j) {
    mpq_set(network->u[j], options->start);
    mpq_set_ui(network->v[j], 0, 1);
  }
  if (hp_diagonal_network_frozen(network))
    hp_reject("a coordinate of '%.64s' starts with u = v or u = -v, and so never moves; accepted: "
              "a start with |u| != |v| in every coordinate, as --start 1/2",
              name);
  if (!options->has_lambda && !options->has_beta)
    hp_reject("no momentum given; accepted: --beta V with 0 <= V < 1");
  return name;
}

/* ---- paths ---- */

static void descend(hp_network_path *path, const char *method, const dln_options *options,
                    const hp_diagonal_network *network, const mpq_t gamma, const mpq_t beta,
                    bool stochastic) {
  hp_network_path_init(path, method);
  mpq_set(path->gamma, gamma);
  mpq_set(path->beta, beta);
  hp_diagonal_mass(path->lambda, path->lambda_eff, gamma, beta);
  hp_diagonal_descent_options descent = {.gamma = path->gamma,
                                         .beta = path->beta,
                                         .batch = stochastic ? (size_t)options->batch : 0,
                                         .seed = options->stochastic ? (unsigned long)options->seed
                                                                     : DEFAULT_SEED,
                                         .digits = (double)options->digits,
                                         .max_steps = options->max_steps};
  hp_network_descent_case(&path->result, network, &descent);
}

static void flow(hp_network_path *path, const char *method, const dln_options *options,
                 const hp_diagonal_network *network, const mpq_t lambda) {
  hp_network_path_init(path, method);
  path->is_flow = true;
  mpq_set(path->lambda, lambda);
  mpq_set(path->lambda_eff, lambda);
  hp_diagonal_flow_options of = {.lambda = path->lambda, .digits = (double)options->digits};
  hp_network_flow_case(&path->result, network, &of);
}

enum { MOST_PATHS = 6 };

/* The path asked for comes first. */
static size_t run_paths(hp_network_path path[MOST_PATHS], const dln_options *options,
                        const hp_diagonal_network *network) {
  size_t n = 0;
  mpq_t zero, speed, one;
  mpq_inits(zero, speed, one, NULL);
  if (options->has_lambda) {
    flow(&path[n++], mpq_sgn(options->lambda) ? "momentum gradient flow" : "gradient flow", options,
         network, options->lambda);
    if (mpq_sgn(options->lambda))
      flow(&path[n++], "gradient flow", options, network, zero);
  } else {
    mpq_set_ui(one, 1, 1);
    mpq_sub(speed, one, options->beta);
    mpq_div(speed, options->gamma, speed);
    static const char momentum[] = "momentum gradient descent";
    static const char random[] = "stochastic momentum";
    descend(&path[n++], options->stochastic ? random : momentum, options, network, options->gamma,
            options->beta, options->stochastic);
    descend(&path[n++], options->stochastic ? momentum : random, options, network, options->gamma,
            options->beta, !options->stochastic);
    descend(&path[n++], "gradient descent", options, network, speed, zero, false);
    if (network->d <= MOST_FLOW_COLUMNS) {
      flow(&path[n++], "momentum gradient flow, lambda", options, network, path[0].lambda);
      flow(&path[n++], "momentum gradient flow, lambda_eff", options, network, path[0].lambda_eff);
      flow(&path[n++], "gradient flow", options, network, zero);
    }
  }
  mpq_clears(zero, speed, one, NULL);
  return n;
}

static json_t *report_json(const hp_network_path path[], size_t n, const char *name,
                           const hp_diagonal_network *network, long digits) {
  json_t *json = json_object(), *others = json_array(), *first = hp_network_path_json(path, digits);
  json_object_set_new(json, "schema", json_string("heavyproof.dln/1"));
  json_object_set_new(json, "version", json_string(HP_VERSION));
  json_object_set_new(json, "network", json_string(name));
  json_object_set_new(json, "n", json_integer((json_int_t)network->n));
  json_object_set_new(json, "d", json_integer((json_int_t)network->d));
  json_object_set_new(json, "digits", json_integer((json_int_t)digits));
  json_object_update(json, first);
  json_decref(first);
  for (size_t i = 1; i < n; ++i)
    json_array_append_new(others, hp_network_path_json(&path[i], digits));
  json_object_set_new(json, "compared", others);
  return json;
}

int hp_command_dln(int argc, char **argv) {
  dln_options options;
  hp_diagonal_network network;
  hp_network_path path[MOST_PATHS];
  read_options(&options, argc, argv);
  if (options.map) {
    clear_options(&options);
    return hp_dln_map(options.json);
  }
  char *name = load(&network, &options);
  size_t n = run_paths(path, &options, &network);
  bool json_only = options.json && strcmp(options.json, "-") == 0;
  FILE *stream = json_only ? stderr : stdout;
  fprintf(stream, "# %s: %s, n = %zu, d = %zu, %ld digits\n", name, path[0].method, network.n,
          network.d, options.digits);
  hp_network_path_print(stream, &path[0], options.digits);
  hp_network_path_line(stream, NULL);
  for (size_t i = 0; i < n; ++i)
    hp_network_path_line(stream, &path[i]);
  if (options.json)
    hp_output_json(report_json(path, n, name, &network, options.digits), options.json);
  for (size_t i = 0; i < n; ++i)
    hp_network_path_clear(&path[i]);
  free(name);
  hp_diagonal_network_clear(&network);
  clear_options(&options);
  return HP_EXIT_PASSED;
}
