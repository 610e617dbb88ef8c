#ifndef HP_FLOW_H
#define HP_FLOW_H
#include "src/tape.h"

/* One step of the classical fourth-order Runge-Kutta method, of length h, for the rescaled gradient
 * flow u' = -lambda_bar grad Phi(u). The tape has d inputs and the d outputs grad Phi.
 *
 *     point_0 = u                                     slope_j = -lambda_bar grad Phi(point_j)
 *     point_1 = u + (h/2) slope_0
 *     point_2 = u + (h/2) slope_1
 *     point_3 = u + h slope_2
 *     u      := u + (h/6) (slope_0 + 2 slope_1 + 2 slope_2 + slope_3)
 *
 * u: d values. Workspace: point and gradient 4 d values each (row j is point_j, grad Phi(point_j)),
 * slot one value for each slot of the tape. */
void hp_flow_step(const hp_tape *tape, double lambda_bar, double h, double *u, double *point,
                  double *gradient, double *slot);

#endif
