#include "a1_certify.h"
#include "a1_doubles.h"
#include "a1_text.h"
#include "certified_run.h"
#include "reference/problem/allocate.h"
#include "verify/constants.h"
#include <math.h>
#include <stdlib.h>

enum { BITS = 256 };

static void write_bound(hp_run *run, const hp_a1_enclosed *m, const hp_certified_law *law) {
  const hp_enclosed_constants *c = &m->constants;
  size_t last = m->n_rows - 1;
  arb_t C;
  arb_init(C);
  arb_div(C, m->bound + last, m->h + last, BITS);
  char *B0 = hp_ball_text(c->B0), *L = hp_ball_text(c->L), *nu = hp_ball_text(c->nu);
  run->has_bound = true;
  run->bound_holds = law->holds;
  const hp_a1_bound_text *text = &hp_a1_bound_texts[!m->symmetric[last]  ? HP_A1_ANY
                                                    : arb_is_zero(c->nu) ? HP_A1_CONVEX
                                                                         : HP_A1_SYMMETRIC];
  run->bound_formula = hp_copy_text(text->formula);
  run->bound_value = hp_ball_end_text(C, 6, true);
  run->bound_inputs = hp_text("B0 in %s, L in %s, ν in %s, proved over a box that provably holds "
                              "the flow and every u_n, p_n, y_n",
                              B0, L, nu);
  run->bound_proved_by = hp_copy_text(text->proved_by);
  free(B0);
  free(L);
  free(nu);
  arb_clear(C);
}

static void write_certificate(hp_run *run, const hp_a1_enclosed *m) {
  const hp_experiment *experiment = m->experiment;
  if (!experiment->certificates)
    return;
  json_t *json = hp_a1_certificate(m);
  char *path = hp_text("%s/A1-%s-%s.json", experiment->certificates, experiment->problem->name,
                       experiment->method);
  char *temporary = hp_text("%s.part", path);
  bool written =
      json_dump_file(json, temporary, JSON_INDENT(1)) == 0 && rename(temporary, path) == 0;
  if (!written)
    hp_claim_verdict(run, HP_ERROR, hp_text("the certificate %s cannot be written", path));
  free(temporary);
  free(path);
  json_decref(json);
}

static void write_run(hp_run *run, const hp_a1_enclosed *m) {
  if (m->n_rows < 3) {
    hp_claim_verdict(run, HP_NOT_ASYMPTOTIC, hp_text("fewer than 3 steps"));
    return;
  }
  const hp_experiment *experiment = m->experiment;
  double finest = hp_ball_end(m->h + m->n_rows - 1, false);
  hp_certified_run certified = {
      .experiment = experiment,
      .observable = "E1",
      .scaled = "E1/h",
      .percent = 1,
      .constant = "max|E| on [0,T]",
      .bound_name = "C(T) h",
      .unbounded = "B0 and L have no finite bound on the box of flow and iterates",
      .n_rows = m->n_rows,
      .h = m->h,
      .error = m->error,
      .bound = m->bound,
      .predicted = m->predicted,
      .p = 1,
      .smallness = fabs(hp_smallness(experiment->momentum, experiment->a, finest,
                                     hp_ball_end(m->constants.L, true))),
  };
  hp_certified_law law;
  hp_certified_law_init(&law);
  hp_certify_law(&law, m->n_rows, m->h, m->error, m->bound, m->predicted, 1, BITS);
  hp_certified_run_write(run, &certified, &law);
  write_bound(run, m, &law);
  hp_certified_run_judge(run, &certified, &law);
  write_certificate(run, m);
  hp_certified_law_clear(&law);
}

bool hp_a1_certify(const hp_experiment *experiment, hp_results *results) {
  hp_a1_enclosed m;
  hp_a1_enclose_status status = hp_a1_enclose(&m, experiment);
  if (status != HP_A1_STOPPED) {
    hp_run *run = hp_claim_run(results, experiment, "A1", "E1");
    if (status == HP_A1_NOT_ENCLOSED)
      hp_claim_verdict(run, HP_NOT_APPLICABLE, hp_copy_text(m.why));
    else if (arb_is_zero(m.predicted))
      hp_claim_verdict(run, HP_NOT_APPLICABLE,
                       hp_copy_text("the start is a critical point: nothing moves"));
    else
      write_run(run, &m);
    if (status == HP_A1_ENCLOSED && !arb_is_zero(m.predicted) && m.n_rows > 0)
      hp_a1_doubles_run(&m, results);
  }
  hp_a1_enclosed_clear(&m);
  return status != HP_A1_STOPPED;
}
