#include "src/momentum.h"
#include "src/vector.h"

void hp_momentum_start(size_t n, double *v) {
  hp_vector_fill(n, 0.0, v);
}

void hp_momentum_lookahead(size_t n, const double *u, const double *v, double h, double a,
                           double *y) {
  /*@ assert size_ha: product_below(h, a, 0x1p600); */
  double ha = h * a;
  /*@ assert near_ha: near(ha, h*a, product_error(h*a)); */
  size_t i = 0;
  /*@
    loop invariant range:     0 <= i <= n;
    loop invariant finite_y:  \forall integer j; 0 <= j < i ==> \is_finite(y[j]);
    loop invariant lookahead: \forall integer j; 0 <= j < i ==>
      near(y[j], lookahead(u[j], v[j], h*a), lookahead_error(u[j], v[j], h*a));
    loop assigns i, y[0 .. n - 1];
    loop variant n - i;
  */
  while (i < n) {
    double u_i = u[i], v_i = v[i];
    /*@ assert tame_uv: tame(u_i) && tame(v_i); */
    /*@ assert near_factor: factor_near(ha, h*a, v_i); */
    /*@ assert size_product: product_below(ha, v_i, 0x1p901); */
    double product = ha * v_i;
    /*@ assert near_product: near(product, ha*v_i, product_error(ha*v_i)); */
    double y_i = u_i + product;
    /*@ assert near_sum: near(y_i, u_i + product, sum_error(u_i + product)); */
    /*@ assert near_y: near(y_i, u_i + ha*v_i, product_sum_error(ha*v_i, u_i)); */
    /*@ assert lookahead: near(y_i, lookahead(u_i, v_i, h*a), lookahead_error(u_i, v_i, h*a)); */
    y[i] = y_i;
    i++;
  }
}

void hp_momentum_step(size_t n, double *u, double *v, const double *g, double lambda, double h) {
  size_t i = 0;
  /*@
    loop invariant range:    0 <= i <= n;
    loop invariant finite_v: \forall integer j; 0 <= j < i ==> \is_finite(v[j]);
    loop invariant finite_u: \forall integer j; 0 <= j < i ==> \is_finite(u[j]);
    loop invariant velocity: \forall integer j; 0 <= j < i ==>
      near(v[j], velocity(\at(v[j], Pre), g[j], lambda),
           velocity_error(\at(v[j], Pre), g[j], lambda));
    loop invariant position: \forall integer j; 0 <= j < i ==>
      near(u[j], position(\at(u[j], Pre), v[j], h), position_error(\at(u[j], Pre), v[j], h));
    loop invariant rest_v:   unchanged{Pre, Here}(v, i, n);
    loop invariant rest_u:   unchanged{Pre, Here}(u, i, n);
    loop assigns i, u[0 .. n - 1], v[0 .. n - 1];
    loop variant n - i;
  */
  while (i < n) {
    double u_i = u[i], v_i = v[i], g_i = g[i];
    /*@ assert same_u: same{Pre, Here}(u, i); */
    /*@ assert same_v: same{Pre, Here}(v, i); */
    /*@ assert tame_uvg: tame(u_i) && tame(v_i) && tame(g_i); */
    /*@ assert size_kept: product_below(lambda, v_i, 0x1p600); */
    double kept = lambda * v_i;
    /*@ assert near_kept: near(kept, lambda*v_i, product_error(lambda*v_i)); */
    double next_v = kept - g_i;
    /*@ assert near_v: near(next_v, kept - g_i, sum_error(kept - g_i)); */
    /*@ assert velocity: near(next_v, velocity(v_i, g_i, lambda), velocity_error(v_i, g_i, lambda)); */
    /*@ assert size_v: below(next_v, 0x1p601); */
    /*@ assert size_move: product_below(next_v, h, 0x1p901); */
    double move = h * next_v;
    /*@ assert near_move: near(move, h*next_v, product_error(h*next_v)); */
    double next_u = u_i + move;
    /*@ assert near_u: near(next_u, u_i + move, sum_error(u_i + move)); */
    /*@ assert position: near(next_u, position(u_i, next_v, h), position_error(u_i, next_v, h)); */
    v[i] = next_v;
    u[i] = next_u;
    i++;
  }
}
