#ifndef HP_A2_CERTIFY_H
#define HP_A2_CERTIFY_H
#include "claim.h"

/* A2 with every number a ball: rows, slopes and constants of E2k, E2o, E2x, E2m; the equation in the
 * coordinates (P, z) of hp_field_slow_fast. The explicit bound (i) is not certified. Needs alpha > 0, else
 * not applicable. False when keep_going did. */
bool hp_a2_certify(const hp_experiment *experiment, hp_results *results);

#endif
