#include "reference/bounds/tape_bound.h"
#include "reference/iterate/tape_double.h"
#include "reference/problem/problem.h"
#include "tests/random_double.h"
#include <criterion/criterion.h>
#include <math.h>

enum { TRIALS = 300, INPUTS = 3, CONSTANTS = 1, CODE = 30, SLOTS = INPUTS + CONSTANTS + CODE };

static double size_of(const arb_struct *x) {
  return fabs(arf_get_d(arb_midref(x), ARF_RND_NEAR));
}

static double closest; /* the largest share of a bound that was attained */

/* Every defined slot keeps its bound, and moved by 3 bounds it does not. How many are defined. */
static size_t check(const hp_tape *tape, const double *x, const double *slot, const char *name) {
  hp_tape_bound bound;
  size_t defined = 0;
  hp_tape_bound_init(&bound, tape, x);
  for (size_t k = 0; k < (size_t)bound.slots; k++) {
    cr_assert(hp_slot_within_bound(&bound, k, slot[k]), "%s: slot %zu = %a", name, k, slot[k]);
    if (!bound.defined[k])
      continue;
    double off = fmax(3 * size_of(bound.error + k), 0x1p-50 * fabs(slot[k]) + 0x1p-1060);
    cr_assert(!hp_slot_within_bound(&bound, k, slot[k] + off), "%s: slot %zu + %a", name, k, off);
    cr_assert(!hp_slot_within_bound(&bound, k, NAN) && !hp_slot_within_bound(&bound, k, INFINITY));
    if (!arb_is_zero(bound.error + k))
      closest = fmax(closest, hp_slot_share(&bound, k, slot[k]));
    defined++;
  }
  hp_tape_bound_clear(&bound);
  return defined;
}

Test(tape_bound, holds_on_random_tapes) {
  random_double_seed(11);
  size_t defined = 0;
  for (int trial = 0; trial < TRIALS; trial++) {
    double x[INPUTS], constants[] = {random_double()}, slot[SLOTS];
    hp_instruction code[CODE];
    for (size_t k = 0; k < INPUTS; k++)
      x[k] = random_double();
    for (uint32_t i = 0; i < CODE; i++) {
      uint32_t op = (uint32_t)(random_bits() % HP_OPERATIONS), below = INPUTS + CONSTANTS + i;
      uint32_t a = (uint32_t)(random_bits() % below), b = (uint32_t)(random_bits() % below);
      code[i] = (hp_instruction){op, a, op < HP_NEG ? b : a};
    }
    hp_tape tape = {INPUTS, CONSTANTS, CODE, 0, constants, code, NULL};
    hp_tape_evaluate(INPUTS, x, CONSTANTS, constants, CODE, code, slot);
    defined += check(&tape, x, slot, "random");
  }
  cr_assert_gt(defined, TRIALS * SLOTS / 3, "defined slots: %zu", defined);
  cr_assert(closest > 1 / 3.0 && closest <= 1, "attained share of the bounds: %g", closest);
}

Test(tape_bound, holds_on_the_gradients_of_built_in_problems) {
  static const char *const names[] = {"double-well", "rosenbrock", "logistic", "diagonal-linear",
                                      "tanh-network"};
  random_double_seed(12);
  for (size_t p = 0; p < sizeof names / sizeof *names; p++) {
    char path[64];
    hp_diagnostic why;
    snprintf(path, sizeof path, "spec/problems/%s.phi", names[p]);
    hp_problem *problem = hp_problem_load(path, &why);
    cr_assert_not_null(problem);
    hp_tape_double gradient;
    hp_tape_double_init(&gradient, problem->gradient_program);
    size_t d = gradient.tape.n_inputs, slots = hp_program_slots(problem->gradient_program);
    double *x = calloc(d, sizeof *x), *g = calloc(gradient.tape.n_outputs, sizeof *g);
    for (int trial = 0; trial < 10; trial++) {
      for (size_t i = 0; i < d; i++)
        x[i] = ldexp(random_double(), -6);
      hp_tape_outputs(&gradient.tape, x, gradient.slot, g);
      cr_assert_eq(check(&gradient.tape, x, gradient.slot, names[p]), slots, "%s", names[p]);
    }
    free(g);
    free(x);
    hp_tape_double_clear(&gradient);
    hp_problem_free(problem);
  }
}

/* A slot whose only operation is op: the bound of 1 and the point, where it is one. */
static bool defined(hp_operation op, double a, double b) {
  double x[] = {a, b};
  hp_instruction code[] = {{op, 0, op < HP_NEG ? 1 : 0}};
  hp_tape tape = {2, 0, 1, 0, NULL, code, NULL};
  hp_tape_bound bound;
  hp_tape_bound_init(&bound, &tape, x);
  bool answer = bound.defined[2];
  cr_assert(answer || hp_slot_within_bound(&bound, 2, 7), "nothing is claimed");
  hp_tape_bound_clear(&bound);
  return answer;
}

Test(tape_bound, claims_nothing_outside_its_range) {
  cr_assert(defined(HP_DIV, 1, 3) && !defined(HP_DIV, 1, 0));
  cr_assert(defined(HP_SQRT, 0, 0) && !defined(HP_SQRT, -1, 0));
  cr_assert(defined(HP_LOG, 0x1p-1074, 0) && !defined(HP_LOG, 0, 0));
  cr_assert(defined(HP_TAN, 1, 0));
  cr_assert(defined(HP_MUL, 0x1p500, 0x1p500) && !defined(HP_MUL, 0x1p500, 0x1.1p500));
  cr_assert(!defined(HP_ADD, NAN, 1) && !defined(HP_ADD, 1, INFINITY));
  cr_assert(defined(HP_EXP, 690, 0) && !defined(HP_EXP, 700, 0));
}
