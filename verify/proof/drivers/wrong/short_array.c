/* must raise: mem_access in hp_vector_dot; requires valid_y */
#include "src/vector.h"
#include "verify/proof/drivers/driver.h"

int main(void) {
  double x[4], y[3];
  any_of(4, x, -1.0, 1.0);
  any_of(3, y, -1.0, 1.0);
  return hp_vector_dot(Frama_C_size_t_interval(0, 4), x, y) > 0.0;
}
