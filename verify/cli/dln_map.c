#include "dln_map.h"
#include "cli.h"
#include "output.h"
#include "reference/problem/allocate.h"
#include "reference/problem/rational.h"
#include "verify/decimal.h"
#include "verify/network_case.h"
#include "verify/recovery.h"
#include "verify/version.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* gamma = 2^-i/10 and 1 - beta = 2^(-k/2), so lambda = gamma/(1-beta)^2 = 2^(k-i)/10: the cells of one
 * lambda lie on a diagonal. */
enum { GAMMAS = 5, BETAS = 11, SEED = 1, MOST_STEPS = 500000 };
static const double REST = 1e-10;

/* Cells that are run again in MPFR: (i, k). */
static const size_t spot[][2] = {{0, 5}, {1, 7}, {2, 9}};
enum { SPOTS = sizeof spot / sizeof *spot, SPOT_DIGITS = 20 };

static void set_gamma(mpq_t gamma, size_t i) {
  mpq_set_ui(gamma, 1, 10);
  mpq_div_2exp(gamma, gamma, i);
}

static double beta_of(size_t k) {
  return 1 - exp2(-(double)k / 2);
}

static char *decimal(double x, int digits) {
  return hp_decimal_double(x, digits);
}

static void set_decimal(json_t *json, const char *key, double x, int digits) {
  char *text = decimal(x, digits);
  json_object_set_new(json, key, json_string(text));
  free(text);
}

static json_t *cell_json(const hp_recovery_run *run, size_t i, size_t k) {
  json_t *json = json_object();
  set_decimal(json, "gamma", run->gamma, 10);
  set_decimal(json, "beta", run->beta, 10);
  set_decimal(json, "lambda", 0.1 * exp2((double)k - (double)i), 6);
  set_decimal(json, "l1_gap", run->l1 - HP_RECOVERY_NONZEROS, 8);
  set_decimal(json, "balance", run->balance, 8);
  set_decimal(json, "entropy", run->entropy, 8);
  set_decimal(json, "loss", run->loss, 3);
  json_object_set_new(json, "steps", json_integer((json_int_t)run->steps));
  json_object_set_new(json, "converged", json_boolean(run->converged));
  return json;
}

/* The same cell in MPFR: |theta|_1, and how far it is from the convex problem's solution. */
static json_t *spot_json(const hp_diagonal_network *network, const hp_recovery_run *run,
                         const mpq_t gamma, double *difference) {
  hp_network_case c;
  mpq_t beta;
  mpq_init(beta);
  mpq_set_d(beta, run->beta);
  hp_diagonal_descent_options options = {.gamma = gamma, .beta = beta, .digits = SPOT_DIGITS};
  hp_network_descent_case(&c, network, &options);
  double l1 = 0;
  for (size_t j = 0; j < network->d; ++j)
    l1 += fabs(mpfr_get_d(c.limit.theta_inf[j], MPFR_RNDN));
  *difference = fabs(l1 - run->l1) / l1;
  json_t *json = json_object();
  char *kkt = hp_decimal(c.kkt_residual, 3, MPFR_RNDN);
  char *delta = hp_decimal(c.delta_mismatch, 3, MPFR_RNDN);
  set_decimal(json, "gamma", run->gamma, 10);
  set_decimal(json, "beta", run->beta, 10);
  set_decimal(json, "l1_double", run->l1, 12);
  set_decimal(json, "l1_mpfr", l1, 12);
  set_decimal(json, "difference", *difference, 3);
  json_object_set_new(json, "kkt_residual", json_string(kkt));
  json_object_set_new(json, "delta_mismatch", json_string(delta));
  json_object_set_new(json, "steps", json_integer((json_int_t)c.limit.steps));
  free(delta);
  free(kkt);
  hp_network_case_clear(&c);
  mpq_clear(beta);
  return json;
}

static void print_row(FILE *stream, const hp_recovery_run row[BETAS]) {
  fprintf(stream, "%9.3g", row[0].gamma);
  for (size_t k = 0; k < BETAS; ++k)
    fprintf(stream, " %8.4f%c", row[k].l1 - HP_RECOVERY_NONZEROS, row[k].converged ? ' ' : '*');
  fprintf(stream, "\n");
}

static void print_head(FILE *stream) {
  fprintf(stream,
          "# |theta|_1 - |truth|_1; n = %d, d = %d, %d nonzeros, u = 1/10, v = 0; "
          "rows: gamma, columns: beta; lambda is constant along the diagonals; * not at rest\n%9s",
          HP_RECOVERY_ROWS, HP_RECOVERY_COLUMNS, HP_RECOVERY_NONZEROS, "");
  for (size_t k = 0; k < BETAS; ++k)
    fprintf(stream, " %8.4f ", beta_of(k));
  fprintf(stream, "\n");
}

int hp_dln_map(const char *json_path) {
  bool json_only = json_path && strcmp(json_path, "-") == 0;
  FILE *stream = json_only ? stderr : stdout;
  hp_diagonal_network network;
  hp_recovery_run run[GAMMAS][BETAS];
  mpq_t scale, gamma;
  mpq_inits(scale, gamma, NULL);
  mpq_set_ui(scale, 1, 10);
  hp_recovery_network(&network, HP_RECOVERY_ROWS, HP_RECOVERY_COLUMNS, HP_RECOVERY_NONZEROS, SEED,
                      scale);
  json_t *cells = json_array(), *spots = json_array();
  print_head(stream);
  for (size_t i = 0; i < GAMMAS; ++i) {
    set_gamma(gamma, i);
    for (size_t k = 0; k < BETAS; ++k) {
      run[i][k] = (hp_recovery_run){.gamma = mpq_get_d(gamma), .beta = beta_of(k)};
      hp_recovery_descend(&run[i][k], &network, REST, MOST_STEPS);
      json_array_append_new(cells, cell_json(&run[i][k], i, k));
    }
    print_row(stream, run[i]);
    fflush(stream);
  }
  double worst = 0;
  for (size_t s = 0; s < SPOTS; ++s) {
    double difference;
    set_gamma(gamma, spot[s][0]);
    json_array_append_new(spots,
                          spot_json(&network, &run[spot[s][0]][spot[s][1]], gamma, &difference));
    worst = fmax(worst, difference);
  }
  fprintf(stream, "# %d cells again in MPFR: |theta|_1 differs by %.2g at most\n", SPOTS, worst);
  json_t *json = json_pack("{ss ss si si si si ss so so}", "schema", "heavyproof.recovery/1",
                           "version", HP_VERSION, "n", HP_RECOVERY_ROWS, "d", HP_RECOVERY_COLUMNS,
                           "nonzeros", HP_RECOVERY_NONZEROS, "seed", SEED, "start",
                           "u = 1/10, v = 0", "cells", cells, "spot_checks", spots);
  if (json_path)
    hp_output_json(json, json_path);
  else
    json_decref(json);
  hp_diagonal_network_clear(&network);
  mpq_clears(scale, gamma, NULL);
  return worst < 1e-6 ? HP_EXIT_PASSED : HP_EXIT_FAILED;
}
