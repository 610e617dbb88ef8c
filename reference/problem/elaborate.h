#ifndef HP_ELABORATE_H
#define HP_ELABORATE_H
#include "check.h"

/* Expressions to nodes: lets and sums are written out, constants are folded. The work is bounded by
 * HP_EXPANSION_LIMIT over all calls on one elaborator. */
typedef struct {
  hp_document *document;
  size_t work, depth;
} hp_elaborator;

/* The node of a checked expression that needs n_slots local variables. */
bool hp_elaborate(hp_elaborator *elaborator, hp_expression *expression, size_t n_slots,
                  hp_node *value);

/* The value of a checked constant expression without local variables; refuses what is not
 * rational. `what` names it in the message. */
bool hp_elaborate_rational(hp_elaborator *elaborator, hp_expression *expression, const char *what,
                           mpq_t value);

/* Evaluates the entries of the inline tables and the lets without arguments. */
bool hp_elaborate_tables(hp_elaborator *elaborator);
bool hp_elaborate_lets(hp_elaborator *elaborator);

#endif
