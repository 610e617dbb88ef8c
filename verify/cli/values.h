#ifndef HP_VALUES_H
#define HP_VALUES_H
#include <gmp.h>
#include <stddef.h>

/* Values of options. A text that is not one is refused with hp_reject, which names the option. */

/* lambda with 0 <= lambda < 1, an exact rational. */
void hp_value_momentum(mpq_t lambda, const char *text);
/* An exact rational above 0. */
void hp_value_positive(mpq_t value, const char *option, const char *text);
/* A whole number in [low, high]. */
long hp_value_whole(const char *option, const char *text, long low, long high);
/* "I/N" with 1 <= I <= N <= 10^6. */
void hp_value_shard(const char *text, long *i, long *n);

/* Step sizes, strictly decreasing. */
typedef struct {
  mpq_t *step;
  size_t count;
  char *text; /* "2^-6, 2^-7, ..." */
} hp_ladder;
enum { HP_LADDER_LONGEST = 64 };

/* "A..B": A, A/2, A/4, ..., B; or "A, B, C". */
void hp_ladder_read(hp_ladder *ladder, const char *text);
void hp_ladder_clear(hp_ladder *ladder);

/* How the look-ahead follows from the momentum. */
typedef enum { HP_HEAVY_BALL, HP_NESTEROV, HP_GRADIENT_DESCENT, HP_LOOK_AHEAD } hp_method_kind;
typedef struct {
  hp_method_kind kind;
  char *name; /* "hb", "nag", "gd" or "a=VALUE" as typed */
  mpq_t a;    /* of HP_LOOK_AHEAD */
} hp_method;

void hp_method_read(hp_method *method, const char *text);
void hp_method_clear(hp_method *method);
/* (momentum, a) of the method at momentum lambda: (lambda, 0), (lambda, lambda), (0, 0), (lambda, a). */
void hp_method_constants(mpq_t momentum, mpq_t a, const hp_method *method, const mpq_t lambda);

#endif
