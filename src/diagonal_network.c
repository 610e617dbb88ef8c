#include "src/diagonal_network.h"
#include "spec/acsl/libm.h"
#include "src/vector.h"

void hp_diagonal_theta(size_t d, const double *u, const double *v, double *theta) {
  size_t i = 0;
  /*@
    loop invariant range: 0 <= i <= d;
    loop invariant theta: \forall integer j; 0 <= j < i ==>
      product_near(theta[j], \at(u[j], Pre), \at(v[j], Pre));
    loop assigns i, theta[0 .. d - 1];
    loop variant d - i;
  */
  while (i < d) {
    double u_i = u[i], v_i = v[i];
    /*@ assert same_u: same{Pre, Here}(u, i); */
    /*@ assert same_v: same{Pre, Here}(v, i); */
    /*@ assert size: tame(u_i) ==> tame(v_i) ==> product_below(u_i, v_i, 0x1p600); */
    double theta_i = u_i * v_i;
    /*@ assert theta: product_near(theta_i, u_i, v_i); */
    theta[i] = theta_i;
    i++;
  }
}

double hp_diagonal_residual(size_t d, const double *row, const double *theta, double y) {
  double predicted = hp_vector_dot(d, row, theta);
  double residual = predicted - y;
  /*@ assert near: summable_arrays(row, theta, d) ==> tame(y) ==> \is_finite(residual) &&
        near(residual, predicted - y, sum_error(predicted - y)); */
  return residual;
}

/* (double)n by halves, in sums of integers: WP's float model knows nothing of conversions. Exact. */
/*@
  terminates          \true;
  decreases           n;
  exits               \false;
  assigns  \result    \from n;
  ensures  counted:   summable(n) ==> \is_finite(\result) && equal(\result, n);
*/
static double counted(size_t n) {
  if (n == 0)
    return 0.0;
  size_t half = n / 2, rest = n % 2;
  /*@ assert halves: n == half + half + rest && rest <= 1; */
  double part = counted(half);
  double even = part + part;
  /*@ assert even: summable(n) ==> \is_finite(even) && equal(even, half + half); */
  return rest == 1 ? even + 1.0 : even;
}

double hp_diagonal_loss(size_t n, const double *residual) {
  double sum = hp_vector_dot(n, residual, residual);
  double count = counted(n);
  double twice = count + count;
  /*@ assert twice: summable(n) ==> \is_finite(twice) && equal(twice, 2*n) && 1 <= twice; */
  /*@ assert size: summable_arrays(residual, residual, n) ==>
        below(sum, 0x1p700) && quotient_below(sum, twice, 0x1p700); */
  double loss = sum / twice;
  /*@ assert near_loss: summable_arrays(residual, residual, n) ==> \is_finite(loss) &&
        quotient_near(loss, sum, twice); */
  /*@ assert loss: summable_arrays(residual, residual, n) ==>
        loss_near(loss, dot(residual, residual, n), n, dot_size(residual, residual, n), twice); */
  return loss;
}

void hp_diagonal_gradient(size_t d, const double *u, const double *v, const double *g, double *g_u,
                          double *g_v) {
  size_t i = 0;
  /*@
    loop invariant range:      0 <= i <= d;
    loop invariant gradient_u: \forall integer j; 0 <= j < i ==>
      product_near(g_u[j], \at(g[j], Pre), \at(v[j], Pre));
    loop invariant gradient_v: \forall integer j; 0 <= j < i ==>
      product_near(g_v[j], \at(g[j], Pre), \at(u[j], Pre));
    loop assigns i, g_u[0 .. d - 1], g_v[0 .. d - 1];
    loop variant d - i;
  */
  while (i < d) {
    double u_i = u[i], v_i = v[i], g_i = g[i];
    /*@ assert same_u: same{Pre, Here}(u, i); */
    /*@ assert same_v: same{Pre, Here}(v, i); */
    /*@ assert same_g: same{Pre, Here}(g, i); */
    /*@ assert size_u: tame(g_i) ==> tame(v_i) ==> product_below(g_i, v_i, 0x1p600); */
    /*@ assert size_v: tame(g_i) ==> tame(u_i) ==> product_below(g_i, u_i, 0x1p600); */
    double next_u = g_i * v_i, next_v = g_i * u_i;
    /*@ assert gradient_u: product_near(next_u, g_i, v_i); */
    /*@ assert gradient_v: product_near(next_v, g_i, u_i); */
    g_u[i] = next_u;
    g_v[i] = next_v;
    i++;
  }
}

void hp_diagonal_balance(size_t d, const double *u, const double *v, double *delta) {
  size_t i = 0;
  /*@
    loop invariant range:   0 <= i <= d;
    loop invariant balance: \forall integer j; 0 <= j < i ==> balance_near(delta[j], u[j], v[j]);
    loop assigns i, delta[0 .. d - 1];
    loop variant d - i;
  */
  while (i < d) {
    double u_i = u[i], v_i = v[i];
    /*@ assert size_u: tame(u_i) ==> product_below(u_i, u_i, 0x1p600); */
    /*@ assert size_v: tame(v_i) ==> product_below(v_i, v_i, 0x1p600); */
    double uu = u_i * u_i, vv = v_i * v_i;
    /*@ assert near_u: tame(u_i) ==> \is_finite(uu) && near(uu, u_i*u_i, product_error(u_i*u_i)); */
    /*@ assert near_v: tame(v_i) ==> \is_finite(vv) && near(vv, v_i*v_i, product_error(v_i*v_i)); */
    double difference = uu - vv;
    /*@ assert near_difference: tame(u_i) ==> tame(v_i) ==> \is_finite(difference) &&
          near(difference, uu - vv, sum_error(uu - vv)); */
    double size = difference < 0.0 ? -difference : difference;
    /*@ assert size: tame(u_i) ==> tame(v_i) ==> \is_finite(size) && size == \abs(difference); */
    /*@ assert balance: balance_near(size, u_i, v_i); */
    delta[i] = size;
    i++;
  }
}

double hp_diagonal_entropy(size_t d, const double *theta, const double *delta) {
  double sum = 0.0;
  size_t i = 0;
  /*@
    loop invariant range:   0 <= i <= d;
    loop invariant entropy: sum == entropy(theta, delta, i);
    loop assigns i, sum;
    loop variant d - i;
  */
  while (i < d) {
    double twice = 2.0 * theta[i], width = delta[i];
    double angle = asinh(twice / width);
    double square = twice * twice + width * width;
    /*@ assert square: 0 <= square; */
    double root = sqrt(square);
    double product = twice * angle;
    double term = (product - root + width) / 4.0;
    /*@ assert term: term == entropy_term(theta[i], delta[i]); */
    sum = sum + term;
    i++;
  }
  return sum;
}
