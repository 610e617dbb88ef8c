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
  double part = counted(half), one = 1.0;
  /*@ assert part: summable(n) ==> is_integer(part, half); */
  double even = part + part;
  /*@ assert even: summable(n) ==> is_integer(even, half + half); */
  /*@ assert one: is_integer(one, 1); */
  double odd = even + one;
  /*@ assert odd: summable(n) ==> is_integer(odd, half + half + 1); */
  return rest == 1 ? odd : even;
}

/* x/m, of m >= 1. */
/*@
  terminates          \true;
  exits               \false;
  assigns  \result    \from x, m;
  ensures  quotient:  1 <= m ==> \is_finite(x) ==> \is_finite(m) ==> below(x, 0x1p700) ==>
                        \is_finite(\result) && quotient_near(\result, x, m);
*/
static double divided(double x, double m) {
  /*@ assert size: 1 <= m ==> below(x, 0x1p700) ==> quotient_below(x, m, 0x1p700); */
  return x / m;
}

double hp_diagonal_loss(size_t n, const double *residual) {
  double sum = hp_vector_dot(n, residual, residual);
  double count = counted(n);
  double twice = count + count;
  /*@ assert twice: summable(n) ==> \is_finite(twice) && equal(twice, 2*n) && 1 <= twice; */
  /*@ assert size: summable_arrays(residual, residual, n) ==>
        below(sum, 0x1p700); */
  double loss = divided(sum, twice);
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

/* (t arsinh(t/w) - sqrt(t^2 + w^2) + w)/4, t = 2 theta. */
/*@
  requires positive:   0 < w;
  terminates           \true;
  exits                \false;
  assigns  \result     \from theta, w;
  ensures  term:       tame(theta) ==> wide(w) ==>
                         \is_finite(\result) && entropy_term_near(\result, 2*theta, w);
*/
static double entropy_of(double theta, double w) {
  double t = theta + theta;
  /*@ assert twice: tame(theta) ==> \is_finite(t) && equal(t, 2*theta) && below(t, 0x1p301); */
  /*@ assert reach: tame(theta) ==> wide(w) ==> in_reach(t, w) && quotient_below(t, w, 0x1p601); */
  double ratio = t / w;
  /*@ assert ratio: tame(theta) ==> wide(w) ==> \is_finite(ratio) && quotient_near(ratio, t, w); */
  /*@ assert ratio_size: tame(theta) ==> wide(w) ==> below(ratio, 0x1p602); */
  /*@ assert small_angle: tame(theta) ==> wide(w) ==> small_angle(ratio); */
  double angle = asinh(ratio);
  /*@ assert near_angle: tame(theta) ==> wide(w) ==> \is_finite(angle) &&
        near(angle, arsinh(ratio), libm_error(arsinh(ratio))) && below(angle, 0x1p300); */
  /*@ assert angle: tame(theta) ==> wide(w) ==> angle_near(angle, t, w); */
  /*@ assert size_tt: tame(theta) ==> wide(w) ==> product_below(t, t, 0x1p604); */
  /*@ assert size_ww: wide(w) ==> product_below(w, w, 0x1p600); */
  double tt = t * t, ww = w * w;
  /*@ assert tt: tame(theta) ==> wide(w) ==> \is_finite(tt) && is_square(tt, t); */
  /*@ assert ww: wide(w) ==> \is_finite(ww) && is_square(ww, w); */
  /*@ assert size_square: tame(theta) ==> wide(w) ==> below(tt, 0x1p605) && below(ww, 0x1p605); */
  double square = tt + ww;
  /*@ assert near_square: tame(theta) ==> wide(w) ==>
        \is_finite(square) && is_sum(square, tt, ww); */
  /*@ assert square: tame(theta) ==> wide(w) ==> square_near(square, t, w) && positive(square); */
  double root = sqrt(square);
  /*@ assert root: tame(theta) ==> wide(w) ==> \is_finite(root) && root_near(root, t, w); */
  /*@ assert size_swing: tame(theta) ==> wide(w) ==> product_below(t, angle, 0x1p901); */
  double swing = t * angle;
  /*@ assert near_swing: tame(theta) ==> wide(w) ==>
        \is_finite(swing) && near(swing, t*angle, product_error(t*angle)); */
  /*@ assert swing: tame(theta) ==> wide(w) ==> swing_near(swing, t, w); */
  /*@ assert sizes: tame(theta) ==> wide(w) ==> below(swing, 0x1p400) && below(root, 0x1p400); */
  double difference = swing - root;
  /*@ assert near_difference: tame(theta) ==> wide(w) ==> \is_finite(difference) &&
        is_difference(difference, swing, root) && below(difference, 0x1p402); */
  double sum = difference + w;
  /*@ assert near_sum: tame(theta) ==> wide(w) ==> \is_finite(sum) &&
        is_sum(sum, difference, w) && below(sum, 0x1p404); */
  double term = divided(sum, 4.0);
  /*@ assert near_term: tame(theta) ==> wide(w) ==> \is_finite(term) &&
        quotient_near(term, sum, 4); */
  /*@ assert term: tame(theta) ==> wide(w) ==> entropy_term_near(term, t, w); */
  return term;
}

double hp_diagonal_entropy(size_t d, const double *theta, const double *delta) {
  double sum = 0.0;
  size_t i = 0;
  /*@
    loop invariant range:   0 <= i <= d;
    loop invariant size:    entropic_arrays(theta, delta, d) ==>
      below(entropy(theta, delta, i), entropy_size(theta, delta, i)) &&
      size_below(entropy_size(theta, delta, i), i, 0x1p610);
    loop invariant entropy: entropic_arrays(theta, delta, d) ==> \is_finite(sum) &&
      near(sum, entropy(theta, delta, i), entropy_error(i, entropy_size(theta, delta, i)));
    loop assigns i, sum;
    loop variant d - i;
  */
  while (i < d) {
    /*@ assert wide: entropic_arrays(theta, delta, d) ==>
          tame(theta[i]) && wide(delta[i]) && summable(i + 1); */
    double theta_i = theta[i], width = delta[i];
    double term = entropy_of(theta_i, width);
    /*@ assert term: entropic_arrays(theta, delta, d) ==>
          \is_finite(term) && entropy_term_near(term, 2*theta_i, width); */
    /*@ assert reach: entropic_arrays(theta, delta, d) ==> in_reach(2*theta_i, width); */
    /*@ assert term_size: entropic_arrays(theta, delta, d) ==>
          below(entropy_term(2*theta_i, width), entropy_term_size(2*theta_i, width)) &&
          below(entropy_term_size(2*theta_i, width), 0x1p400) && below(term, 0x1p402); */
    /*@ assert sum_size: entropic_arrays(theta, delta, d) ==> below(sum, 0x1p700); */
    double next = sum + term;
    /*@ assert near_sum: entropic_arrays(theta, delta, d) ==> \is_finite(next) &&
          near(next, sum + term, sum_error(sum + term)); */
    /*@ assert next_entropy: entropy(theta, delta, i + 1) ==
          entropy(theta, delta, i) + entropy_term(2*theta_i, width); */
    /*@ assert next_size: entropy_size(theta, delta, i + 1) ==
          entropy_size(theta, delta, i) + entropy_term_size(2*theta_i, width); */
    /*@ assert step: entropic_arrays(theta, delta, d) ==>
          near(next, entropy(theta, delta, i + 1),
               entropy_error(i + 1, entropy_size(theta, delta, i + 1))); */
    sum = next;
    i++;
  }
  return sum;
}
