#ifndef HP_C2_MEASURE_H
#define HP_C2_MEASURE_H
#include "claim.h"
#include "reference/series/modified.h"
#include "verify/region.h"

/* What C2 measures at u_0: one component of the curl, d_i X_j - d_j X_i, of the manifold function m_h,
 * of the map's increment psi_h = (Psi_h - id)/h and of the modified field F_h, on the ladder. m_h comes
 * from the graph transform; psi_h and F_h from the orbit that starts on the manifold,
 *
 *     h F_h(u) = sum_{k>=1} (-1)^{k-1} Delta^k u/k,  Delta the forward difference along the orbit,
 *
 * so no series in h is used; derivatives are central differences in multiple precision. */
typedef enum { HP_C2_MANIFOLD, HP_C2_MAP, HP_C2_FIELD, HP_C2_FIELDS } hp_c2_which;

typedef struct {
  size_t fails_at;  /* order k of the trees at which b(u o v) = b(v o u) first fails; 0: never */
  char *first_pair; /* "b(f'(f) o f) != b(f o f'(f))", or NULL */
  mpfr_t predicted; /* |curl| of the terms of order k: the curl tends to it times h^{k-1} */
  mpfr_t *value;    /* |curl|, one a row */
  mpfr_t *uncertainty;
  mpfr_t *size; /* |d_i X_j| + |d_j X_i| */
} hp_c2_field;

enum { HP_C2_ORDER = 6 }; /* of the trees that the exact criterion goes through */

typedef struct {
  const hp_experiment *experiment;
  int digits;
  size_t i, j; /* the component */
  hp_c2_field field[HP_C2_FIELDS];
  size_t n_rows, n_above, n_lost;
  size_t *step;
  mpfr_t *h;
  mpfr_t ahead,
      ahead_size; /* |curl m_h| at the finest row with the look-ahead a + 1/100; its size */
  double L;
} hp_c2_measurement;

typedef enum {
  HP_C2_MEASURED,
  HP_C2_INTERRUPTED,
  HP_C2_SYMMETRIC /* every curl through the orders looked at vanishes at u_0 */
} hp_c2_status;

/* Needs d >= 2, lambda > 0 and a loss that is not quadratic. Cleared by the caller. */
hp_c2_status hp_c2_measure(hp_c2_measurement *m, const hp_experiment *experiment);
void hp_c2_measurement_clear(hp_c2_measurement *m);

#endif
