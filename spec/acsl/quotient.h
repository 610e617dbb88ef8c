#ifndef HP_ACSL_QUOTIENT_H
#define HP_ACSL_QUOTIENT_H
#include "spec/acsl/array.h"

/* The rounded quotient x/m. */
/*@
  predicate quotient_near(real r, real x, real m) = near(r, x/m, product_error(x/m));
  predicate quotient_below(real x, real m, real bound) = below(x/m, bound);
  lemma quotient_size: \forall real x, m; 1 <= m ==> below(x, 0x1p700) ==> quotient_below(x, m, 0x1p700);
*/
#endif
