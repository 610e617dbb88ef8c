#include "values.h"
#include "reject.h"
#include "names.h"
#include "reference/problem/allocate.h"
#include "reference/problem/rational.h"
#include "verify/results.h"
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char *const method_names[] = {"hb", "nag", "gd", "a=VALUE"};

void hp_value_momentum(mpq_t lambda, const char *text) {
  if (!hp_rational_read(lambda, text) || mpq_sgn(lambda) < 0 || mpq_cmp_si(lambda, 1, 1) >= 0)
    hp_reject(
        "--momentum '%.64s' is not a momentum; accepted: an exact value V with 0 <= V < 1, as "
        "9/10 or 0.9",
        text);
}

void hp_value_positive(mpq_t value, const char *option, const char *text) {
  if (!hp_rational_read(value, text) || mpq_sgn(value) <= 0)
    hp_reject("--%s '%.64s' is not a positive number; accepted: an exact value above 0, as 2, 3/4, "
              "0.5 or 2^-9",
              option, text);
}

static bool read_whole(const char *text, long *value) {
  char *end;
  errno = 0;
  *value = strtol(text, &end, 10);
  return *text >= '0' && *text <= '9' && *end == '\0' && errno == 0;
}

long hp_value_whole(const char *option, const char *text, long low, long high) {
  long value;
  if (!read_whole(text, &value) || value < low || value > high)
    hp_reject("--%s '%.64s' is out of range; accepted: a whole number from %ld to %ld", option,
              text, low, high);
  return value;
}

void hp_value_shard(const char *text, long *i, long *n) {
  char *copy = hp_copy_text(text), *slash = strchr(copy, '/');
  if (slash)
    *slash = '\0';
  if (!slash || !read_whole(copy, i) || !read_whole(slash + 1, n) || *i < 1 || *i > *n ||
      *n > 1000000)
    hp_reject("--shard '%.64s' is not a shard; accepted: I/N with 1 <= I <= N <= 1000000, as 1/4",
              text);
  free(copy);
}

/* ---- the ladder of step sizes ---- */

static _Noreturn void reject_ladder(const char *text, const char *why) {
  hp_reject("--steps '%.64s': %s; accepted: A..B by halving from A down to B, as 2^-6..2^-12, or "
            "decreasing sizes A,B,C, at most %d",
            text, why, HP_LADDER_LONGEST);
}

static void add_step(hp_ladder *ladder, const mpq_t h, const char *text) {
  if (ladder->count == HP_LADDER_LONGEST)
    reject_ladder(text, "too many step sizes");
  if (mpq_sgn(h) <= 0)
    reject_ladder(text, "a step size must be above 0");
  if (ladder->count && mpq_cmp(h, ladder->step[ladder->count - 1]) >= 0)
    reject_ladder(text, "step sizes must decrease");
  mpq_init(ladder->step[ladder->count]);
  mpq_set(ladder->step[ladder->count++], h);
}

static void read_step(mpq_t h, const char *begin, size_t length, const char *text) {
  while (length && *begin == ' ')
    ++begin, --length;
  while (length && begin[length - 1] == ' ')
    --length;
  char *part = hp_text("%.*s", (int)length, begin);
  if (!hp_rational_read(h, part))
    reject_ladder(text, "not a list of numbers");
  free(part);
}

/* A, A/2, A/4, ... down to exactly B. */
static void read_halvings(hp_ladder *ladder, const char *text, const char *dots) {
  mpq_t h, last;
  mpq_inits(h, last, NULL);
  read_step(h, text, (size_t)(dots - text), text);
  read_step(last, dots + 2, strlen(dots + 2), text);
  if (mpq_sgn(last) <= 0)
    reject_ladder(text, "a step size must be above 0");
  if (mpq_cmp(h, last) < 0)
    reject_ladder(text, "step sizes must decrease");
  for (; mpq_cmp(h, last) >= 0; mpq_div_2exp(h, h, 1))
    add_step(ladder, h, text);
  if (!mpq_equal(ladder->step[ladder->count - 1], last))
    reject_ladder(text, "halving does not reach the last size");
  mpq_clears(h, last, NULL);
}

static void read_list(hp_ladder *ladder, const char *text) {
  mpq_t h;
  mpq_init(h);
  for (const char *begin = text;;) {
    size_t length = strcspn(begin, ",");
    read_step(h, begin, length, text);
    add_step(ladder, h, text);
    if (!begin[length])
      break;
    begin += length + 1;
  }
  mpq_clear(h);
}

void hp_ladder_read(hp_ladder *ladder, const char *text) {
  const char *dots = strstr(text, "..");
  hp_ladder_clear(ladder);
  ladder->step = hp_allocate(HP_LADDER_LONGEST, sizeof *ladder->step);
  if (strlen(text) > 4096)
    reject_ladder(text, "too long");
  if (dots)
    read_halvings(ladder, text, dots);
  else
    read_list(ladder, text);
  char *sizes[HP_LADDER_LONGEST];
  for (size_t i = 0; i < ladder->count; ++i)
    sizes[i] = hp_rational_text(ladder->step[i]);
  ladder->text = hp_names_joined((const char *const *)sizes, ladder->count);
  for (size_t i = 0; i < ladder->count; ++i)
    free(sizes[i]);
}

void hp_ladder_clear(hp_ladder *ladder) {
  for (size_t i = 0; i < ladder->count; ++i)
    mpq_clear(ladder->step[i]);
  free(ladder->step);
  free(ladder->text);
  *ladder = (hp_ladder){0};
}

/* ---- methods ---- */

void hp_method_read(hp_method *method, const char *text) {
  mpq_init(method->a);
  method->name = hp_copy_text(text);
  for (method->kind = HP_HEAVY_BALL; method->kind < HP_LOOK_AHEAD; ++method->kind)
    if (strcmp(text, method_names[method->kind]) == 0)
      return;
  bool is_assignment = strncmp(text, "a=", 2) == 0;
  if (is_assignment && hp_rational_read(method->a, text + 2) && mpq_sgn(method->a) >= 0)
    return;
  if (is_assignment)
    hp_reject(
        "--method '%.64s': not a look-ahead; accepted: a=VALUE with an exact value of 0 or more, "
        "as a=1/4",
        text);
  hp_reject("unknown method '%.64s'%s; accepted: hb, nag, gd, a=VALUE", text,
            hp_names_suggestion(text, method_names, HP_LOOK_AHEAD));
}

void hp_method_clear(hp_method *method) {
  mpq_clear(method->a);
  free(method->name);
}

void hp_method_constants(mpq_t momentum, mpq_t a, const hp_method *method, const mpq_t lambda) {
  mpq_set_ui(a, 0, 1);
  mpq_set(momentum, lambda);
  switch (method->kind) {
  case HP_HEAVY_BALL:
    break;
  case HP_NESTEROV:
    mpq_set(a, lambda);
    break;
  case HP_GRADIENT_DESCENT:
    mpq_set_ui(momentum, 0, 1);
    break;
  case HP_LOOK_AHEAD:
    mpq_set(a, method->a);
    break;
  }
}
