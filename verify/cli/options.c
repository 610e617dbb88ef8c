#include "options.h"
#include "reject.h"
#include "names.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_OPTIONS = 32 };

static const struct argp_option implied[] = {
    {"help", '?', NULL, 0, NULL, 0},
    {"usage", 'U', NULL, 0, NULL, 0},
    {"version", 'V', NULL, 0, NULL, 0},
};

/* The options of a command with those that argp adds. */
typedef struct {
  const struct argp_option *option[MOST_OPTIONS];
  char name[MOST_OPTIONS][32]; /* "--name" */
  const char *names[MOST_OPTIONS];
  size_t count;
} option_table;

static void add_option(option_table *table, const struct argp_option *option) {
  size_t k = table->count++;
  table->option[k] = option;
  snprintf(table->name[k], sizeof table->name[k], "--%s", option->name);
  table->names[k] = table->name[k];
}

static _Noreturn void reject_unknown(const option_table *table, const char *typed) {
  hp_reject("unknown option '%.64s'%s; accepted: %s", typed,
            hp_names_suggestion(typed, table->names, table->count),
            hp_names_joined(table->names, table->count));
}

/* The option that "--name" or "--name=value" means: exact, or the only one that begins so. */
static const struct argp_option *find_long(const option_table *table, const char *argument) {
  size_t length = strcspn(argument, "=");
  const struct argp_option *found = NULL;
  for (size_t i = 0; i < table->count; ++i) {
    if (strncmp(table->names[i], argument, length) != 0)
      continue;
    if (table->names[i][length] == '\0')
      return table->option[i];
    if (found)
      reject_unknown(table, argument);
    found = table->option[i];
  }
  if (!found)
    reject_unknown(table, argument);
  return found;
}

static const struct argp_option *find_short(const option_table *table, const char *argument) {
  for (size_t i = 0; i < table->count; ++i)
    if (table->option[i]->key == argument[1] && argument[1] != 'U')
      return table->option[i];
  reject_unknown(table, argument);
}

/* How many words the option at argv[0] takes: itself, and its value when that stands apart. */
static int option_words(const option_table *table, int argc, char **argv) {
  const char *argument = argv[0];
  bool is_long = argument[1] == '-';
  const struct argp_option *option =
      is_long ? find_long(table, argument) : find_short(table, argument);
  const char *attached = is_long ? strchr(argument, '=') : argument[2] ? argument + 2 : NULL;
  if (!option->arg) {
    if (attached && is_long)
      hp_reject("option '--%s' takes no value; accepted: --%s", option->name, option->name);
    if (attached)
      reject_unknown(table, argument);
    return 1;
  }
  if (attached)
    return 1;
  if (argc < 2)
    hp_reject("option '--%s' needs a value; accepted: --%s %s", option->name, option->name,
              option->arg);
  return 2;
}

void hp_options_parse(const struct argp *argp, int argc, char **argv, void *input) {
  option_table table = {.count = 0};
  for (const struct argp_option *option = argp->options; option && option->name; ++option)
    add_option(&table, option);
  for (size_t i = 0; i < sizeof implied / sizeof *implied; ++i)
    add_option(&table, &implied[i]);
  for (int i = 1; i < argc && strcmp(argv[i], "--") != 0;)
    i += argv[i][0] == '-' && argv[i][1] ? option_words(&table, argc - i, argv + i) : 1;
  argp_parse(argp, argc, argv, ARGP_IN_ORDER, NULL, input);
}
