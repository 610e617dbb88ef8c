#include "elaborate.h"

#define FAIL(elaborator, at, ...)                                                                  \
  hp_diagnose((elaborator)->document->why, (elaborator)->document->file, at, __VA_ARGS__)

bool hp_elaborate_rational(hp_elaborator *elaborator, hp_expression *expression, const char *what,
                           mpq_t value) {
  hp_node node;
  return hp_elaborate(elaborator, expression, elaborator->document->list_slots, &node) &&
         (hp_graph_rational_value(elaborator->document->graph, node, value) ||
          FAIL(elaborator, expression->at,
               "%s is no rational constant; a number such as 0.9, 9/10 or 2^-6 is accepted", what));
}

/* Is the expression built of numbers only? Else *name is a place where it is not. */
static bool is_closed(const hp_expression *expression, hp_position *name) {
  *name = expression->at;
  if (expression->kind != HP_EXPRESSION_NUMBER && expression->kind < HP_EXPRESSION_SUM)
    return false;
  if (expression->kind >= HP_EXPRESSION_RANGE)
    return false;
  for (size_t i = 0; i < expression->count; i++)
    if (!is_closed(expression->operand[i], name))
      return false;
  return true;
}

bool hp_elaborate_tables(hp_elaborator *elaborator) {
  hp_document *document = elaborator->document;
  mpq_t value;
  mpq_init(value);
  bool elaborated = true;
  for (size_t i = 0; i < document->n_data; i++) {
    hp_table *table = &document->data[i].table;
    hp_expression **entry = document->data[i].entry;
    size_t count = entry ? table->n_rows * table->n_columns : 0;
    if (entry)
      table->cell = hp_arena_allocate(&document->arena, count, sizeof *table->cell);
    for (size_t j = 0; j < count && elaborated; j++) {
      hp_position at;
      elaborated = is_closed(entry[j], &at) ||
                   FAIL(elaborator, at,
                        "an entry of a table cannot use names; a number such as 5.1 or 3/4 is "
                        "accepted");
      elaborated = elaborated && hp_elaborate_rational(elaborator, entry[j], "this entry", value);
      if (elaborated)
        table->cell[j] =
            (hp_cell){true, hp_graph_rational(document->graph, value), entry[j]->at, ""};
    }
  }
  mpq_clear(value);
  return elaborated;
}

bool hp_elaborate_lets(hp_elaborator *elaborator) {
  hp_document *document = elaborator->document;
  for (size_t i = 0; i < document->n_lets; i++) {
    hp_let *let = &document->let[i];
    if (!let->has_arguments && !let->is_known) {
      if (!hp_elaborate(elaborator, let->body, let->n_slots, &let->value))
        return false;
      let->is_known = true;
    }
  }
  return true;
}
