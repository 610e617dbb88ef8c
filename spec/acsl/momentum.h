#ifndef HP_ACSL_MOMENTUM_H
#define HP_ACSL_MOMENTUM_H
#include "spec/acsl/array.h"

/* The method of src/momentum.h on one component, and what rounding does to it. */
/*@
  logic real lookahead(real u, real v, real ha) = u + ha*v;
  logic real velocity(real v, real g, real lambda) = lambda*v - g;
  logic real position(real u, real next_v, real h) = u + h*next_v;

  logic real velocity_error(real v, real g, real lambda) = product_sum_error(lambda*v, g);
  logic real position_error(real u, real next_v, real h) = product_sum_error(h*next_v, u);
  logic real lookahead_error(real u, real v, real ha) =
    HP_ROUNDING(0x1.0000000000002p-53*(3*\abs(ha*v) + \abs(u)) + 0x1p-1074*(\abs(v) + 1));
*/

/* A component computed: where the numbers are tame (real model: always) it is finite and near its
 * formula. A new velocity may be as large as 2^601. */
/*@
  predicate lookahead_near(double y, double u, double v, double h, double a) =
    tame(u) ==> tame(v) ==> tame(h) ==> tame(a) ==>
    \is_finite(y) && near(y, lookahead(u, v, h*a), lookahead_error(u, v, h*a));
  predicate velocity_near(double next_v, double v, double g, double lambda) =
    tame(v) ==> tame(g) ==> tame(lambda) ==>
    \is_finite(next_v) && below(next_v, 0x1p601) &&
    near(next_v, velocity(v, g, lambda), velocity_error(v, g, lambda));
  predicate position_near(double next_u, double u, double next_v, double h) =
    tame(u) ==> \is_finite(next_v) ==> below(next_v, 0x1p601) ==> tame(h) ==>
    \is_finite(next_u) && near(next_u, position(u, next_v, h), position_error(u, next_v, h));
*/

/* The factor h a of the look-ahead is rounded before it multiplies v. */
/*@
  predicate factor_near(real x, real y, real v) =
    near(x*v, y*v, HP_ROUNDING(0x1p-53*\abs(y*v) + 0x1p-1074/2*\abs(v)));

  lemma factor_error: \forall real x, y, v;
    near(x, y, product_error(y)) ==> factor_near(x, y, v);
  lemma lookahead_sum: \forall real x, y, u, v, s;
    factor_near(x, y, v) ==> near(s, u + x*v, product_sum_error(x*v, u)) ==>
    near(s, lookahead(u, v, y), lookahead_error(u, v, y));
*/
#endif
