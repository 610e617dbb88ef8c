#include "family_b.h"
#include "reference/diagonal_network/network.h"
#include "reference/problem/allocate.h"
#include "verify/decimal.h"
#include <stdlib.h>

const char *hp_b_obstacle(const hp_experiment *experiment, bool needs_network) {
  if (mpq_sgn(experiment->a) != 0)
    return "the claim is about momentum gradient descent, which takes the gradient at the iterate "
           "(a = 0)";
  if (mpq_sgn(experiment->momentum) == 0)
    return "the mass λ of the momentum gradient flow is the momentum of the experiment, which is 0";
  if (!needs_network)
    return NULL;
  if (!experiment->problem->is_diagonal_linear)
    return "the problem is not a diagonal linear network: it has no balancedness";
  hp_diagonal_network network;
  hp_diagonal_network_of(&network, experiment->problem);
  size_t frozen = hp_diagonal_network_frozen(&network);
  hp_diagonal_network_clear(&network);
  return frozen ? "a coordinate starts with u = v or u = -v: its balancedness is 0 and stays so"
                : NULL;
}

void hp_b_not_applicable(hp_results *results, const hp_experiment *experiment, const char *claim,
                         const char *observable, const char *why) {
  hp_run *run = hp_claim_run(results, experiment, claim, observable);
  hp_claim_verdict(run, HP_NOT_APPLICABLE, hp_copy_text(why));
}

void hp_b_masses(mpq_t mass[HP_B_MASSES], const hp_experiment *experiment) {
  static const unsigned long factor[HP_B_MASSES][2] = {{5, 1}, {2, 1}, {1, 1},
                                                       {1, 2}, {1, 5}, {1, 25}};
  for (size_t i = 0; i < HP_B_MASSES; ++i) {
    mpq_init(mass[i]);
    mpq_set_ui(mass[i], factor[i][0], factor[i][1]);
    mpq_mul(mass[i], mass[i], experiment->momentum);
  }
}

void hp_b_masses_clear(mpq_t mass[HP_B_MASSES]) {
  for (size_t i = 0; i < HP_B_MASSES; ++i)
    mpq_clear(mass[i]);
}

hp_diagonal_flow_options hp_b_flow_options(const hp_experiment *experiment, mpq_srcptr lambda) {
  return (hp_diagonal_flow_options){.lambda = lambda,
                                    .digits = experiment->digits,
                                    .keep_going = experiment->keep_going,
                                    .context = experiment->context};
}

void hp_b_raise(mpfr_t most, const mpfr_t value) {
  if (!mpfr_lessequal_p(value, most))
    mpfr_set(most, value, MPFR_RNDN);
}

void hp_b_point(hp_curve *curve, double x, double y) {
  char *first = hp_decimal_double(x, 17), *second = hp_decimal_double(y, 12);
  hp_curve_add_point(curve, first, second);
  free(first);
  free(second);
}
