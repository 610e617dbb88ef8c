#ifndef HP_ENCLOSURE_LARGEST_NORM_H
#define HP_ENCLOSURE_LARGEST_NORM_H
#include "flow.h"

/* A ball that contains max over [0, end] of the Euclidean norm of `count` components of the flow from
 * `first` on; n_steps > 0. |P|^2 is expanded about the middle of an interval and bounded over it,
 * intervals that may hold the maximum are halved until the ball is narrower than 10^-12 of it or than
 * four times the enclosure of the flow. */
void hp_enclosed_flow_largest(const hp_enclosed_flow *flow, size_t first, size_t count,
                              arb_ptr largest);

#endif
