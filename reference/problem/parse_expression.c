#include "graph_nodes.h"
#include "rational.h"
#include "syntax.h"
#include <string.h>

/* Grammar, loosest first; every level is a function here.
 *
 *     sum      = product {("+" | "-") product}
 *     product  = signed {("*" | "/") signed}
 *     signed   = "-" signed | power
 *     power    = atom ["^" signed]                      right associative, above the sign
 *     atom     = number | "(" sum ")" | function "(" sum ")" | loop
 *              | name | name "[" sum "]" | name "(" sum {"," sum} ")"
 *              | name "." name ["[" sum "]"]
 *     loop     = ("sum" | "mean") "(" name "in" (sum ".." sum | name) ":" sum ")"
 */

static const char accepted_operand[] =
    "a number, a name, a function such as exp(...), '(' or '-' is accepted here";

/* The functions stand first, in the order of function_op. */
const char *const hp_words[] = {"exp",  "log",  "sqrt",  "sin",  "cos", "tan",  "sinh",
                                "cosh", "tanh", "asinh", "atan", "sum", "mean", "in"};
const size_t hp_words_count = sizeof hp_words / sizeof hp_words[0];

static const hp_operation function_op[] = {HP_EXP,  HP_LOG,  HP_SQRT, HP_SIN,   HP_COS, HP_TAN,
                                           HP_SINH, HP_COSH, HP_TANH, HP_ASINH, HP_ATAN};
enum { N_FUNCTIONS = sizeof function_op / sizeof function_op[0] };

static size_t word_number(const char *name) {
  size_t i = 0;
  while (i < hp_words_count && strcmp(hp_words[i], name) != 0)
    i++;
  return i;
}

bool hp_is_reserved(const char *name) {
  return word_number(name) < hp_words_count;
}

bool hp_parser_is(const hp_parser *parser, char sign) {
  const hp_token *token = &parser->lexer.token;
  return token->kind == HP_TOKEN_SIGN && *token->text == sign;
}

bool hp_parser_unexpected(const hp_parser *parser, const char *accepted) {
  char text[64];
  const hp_token *token = &parser->lexer.token;
  return hp_diagnose(parser->document->why, parser->document->file, token->at, "unexpected %s; %s",
                     hp_token_text(token, text, sizeof text), accepted);
}

bool hp_parser_expect(hp_parser *parser, char sign, const char *accepted) {
  if (!hp_parser_is(parser, sign))
    return hp_parser_unexpected(parser, accepted);
  return hp_lexer_advance(&parser->lexer);
}

bool hp_parser_name(hp_parser *parser, hp_label *label, const char *accepted) {
  const hp_token *token = &parser->lexer.token;
  if (token->kind != HP_TOKEN_NAME)
    return hp_parser_unexpected(parser, accepted);
  label->name = hp_arena_text(&parser->document->arena, token->text, token->length);
  label->at = token->at;
  return hp_lexer_advance(&parser->lexer);
}

hp_expression *hp_parser_new(hp_parser *parser, hp_expression_kind kind, hp_position at,
                             size_t operands) {
  hp_arena *arena = &parser->document->arena;
  hp_expression *expression = hp_arena_allocate(arena, 1, sizeof *expression);
  expression->kind = kind;
  expression->at = at;
  expression->count = operands;
  if (operands)
    expression->operand = hp_arena_allocate(arena, operands, sizeof *expression->operand);
  return expression;
}

static bool parse_number(hp_parser *parser, hp_expression **result) {
  hp_token token = parser->lexer.token;
  hp_document *document = parser->document;
  char *text = hp_arena_text(&document->arena, token.text, token.length);
  mpq_t value;
  mpq_init(value);
  bool fits = hp_rational_read(value, text) && hp_rational_fits(value);
  *result = hp_parser_new(parser, HP_EXPRESSION_NUMBER, token.at, 0);
  if (fits)
    (*result)->number = hp_graph_rational(document->graph, value);
  mpq_clear(value);
  if (!fits)
    return hp_diagnose(document->why, document->file, token.at,
                       "this number is too large; at most %d bits are accepted",
                       HP_GRAPH_RATIONAL_BITS);
  if (!hp_lexer_advance(&parser->lexer))
    return false;
  if (parser->lexer.token.kind == HP_TOKEN_NAME)
    return hp_parser_unexpected(parser, "write a product with '*', as in 2*x");
  if (hp_parser_is(parser, '.'))
    return hp_parser_unexpected(parser, "digits are accepted after a point, as in 2.0");
  return true;
}

/* "(" sum ")" as operand[0] */
static bool parse_argument(hp_parser *parser, hp_expression *owner) {
  return hp_parser_expect(parser, '(', "'(' is accepted after a function, as in exp(x)") &&
         hp_parse_expression(parser, &owner->operand[0]) &&
         hp_parser_expect(parser, ')', "an operator or ')' is accepted here");
}

/* At "[": "[" sum "]" as operand[0] */
static bool parse_index(hp_parser *parser, hp_expression *owner) {
  return hp_lexer_advance(&parser->lexer) && hp_parse_expression(parser, &owner->operand[0]) &&
         hp_parser_expect(parser, ']', "an operator or ']' is accepted here");
}

/* After sum or mean. */
static bool parse_loop(hp_parser *parser, bool is_mean, hp_position at, hp_expression **result) {
  hp_expression *loop = *result = hp_parser_new(parser, HP_EXPRESSION_ROWS, at, 3);
  hp_label variable = {0};
  const hp_token *token = &parser->lexer.token;
  loop->is_mean = is_mean;
  if (!hp_parser_expect(parser, '(', "'(' is accepted here, as in sum(i in 1..3: w[i]^2)") ||
      !hp_parser_name(parser, &variable, "the name of a loop variable is accepted here"))
    return false;
  loop->name = variable.name;
  loop->other_at = variable.at;
  if (hp_is_reserved(loop->name))
    return hp_diagnose(parser->document->why, parser->document->file, variable.at,
                       "'%s' is a word of the language; another name is accepted for the loop "
                       "variable",
                       loop->name);
  if (token->kind != HP_TOKEN_NAME || token->length != 2 || memcmp(token->text, "in", 2) != 0)
    return hp_parser_unexpected(parser, "'in' is accepted here, as in sum(r in pts: r.y)");
  if (!hp_lexer_advance(&parser->lexer) || !hp_parse_expression(parser, &loop->operand[1]))
    return false;
  hp_expression *range = loop->operand[1];
  if (token->kind == HP_TOKEN_DOTS) {
    loop->kind = HP_EXPRESSION_RANGE;
    if (is_mean)
      return hp_diagnose(
          parser->document->why, parser->document->file, at,
          "mean runs over a table; over a range write sum(...) divided by the count");
    if (!hp_lexer_advance(&parser->lexer) || !hp_parse_expression(parser, &loop->operand[2]))
      return false;
  } else if (range->kind == HP_EXPRESSION_NAME) {
    loop->other = range->name;
    loop->at = range->at;
    loop->count = 1;
  } else {
    return hp_parser_unexpected(parser, "'..' is accepted here, as in sum(i in 1..3: w[i]^2)");
  }
  return hp_parser_expect(parser, ':', "':' and what to add up are accepted here") &&
         hp_parse_expression(parser, &loop->operand[0]) &&
         hp_parser_expect(parser, ')', "an operator or ')' is accepted here");
}

/* name "(" sum {"," sum} ")" */
static bool parse_call(hp_parser *parser, hp_expression *call) {
  hp_arena *arena = &parser->document->arena;
  call->kind = HP_EXPRESSION_CALL;
  do {
    hp_expression *argument;
    if (!hp_lexer_advance(&parser->lexer) || !hp_parse_expression(parser, &argument))
      return false;
    call->operand = hp_arena_grow(arena, call->operand, call->count, sizeof *call->operand);
    call->operand[call->count++] = argument;
  } while (hp_parser_is(parser, ','));
  return hp_parser_expect(parser, ')', "an operator, ',' or ')' is accepted here");
}

/* "." name ["[" sum "]"] */
static bool parse_column(hp_parser *parser, hp_expression *row) {
  hp_label column = {0};
  if (!hp_lexer_advance(&parser->lexer) ||
      !hp_parser_name(parser, &column, "the name of a column is accepted after '.'"))
    return false;
  row->kind = HP_EXPRESSION_COLUMN;
  row->other = column.name;
  row->other_at = column.at;
  if (!hp_parser_is(parser, '['))
    return true;
  row->count = 1;
  row->operand = hp_arena_allocate(&parser->document->arena, 1, sizeof *row->operand);
  return parse_index(parser, row);
}

static bool parse_named(hp_parser *parser, hp_expression **result) {
  hp_label label = {0};
  if (!hp_parser_name(parser, &label, accepted_operand))
    return false;
  size_t function = word_number(label.name);
  if (function < N_FUNCTIONS) {
    *result = hp_parser_new(parser, HP_EXPRESSION_FUNCTION, label.at, 1);
    (*result)->name = label.name;
    (*result)->function = function_op[function];
    return parse_argument(parser, *result);
  }
  if (strcmp(label.name, "sum") == 0 || strcmp(label.name, "mean") == 0)
    return parse_loop(parser, *label.name == 'm', label.at, result);
  if (strcmp(label.name, "in") == 0)
    return hp_diagnose(parser->document->why, parser->document->file, label.at,
                       "unexpected 'in'; %s", accepted_operand);
  hp_expression *named = *result = hp_parser_new(parser, HP_EXPRESSION_NAME, label.at, 0);
  named->name = label.name;
  if (hp_parser_is(parser, '('))
    return parse_call(parser, named);
  if (hp_parser_is(parser, '.'))
    return parse_column(parser, named);
  if (!hp_parser_is(parser, '['))
    return true;
  named->kind = HP_EXPRESSION_INDEX;
  named->count = 1;
  named->operand = hp_arena_allocate(&parser->document->arena, 1, sizeof *named->operand);
  return parse_index(parser, named);
}

static bool parse_atom(hp_parser *parser, hp_expression **result) {
  if (parser->lexer.token.kind == HP_TOKEN_NUMBER)
    return parse_number(parser, result);
  if (hp_parser_is(parser, '.'))
    return hp_parser_unexpected(parser, "a number begins with a digit, as in 0.5");
  if (!hp_parser_is(parser, '('))
    return parse_named(parser, result);
  return hp_lexer_advance(&parser->lexer) && hp_parse_expression(parser, result) &&
         hp_parser_expect(parser, ')', "an operator or ')' is accepted here");
}

static bool enter(hp_parser *parser) {
  if (++parser->depth <= HP_NESTING_LIMIT)
    return true;
  return hp_diagnose(parser->document->why, parser->document->file, parser->lexer.token.at,
                     "nested too deeply; at most %d levels are accepted", HP_NESTING_LIMIT);
}

static bool parse_signed(hp_parser *parser, hp_expression **result);

static bool parse_power(hp_parser *parser, hp_expression **result) {
  hp_expression *base;
  if (!parse_atom(parser, &base))
    return false;
  *result = base;
  if (!hp_parser_is(parser, '^'))
    return true;
  *result = hp_parser_new(parser, HP_EXPRESSION_POWER, parser->lexer.token.at, 2);
  (*result)->operand[0] = base;
  bool parsed = enter(parser) && hp_lexer_advance(&parser->lexer) &&
                parse_signed(parser, &(*result)->operand[1]);
  parser->depth--;
  return parsed;
}

static bool parse_signed(hp_parser *parser, hp_expression **result) {
  if (!hp_parser_is(parser, '-'))
    return parse_power(parser, result);
  *result = hp_parser_new(parser, HP_EXPRESSION_NEGATIVE, parser->lexer.token.at, 1);
  bool parsed = enter(parser) && hp_lexer_advance(&parser->lexer) &&
                parse_signed(parser, &(*result)->operand[0]);
  parser->depth--;
  return parsed;
}

/* "x**2"? */
static bool is_no_power(const hp_parser *parser, hp_expression_kind kind) {
  return kind != HP_EXPRESSION_PRODUCT || !hp_parser_is(parser, '*') ||
         hp_parser_unexpected(parser, "a power is written with '^', as in x^2");
}

/* operand {(plain | inverse) operand}; one operand alone stands for itself. */
static bool parse_chain(hp_parser *parser, hp_expression_kind kind, char plain, char inverse,
                        bool (*parse_operand)(hp_parser *, hp_expression **),
                        hp_expression **result) {
  hp_arena *arena = &parser->document->arena;
  if (!parse_operand(parser, result))
    return false;
  if (!hp_parser_is(parser, plain) && !hp_parser_is(parser, inverse))
    return true;
  hp_expression *chain = hp_parser_new(parser, kind, (*result)->at, 0);
  for (bool inverted = false;; inverted = hp_parser_is(parser, inverse)) {
    if (chain->count && (!hp_lexer_advance(&parser->lexer) || !is_no_power(parser, kind) ||
                         !parse_operand(parser, result)))
      return false;
    chain->operand = hp_arena_grow(arena, chain->operand, chain->count, sizeof *chain->operand);
    chain->inverse = hp_arena_grow(arena, chain->inverse, chain->count, sizeof *chain->inverse);
    chain->operand[chain->count] = *result;
    chain->inverse[chain->count++] = inverted;
    if (!hp_parser_is(parser, plain) && !hp_parser_is(parser, inverse))
      break;
  }
  *result = chain;
  return true;
}

static bool parse_product(hp_parser *parser, hp_expression **result) {
  return parse_chain(parser, HP_EXPRESSION_PRODUCT, '*', '/', parse_signed, result);
}

bool hp_parse_expression(hp_parser *parser, hp_expression **result) {
  bool parsed =
      enter(parser) && parse_chain(parser, HP_EXPRESSION_SUM, '+', '-', parse_product, result);
  parser->depth--;
  return parsed;
}
