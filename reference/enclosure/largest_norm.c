#include "largest_norm.h"
#include <arb_poly.h>

enum { MOST_HALVINGS = 64 };

typedef struct {
  slong bits;
  arf_t low, high; /* low <= max |P|^2; high >= |P|^2 wherever the search has been */
  arf_t share;     /* 1 + 10^-12 */
  arf_t end;       /* <= length of the step searched */
} search;

/* square(s) = sum of P_i(s)^2 */
static void set_square(arb_poly_t square, const hp_enclosed_step *step, size_t p, size_t first,
                       size_t count, slong bits) {
  arb_poly_t one;
  arb_poly_init(one);
  arb_poly_zero(square);
  for (size_t i = first; i < first + count; i++) {
    arb_poly_zero(one);
    for (size_t k = 0; k <= p; k++)
      arb_poly_set_coeff_arb(one, (slong)k, step->coefficient + i * (p + 1) + k);
    arb_poly_mul(one, one, one, bits);
    arb_poly_add(square, square, one, bits);
  }
  arb_poly_clear(one);
}

/* Over [middle - half, middle + half]: keeps a lower bound of the maximum, halves where it may be. */
static void look(search *to, const arb_poly_t square, const arf_t middle, const arf_t half,
                 int halvings) {
  arb_poly_t about;
  arb_t centre, range, value;
  arf_t end, part;
  arb_poly_init(about);
  arb_init(centre);
  arb_init(range);
  arb_init(value);
  arf_init(end);
  arf_init(part);
  arb_set_arf(centre, middle);
  arb_poly_taylor_shift(about, square, centre, to->bits);
  arb_poly_get_coeff_arb(value, about, 0);
  arb_get_lbound_arf(end, value, to->bits);
  if (arf_cmp(middle, to->end) <= 0)
    arf_max(to->low, to->low, end);
  arf_get_mag(arb_radref(range), half);
  arb_poly_evaluate(value, about, range, to->bits);
  arb_get_ubound_arf(end, value, to->bits);
  arf_mul(part, to->low, to->share, to->bits, ARF_RND_DOWN);
  if (arf_cmp(end, part) <= 0 || halvings == 0) {
    arf_max(to->high, to->high, end);
  } else {
    arf_mul_2exp_si(part, half, -1);
    arf_sub(end, middle, part, ARF_PREC_EXACT, ARF_RND_DOWN);
    look(to, square, end, part, halvings - 1);
    arf_add(end, middle, part, ARF_PREC_EXACT, ARF_RND_DOWN);
    look(to, square, end, part, halvings - 1);
  }
  arf_clear(part);
  arf_clear(end);
  arb_clear(value);
  arb_clear(range);
  arb_clear(centre);
  arb_poly_clear(about);
}

/* [0, 2 middle] with middle a little above length/2 when that needs rounding */
static void search_step(search *to, const arb_poly_t square, const mpq_t length) {
  arb_t whole;
  arf_t middle;
  arb_init(whole);
  arf_init(middle);
  hp_arb_set_rational(whole, length, 64);
  arb_get_lbound_arf(to->end, whole, 64);
  arb_get_ubound_arf(middle, whole, 64);
  arf_mul_2exp_si(middle, middle, -1);
  look(to, square, middle, middle, MOST_HALVINGS);
  arf_clear(middle);
  arb_clear(whole);
}

/* [sqrt(low), sqrt(high)] widened by the enclosure of the flow */
static void finish(arb_ptr largest, const search *of, const mag_t error) {
  arb_t low, high;
  arb_init(low);
  arb_init(high);
  arb_set_arf(low, of->low);
  arb_set_arf(high, of->high);
  arb_sqrtpos(low, low, of->bits);
  arb_sqrtpos(high, high, of->bits);
  arb_union(low, low, high, of->bits);
  arb_add_error_mag(low, error);
  arb_swap(largest, low);
  arb_clear(high);
  arb_clear(low);
}

void hp_enclosed_flow_largest(const hp_enclosed_flow *flow, size_t first, size_t count,
                              arb_ptr largest) {
  search to = {.bits = flow->precision_bits};
  mag_t error;
  arb_poly_t square;
  mag_init(error);
  arb_poly_init(square);
  arf_init(to.low);
  arf_init(to.high);
  arf_init(to.share);
  arf_init(to.end);
  arf_set_d(to.share, 1 + 1e-12);
  for (size_t i = 0; i < flow->n_steps; i++) {
    set_square(square, &flow->step[i], flow->order, first, count, to.bits);
    search_step(&to, square, flow->step[i].length);
  }
  hp_enclosed_flow_distance(flow, error);
  finish(largest, &to, error);
  arf_clear(to.end);
  arf_clear(to.share);
  arf_clear(to.high);
  arf_clear(to.low);
  arb_poly_clear(square);
  mag_clear(error);
}
