#ifndef HP_BENCH_PROBLEMS_H
#define HP_BENCH_PROBLEMS_H
#include "reference/problem/program.h"

/* The standard set for integrators:
 * P1  linear: u' = v, v' = -u, from (1, 0) to t = 10
 * P2  Rosenbrock gradient flow u' = -10 grad((1-x)^2 + 100 (y-x^2)^2), from (-6/5, 1) to t = 1
 * P3  damped double well w'' + w' + w^3 - w = 0, from (1/2, 0) to t = 20
 * P4  Kepler, eccentricity 1/2, one period (2 pi to 60 digits)
 * P5  gradient flow of mean (sum_j c_j tanh(a_j x + b_j) - y)^2 / 2, j <= 3, five points, to t = 10
 * P6  Lorenz (10, 28, 8/3), from (1, 1, 1) to t = 10 */
enum { BENCH_PROBLEMS = 6 };

typedef struct {
  const char *name;
  hp_program *field;
  mpq_t *start; /* field->n_inputs values */
  mpq_t t_end;
} bench_problem;

void bench_problem_init(bench_problem *problem, int number); /* 1 .. BENCH_PROBLEMS */
void bench_problem_clear(bench_problem *problem);

#endif
