#include "plan.h"
#include "reference/problem/allocate.h"
#include <stdlib.h>

enum { NONE = UINT32_MAX, DERIVATIVE = HP_OPERATIONS, UNARY_KINDS };

/* known[UNARY_KINDS s + f]: the series f(s) when there is one already. */
typedef struct {
  hp_plan *plan;
  size_t capacity;
  uint32_t *known;
  uint32_t one;
} compiler;

static uint32_t append(compiler *to, hp_series series) {
  hp_plan *plan = to->plan;
  if (plan->n_series == to->capacity) {
    to->capacity *= 2;
    plan->series = hp_reallocate(plan->series, to->capacity, sizeof *plan->series);
    to->known = hp_reallocate(to->known, to->capacity * UNARY_KINDS, sizeof *to->known);
  }
  uint32_t s = (uint32_t)plan->n_series++;
  plan->series[s] = series;
  for (int f = 0; f < UNARY_KINDS; f++)
    to->known[(size_t)s * UNARY_KINDS + f] = NONE;
  return s;
}

static uint32_t next(const compiler *to) {
  return (uint32_t)to->plan->n_series;
}

static uint32_t known(const compiler *to, uint32_t s, int function) {
  return to->known[(size_t)s * UNARY_KINDS + function];
}

static uint32_t remember(compiler *to, uint32_t s, int function, uint32_t y) {
  return to->known[(size_t)s * UNARY_KINDS + function] = y;
}

static bool is_constant(const compiler *to, uint32_t s) {
  return hp_plan_is_constant(to->plan, s);
}

static uint32_t linear(compiler *to, hp_operation function, uint32_t a, uint32_t b) {
  hp_series y = {.kind = HP_SERIES_LINEAR, .function = function, .a = a, .b = b};
  y.sign_a = is_constant(to, a) ? 0 : function == HP_NEG ? -1 : 1;
  y.sign_b = is_constant(to, b) || function == HP_NEG ? 0 : function == HP_SUB ? -1 : 1;
  y.starts_at_one = to->plan->series[a].starts_at_one && to->plan->series[b].starts_at_one;
  return append(to, y);
}

static uint32_t product(compiler *to, uint32_t a, uint32_t b) {
  return append(to,
                (hp_series){HP_SERIES_MUL, HP_MUL, a, b, 1, 1, to->plan->series[a].starts_at_one});
}

static uint32_t quotient(compiler *to, uint32_t a, uint32_t b) {
  return append(to, (hp_series){HP_SERIES_DIV, HP_DIV, a, b, !is_constant(to, a), 1,
                                to->plan->series[a].starts_at_one});
}

static uint32_t integral(compiler *to, hp_operation function, uint32_t a, int sign, uint32_t b) {
  return append(to, (hp_series){HP_SERIES_INTEGRAL, function, a, b, 1, sign, false});
}

static uint32_t scale(compiler *to, uint32_t a, uint32_t constant) {
  return append(to, (hp_series){HP_SERIES_SCALE, HP_MUL, a, constant, 1, 1, false});
}

static uint32_t constant_operation(compiler *to, hp_operation function, uint32_t a, uint32_t b) {
  return append(to, (hp_series){HP_SERIES_CONSTANT, function, a, b, 0, 0, false});
}

static uint32_t unary(compiler *to, int function, uint32_t a);

/* y' = a' +- a' y^2:  the square is kept as the series sqr(y). */
static uint32_t tangent(compiler *to, hp_operation function, uint32_t a, uint32_t da) {
  uint32_t y = next(to) + 2;
  uint32_t term = product(to, da, y + 1);
  linear(to, function == HP_TAN ? HP_ADD : HP_SUB, da, term);
  integral(to, function, a, 1, y - 1);
  remember(to, y, HP_SQR, append(to, (hp_series){HP_SERIES_SQR, HP_SQR, y, y, 1, 1, false}));
  return y;
}

/* Both of sin and cos, or sinh and cosh: each is the integral of a' times the other. */
static void pair(compiler *to, hp_operation s, hp_operation c, uint32_t a, uint32_t da) {
  uint32_t y = next(to) + 2;
  product(to, da, y + 1);
  product(to, da, y);
  remember(to, a, s, integral(to, s, a, 1, y - 2));
  remember(to, a, c, integral(to, c, a, c == HP_COS ? -1 : 1, y - 1));
}

static uint32_t transcendental(compiler *to, hp_operation function, uint32_t a) {
  uint32_t da = unary(to, DERIVATIVE, a);
  switch (function) {
  case HP_EXP:
    product(to, da, next(to) + 1);
    return integral(to, function, a, 1, next(to) - 1);
  case HP_SIN:
  case HP_COS:
    pair(to, HP_SIN, HP_COS, a, da);
    return known(to, a, function);
  case HP_SINH:
  case HP_COSH:
    pair(to, HP_SINH, HP_COSH, a, da);
    return known(to, a, function);
  case HP_TAN:
  case HP_TANH:
    return tangent(to, function, a, da);
  case HP_LOG:
    return integral(to, function, a, 1, quotient(to, da, a));
  default: {
    uint32_t w = linear(to, HP_ADD, unary(to, HP_SQR, a), to->one);
    if (function == HP_ASINH)
      w = unary(to, HP_SQRT, w);
    return integral(to, function, a, 1, quotient(to, da, w));
  }
  }
}

static uint32_t unary(compiler *to, int function, uint32_t a) {
  if (known(to, a, function) != NONE)
    return known(to, a, function);
  uint32_t y;
  if (function == DERIVATIVE)
    y = append(to, (hp_series){HP_SERIES_DERIVATIVE, HP_OPERATIONS, a, a, 1, 0, true});
  else if (is_constant(to, a))
    y = constant_operation(to, (hp_operation)function, a, a);
  else if (function == HP_NEG)
    y = linear(to, HP_NEG, a, a);
  else if (function == HP_SQR)
    y = append(to, (hp_series){HP_SERIES_SQR, HP_SQR, a, a, 1, 1, false});
  else if (function == HP_SQRT)
    y = append(to, (hp_series){HP_SERIES_SQRT, HP_SQRT, a, a, 1, 1, false});
  else
    y = transcendental(to, (hp_operation)function, a);
  return remember(to, a, function, y);
}

static uint32_t binary(compiler *to, hp_operation function, uint32_t a, uint32_t b) {
  if (is_constant(to, a) && is_constant(to, b))
    return constant_operation(to, function, a, b);
  switch (function) {
  case HP_MUL:
    if (a == b)
      return unary(to, HP_SQR, a);
    return is_constant(to, a)   ? scale(to, b, a)
           : is_constant(to, b) ? scale(to, a, b)
                                : product(to, a, b);
  case HP_DIV:
    if (is_constant(to, b))
      return scale(to, a, constant_operation(to, HP_DIV, to->one, b));
    return quotient(to, a, b);
  default:
    return linear(to, function, a, b);
  }
}

static bool is_binary(uint32_t op) {
  return op <= HP_DIV;
}

hp_plan *hp_plan_compile(const hp_program *program) {
  hp_plan *plan = hp_allocate(1, sizeof *plan);
  *plan = (hp_plan){.n_inputs = program->n_inputs,
                    .n_outputs = program->n_outputs,
                    .n_constants = program->n_constants + 1};
  compiler to = {.plan = plan, .capacity = hp_program_slots(program) + 8};
  plan->series = hp_allocate(to.capacity, sizeof *plan->series);
  to.known = hp_allocate(to.capacity * UNARY_KINDS, sizeof *to.known);
  plan->constant = hp_allocate(plan->n_constants, sizeof *plan->constant);
  uint32_t *series_of = hp_allocate(hp_program_slots(program), sizeof *series_of);

  size_t slot = 0;
  for (; slot < program->n_inputs; slot++)
    series_of[slot] = append(&to, (hp_series){.kind = HP_SERIES_INPUT});
  for (size_t c = 0; c < plan->n_constants; c++) {
    mpq_init(plan->constant[c]);
    hp_series rational = {HP_SERIES_CONSTANT, HP_OPERATIONS, (uint32_t)c, 0, 0, 0, false};
    uint32_t s = append(&to, rational);
    if (c < program->n_constants) {
      mpq_set(plan->constant[c], program->constants[c]);
      series_of[slot++] = s;
    } else {
      mpq_set_ui(plan->constant[c], 1, 1);
      to.one = s;
    }
  }
  for (size_t i = 0; i < program->n_instructions; i++, slot++) {
    hp_instruction at = program->code[i];
    uint32_t a = series_of[at.a], b = series_of[at.b];
    series_of[slot] =
        is_binary(at.op) ? binary(&to, (hp_operation)at.op, a, b) : unary(&to, (int)at.op, a);
  }

  plan->output = hp_allocate(plan->n_outputs, sizeof *plan->output);
  for (size_t i = 0; i < plan->n_outputs; i++)
    plan->output[i] = series_of[program->output[i]];
  free(series_of);
  free(to.known);
  return plan;
}

void hp_plan_free(hp_plan *plan) {
  for (size_t c = 0; c < plan->n_constants; c++)
    mpq_clear(plan->constant[c]);
  free(plan->constant);
  free(plan->series);
  free(plan->output);
  free(plan);
}
