#include "maximum.h"
#include "reference/iterate/vector_mpfr.h"
#include <stdbool.h>

typedef struct {
  hp_profile g;
  void *context;
  mpfr_ptr maximum, at;
} search;

static void ask(search *s, mpfr_t value, const mpfr_t t) {
  s->g(value, t, s->context);
  if (mpfr_greater_p(value, s->maximum)) {
    mpfr_set(s->maximum, value, MPFR_RNDN);
    mpfr_set(s->at, t, MPFR_RNDN);
  }
}

/* low + (high - low) golden, golden = (sqrt 5 - 1)/2, or its mirror image */
static void cut(mpfr_t t, const mpfr_t low, const mpfr_t high, const mpfr_t golden, bool upper) {
  mpfr_sub(t, high, low, MPFR_RNDN);
  mpfr_mul(t, t, golden, MPFR_RNDN);
  if (upper)
    mpfr_add(t, low, t, MPFR_RNDN);
  else
    mpfr_sub(t, high, t, MPFR_RNDN);
}

/* Golden section until [low, high] is 2^-(bits/4) of its width: a placement that is wrong by one
 * rounding grows against the width by 1.618^2 a step, to 2^-(bits/2). */
static void narrow(search *s, mpfr_t low, mpfr_t high) {
  mpfr_prec_t bits = mpfr_get_prec(s->maximum);
  mpfr_t inner[2], value[2], golden;
  mpfr_init2(golden, bits);
  mpfr_sqrt_ui(golden, 5, MPFR_RNDN);
  mpfr_sub_ui(golden, golden, 1, MPFR_RNDN);
  mpfr_div_2ui(golden, golden, 1, MPFR_RNDN);
  for (int i = 0; i < 2; ++i) {
    mpfr_inits2(bits, inner[i], value[i], (mpfr_ptr)0);
    cut(inner[i], low, high, golden, i);
    ask(s, value[i], inner[i]);
  }
  /* 0.618^1.45 < 1/2 */
  for (mpfr_prec_t k = 0; k < 29 * (bits / 4) / 20; ++k) {
    bool rises = mpfr_greater_p(value[1], value[0]);
    mpfr_set(rises ? low : high, inner[!rises], MPFR_RNDN);
    mpfr_swap(inner[0], inner[1]);
    mpfr_swap(value[0], value[1]);
    cut(inner[rises], low, high, golden, rises);
    ask(s, value[rises], inner[rises]);
  }
  for (int i = 0; i < 2; ++i)
    mpfr_clears(inner[i], value[i], (mpfr_ptr)0);
  mpfr_clear(golden);
}

/* The vertex of the parabola through low, the middle and high: right to the square of the width. */
static void vertex(search *s, const mpfr_t low, const mpfr_t high) {
  mpfr_t t, middle, value[3];
  mpfr_inits2(mpfr_get_prec(s->maximum), t, middle, value[0], value[1], value[2], (mpfr_ptr)0);
  mpfr_add(middle, low, high, MPFR_RNDN);
  mpfr_div_2ui(middle, middle, 1, MPFR_RNDN);
  ask(s, value[0], low);
  ask(s, value[1], middle);
  ask(s, value[2], high);
  /* t = middle + (high - low)(y_2 - y_0)/(4 (2 y_1 - y_0 - y_2)) */
  mpfr_mul_2ui(t, value[1], 1, MPFR_RNDN);
  mpfr_sub(t, t, value[0], MPFR_RNDN);
  mpfr_sub(t, t, value[2], MPFR_RNDN);
  mpfr_mul_2ui(t, t, 2, MPFR_RNDN);
  mpfr_sub(value[2], value[2], value[0], MPFR_RNDN);
  mpfr_div(t, value[2], t, MPFR_RNDN);
  mpfr_sub(value[0], high, low, MPFR_RNDN);
  mpfr_mul(t, t, value[0], MPFR_RNDN);
  mpfr_add(t, t, middle, MPFR_RNDN);
  if (mpfr_greater_p(t, low) && mpfr_less_p(t, high))
    ask(s, value[0], t);
  mpfr_clears(t, middle, value[0], value[1], value[2], (mpfr_ptr)0);
}

void hp_maximum(mpfr_t maximum, mpfr_t at, hp_profile g, void *context, const mpfr_t low,
                const mpfr_t high, unsigned long n) {
  mpfr_prec_t bits = mpfr_get_prec(maximum);
  search s = {g, context, maximum, at};
  mpfr_t *t = hp_vector_new_mpfr(n + 1, bits), *value = hp_vector_new_mpfr(n + 1, bits);
  mpfr_set_si(maximum, -1, MPFR_RNDN);
  for (unsigned long i = 0; i <= n; ++i) {
    mpfr_sub(t[i], high, low, MPFR_RNDN);
    mpfr_mul_ui(t[i], t[i], i, MPFR_RNDN);
    mpfr_div_ui(t[i], t[i], n, MPFR_RNDN);
    mpfr_add(t[i], t[i], low, MPFR_RNDN);
    ask(&s, value[i], t[i]);
  }
  mpfr_t left, right, enough;
  mpfr_inits2(bits, left, right, enough, (mpfr_ptr)0);
  mpfr_div_2ui(enough, maximum, 1, MPFR_RNDN);
  for (unsigned long i = 0; i <= n; ++i) {
    unsigned long before = i ? i - 1 : 0, after = i < n ? i + 1 : n;
    if (mpfr_less_p(value[i], enough) || mpfr_less_p(value[i], value[before]) ||
        mpfr_less_p(value[i], value[after]))
      continue;
    mpfr_set(left, t[before], MPFR_RNDN);
    mpfr_set(right, t[after], MPFR_RNDN);
    narrow(&s, left, right);
    vertex(&s, left, right);
  }
  mpfr_clears(left, right, enough, (mpfr_ptr)0);
  hp_vector_free_mpfr(n + 1, value);
  hp_vector_free_mpfr(n + 1, t);
}
