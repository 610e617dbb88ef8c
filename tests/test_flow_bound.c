#include "reference/bounds/flow_bound.h"
#include "src/flow.h"
#include "tests/random_double.h"
#include <criterion/criterion.h>
#include <math.h>

/* grad Phi(x) = x: the gradients are the points. */
static const uint32_t same[] = {0};
static const hp_tape half_square = {1, 0, 0, 1, NULL, NULL, same};

enum { TRIALS = 5000 };

typedef struct {
  double x, u, point[4], k[4], lambda_bar, h;
} taken;

static taken take(double x, double lambda_bar, double h) {
  double slot[1];
  taken t = {.x = x, .u = x, .lambda_bar = lambda_bar, .h = h};
  hp_flow_step(&half_square, lambda_bar, h, &t.u, t.point, t.k, slot);
  return t;
}

static bool points_hold(const taken *t, double off) {
  return hp_flow_point_within_bound(t->point[1] + off, t->x, t->k[0], t->lambda_bar, t->h, 2) &&
         hp_flow_point_within_bound(t->point[2] + off, t->x, t->k[1], t->lambda_bar, t->h, 2) &&
         hp_flow_point_within_bound(t->point[3] + off, t->x, t->k[2], t->lambda_bar, t->h, 1);
}

static bool step_holds(const taken *t, double off) {
  return hp_flow_step_within_bound(t->u + off, t->x, t->k, 1, t->lambda_bar, t->h);
}

/* Three times the bound away is outside. */
static double off_point(const taken *t) {
  return 3 * 0x1p-53 * (4 * fabs(t->lambda_bar * t->h * t->k[0] / 2) + fabs(t->x)) + 0x1p-1070;
}

static double off_step(const taken *t) {
  double size = fabs(t->k[0]) + 2 * fabs(t->k[1]) + 2 * fabs(t->k[2]) + fabs(t->k[3]);
  return 3 * 0x1p-53 * (7 * fabs(t->lambda_bar * t->h / 6) * size + fabs(t->x)) + 0x1p-1070;
}

Test(flow_bound, holds_for_the_kernel_and_not_three_bounds_away) {
  random_double_seed(5);
  for (int trial = 0; trial < TRIALS; trial++) {
    taken t = take(random_double(), random_double(), random_double());
    cr_assert(points_hold(&t, 0) && step_holds(&t, 0), "x %a lambda_bar %a h %a", t.x, t.lambda_bar,
              t.h);
    for (int sign = -1; sign <= 1; sign += 2) {
      cr_assert(!hp_flow_point_within_bound(t.point[1] + sign * off_point(&t), t.x, t.k[0],
                                            t.lambda_bar, t.h, 2));
      cr_assert(!step_holds(&t, sign * off_step(&t)));
    }
  }
}

/* With k = 0 and x = 2 both bounds are a little over 2^-52: one neighbour of 2 below is inside, two are
 * not. With x = 0 = k they are 2^-1074. */
Test(flow_bound, is_compared_exactly) {
  static const double none[4] = {0, 0, 0, 0};
  cr_assert(hp_flow_point_within_bound(2 - 0x1p-52, 2, 0, 1, 1, 2));
  cr_assert(!hp_flow_point_within_bound(2 - 0x1p-51, 2, 0, 1, 1, 2));
  cr_assert(hp_flow_step_within_bound(2 - 0x1p-52, 2, none, 1, 1, 1));
  cr_assert(!hp_flow_step_within_bound(2 - 0x1p-51, 2, none, 1, 1, 1));
  cr_assert(hp_flow_point_within_bound(0x1p-1074, 0, 0, 1, 1, 1));
  cr_assert(!hp_flow_point_within_bound(0x1p-1073, 0, 0, 1, 1, 1));
  cr_assert(hp_flow_step_within_bound(-0x1p-1074, 0, none, 1, 1, 1));
  cr_assert(!hp_flow_step_within_bound(-0x1p-1073, 0, none, 1, 1, 1));
}

/* The divisor and the order of the weights are part of the formula. */
Test(flow_bound, knows_its_formula) {
  static const double k[4] = {1, 10, 100, 1000};
  cr_assert(hp_flow_point_within_bound(-1.5, 0, 3, 1, 1, 2));
  cr_assert(!hp_flow_point_within_bound(-1.5, 0, 3, 1, 1, 1));
  cr_assert(hp_flow_step_within_bound(-1221, 0, k, 1, 6, 1));
  cr_assert(!hp_flow_step_within_bound(-1221, 0, k, 1, 3, 1));
}

Test(flow_bound, claims_nothing_outside_its_range) {
  static const double wild[] = {NAN, INFINITY, -INFINITY, 0x1.0000000000001p300};
  double k[4] = {1, 1, 1, 1};
  for (size_t i = 0; i < sizeof wild / sizeof *wild; i++) {
    cr_assert(hp_flow_point_within_bound(7, wild[i], 1, 1, 1, 2));
    cr_assert(hp_flow_point_within_bound(7, 1, wild[i], 1, 1, 2));
    cr_assert(hp_flow_point_within_bound(7, 1, 1, wild[i], 1, 2));
    cr_assert(hp_flow_point_within_bound(7, 1, 1, 1, wild[i], 2));
    cr_assert(hp_flow_step_within_bound(7, wild[i], k, 1, 1, 1));
    cr_assert(hp_flow_step_within_bound(7, 1, k, 1, wild[i], 1));
    cr_assert(hp_flow_step_within_bound(7, 1, k, 1, 1, wild[i]));
    k[3] = wild[i];
    cr_assert(hp_flow_step_within_bound(7, 1, k, 1, 1, 1));
    k[3] = 1;
  }
  cr_assert(hp_flow_point_within_bound(7, 1, 1, 0x1p150, 0x1p150, 2));
  cr_assert(hp_flow_point_within_bound(7, 1, 1, -0x1p150, 0x1p150, 2));
  cr_assert(!hp_flow_point_within_bound(INFINITY, 1, 1, 1, 1, 2));
  cr_assert(!hp_flow_step_within_bound(NAN, 1, k, 1, 1, 1));
}
