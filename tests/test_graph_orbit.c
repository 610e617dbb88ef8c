#include "experiment.h"
#include "reference/enclosure/graph_orbit.h"
#include "verify/constants.h"

enum { BITS = 300 };

/* m_h(u) with the theorem's constants for L, and the box of the orbit. */
static hp_manifold_status enclose(const hp_experiment *e, const hp_manifold_options *options,
                                  const arb_struct u[], const char *L, arb_ptr m, arb_ptr box) {
  hp_graph_orbit orbit;
  hp_graph_arrival arrival;
  arb_t l, h, low, rho, gap, K;
  arb_struct *const all[] = {l, h, low, rho, gap, K};
  for (size_t i = 0; i < 6; ++i)
    arb_init(all[i]);
  hp_graph_orbit_init(&orbit, e->problem, e->momentum, e->a, e->step[0], options);
  hp_graph_arrival_init(&arrival, e->problem->n_params);
  _arb_vec_set(box, u, (slong)e->problem->n_params);
  hp_manifold_status status = hp_graph_orbit_follow(&orbit, u, &arrival, box);
  arb_set_str(l, L, BITS);
  hp_arb_set_rational(h, e->step[0], BITS);
  arb_mul(l, l, h, BITS);
  cr_assert(hp_manifold_ratios_ball(low, rho, e->momentum, e->a, l, BITS));
  cr_assert(hp_manifold_gap_ball(gap, e->momentum, e->a, l, BITS));
  cr_assert(hp_manifold_slope_ball(K, e->momentum, e->a, l, BITS));
  arb_div(K, K, h, BITS);
  if (status == HP_MANIFOLD_FOUND)
    hp_graph_arrival_velocity(&arrival, u, rho, gap, K, m);
  hp_graph_arrival_clear(&arrival);
  hp_graph_orbit_clear(&orbit);
  for (size_t i = 6; i-- > 0;)
    arb_clear(all[i]);
  return status;
}

/* The published slopes mu of m_h(u) = mu u, to all their digits, for q = 1 and q = 5. */
Test(graph_orbit, slopes_of_a_quadratic) {
  static const struct {
    const char *method, *mu[2];
    int power;
  } cases[] = {
      {"hb", {"-2.0656090536715054958097", "-12.0851835770403978446257"}, 7},
      {"nag", {"-2.0485330926821076858608", "-11.4265515713987356862305"}, 7},
      {"hb", {"-2.0078586068346771925688", "-10.2012479886850601429530"}, 10},
      {"nag", {"-2.0058843035874919691177", "-10.1496690631431124545837"}, 10},
  };
  for (size_t k = 0; k < 4; ++k) {
    hp_experiment e;
    experiment_open(&e, "quadratic-5-half", cases[k].method, cases[k].power, cases[k].power);
    hp_manifold_options options = {.precision_bits = 110, .steps_back = 220};
    arb_ptr u = _arb_vec_init(2), m = _arb_vec_init(2), box = _arb_vec_init(2);
    arb_one(u);
    arb_one(u + 1);
    cr_assert_eq(enclose(&e, &options, u, "5", m, box), HP_MANIFOLD_FOUND);
    for (size_t i = 0; i < 2; ++i) {
      char *text = arb_get_str(m + i, 40, ARB_STR_NO_RADIUS);
      assert_digits(text, cases[k].mu[i], 30, "mu");
      flint_free(text);
      cr_expect(mag_cmp_2exp_si(arb_radref(m + i), -95) < 0, "case %zu", k);
      cr_expect(arb_contains(box + i, u + i));
    }
    _arb_vec_clear(box, 2);
    _arb_vec_clear(m, 2);
    _arb_vec_clear(u, 2);
    experiment_close(&e);
  }
}

/* The double well at u_0: |v_0 - m_h(u_0)| as published, v_0 = 0; and a short orbit gives a wide ball
 * that contains it too. */
Test(graph_orbit, double_well) {
  static const long steps_back[] = {220, 12};
  for (int k = 0; k < 2; ++k) {
    hp_experiment e;
    experiment_open(&e, "double-well", "hb", 6, 6);
    hp_manifold_options options = {.precision_bits = 110, .steps_back = steps_back[k]};
    arb_t u, m, box, published;
    arb_init(u);
    arb_init(m);
    arb_init(box);
    arb_init(published);
    hp_arb_set_rational(u, e.problem->start[0], BITS);
    cr_assert_eq(enclose(&e, &options, u, "2", m, box), HP_MANIFOLD_FOUND);
    arb_set_str(published, "5.2207618110089183418682863e-01 +/- 5e-27", BITS);
    cr_expect(arb_overlaps(m, published));
    cr_expect((mag_cmp_2exp_si(arb_radref(m), k ? -14 : -95) < 0));
    cr_expect(k == 0 || mag_cmp_2exp_si(arb_radref(m), -60) > 0);
    cr_expect(arb_contains(box, u) && mag_get_d(arb_radref(box)) < 0.2);
    arb_clear(published);
    arb_clear(box);
    arb_clear(m);
    arb_clear(u);
    experiment_close(&e);
  }
}

/* Backwards in time x^6/6 reaches infinity: the box stays what it was. */
Test(graph_orbit, lost) {
  hp_experiment e;
  experiment_parse(&e, "params = x\nloss = x^6/6\nstart = 1\nmomentum = 1/2\nhorizon = 1\n", "hb",
                   7, 7);
  hp_manifold_options options = {.precision_bits = 100, .steps_back = 200};
  arb_t u, m, box;
  arb_init(u);
  arb_init(m);
  arb_init(box);
  arb_one(u);
  cr_expect_eq(enclose(&e, &options, u, "5", m, box), HP_MANIFOLD_LOST);
  cr_expect(arb_is_one(box));
  arb_clear(box);
  arb_clear(m);
  arb_clear(u);
  experiment_close(&e);
}

static bool stop(void *context) {
  return --*(int *)context > 0;
}

Test(graph_orbit, told_to_stop) {
  bool stopped = true, finished = false;
  for (int left = 1; !finished; ++left) {
    int count = left;
    hp_experiment e;
    experiment_open(&e, "double-well", "nag", 8, 8);
    hp_manifold_options options = {
        .precision_bits = 100, .steps_back = 120, .keep_going = stop, .context = &count};
    arb_t u, m, box;
    arb_init(u);
    arb_init(m);
    arb_init(box);
    hp_arb_set_rational(u, e.problem->start[0], BITS);
    hp_manifold_status status = enclose(&e, &options, u, "2", m, box);
    finished = status == HP_MANIFOLD_FOUND;
    stopped = stopped && (finished || status == HP_MANIFOLD_INTERRUPTED);
    cr_assert(left < 200);
    arb_clear(box);
    arb_clear(m);
    arb_clear(u);
    experiment_close(&e);
  }
  cr_expect(stopped);
}

/* mu u for every u of a wide ball: the part of K |u - u'|. */
Test(graph_orbit, wide_ball) {
  hp_experiment e;
  experiment_open(&e, "quadratic-5-half", "hb", 10, 10);
  hp_manifold_options options = {.precision_bits = 110, .steps_back = 220};
  arb_ptr u = _arb_vec_init(2), m = _arb_vec_init(2), box = _arb_vec_init(2);
  for (size_t i = 0; i < 2; ++i) {
    arb_one(u + i);
    mag_set_ui_2exp_si(arb_radref(u + i), 1, -20);
  }
  cr_assert_eq(enclose(&e, &options, u, "5", m, box), HP_MANIFOLD_FOUND);
  arb_set_str(box, "-10.20124798868506", BITS);
  arb_mul(box, box, u + 1, BITS);
  cr_expect(arb_contains(m + 1, box));
  _arb_vec_clear(box, 2);
  _arb_vec_clear(m, 2);
  _arb_vec_clear(u, 2);
  experiment_close(&e);
}
