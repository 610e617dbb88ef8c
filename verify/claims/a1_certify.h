#ifndef HP_A1_CERTIFY_H
#define HP_A1_CERTIFY_H
#include "a1_enclose.h"
#include "verify/certified_law.h"

/* A1 with every number proved: rows, slope, max|E| and C(T) are intervals. Passes only when
 * hp_certify_law says that the slope lies in [0.95, 1.05], that max|E| lies in the bracket of the limit of
 * E1/h, approached at the stated rate, and that C(T) h >= E1(h) at every row; and when the same test
 * refuses max|E| 1 % too large and too small. With experiment->certificates it writes the certificate.
 * False when keep_going did. */
bool hp_a1_certify(const hp_experiment *experiment, hp_results *results);

/* heavyproof.certificate/1, what `heavyproof recheck` verifies: the Taylor polynomials with the distance
 * of the flow from each, exact; the rows, the box, the constants, slope and limit as intervals. */
json_t *hp_a1_certificate(const hp_a1_enclosed *m);

#endif
