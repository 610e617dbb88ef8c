#include "reference/iterate/roots.h"
#include "reference/problem/rational.h"
#include <criterion/criterion.h>
#include <math.h>

typedef struct {
  mpq_t lambda, a;
  mpfr_t l, slow, fast;
  bool real;
} roots;

static roots roots_at(const char *lambda, const char *a, double l) {
  roots r;
  mpq_inits(r.lambda, r.a, NULL);
  cr_assert(hp_rational_read(r.lambda, lambda) && hp_rational_read(r.a, a));
  mpfr_inits2(150, r.l, r.slow, r.fast, NULL);
  mpfr_set_d(r.l, l, MPFR_RNDN);
  r.real = hp_characteristic_roots_mpfr(r.slow, r.fast, r.lambda, r.a, r.l);
  return r;
}

static void roots_clear(roots *r) {
  mpq_clears(r->lambda, r->a, NULL);
  mpfr_clears(r->l, r->slow, r->fast, NULL);
}

/* slow fast = lambda - a l and (1 - slow)(1 - fast) = l; convex, flat and concave */
Test(roots, vieta) {
  static const double l[] = {0.05, 0.01, 0, -0.3};
  static const char *const a[] = {"0", "1/2", "2"};
  for (size_t i = 0; i < 4; ++i)
    for (size_t k = 0; k < 3; ++k) {
      roots r = roots_at("1/2", a[k], l[i]);
      cr_assert(r.real);
      double slow = mpfr_get_d(r.slow, MPFR_RNDN), fast = mpfr_get_d(r.fast, MPFR_RNDN);
      cr_assert_float_eq(slow * fast, 0.5 - mpq_get_d(r.a) * l[i], 1e-15);
      cr_assert_float_eq((1 - slow) * (1 - fast), l[i], 1e-15);
      cr_assert_geq(slow, fast);
      roots_clear(&r);
    }
}

/* Real up to ((1 - sqrt(lambda - a (1-lambda)))/(1+a))^2; complex above; and where they are real
 * again far above, it is another branch. */
Test(roots, threshold) {
  double heavy_ball = pow(1 - sqrt(0.5), 2), nesterov = 1.0 / 9;
  const struct {
    const char *a;
    double l;
    bool real;
  } row[] = {{"0", 0.9999 * heavy_ball, true},
             {"0", 1.0001 * heavy_ball, false},
             {"1/2", 0.9999 * nesterov, true},
             {"1/2", 1.0001 * nesterov, false},
             {"0", 10, false},
             {"1/2", 10, false}};
  for (size_t i = 0; i < sizeof row / sizeof *row; ++i) {
    roots r = roots_at("1/2", row[i].a, row[i].l);
    cr_assert_eq(r.real, row[i].real, "a = %s, l = %g", row[i].a, row[i].l);
    cr_assert_eq(!mpfr_nan_p(r.slow), row[i].real);
    cr_assert_eq(!mpfr_nan_p(r.fast), row[i].real);
    roots_clear(&r);
  }
}
