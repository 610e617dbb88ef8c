#ifndef HP_CLAIM_JUDGE_H
#define HP_CLAIM_JUDGE_H
#include "claim.h"

/* What decides about an observable that tends to a known constant times h^p. */
typedef struct {
  const char *observable;    /* as it stands in a sentence: "E1/h" */
  const char *constant_name; /* "max|E|" */
  double expected;           /* p */
  const hp_order *order;     /* of the observable, for the order */
  const hp_order
      *corrected;   /* of the observable with a known trend divided out, for the constant */
  double predicted; /* the constant */
  double finest;    /* the finest step used */
  double smallness; /* c h L there; the asymptotic regime is below HP_SMALL */
  const char *smallness_name; /* NULL: "αλ̄²hL" */
  const char *obstacle;       /* what else keeps the ladder out of the regime; NULL for nothing */
  double obstacle_step;       /* where that ends; 0 if it is not known */
  const char *note;           /* appended to every reason, ready for "; "; "" for none */
} hp_judgement;

#define HP_SMALL 0.05

/* The verdict of a run whose rows, bound and controls are filled in:
 *     a row above the bound                           fail
 *     fewer than HP_ORDER_ROWS rows                   not-asymptotic
 *     order and constant right, every control fails   pass
 *     else c h L >= HP_SMALL, or an obstacle,
 *          or slopes not settled                      not-asymptotic, with an h that would do
 *     else an order interval that meets the window
 *          but does not lie in it, a constant known
 *          to less than 1 % or off by less than the
 *          trend still left, or a control
 *          whose power comes with finer steps         not-asymptotic, with an h that would do
 *     else                                            fail, with what is wrong */
void hp_claim_judge(hp_run *run, const hp_judgement *judgement);

/* The controls of every known constant: 1 % too large and 1 % too small. An interval that holds both
 * the right and the wrong one asks for finer steps than the finest. */
void hp_claim_constant_controls(hp_run *run, const hp_order *corrected, double predicted,
                                double finest);

#endif
