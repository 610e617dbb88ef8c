#include "reference/problem/table.h"
#include <criterion/criterion.h>

Test(table, columns_by_name_and_index) {
  const char *names[] = {"y", "x1", "x10", "x2"};
  hp_table table = {.n_columns = 4, .column = names};
  cr_assert_eq(hp_table_column(&table, "y"), 0);
  cr_assert_eq(hp_table_column(&table, "x2"), 3);
  cr_assert_eq(hp_table_column(&table, "x3"), 4);
  cr_assert_eq(hp_table_indexed_column(&table, "x", 1), 1);
  cr_assert_eq(hp_table_indexed_column(&table, "x", 10), 2);
  cr_assert_eq(hp_table_indexed_column(&table, "x", 2), 3);
  cr_assert_eq(hp_table_indexed_column(&table, "x", 3), 4);
}

Test(table, entries) {
  const char *names[] = {"x", "kind"};
  hp_cell cells[] = {{true, 3, {2, 1}, ""},
                     {false, 0, {2, 3}, "setosa"},
                     {true, 4, {3, 1}, ""},
                     {false, 0, {3, 3}, ""}};
  hp_table table = {"pts.csv", 2, 2, names, cells};
  hp_node value;
  hp_diagnostic why;
  cr_assert(hp_table_entry(&table, 1, 0, &value, &why));
  cr_assert_eq(value, 4);
  cr_assert_not(hp_table_entry(&table, 0, 1, &value, &why));
  cr_assert_str_eq(why.message,
                   "'setosa' in column 'kind' is not a number; a number such as 5.1 or "
                   "3/4 is accepted");
  cr_assert_not(hp_table_entry(&table, 1, 1, &value, &why));
  cr_assert_str_eq(why.message,
                   "column 'kind' has an empty entry here; a number such as 5.1 or 3/4 is "
                   "accepted");
}
