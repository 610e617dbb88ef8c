#include "legendre.h"
#include "reference/iterate/vector_mpfr.h"
#include <arb_hypgeom.h>

static void set_midpoint(mpfr_t y, const arb_t x) {
  arf_get_mpfr(y, arb_midref(x), MPFR_RNDN);
}

void hp_legendre_init(hp_legendre *rule, size_t n, mpfr_prec_t precision_bits) {
  arb_t node, weight;
  *rule = (hp_legendre){n, hp_vector_new_mpfr(n, precision_bits),
                        hp_vector_new_mpfr(n, precision_bits)};
  arb_init(node);
  arb_init(weight);
  for (size_t k = 0; k < n; ++k) {
    arb_hypgeom_legendre_p_ui_root(node, weight, n, k, precision_bits + 16);
    set_midpoint(rule->node[n - 1 - k], node);
    set_midpoint(rule->weight[n - 1 - k], weight);
  }
  arb_clear(weight);
  arb_clear(node);
}

void hp_legendre_clear(hp_legendre *rule) {
  hp_vector_free_mpfr(rule->n, rule->weight);
  hp_vector_free_mpfr(rule->n, rule->node);
}
