#include "family_b.h"
#include "reference/diagonal_network/network.h"
#include "reference/problem/allocate.h"

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
