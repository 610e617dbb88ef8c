#ifndef HP_ENCLOSURE_JACOBIAN_H
#define HP_ENCLOSURE_JACOBIAN_H
#include "reference/problem/program.h"

/* The program of the derivative of a program F: its n_inputs are those of F, its outputs the
 * partial derivatives, d F_i / d x_j at i n_inputs + j. Exact, by differentiation of the graph that the
 * tape is read back into. The caller frees it. */
hp_program *hp_program_jacobian(const hp_program *program);

#endif
