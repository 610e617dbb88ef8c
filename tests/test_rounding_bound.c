#include "reference/bounds/rounding_bound.h"
#include "src/momentum.h"
#include "tests/random_double.h"
#include <criterion/criterion.h>
#include <math.h>

/* Outputs of the kernels keep the bounds; the bounds are at most 3 times what rounding can do: an
 * output moved by 3 bounds is always outside, and one moved by its own rounding unit usually too. */

enum { TRIALS = 20000 };

static double velocity_bound(double v, double g, double lambda) {
  return 0x1.0000000000001p-53 * (2 * fabs(lambda * v) + fabs(g)) + 0x1p-1074;
}

Test(rounding_bound, holds_for_the_kernels_on_random_numbers) {
  random_double_seed(1);
  double closest_v = 0, closest_u = 0, closest_y = 0;
  for (int trial = 0; trial < TRIALS; trial++) {
    double u = random_double(), v = random_double(), g = random_double();
    double lambda = fabs(random_double()), h = fabs(random_double()), a = fabs(random_double());
    double y, next_u = u, next_v = v;
    hp_momentum_lookahead(1, &u, &v, h, a, &y);
    hp_momentum_step(1, &next_u, &next_v, &g, lambda, h);
    cr_assert(hp_lookahead_within_bound(y, u, v, h, a), "u %a v %a h %a a %a", u, v, h, a);
    cr_assert(hp_velocity_within_bound(next_v, v, g, lambda), "v %a g %a lambda %a", v, g, lambda);
    cr_assert(hp_position_within_bound(next_u, u, next_v, h), "u %a v %a h %a", u, next_v, h);
    long double ha = (long double)h * a;
    closest_v = fmax(closest_v, (double)(fabsl(next_v - ((long double)lambda * v - g)) /
                                         velocity_bound(v, g, lambda)));
    closest_u = fmax(closest_u, (double)(fabsl(next_u - (u + (long double)h * next_v)) /
                                         velocity_bound(next_v, u, h)));
    closest_y = fmax(closest_y,
                     (double)(fabsl(y - (u + ha * v)) / (0x1p-53 * (3 * fabsl(ha * v) + fabs(u)))));
  }
  cr_assert(closest_v > 1 / 3.0 && closest_u > 1 / 3.0 && closest_y > 1 / 3.0,
            "attained shares of the bounds: %g %g %g", closest_v, closest_u, closest_y);
}

Test(rounding_bound, a_perturbed_output_is_caught) {
  random_double_seed(2);
  for (int trial = 0; trial < TRIALS / 10; trial++) {
    double u = random_double(), v = random_double(), g = random_double();
    double lambda = fabs(random_double()), h = fabs(random_double()), a = fabs(random_double());
    double y, next_u = u, next_v = v;
    hp_momentum_lookahead(1, &u, &v, h, a, &y);
    hp_momentum_step(1, &next_u, &next_v, &g, lambda, h);
    double off_v = 3 * velocity_bound(v, g, lambda), off_u = 3 * velocity_bound(next_v, u, h);
    double off_y = 9 * 0x1p-53 * (fabs(h * a * v) + fabs(u));
    for (int sign = -1; sign <= 1; sign += 2) {
      cr_assert(!hp_velocity_within_bound(next_v + sign * off_v, v, g, lambda));
      cr_assert(!hp_position_within_bound(next_u + sign * off_u, u, next_v, h));
      cr_assert(!hp_lookahead_within_bound(y + sign * off_y, u, v, h, a));
    }
  }
}

/* With u = 2 and h = 0 the bound is 2^-52 (1 + 2^-52): one neighbour of 2 is inside, by 2^-104. */
Test(rounding_bound, is_compared_exactly) {
  cr_assert(hp_position_within_bound(2 - 0x1p-52, 2, 0, 0));
  cr_assert(!hp_position_within_bound(2 - 2 * 0x1p-52, 2, 0, 0));
  cr_assert(!hp_position_within_bound(2 + 0x1p-51, 2, 0, 0));
  cr_assert(hp_velocity_within_bound(-2 + 0x1p-52, 0, 2, 1));
  cr_assert(!hp_velocity_within_bound(-2 + 2 * 0x1p-52, 0, 2, 1));
  cr_assert(hp_velocity_within_bound(0x1p-1074, 0, 0, 1));
  cr_assert(!hp_velocity_within_bound(0x1p-1073, 0, 0, 1));
  cr_assert(hp_lookahead_within_bound(0x1p-1074, 0, 0, 1, 1));
  cr_assert(!hp_lookahead_within_bound(0x1p-1073, 0, 0, 1, 1));
}

Test(rounding_bound, holds_where_products_underflow) {
  random_double_seed(3);
  for (int trial = 0; trial < TRIALS / 10; trial++) {
    double u = 0x1p-1070 * random_double(), v = 0x1p-500 * random_double(),
           g = 0x1p-1070 * random_double();
    double lambda = 0x1p-570, h = 0x1p-565 * fabs(random_double()), a = 0x1p-20;
    double y, next_u = u, next_v = v;
    hp_momentum_lookahead(1, &u, &v, h, a, &y);
    hp_momentum_step(1, &next_u, &next_v, &g, lambda, h);
    cr_assert(hp_lookahead_within_bound(y, u, v, h, a), "u %a v %a h %a a %a", u, v, h, a);
    cr_assert(hp_velocity_within_bound(next_v, v, g, lambda), "v %a g %a lambda %a", v, g, lambda);
    cr_assert(hp_position_within_bound(next_u, u, next_v, h), "u %a v %a h %a", u, next_v, h);
  }
}

Test(rounding_bound, claims_nothing_outside_its_range) {
  double wild[] = {NAN, INFINITY, -INFINITY, 0x1.0000000000001p300};
  for (size_t i = 0; i < sizeof wild / sizeof *wild; i++) {
    cr_assert(hp_velocity_within_bound(7, wild[i], 1, 1) &&
              hp_velocity_within_bound(7, 1, wild[i], 1));
    cr_assert(hp_velocity_within_bound(7, 1, 1, wild[i]));
    cr_assert(hp_position_within_bound(7, wild[i], 1, 1) &&
              hp_position_within_bound(7, 1, 1, wild[i]));
    cr_assert(hp_lookahead_within_bound(7, wild[i], 1, 1, 1) &&
              hp_lookahead_within_bound(7, 1, wild[i], 1, 1));
    cr_assert(hp_lookahead_within_bound(7, 1, 1, wild[i], 1) &&
              hp_lookahead_within_bound(7, 1, 1, 1, wild[i]));
  }
  cr_assert(hp_position_within_bound(7, 1, NAN, 1));
  cr_assert(!hp_velocity_within_bound(INFINITY, 1, 1, 1));
  cr_assert(!hp_position_within_bound(NAN, 1, 1, 1));
  cr_assert(!hp_lookahead_within_bound(-INFINITY, 1, 1, 1, 1));
}
