#include "experiment.h"
#include "reference/diagonal_network/rest.h"

/* One coordinate, one observation x theta = y, at w_+ = 6/5, w_- = 2/5: theta = 8/25. */
static void one(hp_diagonal_network *network, const char *y, size_t rows) {
  hp_diagnostic why;
  char text[128];
  snprintf(text, sizeof text, "x,y\n1,%s\n%s", y, rows == 2 ? "2,16/25\n" : "");
  cr_assert(hp_diagonal_network_parse(network, text, strlen(text), "one.csv", &why), "%s",
            why.message);
}

static void state(arb_ptr w, arb_ptr dw, double speed) {
  arb_set_d(w, 6);
  arb_div_ui(w, w, 5, 128);
  arb_set_d(w + 1, 2);
  arb_div_ui(w + 1, w + 1, 5, 128);
  arb_set_d(dw, speed);
  arb_set_d(dw + 1, 2 * speed);
}

static double as_double(const mag_t x) {
  return mag_get_d(x);
}

/* D and the energy by the formulas of rest.h in double precision; R = 2^-10 moves m and M by less
 * than 1 %. */
Test(rest, formulas) {
  hp_diagonal_network network;
  hp_diagonal_rest rest;
  arb_ptr w = _arb_vec_init(2), dw = _arb_vec_init(2);
  mpq_t lambda;
  mpq_init(lambda);
  mpq_set_ui(lambda, 1, 2);
  hp_diagonal_rest_init(&rest);
  double r = 1e-6, z = 1e-6, q = 0.8, F = r * r / 2, square = 5 * z * z / 2, mass = 0.5;
  one(&network, "319999/1000000", 1);
  state(w, dw, z);
  cr_assert(hp_diagonal_rests(&rest, &network, lambda, w, dw, 128));
  double c = 1 / (2 * mass * q + 1), kappa = fmin(c * q / 2, 1 / (2 * mass));
  double V = F + mass * square / 2 + c * mass * sqrt(2 * q * F * square);
  double D = 4 * sqrt(V / mass) / kappa;
  cr_expect(as_double(rest.distance) > D && as_double(rest.distance) < 1.02 * D, "%g %g",
            as_double(rest.distance), D);
  double energy = F + mass * square / 2;
  cr_expect(as_double(rest.kinetic) >= energy * (1 - 1e-12) &&
            as_double(rest.kinetic) < 1.001 * energy);
  mpq_set_ui(lambda, 0, 1);
  cr_assert(hp_diagonal_rests(&rest, &network, lambda, w, dw, 128));
  D = sqrt(2 * q * F) / q;
  cr_expect(as_double(rest.distance) > D && as_double(rest.distance) < 1.02 * D, "%g %g",
            as_double(rest.distance), D);
  hp_diagonal_network_clear(&network);
  mpq_set_ui(lambda, 20, 1);
  one(&network, "319999/1000000", 1);
  cr_assert(hp_diagonal_rests(&rest, &network, lambda, w, dw, 128));
  mass = 20;
  c = 1 / (2 * mass * q + 1);
  kappa = fmin(c * q / 2, 1 / (2 * mass));
  V = F + mass * square / 2 + c * mass * sqrt(2 * q * F * square);
  D = 4 * sqrt(V / mass) / kappa;
  cr_expect(as_double(rest.distance) > D && as_double(rest.distance) < 1.02 * D);
  hp_diagonal_rest_clear(&rest);
  hp_diagonal_network_clear(&network);
  mpq_clear(lambda);
  _arb_vec_clear(dw, 2);
  _arb_vec_clear(w, 2);
}

/* Too fast, too far, or with a residual that may never vanish: nothing is proved. */
Test(rest, refused) {
  hp_diagonal_network network;
  hp_diagonal_rest rest;
  arb_ptr w = _arb_vec_init(2), dw = _arb_vec_init(2);
  mpq_t lambda;
  mpq_init(lambda);
  mpq_set_ui(lambda, 1, 2);
  hp_diagonal_rest_init(&rest);
  one(&network, "8/25", 1);
  state(w, dw, 1e-3);
  cr_expect_not(hp_diagonal_rests(&rest, &network, lambda, w, dw, 128));
  state(w, dw, 1e-6);
  cr_expect(hp_diagonal_rests(&rest, &network, lambda, w, dw, 128));
  hp_diagonal_network_clear(&network);
  one(&network, "1/3", 1);
  cr_expect_not(hp_diagonal_rests(&rest, &network, lambda, w, dw, 128));
  hp_diagonal_network_clear(&network);
  one(&network, "8/25", 2);
  cr_expect_not(hp_diagonal_rests(&rest, &network, lambda, w, dw, 128), "X X^T is singular");
  hp_diagonal_rest_clear(&rest);
  hp_diagonal_network_clear(&network);
  mpq_clear(lambda);
  _arb_vec_clear(dw, 2);
  _arb_vec_clear(w, 2);
}
