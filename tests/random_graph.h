#ifndef HP_RANDOM_GRAPH_H
#define HP_RANDOM_GRAPH_H
/* Random expressions for property tests: the same operations once as simplified graph nodes and once
 * as they stand. Deterministic in the seed. */
#include "reference/problem/graph.h"
#include <mpfr.h>
#include <stdlib.h>

enum { RANDOM_INPUTS = 3, RANDOM_NODES = 40 };

typedef struct {
  hp_graph *graph;
  hp_node node[RANDOM_NODES];        /* simplified */
  hp_instruction step[RANDOM_NODES]; /* op, or HP_OPERATIONS for a leaf */
  mpq_t constant[RANDOM_NODES];      /* of a leaf that is no input */
  int input[RANDOM_NODES];           /* of a leaf: 0..2, or -1 for a constant */
} random_graph;

static inline unsigned random_below(unsigned *seed, unsigned bound) {
  *seed = *seed * 1103515245u + 12345u;
  return (*seed >> 16) % bound;
}

static inline void random_leaf(random_graph *r, int i, unsigned *seed) {
  r->step[i] = (hp_instruction){HP_OPERATIONS, 0, 0};
  r->input[i] = (int)random_below(seed, 5) - 1;
  if (r->input[i] >= RANDOM_INPUTS)
    r->input[i] = 0;
  if (r->input[i] >= 0) {
    r->node[i] = hp_graph_input(r->graph, (uint32_t)r->input[i]);
    return;
  }
  mpq_set_si(r->constant[i], (long)random_below(seed, 9) - 4, random_below(seed, 3) + 1);
  mpq_canonicalize(r->constant[i]);
  r->node[i] = hp_graph_rational(r->graph, r->constant[i]);
}

/* Arithmetic is drawn more often than functions, so that the rewriting rules meet. */
static inline hp_operation random_operation(unsigned *seed) {
  if (random_below(seed, 4))
    return (hp_operation)random_below(seed, HP_SQRT);
  return (hp_operation)(HP_SQRT + random_below(seed, HP_OPERATIONS - HP_SQRT));
}

static inline void random_graph_init(random_graph *r, unsigned seed) {
  r->graph = hp_graph_new();
  for (int i = 0; i < RANDOM_NODES; i++) {
    mpq_init(r->constant[i]);
    if (i < 6 || random_below(&seed, 8) == 0) {
      random_leaf(r, i, &seed);
      continue;
    }
    hp_operation op = random_operation(&seed);
    uint32_t a = random_below(&seed, (unsigned)i), b = random_below(&seed, (unsigned)i);
    r->step[i] = (hp_instruction){op, a, b};
    r->node[i] = hp_graph_op(r->graph, op, r->node[a], r->node[b]);
  }
}

static inline void random_graph_clear(random_graph *r) {
  for (int i = 0; i < RANDOM_NODES; i++)
    mpq_clear(r->constant[i]);
  hp_graph_free(r->graph);
}

static inline void direct_operation(hp_operation op, mpfr_t y, const mpfr_t a, const mpfr_t b) {
  switch (op) {
  case HP_ADD:
    mpfr_add(y, a, b, MPFR_RNDN);
    break;
  case HP_SUB:
    mpfr_sub(y, a, b, MPFR_RNDN);
    break;
  case HP_MUL:
    mpfr_mul(y, a, b, MPFR_RNDN);
    break;
  case HP_DIV:
    mpfr_div(y, a, b, MPFR_RNDN);
    break;
  case HP_NEG:
    mpfr_neg(y, a, MPFR_RNDN);
    break;
  case HP_SQR:
    mpfr_mul(y, a, a, MPFR_RNDN);
    break;
  case HP_SQRT:
    mpfr_sqrt(y, a, MPFR_RNDN);
    break;
  case HP_EXP:
    mpfr_exp(y, a, MPFR_RNDN);
    break;
  case HP_LOG:
    mpfr_log(y, a, MPFR_RNDN);
    break;
  case HP_SIN:
    mpfr_sin(y, a, MPFR_RNDN);
    break;
  case HP_COS:
    mpfr_cos(y, a, MPFR_RNDN);
    break;
  case HP_TAN:
    mpfr_tan(y, a, MPFR_RNDN);
    break;
  case HP_SINH:
    mpfr_sinh(y, a, MPFR_RNDN);
    break;
  case HP_COSH:
    mpfr_cosh(y, a, MPFR_RNDN);
    break;
  case HP_TANH:
    mpfr_tanh(y, a, MPFR_RNDN);
    break;
  case HP_ASINH:
    mpfr_asinh(y, a, MPFR_RNDN);
    break;
  default:
    mpfr_atan(y, a, MPFR_RNDN);
  }
}

/* y[i] = value of step i at x, operation by operation; y is initialised. */
static inline void random_graph_direct(const random_graph *r, mpfr_t x[], mpfr_t y[]) {
  for (int i = 0; i < RANDOM_NODES; i++) {
    hp_instruction at = r->step[i];
    if (at.op < HP_OPERATIONS)
      direct_operation((hp_operation)at.op, y[i], y[at.a], y[at.b]);
    else if (r->input[i] >= 0)
      mpfr_set(y[i], x[r->input[i]], MPFR_RNDN);
    else
      mpfr_set_q(y[i], r->constant[i], MPFR_RNDN);
  }
}

static inline void set_point(mpfr_t x[], size_t n, unsigned seed) {
  for (size_t k = 0; k < n; k++) {
    mpfr_set_si(x[k], (long)random_below(&seed, 4001) - 2000, MPFR_RNDN);
    mpfr_div_ui(x[k], x[k], 1237, MPFR_RNDN);
  }
}

static inline mpfr_t *new_vector(size_t n, mpfr_prec_t bits) {
  mpfr_t *x = calloc(n ? n : 1, sizeof *x);
  for (size_t k = 0; k < n; k++)
    mpfr_init2(x[k], bits);
  return x;
}

static inline void free_vector(mpfr_t *x, size_t n) {
  for (size_t k = 0; k < n; k++)
    mpfr_clear(x[k]);
  free(x);
}

/* |a - b| <= 2^exponent max(1, |a|)? */
static inline bool is_close(const mpfr_t a, const mpfr_t b, mpfr_exp_t exponent) {
  mpfr_t difference, scale;
  mpfr_inits2(mpfr_get_prec(a), difference, scale, NULL);
  mpfr_sub(difference, a, b, MPFR_RNDN);
  mpfr_abs(difference, difference, MPFR_RNDN);
  mpfr_abs(scale, a, MPFR_RNDN);
  if (mpfr_cmp_ui(scale, 1) < 0)
    mpfr_set_ui(scale, 1, MPFR_RNDN);
  mpfr_mul_2si(scale, scale, exponent, MPFR_RNDN);
  bool close = mpfr_cmp(difference, scale) <= 0;
  mpfr_clears(difference, scale, NULL);
  return close;
}

#endif
