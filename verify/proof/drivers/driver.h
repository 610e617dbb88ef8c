#ifndef HP_DRIVER_H
#define HP_DRIVER_H
#include <stddef.h>
#include <stdint.h>

/* What Eva knows of a value: any of an interval. (Frama-C's own header has the contracts.) */
#ifdef __FRAMAC__
#include <__fc_builtin.h>
#else
double Frama_C_double_interval(double low, double high);
size_t Frama_C_size_t_interval(size_t low, size_t high);
unsigned Frama_C_unsigned_int_interval(unsigned low, unsigned high);
#endif

/* x_i in [low, high] for all i < n. */
static inline void any_of(size_t n, double *x, double low, double high) {
  for (size_t i = 0; i < n; ++i)
    x[i] = Frama_C_double_interval(low, high);
}

#endif
