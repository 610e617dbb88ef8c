#ifndef HP_RANDOM_DOUBLE_H
#define HP_RANDOM_DOUBLE_H
/* Doubles with all 53 bits random, of either sign and magnitudes within 2^-8 .. 2^8. Deterministic. */
#include <math.h>
#include <stdint.h>

static uint64_t random_double_state;

static inline void random_double_seed(uint64_t seed) {
  random_double_state = seed;
}

/* Knuth's MMIX multiplier; the high bits are the good ones. */
static inline uint64_t random_bits(void) {
  random_double_state = random_double_state * 6364136223846793005u + 1442695040888963407u;
  return random_double_state >> 11;
}

static inline double random_double(void) {
  double mantissa = 1 + (double)random_bits() * 0x1p-53;
  int exponent = (int)(random_bits() % 17) - 8;
  return ldexp(random_bits() & 1024 ? mantissa : -mantissa, exponent);
}

#endif
