#include "syntax.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* [name, ...; entry, ...; ...] */
static bool parse_inline_table(hp_parser *parser, hp_data *data) {
  hp_document *document = parser->document;
  hp_table *table = &data->table;
  hp_label *header = NULL;
  size_t count = 0;
  table->file = document->file;
  if (!hp_parse_labels(parser, &header, &table->n_columns,
                       "the name of a column is accepted here, as in [x, y; 1, 2; 3, 4]"))
    return false;
  table->column = hp_arena_allocate(&document->arena, table->n_columns, sizeof *table->column);
  for (size_t i = 0; i < table->n_columns; i++)
    table->column[i] = header[i].name;
  if (!hp_parser_is(parser, ';'))
    return hp_parser_unexpected(parser, "',' and a column or ';' and a row are accepted here");
  while (hp_parser_is(parser, ';')) {
    hp_list row = {0};
    if (!hp_parse_list(parser, &row, false))
      return false;
    if (row.count != table->n_columns)
      return hp_diagnose(document->why, document->file, row.item[0]->at,
                         "this row has %zu entries; the first one names %zu columns", row.count,
                         table->n_columns);
    for (size_t i = 0; i < row.count; i++, count++) {
      data->entry = hp_arena_grow(&document->arena, data->entry, count, sizeof *data->entry);
      data->entry[count] = row.item[i];
    }
    table->n_rows++;
  }
  return hp_parser_expect(parser, ']', "an operator, ',', ';' or ']' is accepted here");
}

/* "points.csv", beside the problem file unless the name begins with '/' */
static bool parse_csv_table(hp_parser *parser, hp_table *table) {
  hp_document *document = parser->document;
  hp_token token = parser->lexer.token;
  bool is_absolute = token.length > 0 && *token.text == '/';
  const char *directory = is_absolute ? "" : document->directory;
  size_t room = strlen(directory) + token.length + 2, length;
  char *path = hp_arena_allocate(&document->arena, room, 1);
  snprintf(path, room, "%s%s%.*s", directory, *directory ? "/" : "", (int)token.length, token.text);
  char *text = token.length > 0 ? hp_read_file(path, HP_TABLE_FILE_LIMIT, &length) : NULL;
  if (token.length == 0)
    return hp_diagnose(document->why, document->file, token.at,
                       "the file name is empty; the name of a CSV file is accepted");
  if (!text)
    return hp_diagnose(document->why, document->file, token.at,
                       "the table '%.200s' cannot be read: %s; a CSV file of at most %d bytes is "
                       "accepted",
                       path, strerror(errno), HP_TABLE_FILE_LIMIT);
  bool parsed =
      hp_table_parse(table, text, length, path, &document->arena, document->graph, document->why);
  free(text);
  return parsed && hp_lexer_advance(&parser->lexer);
}

/* After the key: NAME = "file.csv" or NAME = [...] */
bool hp_parse_data(hp_parser *parser) {
  hp_document *document = parser->document;
  hp_data data = {0};
  if (!hp_parse_new_name(parser, &data.label,
                         "the name of a table is accepted here, as in data pts = \"points.csv\"") ||
      !hp_parser_expect(parser, '=', "'=' is accepted here"))
    return false;
  if (parser->lexer.token.kind == HP_TOKEN_STRING) {
    if (!parse_csv_table(parser, &data.table))
      return false;
  } else if (!hp_parser_is(parser, '[')) {
    return hp_parser_unexpected(parser, "a table [x, y; 1, 2; ...] or a file \"points.csv\" is "
                                        "accepted here");
  } else if (!parse_inline_table(parser, &data)) {
    return false;
  }
  document->data =
      hp_arena_grow(&document->arena, document->data, document->n_data, sizeof *document->data);
  document->data[document->n_data++] = data;
  return true;
}
