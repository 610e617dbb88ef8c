#include "src/momentum.h"
#include "src/vector.h"

void hp_momentum_start(size_t n, double *v) {
  hp_vector_fill(n, 0.0, v);
}

void hp_momentum_lookahead(size_t n, const double *u, const double *v, double h, double a,
                           double *y) {
  /*@ assert size_ha: tame(h) ==> tame(a) ==> product_below(h, a, 0x1p600); */
  double ha = h * a;
  /*@ assert near_ha: tame(h) ==> tame(a) ==>
        \is_finite(ha) && near(ha, h*a, product_error(h*a)); */
  size_t i = 0;
  /*@
    loop invariant range:     0 <= i <= n;
    loop invariant lookahead: \forall integer j; 0 <= j < i ==>
      lookahead_near(y[j], u[j], v[j], h, a);
    loop assigns i, y[0 .. n - 1];
    loop variant n - i;
  */
  while (i < n) {
    double u_i = u[i], v_i = v[i];
    /*@ assert near_factor: tame(h) ==> tame(a) ==> factor_near(ha, h*a, v_i); */
    /*@ assert size_product: tame(h) ==> tame(a) ==> tame(v_i) ==>
          product_below(ha, v_i, 0x1p901); */
    double product = ha * v_i;
    /*@ assert near_product: tame(h) ==> tame(a) ==> tame(v_i) ==>
          \is_finite(product) && near(product, ha*v_i, product_error(ha*v_i)); */
    double y_i = u_i + product;
    /*@ assert near_sum: tame(h) ==> tame(a) ==> tame(v_i) ==> tame(u_i) ==>
          \is_finite(y_i) && near(y_i, u_i + product, sum_error(u_i + product)); */
    /*@ assert near_y: tame(h) ==> tame(a) ==> tame(v_i) ==> tame(u_i) ==>
          near(y_i, u_i + ha*v_i, product_sum_error(ha*v_i, u_i)); */
    /*@ assert lookahead: lookahead_near(y_i, u_i, v_i, h, a); */
    y[i] = y_i;
    i++;
  }
}

void hp_momentum_step(size_t n, double *u, double *v, const double *g, double lambda, double h) {
  size_t i = 0;
  /*@
    loop invariant range:    0 <= i <= n;
    loop invariant velocity: \forall integer j; 0 <= j < i ==>
      velocity_near(v[j], \at(v[j], Pre), g[j], lambda);
    loop invariant position: \forall integer j; 0 <= j < i ==>
      position_near(u[j], \at(u[j], Pre), v[j], h);
    loop invariant rest_v:   unchanged{Pre, Here}(v, i, n);
    loop invariant rest_u:   unchanged{Pre, Here}(u, i, n);
    loop assigns i, u[0 .. n - 1], v[0 .. n - 1];
    loop variant n - i;
  */
  while (i < n) {
    double u_i = u[i], v_i = v[i], g_i = g[i];
    /*@ assert same_u: same{Pre, Here}(u, i); */
    /*@ assert same_v: same{Pre, Here}(v, i); */
    /*@ assert size_kept: tame(lambda) ==> tame(v_i) ==> product_below(lambda, v_i, 0x1p600); */
    double kept = lambda * v_i;
    /*@ assert near_kept: tame(lambda) ==> tame(v_i) ==>
          \is_finite(kept) && near(kept, lambda*v_i, product_error(lambda*v_i)); */
    double next_v = kept - g_i;
    /*@ assert near_v: tame(lambda) ==> tame(v_i) ==> tame(g_i) ==>
          \is_finite(next_v) && near(next_v, kept - g_i, sum_error(kept - g_i)); */
    /*@ assert velocity: velocity_near(next_v, v_i, g_i, lambda); */
    /*@ assert size_move: below(next_v, 0x1p601) ==> tame(h) ==>
          product_below(next_v, h, 0x1p901); */
    double move = h * next_v;
    /*@ assert near_move: \is_finite(next_v) ==> below(next_v, 0x1p601) ==> tame(h) ==>
          \is_finite(move) && near(move, h*next_v, product_error(h*next_v)); */
    double next_u = u_i + move;
    /*@ assert near_u: \is_finite(next_v) ==> below(next_v, 0x1p601) ==> tame(h) ==> tame(u_i) ==>
          \is_finite(next_u) && near(next_u, u_i + move, sum_error(u_i + move)); */
    /*@ assert position: position_near(next_u, u_i, next_v, h); */
    v[i] = next_v;
    u[i] = next_u;
    i++;
  }
}
