#include "check.h"
#include <stdlib.h>
#include <string.h>

/* A local variable: argument of a let or variable of a loop. */
typedef struct scope {
  const char *name;
  size_t slot;
  const struct scope *outer;
} scope;

typedef struct {
  hp_document *document;
  size_t depth;
  size_t n_slots; /* frame slots used by the body at hand */
} checker;

static bool check_expression(checker *check, hp_expression *expression, const scope *locals);

static int by_name(const void *a, const void *b) {
  const hp_symbol *x = a, *y = b;
  int order = strcmp(x->label.name, y->label.name);
  if (order)
    return order;
  if (x->label.at.line != y->label.at.line)
    return x->label.at.line < y->label.at.line ? -1 : 1;
  return x->label.at.column < y->label.at.column ? -1 : x->label.at.column > y->label.at.column;
}

static const hp_symbol *find_symbol(const hp_document *document, const char *name) {
  size_t low = 0, high = document->n_symbols;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = strcmp(document->symbol[middle].label.name, name);
    if (order == 0)
      return &document->symbol[middle];
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}

const hp_table *hp_find_table(const hp_document *document, const char *name) {
  const hp_symbol *symbol = find_symbol(document, name);
  return symbol && symbol->kind == HP_SYMBOL_DATA ? &document->data[symbol->index].table : NULL;
}

static bool collect_symbols(hp_document *document) {
  size_t count = document->n_parameters + document->n_lets + document->n_data, n = 0;
  hp_symbol *symbol = hp_arena_allocate(&document->arena, count, sizeof *symbol);
  for (size_t i = 0; i < document->n_parameters; i++)
    symbol[n++] = (hp_symbol){document->parameter[i].label, HP_SYMBOL_PARAMETER, i};
  for (size_t i = 0; i < document->n_lets; i++)
    symbol[n++] = (hp_symbol){document->let[i].label, HP_SYMBOL_LET, i};
  for (size_t i = 0; i < document->n_data; i++)
    symbol[n++] = (hp_symbol){document->data[i].label, HP_SYMBOL_DATA, i};
  if (n > 0)
    qsort(symbol, n, sizeof *symbol, by_name);
  for (size_t i = 1; i < n; i++)
    if (strcmp(symbol[i].label.name, symbol[i - 1].label.name) == 0)
      return hp_diagnose(document->why, document->file, symbol[i].label.at,
                         "the name '%s' stands in line %zu already; every parameter, let and "
                         "table needs its own name",
                         symbol[i].label.name, symbol[i - 1].label.at.line);
  document->symbol = symbol;
  document->n_symbols = n;
  return true;
}

static bool fail(const checker *check, hp_position at, const char *format, const char *name) {
  return hp_diagnose(check->document->why, check->document->file, at, format, name);
}

static bool unknown_name(const checker *check, hp_position at, const char *name,
                         const scope *locals, bool is_call) {
  hp_document *document = check->document;
  size_t count = document->n_symbols + (is_call ? hp_words_count : 0);
  for (const scope *local = locals; local; local = local->outer)
    count++;
  const char **candidate = hp_arena_allocate(&document->arena, count, sizeof *candidate);
  size_t n = 0;
  for (const scope *local = locals; local; local = local->outer)
    candidate[n++] = local->name;
  for (size_t i = 0; i < document->n_symbols; i++)
    candidate[n++] = document->symbol[i].label.name;
  for (size_t i = 0; n < count; i++)
    candidate[n++] = hp_words[i];
  const char *nearest = hp_nearest(name, candidate, n);
  if (nearest)
    return hp_diagnose(document->why, document->file, at, "unknown name '%s'; did you mean '%s'?",
                       name, nearest);
  if (is_call)
    return fail(
        check, at,
        "unknown function '%s'; exp log sqrt sin cos tan sinh cosh tanh asinh atan sum mean "
        "and lets with arguments are accepted",
        name);
  return fail(check, at,
              "unknown name '%s'; names come from params, let, data, the arguments of a let and "
              "the variables of a sum",
              name);
}

static const scope *find_local(const scope *locals, const char *name) {
  while (locals && strcmp(locals->name, name) != 0)
    locals = locals->outer;
  return locals;
}

static bool is_free_name(const checker *check, hp_position at, const char *name,
                         const scope *locals) {
  if (!find_local(locals, name) && !find_symbol(check->document, name))
    return true;
  return fail(check, at, "the name '%s' is in use here; another name is accepted", name);
}

static bool check_let(checker *check, hp_let *let) {
  hp_document *document = check->document;
  checker body = {.document = document, .depth = check->depth, .n_slots = let->n_arguments};
  scope *argument = hp_arena_allocate(&document->arena, let->n_arguments, sizeof *argument);
  const scope *locals = NULL;
  for (size_t i = 0; i < let->n_arguments; i++) {
    if (!is_free_name(check, let->argument[i].at, let->argument[i].name, NULL))
      return false;
    argument[i] = (scope){let->argument[i].name, i, locals};
    locals = &argument[i];
  }
  let->state = HP_LET_BEING_CHECKED;
  if (!check_expression(&body, let->body, locals))
    return false;
  let->n_slots = body.n_slots;
  let->state = HP_LET_CHECKED;
  return true;
}

/* A use of a let: checks its body first. */
static bool use_let(checker *check, hp_expression *use, hp_let *let) {
  use->reference = HP_REFERENCE_LET;
  use->let = let;
  if (let->state == HP_LET_BEING_CHECKED)
    return fail(check, use->at, "the let '%s' uses itself; a let may use other lets only",
                let->label.name);
  if (let->state == HP_LET_UNCHECKED && !check_let(check, let))
    return false;
  size_t given = use->kind == HP_EXPRESSION_CALL ? use->count : 0;
  if (given == let->n_arguments)
    return true;
  if (!let->has_arguments)
    return fail(check, use->at, "the let '%s' has no arguments; write it without parentheses",
                let->label.name);
  return hp_diagnose(check->document->why, check->document->file, use->at,
                     "the let '%s' is given %zu argument%s; %zu as in its definition, line %zu, "
                     "are accepted",
                     let->label.name, given, given == 1 ? "" : "s", let->n_arguments,
                     let->label.at.line);
}

static bool use_parameter(const checker *check, hp_expression *use, const hp_parameter *parameter) {
  use->reference = HP_REFERENCE_PARAMETER;
  use->slot = parameter->first;
  use->entries = parameter->entries;
  if (use->kind == HP_EXPRESSION_CALL)
    return fail(check, use->at, "the parameter '%s' is no function; only a let takes arguments",
                use->name);
  if (use->kind == HP_EXPRESSION_NAME && parameter->entries > 0)
    return hp_diagnose(check->document->why, check->document->file, use->at,
                       "the parameter '%s' has %zu entries; write one of them, %s[1] to %s[%zu]",
                       use->name, parameter->entries, use->name, use->name, parameter->entries);
  if (use->kind == HP_EXPRESSION_INDEX && parameter->entries == 0)
    return fail(check, use->at, "the parameter '%s' is one number; write it without an index",
                use->name);
  return true;
}

/* A name, an index or a call. */
static bool check_name(checker *check, hp_expression *use, const scope *locals) {
  const scope *local = find_local(locals, use->name);
  if (local && use->kind == HP_EXPRESSION_NAME) {
    use->reference = HP_REFERENCE_LOCAL;
    use->slot = local->slot;
    return true;
  }
  if (local)
    return fail(check, use->at,
                "the variable '%s' takes neither an index nor arguments; a column of a row is "
                "written r.x or r.x[i]",
                use->name);
  const hp_symbol *symbol = find_symbol(check->document, use->name);
  if (!symbol)
    return unknown_name(check, use->at, use->name, locals, use->kind == HP_EXPRESSION_CALL);
  if (symbol->kind == HP_SYMBOL_PARAMETER)
    return use_parameter(check, use, &check->document->parameter[symbol->index]);
  if (symbol->kind == HP_SYMBOL_LET && use->kind != HP_EXPRESSION_INDEX)
    return use_let(check, use, &check->document->let[symbol->index]);
  if (symbol->kind == HP_SYMBOL_LET)
    return fail(check, use->at, "the let '%s' takes no index; only a parameter does", use->name);
  return fail(check, use->at,
              "'%s' is a table; its entries are used row by row, as in sum(r in TABLE: r.x)",
              use->name);
}

static bool check_column(checker *check, hp_expression *use, const scope *locals) {
  const scope *local = find_local(locals, use->name);
  if (local) {
    use->slot = local->slot;
    return true;
  }
  if (!find_symbol(check->document, use->name))
    return unknown_name(check, use->at, use->name, locals, false);
  return fail(check, use->at,
              "'%s' is no row of a table; a column is read from the variable of a sum or mean "
              "over a table",
              use->name);
}

static bool check_loop(checker *check, hp_expression *loop, const scope *locals) {
  if (!is_free_name(check, loop->other_at, loop->name, locals))
    return false;
  if (loop->kind == HP_EXPRESSION_ROWS) {
    loop->table = hp_find_table(check->document, loop->other);
    if (!loop->table && find_symbol(check->document, loop->other))
      return fail(check, loop->at, "'%s' is no table; a table or a range such as 1..3 is accepted",
                  loop->other);
    if (!loop->table)
      return unknown_name(check, loop->at, loop->other, locals, false);
  } else if (!check_expression(check, loop->operand[1], locals) ||
             !check_expression(check, loop->operand[2], locals)) {
    return false;
  }
  scope inner = {loop->name, locals ? locals->slot + 1 : 0, locals};
  loop->slot = inner.slot;
  if (check->n_slots < inner.slot + 1)
    check->n_slots = inner.slot + 1;
  return check_expression(check, loop->operand[0], &inner);
}

static bool check_kind(checker *check, hp_expression *expression, const scope *locals) {
  switch (expression->kind) {
  case HP_EXPRESSION_RANGE:
  case HP_EXPRESSION_ROWS:
    return check_loop(check, expression, locals);
  case HP_EXPRESSION_COLUMN:
    if (!check_column(check, expression, locals))
      return false;
    break;
  case HP_EXPRESSION_NAME:
  case HP_EXPRESSION_INDEX:
  case HP_EXPRESSION_CALL:
    if (!check_name(check, expression, locals))
      return false;
    break;
  default:
    break;
  }
  for (size_t i = 0; i < expression->count; i++)
    if (!check_expression(check, expression->operand[i], locals))
      return false;
  return true;
}

static bool check_expression(checker *check, hp_expression *expression, const scope *locals) {
  if (check->depth == HP_EXPANSION_DEPTH)
    return hp_diagnose(check->document->why, check->document->file, expression->at,
                       "lets use each other too deeply; at most %d levels are accepted",
                       HP_EXPANSION_DEPTH);
  check->depth++;
  bool checked = check_kind(check, expression, locals);
  check->depth--;
  return checked;
}

static bool check_lists(checker *check) {
  hp_document *document = check->document;
  const hp_list *lists[] = {&document->start,    &document->start_u, &document->start_v,
                            &document->momentum, &document->horizon, &document->box};
  for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
    for (size_t j = 0; j < lists[i]->count; j++)
      if (!check_expression(check, lists[i]->item[j], NULL))
        return false;
  return true;
}

bool hp_check_document(hp_document *document) {
  checker check = {.document = document};
  if (!collect_symbols(document))
    return false;
  for (size_t i = 0; i < document->n_lets; i++)
    if (document->let[i].state == HP_LET_UNCHECKED && !check_let(&check, &document->let[i]))
      return false;
  if (!check_lists(&check))
    return false;
  document->list_slots = check.n_slots;
  check.n_slots = 0;
  bool checked = !document->loss || check_expression(&check, document->loss, NULL);
  document->loss_slots = check.n_slots;
  return checked;
}
