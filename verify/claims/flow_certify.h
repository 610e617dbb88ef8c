#ifndef HP_FLOW_CERTIFY_H
#define HP_FLOW_CERTIFY_H
#include "claim.h"
#include "reference/enclosure/flow.h"
#include "verify/second_order_constants.h"

/* e(h) = max_n |u_n - W_h(nh)| ~ K h^p for flows W_h that depend on h (A2, A4), with every number a ball. */

typedef struct {
  const char *claim, *name, *scaled, *constant, *start; /* "A4", "E4m", "E4m/h²", "max|E4m|", ... */
  int order;                                            /* p */
  bool on_manifold; /* v_0 = lambda_bar f + h lambda_bar^2 (a - lambda_bar) f'f, else 0 */
  bool late;        /* nh >= from only */
  size_t flow;      /* which W */
  size_t wrong;     /* another W: its error must not pass as this observable */
  const char *control;
} hp_certified_observable;

/* A field and its start: W(nh) is the first d components of the solution, plus the next d when there are
 * 2d of them (coordinates P, z of hp_field_slow_fast). */
typedef struct {
  hp_program *field;
  arb_ptr start;
} hp_certified_start;

enum { HP_CERTIFIED_OBSERVABLES = 4, HP_CERTIFIED_FLOWS = 5 };

typedef hp_certified_start
hp_certified_start_of(const hp_experiment *experiment, const mpq_t h,
                      size_t k); /* flow k; the caller frees both parts */

typedef struct {
  const hp_experiment *experiment;
  size_t n;
  const hp_certified_observable *observable;
  hp_certified_start_of *start;
  arb_ptr predicted; /* K of each */
  mpq_t from;
} hp_flow_certify_plan;

/* One run for each of n observables, at most HP_CERTIFIED_OBSERVABLES, with flows 0, ...,
 * HP_CERTIFIED_FLOWS - 1. predict fills in plan->predicted, false when something in it cannot be enclosed.
 * False when keep_going did. */
bool hp_flow_certify_claim(const hp_experiment *experiment, hp_results *results,
                           const hp_certified_observable observable[], size_t n,
                           hp_certified_start_of *start, bool (*predict)(hp_flow_certify_plan *));

/* ---- parts of starts and constants, in balls ---- */

enum { HP_CERTIFIED_START_BITS = 2048 };

/* u_0 */
void hp_certified_point(arb_struct u[], const hp_experiment *experiment);
/* first f(u_0) + second f'f(u_0), d balls */
void hp_certified_velocity(arb_struct v[], const hp_experiment *experiment, const mpq_t first,
                           const mpq_t second);
/* max over [from, T] of |E| for E' = lambda_bar f'E + tall f'f'f + bush f''(f,f) along ubar,
 * E(0) = first f(u_0) + shift f'f(u_0). False when ubar or E cannot be enclosed. */
bool hp_certified_second_order(arb_t largest, const hp_experiment *experiment,
                               const hp_second_order *e, const mpq_t first, const mpq_t from);
/* max( |D| max|f(ubar)|, max_n |D + p lambda^n + q r^n| |f(u_0)| ), D = -(p + q); r as hp_fast_decay. */
bool hp_certified_layer(arb_t largest, const hp_experiment *experiment,
                        const hp_layer_terms *layer);

#endif
