/* must raise: nothing in hp_vector_copy; requires apart */
#include "src/vector.h"
#include "verify/proof/drivers/driver.h"

int main(void) {
  double x[4];
  any_of(4, x, -1.0, 1.0);
  hp_vector_copy(3, x, x + 1);
  return 0;
}
