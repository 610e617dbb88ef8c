#include "elaborate.h"
#include "allocate.h"
#include "graph_nodes.h"
#include <stdio.h>
#include <stdlib.h>

/* The value of a local variable: a number, or a row when table is set. */
typedef struct {
  const hp_table *table;
  size_t row;
  hp_node node;
} local_value;

static bool elaborate(hp_elaborator *elaborator, hp_expression *expression, local_value frame[],
                      hp_node *value);

#define FAIL(elaborator, at, ...)                                                                  \
  hp_diagnose((elaborator)->document->why, (elaborator)->document->file, at, __VA_ARGS__)

static bool charge(hp_elaborator *elaborator, hp_position at, size_t work) {
  elaborator->work += work;
  return elaborator->work <= HP_EXPANSION_LIMIT ||
         FAIL(elaborator, at,
              "the sums and lets expand to too much; at most %d operations, written out, are "
              "accepted",
              HP_EXPANSION_LIMIT);
}

static bool too_large(const hp_elaborator *elaborator, hp_position at) {
  return FAIL(elaborator, at, "this number is too large; at most %d bits are accepted",
              HP_GRAPH_RATIONAL_BITS);
}

static mpq_srcptr rational(const hp_elaborator *elaborator, hp_node node) {
  return hp_graph_rational_at(elaborator->document->graph, node);
}

static size_t limbs(mpq_srcptr value) {
  return value ? mpz_size(mpq_numref(value)) + mpz_size(mpq_denref(value)) : 0;
}

/* *value = *value op operand; arithmetic of long rationals counts as more work. */
static bool combine(hp_elaborator *elaborator, hp_position at, hp_operation op, hp_node operand,
                    hp_node *value) {
  mpq_srcptr x = rational(elaborator, *value), y = rational(elaborator, operand);
  bool are_rational = x && y;
  if (op == HP_DIV && y && mpq_sgn(y) == 0)
    return FAIL(elaborator, at, "division by zero; a divisor other than 0 is accepted");
  if (are_rational && !charge(elaborator, at, (limbs(x) + limbs(y)) / 4))
    return false;
  *value = hp_graph_op(elaborator->document->graph, op, *value, operand);
  return !are_rational || rational(elaborator, *value) || too_large(elaborator, at);
}

/* The value of an expression that must be an integer. */
static bool elaborate_integer(hp_elaborator *elaborator, hp_expression *expression,
                              local_value frame[], const char *what, long *integer) {
  hp_node node;
  if (!elaborate(elaborator, expression, frame, &node))
    return false;
  mpq_srcptr value = rational(elaborator, node);
  bool is_integer = value && mpz_cmp_ui(mpq_denref(value), 1) == 0 &&
                    mpz_cmpabs_ui(mpq_numref(value), 1000000000) <= 0;
  if (is_integer)
    *integer = mpz_get_si(mpq_numref(value));
  return is_integer ||
         FAIL(elaborator, expression->at,
              "%s is no constant integer; a whole number up to 10^9 is accepted", what);
}

static bool elaborate_index(hp_elaborator *elaborator, hp_expression *use, local_value frame[],
                            hp_node *value) {
  long i = 0;
  if (!elaborate_integer(elaborator, use->operand[0], frame, "the index", &i))
    return false;
  if (i < 1 || (size_t)i > use->entries)
    return FAIL(elaborator, use->operand[0]->at,
                "the index %ld is out of range; %s[1] to %s[%zu] are accepted", i, use->name,
                use->name, use->entries);
  *value = hp_graph_input(elaborator->document->graph, (uint32_t)(use->slot + (size_t)i - 1));
  return true;
}

static bool unknown_column(const hp_elaborator *elaborator, const hp_expression *use,
                           const hp_table *table, const char *suffix) {
  const char *nearest = hp_nearest(use->other, table->column, table->n_columns);
  if (nearest && !*suffix)
    return FAIL(elaborator, use->other_at, "the table has no column '%s'; did you mean '%.64s'?",
                use->other, nearest);
  return FAIL(elaborator, use->other_at,
              "the table has no column '%s%s'; its %zu columns begin with '%.64s'", use->other,
              suffix, table->n_columns, table->column[0]);
}

static bool elaborate_column(hp_elaborator *elaborator, hp_expression *use, local_value frame[],
                             hp_node *value) {
  local_value *row = &frame[use->slot];
  const hp_table *table = row->table;
  if (!table)
    return FAIL(elaborator, use->at,
                "'%s' is a number here, no row of a table; a column is read from the variable of "
                "a sum or mean over a table",
                use->name);
  if (!charge(elaborator, use->at, table->n_columns / 16))
    return false;
  size_t column;
  char suffix[32] = "";
  if (use->count == 0) {
    column = hp_table_column(table, use->other);
  } else {
    long i = 0;
    if (!elaborate_integer(elaborator, use->operand[0], frame, "the index", &i))
      return false;
    snprintf(suffix, sizeof suffix, "%ld", i);
    column = hp_table_indexed_column(table, use->other, i);
  }
  if (column == table->n_columns)
    return unknown_column(elaborator, use, table, suffix);
  return hp_table_entry(table, row->row, column, value, elaborator->document->why);
}

static bool elaborate_let(hp_elaborator *elaborator, hp_let *let, local_value frame[],
                          hp_node *value) {
  if (!let->is_known && !elaborate(elaborator, let->body, frame, value))
    return false;
  if (let->is_known)
    *value = let->value;
  else if (!let->has_arguments) {
    let->is_known = true;
    let->value = *value;
  }
  return true;
}

static bool elaborate_argument(hp_elaborator *elaborator, hp_expression *argument,
                               local_value frame[], local_value *value) {
  *value = (local_value){0};
  if (argument->kind == HP_EXPRESSION_NAME && argument->reference == HP_REFERENCE_LOCAL) {
    *value = frame[argument->slot];
    return true;
  }
  return elaborate(elaborator, argument, frame, &value->node);
}

/* A let with its own frame: arguments first, then the variables of its loops. */
static bool elaborate_call(hp_elaborator *elaborator, hp_expression *use, local_value frame[],
                           hp_node *value) {
  hp_let *let = use->let;
  local_value *inner = hp_allocate(let->n_slots, sizeof *inner);
  bool elaborated = true;
  for (size_t i = 0; i < let->n_arguments && elaborated; i++)
    elaborated = elaborate_argument(elaborator, use->operand[i], frame, &inner[i]);
  elaborated = elaborated && elaborate_let(elaborator, let, inner, value);
  free(inner);
  return elaborated;
}

static bool elaborate_name(hp_elaborator *elaborator, hp_expression *use, local_value frame[],
                           hp_node *value) {
  switch (use->reference) {
  case HP_REFERENCE_LET:
    return elaborate_call(elaborator, use, frame, value);
  case HP_REFERENCE_PARAMETER:
    *value = hp_graph_input(elaborator->document->graph, (uint32_t)use->slot);
    return true;
  default:
    *value = frame[use->slot].node;
    return !frame[use->slot].table ||
           FAIL(elaborator, use->at,
                "'%s' is a row of a table; write one of its columns, such as %s.%.64s", use->name,
                use->name, frame[use->slot].table->column[0]);
  }
}

static bool elaborate_chain(hp_elaborator *elaborator, hp_expression *chain, hp_operation plain,
                            hp_operation inverse, local_value frame[], hp_node *value) {
  if (!elaborate(elaborator, chain->operand[0], frame, value))
    return false;
  for (size_t i = 1; i < chain->count; i++) {
    hp_node operand;
    if (!elaborate(elaborator, chain->operand[i], frame, &operand) ||
        !combine(elaborator, chain->operand[i]->at, chain->inverse[i] ? inverse : plain, operand,
                 value))
      return false;
  }
  return true;
}

/* Is base^exponent defined? For rationals: 0 has no negative power, a negative number no fraction. */
static bool check_power(const hp_elaborator *elaborator, const hp_expression *power,
                        mpq_srcptr base, mpq_srcptr exponent) {
  if (!exponent)
    return FAIL(elaborator, power->operand[1]->at,
                "the exponent is no constant rational number; for another power write "
                "exp(y*log(x))");
  if (mpq_cmp_si(exponent, HP_POWER_LIMIT, 1) > 0 || mpq_cmp_si(exponent, -HP_POWER_LIMIT, 1) < 0)
    return FAIL(elaborator, power->operand[1]->at,
                "the exponent is too large; -%d to %d is accepted", HP_POWER_LIMIT, HP_POWER_LIMIT);
  bool is_integer = mpz_cmp_ui(mpq_denref(exponent), 1) == 0;
  if (base && mpq_sgn(base) == 0 && mpq_sgn(exponent) < 0)
    return FAIL(elaborator, power->at, "0 has no negative power; a base other than 0 is accepted");
  if (base && mpq_sgn(base) < 0 && !is_integer)
    return FAIL(elaborator, power->at,
                "a negative number has no fractional power; a base of 0 or more is accepted");
  return true;
}

static bool elaborate_power(hp_elaborator *elaborator, hp_expression *power, local_value frame[],
                            hp_node *value) {
  hp_node base, exponent;
  if (!elaborate(elaborator, power->operand[0], frame, &base) ||
      !elaborate(elaborator, power->operand[1], frame, &exponent))
    return false;
  bool base_is_rational = rational(elaborator, base);
  if (!check_power(elaborator, power, rational(elaborator, base), rational(elaborator, exponent)))
    return false;
  mpq_t p;
  mpq_init(p);
  hp_graph_rational_value(elaborator->document->graph, exponent, p);
  bool is_integer = mpz_cmp_ui(mpq_denref(p), 1) == 0;
  bool charged = charge(elaborator, power->at, 2 * mpz_sizeinbase(mpq_numref(p), 2));
  if (charged)
    *value = hp_graph_power(elaborator->document->graph, base, p);
  mpq_clear(p);
  charged = charged && charge(elaborator, power->at, limbs(rational(elaborator, *value)) / 4);
  return charged && (!base_is_rational || !is_integer || rational(elaborator, *value) ||
                     too_large(elaborator, power->at));
}

static bool elaborate_function(hp_elaborator *elaborator, hp_expression *call, local_value frame[],
                               hp_node *value) {
  hp_node argument;
  if (!elaborate(elaborator, call->operand[0], frame, &argument))
    return false;
  mpq_srcptr constant = rational(elaborator, argument);
  if (constant && call->function == HP_LOG && mpq_sgn(constant) <= 0)
    return FAIL(elaborator, call->at, "log of %s; an argument above 0 is accepted",
                mpq_sgn(constant) ? "a negative number" : "0");
  if (constant && call->function == HP_SQRT && mpq_sgn(constant) < 0)
    return FAIL(elaborator, call->at, "sqrt of a negative number; 0 or more is accepted");
  *value = hp_graph_unary(elaborator->document->graph, call->function, argument);
  return true;
}

static bool elaborate_range(hp_elaborator *elaborator, hp_expression *loop, local_value frame[],
                            hp_node *value) {
  long low = 0, high = 0;
  hp_graph *graph = elaborator->document->graph;
  if (!elaborate_integer(elaborator, loop->operand[1], frame, "the start of the range", &low) ||
      !elaborate_integer(elaborator, loop->operand[2], frame, "the end of the range", &high))
    return false;
  if (high - low >= HP_EXPANSION_LIMIT)
    return FAIL(elaborator, loop->operand[1]->at,
                "the range has %ld terms; at most %d are accepted", high - low + 1,
                HP_EXPANSION_LIMIT);
  *value = hp_graph_integer(graph, 0);
  for (long i = low; i <= high; i++) {
    hp_node term;
    frame[loop->slot] = (local_value){.node = hp_graph_integer(graph, i)};
    if (!elaborate(elaborator, loop->operand[0], frame, &term) ||
        !combine(elaborator, loop->operand[0]->at, HP_ADD, term, value))
      return false;
  }
  return true;
}

static bool elaborate_rows(hp_elaborator *elaborator, hp_expression *loop, local_value frame[],
                           hp_node *value) {
  hp_graph *graph = elaborator->document->graph;
  *value = hp_graph_integer(graph, 0);
  for (size_t row = 0; row < loop->table->n_rows; row++) {
    hp_node term;
    frame[loop->slot] = (local_value){.table = loop->table, .row = row};
    if (!elaborate(elaborator, loop->operand[0], frame, &term) ||
        !combine(elaborator, loop->operand[0]->at, HP_ADD, term, value))
      return false;
  }
  hp_node count = hp_graph_integer(graph, (long)loop->table->n_rows);
  return !loop->is_mean || combine(elaborator, loop->operand[0]->at, HP_DIV, count, value);
}

static bool elaborate_kind(hp_elaborator *elaborator, hp_expression *expression,
                           local_value frame[], hp_node *value) {
  switch (expression->kind) {
  case HP_EXPRESSION_NUMBER:
    *value = expression->number;
    return true;
  case HP_EXPRESSION_INDEX:
    return elaborate_index(elaborator, expression, frame, value);
  case HP_EXPRESSION_COLUMN:
    return elaborate_column(elaborator, expression, frame, value);
  case HP_EXPRESSION_SUM:
    return elaborate_chain(elaborator, expression, HP_ADD, HP_SUB, frame, value);
  case HP_EXPRESSION_PRODUCT:
    return elaborate_chain(elaborator, expression, HP_MUL, HP_DIV, frame, value);
  case HP_EXPRESSION_NEGATIVE:
    if (!elaborate(elaborator, expression->operand[0], frame, value))
      return false;
    *value = hp_graph_unary(elaborator->document->graph, HP_NEG, *value);
    return true;
  case HP_EXPRESSION_POWER:
    return elaborate_power(elaborator, expression, frame, value);
  case HP_EXPRESSION_FUNCTION:
    return elaborate_function(elaborator, expression, frame, value);
  case HP_EXPRESSION_RANGE:
    return elaborate_range(elaborator, expression, frame, value);
  case HP_EXPRESSION_ROWS:
    return elaborate_rows(elaborator, expression, frame, value);
  default: /* HP_EXPRESSION_NAME, HP_EXPRESSION_CALL */
    return elaborate_name(elaborator, expression, frame, value);
  }
}

static bool elaborate(hp_elaborator *elaborator, hp_expression *expression, local_value frame[],
                      hp_node *value) {
  *value = 0;
  if (elaborator->depth == HP_EXPANSION_DEPTH)
    return FAIL(elaborator, expression->at,
                "lets use each other too deeply; at most %d levels are accepted",
                HP_EXPANSION_DEPTH);
  if (!charge(elaborator, expression->at, 1))
    return false;
  elaborator->depth++;
  bool elaborated = elaborate_kind(elaborator, expression, frame, value);
  elaborator->depth--;
  return elaborated;
}

bool hp_elaborate(hp_elaborator *elaborator, hp_expression *expression, size_t n_slots,
                  hp_node *value) {
  local_value *frame = hp_allocate(n_slots, sizeof *frame);
  bool elaborated = elaborate(elaborator, expression, frame, value);
  free(frame);
  return elaborated;
}
