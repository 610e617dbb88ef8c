#include "allocate.h"
#include "graph_nodes.h"
#include "rational.h"
#include "syntax.h"
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_LIMIT = 10000 };

typedef struct {
  const char *file, *next, *end;
  hp_position at; /* of next */
  hp_arena *arena;
  hp_graph *graph;
  hp_diagnostic *why;
} reader;

typedef struct {
  hp_position at;
  char *text;
} entry;

typedef struct {
  hp_position at;
  entry *entry;
  size_t count;
} line;

static bool at_line_end(const reader *csv) {
  if (csv->next == csv->end || *csv->next == '\n')
    return true;
  return *csv->next == '\r' && (csv->next + 1 == csv->end || csv->next[1] == '\n');
}

static bool is_next(const reader *csv, char c) {
  return csv->next < csv->end && *csv->next == c;
}

/* Moves one character of the line to text[*length]. */
static bool take(reader *csv, char *text, size_t *length) {
  uint32_t code;
  size_t size = hp_utf8_decode(csv->next, (size_t)(csv->end - csv->next), &code);
  if (size == 0 || code == 0)
    return hp_diagnose(csv->why, csv->file, csv->at,
                       "this byte is not UTF-8 text; a table is a text file of numbers separated "
                       "by commas");
  memcpy(text + *length, csv->next, size);
  *length += size;
  csv->next += size;
  csv->at.column++;
  return true;
}

static void skip(reader *csv, const char *characters) {
  while (csv->next < csv->end && *csv->next && strchr(characters, *csv->next)) {
    csv->next++;
    csv->at.column++;
  }
}

/* After the opening quote; "" stands for one quote. */
static bool read_quoted(reader *csv, const entry *field, size_t *length) {
  while (!at_line_end(csv)) {
    if (is_next(csv, '"')) {
      size_t ignored = *length;
      take(csv, field->text, &ignored);
      if (!is_next(csv, '"'))
        return true;
    }
    if (!take(csv, field->text, length))
      return false;
  }
  return hp_diagnose(csv->why, csv->file, field->at,
                     "this entry has no closing quote; write \"...\" on one line");
}

static bool read_plain(reader *csv, const entry *field, size_t *length) {
  while (!at_line_end(csv) && !is_next(csv, ','))
    if (!take(csv, field->text, length))
      return false;
  while (*length > 0 && strchr(" \t", field->text[*length - 1]))
    --*length;
  return true;
}

static bool read_entry(reader *csv, char *text, entry *field) {
  size_t length = 0;
  skip(csv, " \t");
  *field = (entry){csv->at, text};
  if (is_next(csv, '"')) {
    take(csv, text, &length);
    length = 0;
    if (!read_quoted(csv, field, &length))
      return false;
    skip(csv, " \t");
    if (!at_line_end(csv) && !is_next(csv, ','))
      return hp_diagnose(csv->why, csv->file, csv->at,
                         "something follows the closing quote; a comma or the end of the line is "
                         "accepted");
  } else if (!read_plain(csv, field, &length)) {
    return false;
  }
  field->text = hp_arena_text(csv->arena, text, length);
  return true;
}

/* Splits the line at its commas; text has room for the whole line. */
static bool split(reader *csv, char *text, line *result) {
  result->count = 0;
  for (;;) {
    if (result->count == COLUMNS_LIMIT)
      return hp_diagnose(csv->why, csv->file, csv->at,
                         "more than %d columns; at most %d are accepted", COLUMNS_LIMIT,
                         COLUMNS_LIMIT);
    result->entry = hp_arena_grow(csv->arena, result->entry, result->count, sizeof *result->entry);
    if (!read_entry(csv, text, &result->entry[result->count++]))
      return false;
    if (at_line_end(csv))
      return true;
    csv->next++; /* the comma */
    csv->at.column++;
  }
}

/* The next line that is not blank; count = 0 at the end of the file. */
static bool read_line(reader *csv, line *result) {
  for (;;) {
    skip(csv, " \t\r");
    if (csv->next == csv->end) {
      result->count = 0;
      return true;
    }
    if (*csv->next != '\n')
      break;
    csv->next++;
    csv->at = (hp_position){csv->at.line + 1, 1};
  }
  result->at = csv->at;
  const char *newline = memchr(csv->next, '\n', (size_t)(csv->end - csv->next));
  size_t room = (size_t)((newline ? newline : csv->end) - csv->next);
  char *text = hp_allocate(room + 1, 1);
  bool read = split(csv, text, result);
  free(text);
  return read;
}

static bool read_number(const reader *csv, const char *text, const entry *field, hp_cell *cell) {
  mpq_t value;
  mpq_init(value);
  bool fits = true;
  *cell = (hp_cell){.at = field->at, .text = text};
  cell->is_number = hp_rational_read(value, text);
  if (cell->is_number && (fits = hp_rational_fits(value)))
    cell->value = hp_graph_rational(csv->graph, value);
  mpq_clear(value);
  return fits || hp_diagnose(csv->why, csv->file, field->at,
                             "this number is too large; at most %d bits are accepted",
                             HP_GRAPH_RATIONAL_BITS);
}

static bool read_header(reader *csv, hp_table *table) {
  line header = {0};
  hp_cell cell;
  if (!read_line(csv, &header))
    return false;
  if (header.count == 0)
    return hp_diagnose(csv->why, csv->file, (hp_position){1, 1},
                       "the table is empty; the first line holds column names, the next ones "
                       "numbers");
  table->column = hp_arena_allocate(csv->arena, header.count, sizeof *table->column);
  for (size_t i = 0; i < header.count; i++) {
    const entry *field = &header.entry[i];
    if (!read_number(csv, field->text, field, &cell))
      return false;
    if (cell.is_number)
      return hp_diagnose(csv->why, csv->file, field->at,
                         "the first line has the number %.40s; it must hold the names of the "
                         "columns, such as x1,x2,y",
                         field->text);
    if (*field->text && hp_table_column(table, field->text) < table->n_columns)
      return hp_diagnose(csv->why, csv->file, field->at,
                         "the column '%.64s' appears twice; every column needs its own name",
                         field->text);
    table->column[table->n_columns++] = field->text;
  }
  return true;
}

static bool read_rows(reader *csv, hp_table *table) {
  line row = {0};
  size_t count = 0;
  while (read_line(csv, &row)) {
    if (row.count == 0)
      return table->n_rows > 0 ||
             hp_diagnose(csv->why, csv->file, csv->at,
                         "the table has no rows; at least one line of numbers must follow the "
                         "column names");
    if (row.count != table->n_columns)
      return hp_diagnose(csv->why, csv->file, row.at,
                         "this row has %zu entries; the first line names %zu columns", row.count,
                         table->n_columns);
    for (size_t i = 0; i < row.count; i++, count++) {
      table->cell = hp_arena_grow(csv->arena, table->cell, count, sizeof *table->cell);
      if (!read_number(csv, row.entry[i].text, &row.entry[i], &table->cell[count]))
        return false;
    }
    table->n_rows++;
  }
  return false;
}

bool hp_table_parse(hp_table *table, const char *text, size_t length, const char *file,
                    hp_arena *arena, hp_graph *graph, hp_diagnostic *why) {
  size_t mark = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  *table = (hp_table){.file = hp_arena_text(arena, file, strlen(file))};
  reader csv = {table->file, text + mark, text + length, {1, 1}, arena, graph, why};
  return read_header(&csv, table) && read_rows(&csv, table);
}
