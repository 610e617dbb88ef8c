#include "reference/enclosure/definite.h"
#include <criterion/criterion.h>
#include <math.h>

static double norm_of(const double entry[], double radius, size_t d) {
  arb_ptr matrix = _arb_vec_init((slong)(d * d));
  mag_t error;
  arf_t bound;
  mag_init(error);
  arf_init(bound);
  mag_set_d(error, radius);
  for (size_t i = 0; i < d * d; i++) {
    arb_set_d(matrix + i, entry[i]);
    if (radius > 0)
      arb_add_error_mag(matrix + i, error);
  }
  double result = hp_logarithmic_norm(bound, matrix, d) ? arf_get_d(bound, ARF_RND_UP) : NAN;
  arf_clear(bound);
  mag_clear(error);
  _arb_vec_clear(matrix, (slong)(d * d));
  return result;
}

static void expect_just_above(double got, double exact, double range) {
  cr_expect(got >= exact && got <= exact + range / 1024, "%.17g for %.17g", got, exact);
}

/* Largest eigenvalues known in closed form; the bound is never below, and close. */
Test(definite, eigenvalues) {
  expect_just_above(norm_of((double[]){-3}, 0, 1), -3, 0);
  expect_just_above(norm_of((double[]){2, 1, 1, 2}, 0, 2), 3, 2);
  expect_just_above(norm_of((double[]){1, 2, 2, -3}, 0, 2), -1 + sqrt(8), 4);
  /* tridiagonal -2, 1: 2 cos(pi/5) - 2 */
  expect_just_above(norm_of((double[]){-2, 1, 0, 0, 1, -2, 1, 0, 0, 1, -2, 1, 0, 0, 1, -2}, 0, 4),
                    2 * cos(acos(-1) / 5) - 2, 4);
}

/* Only the symmetric part counts: a rotation neither grows nor decays. */
Test(definite, rotation) {
  expect_just_above(norm_of((double[]){0, 7, -7, 0}, 0, 2), 0, 14);
}

/* With entries +- r the largest eigenvalue of all symmetric matrices in the balls is that of the
 * extreme one, 3 + 2r. */
Test(definite, a_set_of_matrices) {
  expect_just_above(norm_of((double[]){2, 1, 1, 2}, 0.25, 2), 3.5, 256);
  cr_expect(norm_of((double[]){2, 1, 1, 2}, 0.25, 2) < 3.75);
}

Test(definite, not_finite) {
  cr_expect(isnan(norm_of((double[]){2, INFINITY, 1, 2}, 0, 2)));
}
