#include "table.h"
#include "syntax.h"
#include <stdio.h>
#include <string.h>

size_t hp_table_column(const hp_table *table, const char *name) {
  size_t column = 0;
  while (column < table->n_columns && strcmp(table->column[column], name) != 0)
    column++;
  return column;
}

size_t hp_table_indexed_column(const hp_table *table, const char *name, long i) {
  char indexed[HP_NAME_BYTES + 32];
  snprintf(indexed, sizeof indexed, "%s%ld", name, i);
  return hp_table_column(table, indexed);
}

bool hp_table_entry(const hp_table *table, size_t row, size_t column, hp_node *value,
                    hp_diagnostic *why) {
  const hp_cell *cell = &table->cell[row * table->n_columns + column];
  *value = cell->value;
  if (cell->is_number)
    return true;
  if (!*cell->text)
    return hp_diagnose(why, table->file, cell->at,
                       "column '%.64s' has an empty entry here; a number such as 5.1 or 3/4 is "
                       "accepted",
                       table->column[column]);
  return hp_diagnose(why, table->file, cell->at,
                     "'%.64s' in column '%.64s' is not a number; a number such as 5.1 or 3/4 is "
                     "accepted",
                     cell->text, table->column[column]);
}
