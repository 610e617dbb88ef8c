#ifndef HP_CHECK_OPTIONS_H
#define HP_CHECK_OPTIONS_H
#include "values.h"
#include "verify/claims/claim.h"

/* What a `check` is asked: the options as read. */
typedef struct {
  const hp_claim **claim;
  size_t n_claims;
  char **problem; /* as typed */
  size_t n_problems;
  hp_method *method;
  size_t n_methods;
  bool has_momentum, has_horizon;
  mpq_t momentum, horizon;
  hp_ladder ladder;
  bool own_ladder; /* --steps was not given: a claim that needs finer steps gets them */
  int digits;
  bool certify;
  const char *json, *resume, *certificates; /* NULL when not given */
  long shard, shards;                       /* cells k with k = shard - 1 modulo shards */
  size_t jobs;
} hp_check_options;

/* Reads the command line of `check`, defaults filled in (all claims, hb and nag, 2^-6..2^-12, 30
 * digits); a mistake is refused with hp_reject. */
void hp_check_options_read(hp_check_options *options, int argc, char **argv);
void hp_check_options_clear(hp_check_options *options);

#endif
