#ifndef HP_TABLE_H
#define HP_TABLE_H
#include "diagnostic.h"
#include "text.h"

/* A table of exact rationals; a column that nobody reads may hold any text. */
typedef struct {
  bool is_number;
  hp_node value;
  hp_position at;
  const char *text; /* of a CSV entry that is no number */
} hp_cell;

typedef struct {
  const char *file; /* where its positions are */
  size_t n_columns, n_rows;
  const char **column;
  hp_cell *cell; /* row-major, n_rows x n_columns */
} hp_table;

/* A CSV text: a header line with column names, then one line a row; commas separate, entries are
 * decimals or fractions, a text may stand in double quotes, blank lines do not count. `file` is what
 * the messages call it. */
bool hp_table_parse(hp_table *table, const char *text, size_t length, const char *file,
                    hp_arena *arena, hp_graph *graph, hp_diagnostic *why);

/* The number of the column, or n_columns. */
size_t hp_table_column(const hp_table *table, const char *name);

/* The number of column `name` followed by the number i ("x", 2: x2). */
size_t hp_table_indexed_column(const hp_table *table, const char *name, long i);

/* The entry; says what is wrong when it is not a number. row < n_rows, column < n_columns. */
bool hp_table_entry(const hp_table *table, size_t row, size_t column, hp_node *value,
                    hp_diagnostic *why);

#endif
