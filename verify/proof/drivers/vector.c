#include "src/vector.h"
#include "verify/proof/drivers/driver.h"

enum { MOST = 4 };

/* Any n <= 4, any numbers up to 2^400: squares and their sums stay below the overflow. */
int main(void) {
  const double big = 0x1p400;
  double x[MOST], y[MOST], result[MOST];
  size_t n = Frama_C_size_t_interval(0, MOST);
  double s = Frama_C_double_interval(-big, big);
  any_of(MOST, x, -big, big);
  any_of(MOST, y, -big, big);
  hp_vector_fill(n, s, result);
  hp_vector_copy(n, x, result);
  hp_vector_add_scaled(n, x, s, y, result);
  double dot = hp_vector_dot(n, x, y), square = hp_vector_dot(n, x, x);
  double distance = hp_vector_distance_squared(n, x, y), most = hp_vector_distance_max(n, x, y);
  hp_vector_add_scaled(n, x, s, y, x);
  return dot + square + distance + most > 0.0;
}
