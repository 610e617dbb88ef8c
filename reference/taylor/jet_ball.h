#ifndef HP_TAYLOR_JET_BALL_H
#define HP_TAYLOR_JET_BALL_H
#include "plan.h"

/* Taylor coefficients of every series at one point, as balls: coefficient k of series s stands at
 * coefficient[s (order+1) + k]. Every convolution is one dot product, rounded once. Each ball
 * contains the exact coefficient of the solution through the point. */
typedef struct {
  const hp_plan *plan;
  size_t order;
  slong precision_bits, value_bits; /* of the coefficients; of order 0 before it is rounded */
  arb_ptr coefficient, value, inverse;
} hp_jet_ball;

void hp_jet_ball_init(hp_jet_ball *jet, const hp_plan *plan, size_t order, slong precision_bits,
                      slong value_bits);
void hp_jet_ball_clear(hp_jet_ball *jet);

/* The solution of u' = F(u) through u0 (n_inputs numbers), to the jet's order. false when the field
 * is not finite there. */
bool hp_jet_ball_expand(hp_jet_ball *jet, const arf_struct u0[]);

/* The composition F(P(t)): the series of the inputs are those that the caller has put into them, for
 * all orders; ball k of every other series contains its coefficient k for all P in those balls. true
 * also says that F is analytic wherever the constant terms allow P to start. */
bool hp_jet_ball_compose(hp_jet_ball *jet);

static inline arb_ptr hp_jet_ball_series(const hp_jet_ball *jet, uint32_t series) {
  return jet->coefficient + series * (jet->order + 1);
}

#endif
