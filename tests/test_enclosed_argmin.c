#include "experiment.h"
#include "reference/diagonal_network/enclosed_argmin.h"
#include "reference/iterate/vector_mpfr.h"

enum { BITS = 200, D = 3, N = 2 };

typedef struct {
  hp_diagonal_network network;
  arb_ptr delta, centre, theta, nu, residual;
} problem;

static void open_problem(problem *p, const char *table) {
  hp_diagnostic why;
  cr_assert(hp_diagonal_network_parse(&p->network, table, strlen(table), "x.csv", &why), "%s",
            why.message);
  p->delta = _arb_vec_init(D);
  p->centre = _arb_vec_init(D);
  p->theta = _arb_vec_init(D);
  p->nu = _arb_vec_init((slong)p->network.n);
  p->residual = _arb_vec_init(D + (slong)p->network.n);
  for (slong i = 0; i < D; ++i) {
    arb_set_si(p->delta + i, 3 - i);
    arb_div_ui(p->delta + i, p->delta + i, 10, BITS);
    arb_set_si(p->centre + i, i - 1);
    arb_div_ui(p->centre + i, p->centre + i, 7, BITS);
  }
}

static void close_problem(problem *p) {
  _arb_vec_clear(p->residual, D + (slong)p->network.n);
  _arb_vec_clear(p->nu, (slong)p->network.n);
  _arb_vec_clear(p->theta, D);
  _arb_vec_clear(p->centre, D);
  _arb_vec_clear(p->delta, D);
  hp_diagonal_network_clear(&p->network);
}

static const char table[] = "a,b,c,y\n1,1/2,-1/4,1\n-1/2,1,3/4,1/2\n";

static bool solve(problem *p) {
  return hp_enclose_argmin(p->theta, p->nu, &p->network, p->delta, p->centre, BITS);
}

static size_t zeros(problem *p) {
  size_t count = 0;
  hp_enclose_optimality(p->residual, &p->network, p->delta, p->centre, p->theta, p->nu, BITS);
  for (slong i = 0; i < D + N; ++i)
    count += arb_contains_zero(p->residual + i);
  return count;
}

/* The minimiser of bregman.h, found in MPFR, is in narrow balls; it satisfies the conditions, and a
 * neighbour does not. */
Test(enclosed_argmin, holds_the_minimiser) {
  problem p;
  open_problem(&p, table);
  cr_assert(solve(&p));
  hp_bregman bregman;
  hp_bregman_init(&bregman, &p.network, BITS);
  mpfr_t *delta = hp_vector_new_mpfr(D, BITS), *centre = hp_vector_new_mpfr(D, BITS);
  mpfr_t *theta = hp_vector_new_mpfr(D, BITS), *nu = hp_vector_new_mpfr(N, BITS);
  arb_t found;
  arb_init(found);
  for (slong i = 0; i < D; ++i) {
    arf_get_mpfr(delta[i], arb_midref(p.delta + i), MPFR_RNDN);
    arf_get_mpfr(centre[i], arb_midref(p.centre + i), MPFR_RNDN);
  }
  cr_assert(hp_bregman_solve(&bregman, delta, centre, theta, nu));
  for (slong i = 0; i < D; ++i) {
    arf_set_mpfr(arb_midref(found), theta[i]);
    mag_set_ui_2exp_si(arb_radref(found), 1, -180);
    cr_expect(arb_overlaps(p.theta + i, found));
    cr_expect(mag_cmp_2exp_si(arb_radref(p.theta + i), -180) < 0);
  }
  cr_expect_eq(zeros(&p), D + N);
  arb_set_d(found, 1e-40);
  arb_add(p.theta, p.theta, found, BITS);
  cr_expect_lt(zeros(&p), D + N);
  arb_clear(found);
  hp_vector_free_mpfr(N, nu);
  hp_vector_free_mpfr(D, theta);
  hp_vector_free_mpfr(D, centre);
  hp_vector_free_mpfr(D, delta);
  hp_bregman_clear(&bregman);
  close_problem(&p);
}

/* Balls of Delta and theta_tilde: the minimisers of their corners are all inside. */
Test(enclosed_argmin, holds_all_minimisers) {
  enum { CORNERS = 1 << (2 * D) };
  problem wide, corner;
  open_problem(&wide, table);
  for (slong i = 0; i < D; ++i) {
    mag_set_ui_2exp_si(arb_radref(wide.delta + i), 1, -12);
    mag_set_ui_2exp_si(arb_radref(wide.centre + i), 1, -12);
  }
  cr_assert(solve(&wide));
  for (unsigned bits = 0; bits < CORNERS; ++bits) {
    open_problem(&corner, table);
    for (slong i = 0; i < 2 * D; ++i) {
      arb_ptr at = i < D ? corner.delta + i : corner.centre + (i - D);
      arf_t step;
      arf_init(step);
      arf_set_si_2exp_si(step, bits >> i & 1 ? 1 : -1, -12);
      arb_add_arf(at, at, step, BITS);
      arf_clear(step);
    }
    cr_assert(solve(&corner));
    for (slong i = 0; i < D; ++i)
      cr_expect(arb_contains(wide.theta + i, corner.theta + i));
    close_problem(&corner);
  }
  close_problem(&wide);
}

/* What it cannot prove it does not say. */
Test(enclosed_argmin, refused) {
  problem p;
  open_problem(&p, "a,b,c,y\n1,1/2,-1/4,1\n2,1,-1/2,2\n");
  cr_expect_not(solve(&p), "rank 1");
  cr_expect_not(arb_is_finite(p.theta));
  close_problem(&p);
  open_problem(&p, table);
  mag_set_d(arb_radref(p.delta + 1), 0.5);
  cr_expect_not(solve(&p), "Delta may be 0");
  arb_set_ui(p.delta + 1, 1);
  mag_set_d(arb_radref(p.centre + 1), 100);
  cr_expect_not(solve(&p), "too wide");
  close_problem(&p);
}
