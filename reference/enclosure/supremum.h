#ifndef HP_ENCLOSURE_SUPREMUM_H
#define HP_ENCLOSURE_SUPREMUM_H
#include "reference/problem/problem.h"

/* The constants of f = -grad Phi on a box, proved: interval evaluation over a subdivision that is
 * refined where the bound is largest. H is the Hessian of Phi. */
typedef enum {
  HP_SUP_GRADIENT,     /* B0 = sup |f| */
  HP_SUP_HESSIAN,      /* sup lambda_max(H) */
  HP_SUP_MINUS_HESSIAN /* sup lambda_max(-H): nu when it is positive */
} hp_supremum_kind;

/* high >= the supremum over the box, proved. low: at most the supremum up to the resolution of
 * hp_logarithmic_norm, from the middles of the parts. Parts are halved until high is within 1 % of low
 * (of the absolute value, for what may be negative), or there are most_parts; high is infinite when some
 * part cannot be evaluated even then. program: the gradient for HP_SUP_GRADIENT, else its Jacobian. */
void hp_supremum(arf_t low, arf_t high, hp_supremum_kind kind, const hp_program *program,
                 const arb_struct box[], size_t most_parts);

/* L = sup |f'| (the larger of the two suprema of the Hessian), nu, B0, each as a ball [low, high];
 * not finite where high is not. d entries in the box; d > 0. */
typedef struct {
  arb_t B0, L, nu;
} hp_enclosed_constants;

void hp_enclosed_constants_init(hp_enclosed_constants *constants);
void hp_enclosed_constants_clear(hp_enclosed_constants *constants);
void hp_enclose_constants(hp_enclosed_constants *constants, const hp_problem *problem,
                          const arb_struct box[], size_t most_parts);

#endif
