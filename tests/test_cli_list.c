#include "command.h"
#include "verify/claims/claim.h"
#include "verify/version.h"

/* list, explain, --help, --version, and the manual page beside them. */

Test(cli_list, version) {
  command_expect(command_run("--version"), 0, "heavyproof " HP_VERSION "\n", "");
  command_expect(command_run("check", "-V"), 0, "heavyproof " HP_VERSION "\n", "");
}

Test(cli_list, help_of_every_command) {
  static const char *const commands[] = {"list", "check", "integrate", "iterate", "explain"};
  command_result top = command_run("--help");
  cr_expect_eq(top.code, 0);
  for (size_t i = 0; i < 5; ++i) {
    char usage[64], line[64];
    snprintf(line, sizeof line, "\n  %s", commands[i]);
    cr_expect_not_null(strstr(top.out, line), "%s", commands[i]);
    snprintf(usage, sizeof usage, "Usage: heavyproof %s [OPTION...]", commands[i]);
    command_result result = command_run(commands[i], "--help");
    cr_expect_eq(result.code, 0);
    cr_expect_eq(strncmp(result.out, usage, strlen(usage)), 0, "%s", result.out);
    cr_expect_str_eq(result.err, "");
    command_free(&result);
  }
  command_free(&top);
}

/* Every "--option" of --help is in the manual page and the other way round. */
static void expect_options_in(const char *text, const char *other, const char *where) {
  for (const char *option = text; (option = strstr(option, "--")) != NULL;) {
    size_t length = 2 + strspn(option + 2, "abcdefghijklmnopqrstuvwxyz");
    char name[32];
    snprintf(name, sizeof name, "%.*s", (int)length, option);
    if (length > 3)
      cr_expect_not_null(strstr(other, name), "%s is missing in %s", name, where);
    option += length;
  }
}

Test(cli_list, manual_page_and_help_agree) {
  static const char *const commands[] = {"check", "integrate", "iterate", "dln"};
  char *page = command_slurp("verify/cli/heavyproof.1"), *help = calloc(1, 1);
  cr_assert_not_null(page);
  char *to = page;
  for (const char *from = page; *from; ++from) /* "\-" is "-" in the page's source */
    if (from[0] != '\\' || from[1] != '-')
      *to++ = *from;
  *to = '\0';
  for (size_t i = 0; i < sizeof commands / sizeof *commands; ++i) {
    command_result result = command_run(commands[i], "--help");
    help = realloc(help, strlen(help) + strlen(result.out) + 1);
    strcat(help, result.out);
    command_free(&result);
  }
  expect_options_in(help, page, "the manual page");
  expect_options_in(page, help, "--help");
  free(page);
  free(help);
}

/* The claims printed are those of spec/claims.list, in its order. */
Test(cli_list, claims) {
  FILE *list = fopen("spec/claims.list", "r");
  cr_assert_not_null(list);
  char line[512], wanted[4096] = "";
  while (fgets(line, sizeof line, list)) {
    char id[16], title[256];
    if (line[0] != '#' && sscanf(line, "%15s | %255[^|]", id, title) == 2) {
      while (title[strlen(title) - 1] == ' ')
        title[strlen(title) - 1] = '\0';
      snprintf(wanted + strlen(wanted), sizeof wanted - strlen(wanted), "%-4s  %s\n", id, title);
    }
  }
  fclose(list);
  command_expect(command_run("list", "claims"), 0, wanted, "");
}

Test(cli_list, methods) {
  command_result result = command_run("list", "methods");
  cr_expect_eq(result.code, 0);
  static const char *const names[] = {"hb ", "nag ", "gd ", "a=VALUE "};
  for (size_t i = 0; i < 4; ++i)
    cr_expect_not_null(strstr(result.out, names[i]));
  command_free(&result);
}

/* One line a built-in problem with its name, dimension, start, momentum, horizon, description. */
Test(cli_list, problems) {
  command_result result = command_run("list", "problems");
  cr_expect_eq(result.code, 0);
  cr_expect_not_null(strstr(result.out, "\ndouble-well "));
  const char *line = strstr(result.out, "\ndouble-well ");
  char name[32], start[32], momentum[32], horizon[32], description[128];
  long dimension;
  cr_assert_eq(sscanf(line, " %31s %ld %31s %31s %31s %127[^\n]", name, &dimension, start, momentum,
                      horizon, description),
               6);
  cr_expect_eq(dimension, 1);
  cr_expect_str_eq(start, "3/10");
  cr_expect_str_eq(momentum, "1/2");
  cr_expect_str_eq(horizon, "2");
  cr_expect_not_null(strstr(description, "u - u^3"), "%s", description);
  command_free(&result);
}

Test(cli_list, explain) {
  static const char *const spellings[] = {"A1", "a1"};
  for (size_t i = 0; i < 2; ++i) {
    command_result result = command_run("explain", spellings[i]);
    cr_expect_eq(result.code, 0);
    cr_expect_eq(strncmp(result.out, "A1  ", 4), 0);
    static const char *const parts[] = {"STATEMENT", "HYPOTHESES", "CONSTANTS", "SOURCE",
                                        "THEOREM"};
    for (size_t k = 0; k < 5; ++k)
      cr_expect_not_null(strstr(result.out, parts[k]), "%s", parts[k]);
    for (const char *row = result.out; row; row = strchr(row, '\n')) {
      row += *row == '\n';
      cr_expect_leq(strcspn(row, "\n"), 100, "a line fits a terminal: %.100s", row);
    }
    command_free(&result);
  }
}
