#ifndef HP_ITERATE_MOMENTUM_DOUBLE_H
#define HP_ITERATE_MOMENTUM_DOUBLE_H
#include "tape_double.h"

/* The momentum iterates in double by the kernels of src/, with every rational input rounded to
 * nearest. */
typedef struct {
  size_t d;
  hp_tape_double tape;
  double lambda, a, h;
  double *u, *v; /* the state: d values each */
  double *y, *g; /* workspace */
} hp_momentum_double;

/* The start v_0 = 0 at u_0; the gradient program must outlive the iterates. */
void hp_momentum_double_init(hp_momentum_double *state, const hp_program *gradient,
                             const mpq_t lambda, const mpq_t a, const mpq_t h, const mpq_t u0[]);
void hp_momentum_double_clear(hp_momentum_double *state);
void hp_momentum_double_step(hp_momentum_double *state);

/* x rounded to the nearest double. */
double hp_nearest_double(const mpq_t x);

#endif
