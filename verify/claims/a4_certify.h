#ifndef HP_A4_CERTIFY_H
#define HP_A4_CERTIFY_H
#include "claim.h"

/* A4 with every number a ball: rows, slopes and constants of E4n, E4m, E4s. The explicit bound (i) is not
 * certified. False when keep_going did. */
bool hp_a4_certify(const hp_experiment *experiment, hp_results *results);

#endif
