#include "src/flow.h"
#include "src/vector.h"

void hp_flow_step(const hp_tape *tape, double lambda_bar, double h, double *u, double *point,
                  double *gradient, double *slot) {
  size_t d = tape->n_inputs;
  double whole = -(lambda_bar * h), half = whole / 2.0, sixth = whole / 6.0;
  double *point1 = point + d, *point2 = point1 + d, *point3 = point2 + d;
  double *gradient1 = gradient + d, *gradient2 = gradient1 + d, *gradient3 = gradient2 + d;
  hp_vector_copy(d, u, point);
  hp_tape_outputs(tape, point, slot, gradient);
  hp_vector_add_scaled(d, u, half, gradient, point1);
  hp_tape_outputs(tape, point1, slot, gradient1);
  hp_vector_add_scaled(d, u, half, gradient1, point2);
  hp_tape_outputs(tape, point2, slot, gradient2);
  hp_vector_add_scaled(d, u, whole, gradient2, point3);
  hp_tape_outputs(tape, point3, slot, gradient3);
  size_t i = 0;
  while (i < d) {
    double outer = gradient[i] + gradient3[i];
    double inner = gradient1[i] + gradient2[i];
    double sum = outer + 2.0 * inner;
    u[i] = u[i] + sixth * sum;
    i++;
  }
}
