#ifndef HP_A3_ENCLOSE_H
#define HP_A3_ENCLOSE_H
#include "claim.h"
#include "reference/enclosure/supremum.h"

/* What A3 claims, enclosed: every number is a ball that contains the exact one. w_n = v_n - m_h(u_n),
 * f = -grad Phi. The theorem wants f Lipschitz everywhere: it is applied to f o pi, pi the projection on
 * the row's box, which is convex and holds the iterates and the orbits behind m_h. pi does not lengthen
 * distances, so L over the box is a Lipschitz constant of f o pi; all that is observed stays in the box,
 * where f o pi = f. */
enum { HP_A3_MOST_POINTS = 14 };

typedef enum {
  HP_A3_ROW_USED,
  HP_A3_ROW_ABOVE, /* h L is not proved to be below h_0 L: the theorem says nothing */
  HP_A3_ROW_LOST   /* no orbit was found that ends near some u_n, or it cannot be enclosed */
} hp_a3_row_state;

typedef struct {
  hp_a3_row_state state;
  arb_t h, l; /* l = h L (1 + 2^-40) with the upper end of L */
  size_t n_points;
  long n[HP_A3_MOST_POINTS];
  arb_ptr distance, leading; /* |w_n|; |v_n - lambda_bar f(u_n)| */
  arb_t low, high;           /* the bounds of |w_{n+1}|/|w_n| */
  arb_t gap, gap_bound;      /* |m_h(u_0) - lambda_bar f(u_0)|; of theorem a3_distance */
  arb_ptr box;
  hp_enclosed_constants constants; /* over the box */
} hp_a3_enclosed_row;

typedef struct {
  const hp_experiment *experiment;
  hp_a3_enclosed_row *row; /* one for each step of the ladder */
  size_t n_used, n_above, n_lost;
  arb_t predicted; /* lambda_bar^2 |a - lambda_bar| |f'f|(u_0), the limit of gap/h */
} hp_a3_enclosed;

/* Needs 0 < lambda < 1. False when keep_going did. Cleared by the caller in any case. */
bool hp_a3_enclose(hp_a3_enclosed *m, const hp_experiment *experiment);
void hp_a3_enclosed_clear(hp_a3_enclosed *m);

#endif
