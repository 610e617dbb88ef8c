#include "reference/diagonal_network/legendre.h"
#include <criterion/criterion.h>
#include <math.h>

/* n points integrate t^k exactly for k < 2n: 2/(k+1) for even k, 0 for odd k; not for k = 2n. */
Test(legendre, exact_to_degree_2n_minus_1) {
  for (size_t n = 1; n <= 12; ++n) {
    hp_legendre rule;
    mpfr_t sum, term;
    mpfr_inits2(200, sum, term, (mpfr_ptr)0);
    hp_legendre_init(&rule, n, 200);
    for (unsigned long k = 0; k <= 2 * n; ++k) {
      mpfr_set_zero(sum, 1);
      for (size_t i = 0; i < n; ++i) {
        mpfr_pow_ui(term, rule.node[i], k, MPFR_RNDN);
        mpfr_fma(sum, term, rule.weight[i], sum, MPFR_RNDN);
        if (i > 0)
          cr_assert(mpfr_less_p(rule.node[i - 1], rule.node[i]));
      }
      mpfr_set_ui(term, k % 2 ? 0 : 2, MPFR_RNDN);
      mpfr_div_ui(term, term, k + 1, MPFR_RNDN);
      mpfr_sub(sum, sum, term, MPFR_RNDN);
      cr_assert_eq(fabs(mpfr_get_d(sum, MPFR_RNDN)) < 1e-55, k < 2 * n, "n = %zu, k = %lu", n, k);
    }
    hp_legendre_clear(&rule);
    mpfr_clears(sum, term, (mpfr_ptr)0);
  }
}
