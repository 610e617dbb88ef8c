#include "claim.h"

const hp_claim *const hp_claims[] = {
    &hp_claim_a1, &hp_claim_a2, &hp_claim_a3, &hp_claim_a4, &hp_claim_b1,
    &hp_claim_b2, &hp_claim_b3, &hp_claim_b4, &hp_claim_b5, &hp_claim_b6,
    &hp_claim_c1, &hp_claim_c2, &hp_claim_c3, &hp_claim_c4, &hp_claim_c5,
};
const size_t hp_claims_count = sizeof hp_claims / sizeof *hp_claims;
