#include "reference/problem/table.h"
#include <criterion/criterion.h>
#include <string.h>

static hp_arena arena;
static hp_graph *graph;
static hp_diagnostic why;
static hp_table table;

static void setup(void) {
  graph = hp_graph_new();
}

static void teardown(void) {
  hp_arena_free(&arena);
  hp_graph_free(graph);
}

TestSuite(csv, .init = setup, .fini = teardown);

static bool parse(const char *text) {
  return hp_table_parse(&table, text, strlen(text), "a.csv", &arena, graph, &why);
}

static void entry_is(size_t row, size_t column, long n, unsigned long d) {
  hp_node node;
  mpq_t value;
  mpq_init(value);
  cr_assert(hp_table_entry(&table, row, column, &node, &why), "%s", why.message);
  cr_assert(hp_graph_rational_value(graph, node, value));
  cr_assert(mpq_cmp_si(value, n, d) == 0, "row %zu, column %zu", row, column);
  mpq_clear(value);
}

Test(csv, exact_entries) {
  cr_assert(parse("x,y,z\n5.1,-3/4,3e-2\n1,2^-3, 7\n"));
  cr_assert(table.n_columns == 3 && table.n_rows == 2);
  entry_is(0, 0, 51, 10);
  entry_is(0, 1, -3, 4);
  entry_is(0, 2, 3, 100);
  entry_is(1, 1, 1, 8);
  entry_is(1, 2, 7, 1);
}

Test(csv, quotes_blanks_and_line_ends) {
  cr_assert(
      parse("\xEF\xBB\xBF\r\n  x , \"a, \"\"b\"\"\" ,\"z\"\r\n\r\n 1 , \"2\" ,3\r\n  \r\n4,5, 6"));
  cr_assert(table.n_columns == 3 && table.n_rows == 2);
  cr_assert_str_eq(table.column[0], "x");
  cr_assert_str_eq(table.column[1], "a, \"b\"");
  cr_assert_str_eq(table.column[2], "z");
  entry_is(0, 1, 2, 1);
  entry_is(1, 2, 6, 1);
}

Test(csv, text_is_kept_until_somebody_reads_it) {
  hp_node node;
  cr_assert(parse("x,kind\n1,setosa\n2,\n"));
  entry_is(1, 0, 2, 1);
  cr_assert_not(hp_table_entry(&table, 0, 1, &node, &why));
  cr_assert_str_eq(why.file, "a.csv");
  cr_assert(why.line == 2 && why.column == 3);
  cr_assert_not(hp_table_entry(&table, 1, 1, &node, &why));
  cr_assert(why.line == 3 && why.column == 3);
}

Test(csv, columns_without_a_name) {
  cr_assert(parse(",x,\n1,2,3\n"));
  cr_assert_eq(table.n_columns, 3);
  cr_assert_eq(hp_table_column(&table, "x"), 1);
}

Test(csv, positions_count_characters) {
  cr_assert_not(parse("x,y\n\xCE\xBB\xCE\xBB,1e100000\n"));
  cr_assert(why.line == 2 && why.column == 4);
}

Test(csv, too_many_columns) {
  char *text = hp_arena_allocate(&arena, 20003, 1);
  for (size_t i = 0; i < 10001; i++)
    memcpy(text + 2 * i, "x,", 2);
  cr_assert_not(parse(text));
  cr_assert_str_eq(why.message, "more than 10000 columns; at most 10000 are accepted");
}
