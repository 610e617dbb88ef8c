#include "network_report.h"
#include "digits.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include "reference/problem/rational.h"
#include "verify/decimal.h"
#include <math.h>
#include <stdlib.h>

#define SUPPORT 1e-3 /* an entry counts from this part of the largest on */

void hp_network_path_init(hp_network_path *path, const char *method) {
  *path = (hp_network_path){.method = hp_copy_text(method)};
  mpq_inits(path->gamma, path->beta, path->lambda, path->lambda_eff, NULL);
}

void hp_network_path_clear(hp_network_path *path) {
  hp_network_case_clear(&path->result);
  mpq_clears(path->gamma, path->beta, path->lambda, path->lambda_eff, NULL);
  free(path->method);
}

static json_t *vector_json(size_t n, mpfr_t *const rough, mpfr_t *const fine, long digits) {
  json_t *array = json_array();
  for (size_t i = 0; i < n; ++i) {
    char *text = hp_digits_text(rough[i], fine[i], digits);
    json_array_append_new(array, json_string(text));
    free(text);
  }
  return array;
}

static json_t *number_json(const mpfr_t x, int digits) {
  char *text = hp_decimal(x, digits, MPFR_RNDN);
  json_t *json = json_string(text);
  free(text);
  return json;
}

static json_t *rational_json(const mpq_t x, int digits) {
  mpfr_t value;
  mpfr_init2(value, hp_decimal_bits(digits + 5));
  mpfr_set_q(value, x, MPFR_RNDN);
  json_t *json = number_json(value, digits);
  mpfr_clear(value);
  return json;
}

static json_t *exact_json(const mpq_t x) {
  char *text = hp_rational_text(x);
  json_t *json = json_string(text);
  free(text);
  return json;
}

/* sum |theta_i|, and how many entries count */
static double size_of(const hp_diagonal_limit *limit, size_t *support) {
  double sum = 0, most = 0;
  for (size_t j = 0; j < limit->d; ++j) {
    double entry = fabs(mpfr_get_d(limit->theta_inf[j], MPFR_RNDN));
    sum += entry;
    most = fmax(most, entry);
  }
  *support = 0;
  for (size_t j = 0; j < limit->d; ++j)
    *support += fabs(mpfr_get_d(limit->theta_inf[j], MPFR_RNDN)) >= SUPPORT * most;
  return sum;
}

json_t *hp_network_path_json(const hp_network_path *path, long digits) {
  const hp_network_case *c = &path->result;
  const hp_diagonal_limit *rough = &c->rough, *fine = &c->limit;
  size_t support, d = fine->d;
  double l1 = size_of(fine, &support);
  char *norm = hp_decimal_double(l1, 15);
  json_t *json = json_object();
  json_object_set_new(json, "method", json_string(path->method));
  if (!path->is_flow) {
    json_object_set_new(json, "gamma", exact_json(path->gamma));
    json_object_set_new(json, "beta", exact_json(path->beta));
  }
  json_object_set_new(json, "lambda", rational_json(path->lambda, (int)digits));
  json_object_set_new(json, "lambda_eff", rational_json(path->lambda_eff, (int)digits));
  json_object_set_new(json, "converged", json_boolean(c->status == HP_DIAGONAL_RESTED));
  json_object_set_new(json, "status", json_string(hp_diagonal_status_text(c->status)));
  json_object_set_new(json, "Delta_0", vector_json(d, rough->delta_0, fine->delta_0, digits));
  if (c->status == HP_DIAGONAL_RESTED) {
    json_object_set_new(json, "Delta_inf",
                        vector_json(d, rough->delta_inf, fine->delta_inf, digits));
    json_object_set_new(json, "theta_tilde_0",
                        vector_json(d, rough->theta_tilde, fine->theta_tilde, digits));
    json_object_set_new(json, "theta_inf",
                        vector_json(d, rough->theta_inf, fine->theta_inf, digits));
    json_object_set_new(json, "dual_certificate",
                        vector_json(c->bregman.rank, c->nu, c->nu, digits));
    json_object_set_new(json, "kkt_residual", number_json(c->kkt_residual, 3));
    json_object_set_new(json, "delta_mismatch", number_json(c->delta_mismatch, 3));
    json_object_set_new(json, "theta_mismatch", number_json(c->theta_mismatch, 3));
    json_object_set_new(json, "l1_norm", json_string(norm));
    json_object_set_new(json, "support", json_integer((json_int_t)support));
    json_object_set_new(json, "loss", number_json(fine->loss, 3));
  }
  json_object_set_new(json, "steps", json_integer((json_int_t)fine->steps));
  json_object_set_new(json, "zero_crossings", json_integer((json_int_t)fine->crossings));
  free(norm);
  return json;
}

void hp_network_path_print(FILE *stream, const hp_network_path *path, long digits) {
  const hp_network_case *c = &path->result;
  const hp_diagonal_limit *rough = &c->rough, *fine = &c->limit;
  const struct {
    const char *name;
    mpfr_t *rough, *fine;
    size_t n;
  } vector[] = {{"Delta_0", rough->delta_0, fine->delta_0, fine->d},
                {"Delta_inf", rough->delta_inf, fine->delta_inf, fine->d},
                {"theta_tilde_0", rough->theta_tilde, fine->theta_tilde, fine->d},
                {"theta_inf", rough->theta_inf, fine->theta_inf, fine->d},
                {"dual_certificate", c->nu, c->nu, c->bregman.rank}};
  char *lambda = hp_rational_text(path->lambda), *effective = hp_rational_text(path->lambda_eff);
  fprintf(stream, "lambda = %s  lambda_eff = %s\n", lambda, effective);
  free(lambda);
  free(effective);
  for (size_t k = 0; k < sizeof vector / sizeof *vector; ++k)
    for (size_t i = 0; i < vector[k].n && (k == 0 || c->status == HP_DIAGONAL_RESTED); ++i) {
      char *text = hp_digits_text(vector[k].rough[i], vector[k].fine[i], digits);
      fprintf(stream, "%s[%zu] = %s\n", vector[k].name, i + 1, text);
      free(text);
    }
}

void hp_network_path_line(FILE *stream, const hp_network_path *path) {
  if (!path) {
    fprintf(stream, "%-34s %9s %9s %9s %9s %12s %7s %9s\n", "path", "steps", "crossings",
            "Delta_inf", "KKT", "|theta|_1", "support", "loss");
    return;
  }
  const hp_network_case *c = &path->result;
  if (c->status != HP_DIAGONAL_RESTED) {
    fprintf(stream, "%-34s %9ld  %s\n", path->method, c->limit.steps,
            hp_diagonal_status_text(c->status));
    return;
  }
  size_t support;
  double l1 = size_of(&c->limit, &support);
  char *delta = hp_decimal(c->delta_mismatch, 2, MPFR_RNDN);
  char *kkt = hp_decimal(c->kkt_residual, 2, MPFR_RNDN);
  char *loss = hp_decimal(c->limit.loss, 2, MPFR_RNDN);
  fprintf(stream, "%-34s %9ld %9zu %9s %9s %12.8g %7zu %9s\n", path->method, c->limit.steps,
          c->limit.crossings, delta, kkt, l1, support, loss);
  free(delta);
  free(kkt);
  free(loss);
}
