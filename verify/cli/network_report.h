#ifndef HP_NETWORK_REPORT_H
#define HP_NETWORK_REPORT_H
#include "verify/network_case.h"
#include <jansson.h>
#include <stdio.h>

/* One path of a diagonal network as the command dln shows it. */
typedef struct {
  char *method; /* "momentum gradient descent", ...; owned */
  bool is_flow;
  mpq_t gamma, beta;        /* descent */
  mpq_t lambda, lambda_eff; /* flow: both its mass */
  hp_network_case result;
} hp_network_path;

void hp_network_path_init(hp_network_path *path, const char *method);
void hp_network_path_clear(hp_network_path *path);

/* Every number with the digits that agree, at most so many: Delta_0, Delta_inf, theta_tilde_0,
 * theta_inf, dual_certificate, lambda, lambda_eff, kkt_residual, ... */
json_t *hp_network_path_json(const hp_network_path *path, long digits);
/* The vectors, one line a coordinate. */
void hp_network_path_print(FILE *stream, const hp_network_path *path, long digits);
/* One line of the comparison; its header when path is NULL. */
void hp_network_path_line(FILE *stream, const hp_network_path *path);

#endif
