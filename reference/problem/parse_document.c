#include "syntax.h"
#include <stdio.h>
#include <string.h>

/* Statements: "key = value", or "data NAME = ...", "let NAME = ..." and "let NAME(a, b) = ...". */

static bool fail_at(hp_parser *parser, hp_position at, const char *message) {
  return hp_diagnose(parser->document->why, parser->document->file, at, "%s", message);
}

static bool expect_equals(hp_parser *parser) {
  return hp_parser_expect(parser, '=', "'=' is accepted here");
}

/* A name that the file gives: not a word of the language. */
bool hp_parse_new_name(hp_parser *parser, hp_label *label, const char *accepted) {
  if (!hp_parser_name(parser, label, accepted))
    return false;
  return !hp_is_reserved(label->name) ||
         hp_diagnose(parser->document->why, parser->document->file, label->at,
                     "'%s' is a word of the language; another name is accepted", label->name);
}

static bool parse_problem_name(hp_parser *parser) {
  hp_document *document = parser->document;
  static const char accepted[] =
      "a name of letters, digits, '.', '_' and '-', at most 64 bytes long, is accepted";
  if (!hp_parser_is(parser, '='))
    return expect_equals(parser);
  if (!hp_lexer_rest_of_line(&parser->lexer))
    return false;
  hp_token token = parser->lexer.token;
  size_t length;
  if (token.length == 0)
    return fail_at(parser, token.at, "the name is empty; a name such as double-well is accepted");
  for (size_t i = 0; i < token.length; i += length) {
    uint32_t code = 0;
    length = hp_utf8_decode(token.text + i, token.length - i, &code);
    if (!hp_continues_name(code) && code != '-' && (code != '.' || i == 0))
      return hp_diagnose(document->why, document->file, token.at, "this is no name; %s", accepted);
  }
  if (token.length > HP_NAME_BYTES)
    return hp_diagnose(document->why, document->file, token.at, "this name is too long; %s",
                       accepted);
  document->name = hp_arena_text(&document->arena, token.text, token.length);
  return hp_lexer_advance(&parser->lexer);
}

/* A literal count of entries, 1..HP_DIMENSION_LIMIT. */
static bool parse_count(hp_parser *parser, size_t *count) {
  const hp_token *token = &parser->lexer.token;
  *count = 0;
  for (size_t i = 0; i < token->length && *count <= HP_DIMENSION_LIMIT; i++)
    *count = token->text[i] >= '0' && token->text[i] <= '9'
                 ? 10 * *count + (size_t)(token->text[i] - '0')
                 : HP_DIMENSION_LIMIT + 1;
  if (token->kind != HP_TOKEN_NUMBER || *count == 0 || *count > HP_DIMENSION_LIMIT) {
    char accepted[80];
    snprintf(accepted, sizeof accepted, "a count from 1 to %d is accepted here",
             HP_DIMENSION_LIMIT);
    return hp_parser_unexpected(parser, accepted);
  }
  return hp_lexer_advance(&parser->lexer);
}

static bool parse_params(hp_parser *parser) {
  hp_document *document = parser->document;
  do {
    hp_parameter parameter = {.first = document->dimension};
    if (!hp_lexer_advance(&parser->lexer) ||
        !hp_parse_new_name(parser, &parameter.label,
                           "the name of a parameter is accepted here, as in params = w[3], b"))
      return false;
    if (hp_parser_is(parser, '[') &&
        (!hp_lexer_advance(&parser->lexer) || !parse_count(parser, &parameter.entries) ||
         !hp_parser_expect(parser, ']', "']' is accepted here")))
      return false;
    document->dimension += parameter.entries ? parameter.entries : 1;
    if (document->dimension > HP_DIMENSION_LIMIT)
      return hp_diagnose(document->why, document->file, parameter.label.at,
                         "more than %d parameters; at most %d are accepted", HP_DIMENSION_LIMIT,
                         HP_DIMENSION_LIMIT);
    document->parameter = hp_arena_grow(&document->arena, document->parameter,
                                        document->n_parameters, sizeof *document->parameter);
    document->parameter[document->n_parameters++] = parameter;
  } while (hp_parser_is(parser, ','));
  return true;
}

/* After '=' is current: expressions separated by commas, or low..high pairs. */
bool hp_parse_list(hp_parser *parser, hp_list *list, bool pairs) {
  hp_arena *arena = &parser->document->arena;
  do {
    hp_expression *item;
    for (size_t side = 0; side < (pairs ? 2 : 1); side++) {
      if (side == 1 && parser->lexer.token.kind != HP_TOKEN_DOTS)
        return hp_parser_unexpected(parser, "'..' is accepted here, as in box = -1..1, 0..3/2");
      if (!hp_lexer_advance(&parser->lexer) || !hp_parse_expression(parser, &item))
        return false;
      list->item = hp_arena_grow(arena, list->item, list->count, sizeof *list->item);
      list->item[list->count++] = item;
    }
  } while (hp_parser_is(parser, ','));
  return true;
}

bool hp_parse_labels(hp_parser *parser, hp_label **label, size_t *count, const char *accepted) {
  do {
    hp_label next = {0};
    if (!hp_lexer_advance(&parser->lexer) || !hp_parser_name(parser, &next, accepted))
      return false;
    if (*count == HP_DIMENSION_LIMIT)
      return hp_diagnose(parser->document->why, parser->document->file, next.at,
                         "more than %d names; at most %d are accepted", HP_DIMENSION_LIMIT,
                         HP_DIMENSION_LIMIT);
    for (size_t i = 0; i < *count; i++)
      if (strcmp((*label)[i].name, next.name) == 0)
        return hp_diagnose(parser->document->why, parser->document->file, next.at,
                           "'%s' appears twice; every name of the list must differ", next.name);
    *label = hp_arena_grow(&parser->document->arena, *label, *count, sizeof **label);
    (*label)[(*count)++] = next;
  } while (hp_parser_is(parser, ','));
  return true;
}

/* After the key: NAME = sum or NAME(a, b) = sum */
static bool parse_let(hp_parser *parser) {
  hp_document *document = parser->document;
  hp_let let = {0};
  if (!hp_parse_new_name(parser, &let.label,
                         "a name is accepted here, as in let z(r) = w[1]*r.x + w[2]"))
    return false;
  if (hp_parser_is(parser, '(')) {
    let.has_arguments = true;
    if (!hp_parse_labels(parser, &let.argument, &let.n_arguments,
                         "the name of an argument is accepted here, as in let z(r) = w[1]*r.x") ||
        !hp_parser_expect(parser, ')', "',' or ')' is accepted here"))
      return false;
    if (let.n_arguments > HP_ARGUMENTS_LIMIT)
      return hp_diagnose(document->why, document->file, let.label.at,
                         "the let '%s' has %zu arguments; at most %d are accepted", let.label.name,
                         let.n_arguments, HP_ARGUMENTS_LIMIT);
    for (size_t i = 0; i < let.n_arguments; i++)
      if (hp_is_reserved(let.argument[i].name))
        return hp_diagnose(document->why, document->file, let.argument[i].at,
                           "'%s' is a word of the language; another name is accepted",
                           let.argument[i].name);
  }
  if (!expect_equals(parser) || !hp_parse_expression(parser, &let.body))
    return false;
  document->let =
      hp_arena_grow(&document->arena, document->let, document->n_lets, sizeof *document->let);
  document->let[document->n_lets++] = let;
  return true;
}

/* After '=' is current: table ":" column, ... "->" column */
static bool parse_diagonal_linear(hp_parser *parser) {
  hp_document *document = parser->document;
  return hp_lexer_advance(&parser->lexer) &&
         hp_parser_name(parser, &document->diagonal_table,
                        "the name of a table is accepted here, as in pts: x1, x2 -> y") &&
         (hp_parser_is(parser, ':') || hp_parser_unexpected(parser, "':' is accepted here")) &&
         hp_parse_labels(parser, &document->feature, &document->n_features,
                         "the name of a column is accepted here, as in pts: x1, x2 -> y") &&
         (parser->lexer.token.kind == HP_TOKEN_ARROW ||
          hp_parser_unexpected(parser, "',' or '->' is accepted here")) &&
         hp_lexer_advance(&parser->lexer) &&
         hp_parser_name(parser, &document->target, "the name of a column is accepted here");
}

typedef enum {
  KEY_NAME,
  KEY_PARAMS,
  KEY_DATA,
  KEY_LET,
  KEY_LOSS,
  KEY_START,
  KEY_MOMENTUM,
  KEY_HORIZON,
  KEY_BOX,
  KEY_DIAGONAL,
  KEY_START_U,
  KEY_START_V,
  KEYS
} key;
static const char *const key_names[KEYS] = {"name", "params",          "data",     "let",
                                            "loss", "start",           "momentum", "horizon",
                                            "box",  "diagonal-linear", "start_u",  "start_v"};

/* Where the key stood before; NULL for a key that may come more than once. */
static hp_position *place(hp_document *document, key which) {
  switch (which) {
  case KEY_NAME:
    return &document->name_at;
  case KEY_PARAMS:
    return &document->params_at;
  case KEY_LOSS:
    return &document->loss_at;
  case KEY_START:
    return &document->start.at;
  case KEY_MOMENTUM:
    return &document->momentum.at;
  case KEY_HORIZON:
    return &document->horizon.at;
  case KEY_BOX:
    return &document->box.at;
  case KEY_DIAGONAL:
    return &document->diagonal_at;
  case KEY_START_U:
    return &document->start_u.at;
  case KEY_START_V:
    return &document->start_v.at;
  default:
    return NULL;
  }
}

static bool parse_value(hp_parser *parser, key which) {
  hp_document *document = parser->document;
  switch (which) {
  case KEY_NAME:
    return parse_problem_name(parser);
  case KEY_DATA:
    return hp_parse_data(parser);
  case KEY_LET:
    return parse_let(parser);
  default:
    break;
  }
  if (!hp_parser_is(parser, '='))
    return expect_equals(parser);
  switch (which) {
  case KEY_PARAMS:
    return parse_params(parser);
  case KEY_LOSS:
    return hp_lexer_advance(&parser->lexer) && hp_parse_expression(parser, &document->loss);
  case KEY_START:
    return hp_parse_list(parser, &document->start, false);
  case KEY_MOMENTUM:
    return hp_parse_list(parser, &document->momentum, false);
  case KEY_HORIZON:
    return hp_parse_list(parser, &document->horizon, false);
  case KEY_BOX:
    return hp_parse_list(parser, &document->box, true);
  case KEY_START_U:
    return hp_parse_list(parser, &document->start_u, false);
  case KEY_START_V:
    return hp_parse_list(parser, &document->start_v, false);
  default:
    return parse_diagonal_linear(parser);
  }
}

static bool parse_key(hp_parser *parser, key *which) {
  hp_document *document = parser->document;
  hp_label label = {0};
  if (!hp_lexer_key(&parser->lexer))
    return false;
  hp_token token = parser->lexer.token;
  label.name = hp_arena_text(&document->arena, token.text, token.length);
  for (*which = 0; *which < KEYS; ++*which)
    if (strcmp(label.name, key_names[*which]) == 0)
      return hp_lexer_advance(&parser->lexer);
  const char *nearest = hp_nearest(label.name, key_names, KEYS);
  if (nearest)
    return hp_diagnose(document->why, document->file, token.at,
                       "unknown key '%.64s'; did you mean '%s'?", label.name, nearest);
  return hp_diagnose(document->why, document->file, token.at,
                     "unknown key '%.64s'; the keys are name, params, data, let, loss, start, "
                     "momentum, horizon, box, diagonal-linear, start_u, start_v",
                     label.name);
}

static bool parse_statement(hp_parser *parser) {
  hp_position at = parser->lexer.at;
  key which;
  if (!parse_key(parser, &which))
    return false;
  hp_position *before = place(parser->document, which);
  if (before && hp_is_given(*before))
    return hp_diagnose(parser->document->why, parser->document->file, at,
                       "the key '%s' stands in line %zu already; once is accepted",
                       key_names[which], before->line);
  if (before)
    *before = at;
  if (!parse_value(parser, which))
    return false;
  hp_token_kind kind = parser->lexer.token.kind;
  return kind == HP_TOKEN_STATEMENT || kind == HP_TOKEN_END ||
         hp_parser_unexpected(parser, "an operator or the end of the value is accepted here");
}

bool hp_document_parse(hp_document *document, const char *text, size_t length) {
  hp_parser parser = {.document = document};
  if (!hp_lexer_start(&parser.lexer, text, length, document->file, document->why))
    return false;
  if (parser.lexer.token.kind == HP_TOKEN_END)
    return hp_diagnose(document->why, document->file, (hp_position){1, 1},
                       "there is no statement; a problem needs params, loss and start");
  while (parser.lexer.token.kind != HP_TOKEN_END)
    if (!parse_statement(&parser))
      return false;
  return true;
}
