/* tests/data/problem_errors.txt: files that are no problems, each with its exact message.
 *
 *     @ what is wrong
 *     lines of case.phi                     \xHH stands for one byte
 *     $ pts.csv                             optional: a table file beside it
 *     lines of pts.csv
 *     ! case.phi:line:column: message */
#include "reference/problem/problem.h"
#include "reference/problem/text.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int hexadecimal(char c) {
  return c >= 'A' ? c - 'A' + 10 : c - '0';
}

/* \xHH to bytes, in place; the new length. */
static size_t unescape(char *text, size_t length) {
  size_t to = 0;
  for (size_t from = 0; from < length; to++) {
    bool is_escape = length - from >= 4 && text[from] == '\\' && text[from + 1] == 'x';
    text[to] = is_escape ? (char)(16 * hexadecimal(text[from + 2]) + hexadecimal(text[from + 3]))
                         : text[from];
    from += is_escape ? 4 : 1;
  }
  return to;
}

static void write_file(const char *path, const char *bytes, size_t length) {
  FILE *file = fopen(path, "wb");
  cr_assert(file && fwrite(bytes, 1, length, file) == length && fclose(file) == 0);
}

/* The line that begins with mark at or after text, or NULL. */
static char *find_line(char *text, const char *mark) {
  if (strncmp(text, mark, strlen(mark)) == 0)
    return text;
  char pattern[8];
  snprintf(pattern, sizeof pattern, "\n%s", mark);
  char *found = strstr(text, pattern);
  return found ? found + 1 : NULL;
}

/* text is one case from "@ " on, up to the next one. */
static void check_case(char *text, const char *directory) {
  char *body = strchr(text, '\n') + 1, *expected = find_line(body, "! ");
  cr_assert_not_null(expected, "%s: no message", text);
  char *table = find_line(body, "$ "), line[1300], path[300], name[100] = "";
  body[-1] = 0;
  char *end = table && table < expected ? table : expected;
  if (end == table) {
    char *content = strchr(table, '\n') + 1;
    snprintf(name, sizeof name, "%.*s", (int)(content - table - 3), table + 2);
    snprintf(path, sizeof path, "%s/%s", directory, name);
    write_file(path, content, unescape(content, (size_t)(expected - content)));
  }
  hp_diagnostic why;
  size_t length = unescape(body, (size_t)(end - body));
  hp_problem *problem = hp_problem_parse(body, length, "case.phi", directory, &why);
  cr_assert_null(problem, "%s: accepted", text);
  hp_diagnostic_text(&why, line, sizeof line);
  char *message = line, *prefix = strstr(line, directory);
  if (prefix) /* the temporary directory is not part of the expectation */
    memmove(prefix, prefix + strlen(directory) + 1, strlen(prefix + strlen(directory) + 1) + 1);
  expected[strcspn(expected, "\n")] = 0;
  cr_assert_str_eq(message, expected + 2, "%s:\n  is       %s\n  expected %s", text, message,
                   expected + 2);
  if (*name)
    unlink(path);
}

Test(problem_errors, every_message_is_exact) {
  char directory[] = "/tmp/heavyproof-errors-XXXXXX";
  cr_assert_not_null(mkdtemp(directory));
  size_t length, count = 0;
  char *text = hp_read_file("tests/data/problem_errors.txt", 1 << 24, &length);
  cr_assert_not_null(text);
  for (char *at = find_line(text, "@ "), *next; at; at = next, count++) {
    next = find_line(at + 1, "@ ");
    char kept = next ? *next : 0;
    if (next)
      *next = 0;
    check_case(at, directory);
    if (next)
      *next = kept;
  }
  cr_assert_geq(count, 200);
  free(text);
  rmdir(directory);
}
