#ifndef HP_A3_CERTIFY_H
#define HP_A3_CERTIFY_H
#include "a3_enclose.h"

/* A3 with every number proved. `d_n` passes only when each ratio |w_{n+1}|/|w_n|, an interval, lies inside
 * the theorem's interval and |w_n| <= rho^n |w_0|, at every step used; `|m_h-lambda_bar f|` when the slope
 * and the constant do (hp_certify_law) and the gap is below its bound. False when keep_going did. */
bool hp_a3_certify(const hp_experiment *experiment, hp_results *results);

#endif
