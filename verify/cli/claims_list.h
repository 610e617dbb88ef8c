#ifndef HP_CLAIMS_LIST_H
#define HP_CLAIMS_LIST_H
#include "verify/claims/claim.h"

/* The claim of that id, whatever its case; an unknown one, and NULL, is refused with hp_reject. */
const hp_claim *hp_claim_named(const char *id);

#endif
