#include "experiment.h"
#include "verify/claims/certified_identity.h"
#include "verify/claims/network_certify.h"

/* 20 digits keep it short. */
static const char one_observation[] =
    "data p = [x1, x2, y; 1, 1/2, 1]\ndiagonal-linear = p: x1, x2 -> y\nstart_u = 1, 1/2\n"
    "start_v = 1/4, 1/5\nmomentum = 1/10\nhorizon = 1\n";

Test(network_certify, passes) {
  hp_experiment e;
  hp_results results = {0};
  experiment_parse(&e, one_observation, "hb", 6, 8);
  e.digits = 20;
  cr_assert(hp_b4_certify(&e, &results));
  cr_assert(hp_b5_certify(&e, &results));
  cr_assert_eq(results.count, 3);
  for (size_t i = 0; i < 3; ++i) {
    const hp_run *run = &results.run[i];
    cr_expect_eq(run->verdict, HP_PASS, "%s: %s", run->observable, run->reason);
    cr_expect_str_eq(run->reason, "");
    cr_expect_eq(run->n_controls, 2);
    cr_expect_eq(run->n_rows, strcmp(run->claim, "B4") ? 7 : 6);
    for (size_t k = 0; k < run->n_rows; ++k)
      cr_expect(strcmp(run->row[k].low, "0") == 0 && atof(run->row[k].high) < 1e-20);
  }
  cr_expect_str_eq(results.run[0].row[0].h, "1/2");
  cr_expect_str_eq(results.run[1].row[6].h, "0");
  hp_results_clear(&results);
  experiment_close(&e);
}

static const char two_equal_rows[] =
    "data p = [x, y; 1, 1; 1, 1]\ndiagonal-linear = p: x -> y\nstart_u = 1\nstart_v = 1/4\n"
    "momentum = 1/10\nhorizon = 1\n";

/* X X^T is singular, though the flow comes to rest: no limit is proved. */
Test(network_certify, singular) {
  hp_experiment e;
  hp_results results = {0};
  experiment_parse(&e, two_equal_rows, "hb", 6, 8);
  cr_assert(hp_b4_certify(&e, &results));
  cr_expect_eq(results.run[0].verdict, HP_NOT_APPLICABLE);
  cr_expect(strstr(results.run[0].reason, "6 whose limit is not enclosed") != NULL, "%s",
            results.run[0].reason);
  hp_results_clear(&results);
  experiment_close(&e);
}

Test(network_certify, not_applicable) {
  static const char *const cell[][2] = {{"double-well", "hb"}, {"diagonal-linear", "nag"}};
  for (size_t i = 0; i < 2; ++i) {
    hp_experiment e;
    hp_results results = {0};
    experiment_open(&e, cell[i][0], cell[i][1], 6, 8);
    cr_assert(hp_b5_certify(&e, &results));
    cr_assert_eq(results.count, 2);
    cr_expect_eq(results.run[1].verdict, HP_NOT_APPLICABLE);
    hp_results_clear(&results);
    experiment_close(&e);
  }
}

static bool stop_later(void *context) {
  int *left = context;
  return (*left)-- > 0;
}

/* Interrupted before, between and during the enclosures: nothing is added. */
Test(network_certify, interrupted) {
  static const int after[] = {0, 400, 640};
  for (size_t i = 0; i < 3; ++i) {
    hp_experiment e;
    hp_results results = {0};
    int left = after[i];
    experiment_open(&e, "diagonal-linear", "hb", 6, 8);
    e.keep_going = stop_later;
    e.context = &left;
    cr_expect_not(hp_b4_certify(&e, &results));
    cr_expect_eq(results.count, 0);
    hp_results_clear(&results);
    experiment_close(&e);
  }
}

/* ---- the judge ---- */

static hp_verdict judged(const char *mismatch, const char *control, size_t rows) {
  hp_experiment e;
  hp_results results = {0};
  mpq_t label;
  arb_t ball;
  mpq_init(label);
  arb_init(ball);
  experiment_open(&e, "diagonal-linear", "hb", 6, 8);
  hp_certified_identity identity = {.run = hp_claim_run(&results, &e, "B4", "Δ_∞"),
                                    .experiment = &e};
  arb_set_str(ball, mismatch, 128);
  for (size_t i = 0; i < rows; ++i)
    hp_certified_identity_row(&identity, label, 1, ball);
  arb_set_str(ball, control, 128);
  hp_certified_identity_control(&identity, "wrong", ball);
  hp_certified_identity_judge(&identity, "note");
  hp_verdict verdict = results.run[0].verdict;
  cr_expect(strstr(results.run[0].reason, "note") != NULL);
  hp_results_clear(&results);
  experiment_close(&e);
  arb_clear(ball);
  mpq_clear(label);
  return verdict;
}

Test(certified_identity, verdicts) {
  cr_expect_eq(judged("[0 +/- 1e-26]", "[1e-3 +/- 1e-5]", 1), HP_PASS);
  cr_expect_eq(judged("[0 +/- 1e-24]", "[1e-3 +/- 1e-5]", 1), HP_NOT_ASYMPTOTIC);
  cr_expect_eq(judged("[1e-30 +/- 1e-31]", "[1e-3 +/- 1e-5]", 1), HP_FAIL);
  cr_expect_eq(judged("[0 +/- 1e-26]", "[1e-3 +/- 2e-3]", 1), HP_FAIL);
  cr_expect_eq(judged("[0 +/- 1e-26]", "[1e-20 +/- 1e-22]", 1), HP_FAIL);
  cr_expect_eq(judged("[0 +/- inf]", "[1e-3 +/- 1e-5]", 1), HP_NOT_ASYMPTOTIC);
  cr_expect_eq(judged("[0 +/- 1e-26]", "[1e-3 +/- 1e-5]", 0), HP_NOT_APPLICABLE);
}

Test(certified_identity, mismatches) {
  arb_ptr x = _arb_vec_init(2), y = _arb_vec_init(2);
  arb_t found;
  arb_init(found);
  arb_set_si(x, 3);
  arb_set_si(x + 1, -5);
  arb_set_si(y, 2);
  arb_set_si(y + 1, -4);
  hp_ball_mismatch(found, 2, x, y);
  cr_expect_eq(arf_get_d(arb_midref(found), ARF_RND_NEAR), 0.5);
  hp_ball_distance(found, 2, x, y);
  cr_expect_eq(arf_get_d(arb_midref(found), ARF_RND_NEAR), 0.25);
  hp_ball_largest(found, 2, x);
  cr_expect_eq(arf_get_d(arb_midref(found), ARF_RND_NEAR), 5);
  arb_clear(found);
  _arb_vec_clear(y, 2);
  _arb_vec_clear(x, 2);
}
