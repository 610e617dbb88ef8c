#include "definite.h"

enum { BITS = 64, HALVINGS = 12 };

/* (A + A^T)/2 */
static bool symmetric_part(arb_mat_t S, const arb_struct matrix[], size_t d) {
  for (size_t i = 0; i < d; i++)
    for (size_t j = 0; j < d; j++) {
      arb_ptr entry = arb_mat_entry(S, (slong)i, (slong)j);
      arb_add(entry, matrix + i * d + j, matrix + j * d + i, BITS);
      arb_mul_2exp_si(entry, entry, -1);
      if (!arb_is_finite(entry))
        return false;
    }
  return true;
}

/* max_i S_ii <= lambda_max(S) <= max_i S_ii + sum_{j != i} |S_ij|, each from its outer side */
static void gershgorin(arf_t low, arf_t high, const arb_mat_t S) {
  slong d = arb_mat_nrows(S);
  arb_t row, size;
  arf_t end;
  arb_init(row);
  arb_init(size);
  arf_init(end);
  arf_neg_inf(low);
  arf_neg_inf(high);
  for (slong i = 0; i < d; i++) {
    arb_get_ubound_arf(end, arb_mat_entry(S, i, i), BITS);
    arf_max(low, low, end);
    arb_set(row, arb_mat_entry(S, i, i));
    for (slong j = 0; j < d; j++)
      if (j != i) {
        arb_abs(size, arb_mat_entry(S, i, j));
        arb_add(row, row, size, BITS);
      }
    arb_get_ubound_arf(end, row, BITS);
    arf_max(high, high, end);
  }
  arf_clear(end);
  arb_clear(size);
  arb_clear(row);
}

/* s I - S > 0 for every S in the balls? */
static bool is_above(const arf_t s, const arb_mat_t S, arb_mat_t shifted, arb_mat_t factor) {
  arb_mat_neg(shifted, S);
  for (slong i = 0; i < arb_mat_nrows(S); i++) {
    arb_ptr entry = arb_mat_entry(shifted, i, i);
    arb_add_arf(entry, entry, s, BITS);
  }
  return arb_mat_cho(factor, shifted, BITS);
}

bool hp_logarithmic_norm(arf_t bound, const arb_struct matrix[], size_t d) {
  arb_mat_t S, shifted, factor;
  arf_t low, middle;
  arb_mat_init(S, (slong)d, (slong)d);
  arb_mat_init(shifted, (slong)d, (slong)d);
  arb_mat_init(factor, (slong)d, (slong)d);
  arf_init(low);
  arf_init(middle);
  bool finite = symmetric_part(S, matrix, d);
  if (finite) {
    gershgorin(low, bound, S);
    for (int i = 0; d > 1 && i < HALVINGS; i++) {
      arf_add(middle, low, bound, BITS, ARF_RND_UP);
      arf_mul_2exp_si(middle, middle, -1);
      arf_set(is_above(middle, S, shifted, factor) ? bound : low, middle);
    }
  }
  arf_clear(middle);
  arf_clear(low);
  arb_mat_clear(factor);
  arb_mat_clear(shifted);
  arb_mat_clear(S);
  return finite;
}
