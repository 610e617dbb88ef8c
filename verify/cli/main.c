#include "cli.h"
#include "names.h"
#include "options.h"
#include "output.h"
#include "reference/arithmetic/binary64.h"
#include "verify/version.h"
#include <argp.h>
#include <flint/flint.h>
#include <mpfr.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *argp_program_version = "heavyproof " HP_VERSION;

typedef struct {
  const char *name;
  int (*run)(int argc, char **argv);
} command;

static const command commands[] = {
    {"list", hp_command_list},       {"check", hp_command_check},
    {"recheck", hp_command_recheck}, {"integrate", hp_command_integrate},
    {"iterate", hp_command_iterate}, {"dln", hp_command_dln},
    {"explain", hp_command_explain},
};
enum { N_COMMANDS = sizeof commands / sizeof *commands };

static const char documentation[] =
    "Checks theorems on fixed-momentum optimisation on the code that runs them.\v"
    "Commands:\n"
    "  list claims|problems|methods   what there is\n"
    "  check [CLAIM...]               check claims on problems; the verdicts\n"
    "  recheck FILE                   verify a certificate of check --certify\n"
    "  integrate gradient             the rescaled gradient flow\n"
    "  iterate                        the momentum iterates\n"
    "  dln                            diagonal linear networks: where training ends\n"
    "  explain CLAIM                  statement, hypotheses, constants, source\n"
    "\n"
    "heavyproof COMMAND --help tells the options of a command.\n"
    "\n"
    "Exit codes: 0 no claim failed; 1 a claim failed; 2 bad input; 3 interrupted, finished results "
    "kept; 4 an error verdict or an internal error.\n"
    "\n"
    "HEAVYPROOF_DATA, when set, names the directory that holds problems/*.phi, the built-in "
    "problems.";

static _Noreturn void reject_command(const char *typed) {
  const char *names[N_COMMANDS];
  for (size_t i = 0; i < N_COMMANDS; ++i)
    names[i] = commands[i].name;
  char *list = hp_names_joined(names, N_COMMANDS);
  if (!typed)
    hp_reject("no command; accepted: %s, --help, --version", list);
  hp_reject("unknown command '%.64s'%s; accepted: %s, --help, --version", typed,
            hp_names_suggestion(typed, names, N_COMMANDS), list);
}

static error_t parse_option(int key, char *argument, struct argp_state *state) {
  (void)state;
  if (key == ARGP_KEY_ARG)
    reject_command(argument);
  return ARGP_ERR_UNKNOWN;
}

static int run_command(int argc, char **argv) {
  for (size_t i = 0; i < N_COMMANDS; ++i)
    if (strcmp(argv[0], commands[i].name) == 0) {
      char name[32];
      snprintf(name, sizeof name, "heavyproof %s", commands[i].name);
      argv[0] = name;
      return commands[i].run(argc, argv);
    }
  reject_command(argv[0]);
}

/* The caches of FLINT, Arb and MPFR; workers are forked and release theirs too. */
static void release_caches(void) {
  flint_cleanup();
  mpfr_free_cache();
}

static void refuse_other_arithmetic(void) {
  const char *fault = hp_binary64_fault();
  if (!fault)
    return;
  fprintf(stderr, "heavyproof: %s\n", fault);
  exit(HP_EXIT_ERROR);
}

int main(int argc, char **argv) {
  static const struct argp top = {
      .parser = parse_option, .args_doc = "COMMAND [OPTION...]", .doc = documentation};
  argp_err_exit_status = HP_EXIT_BAD_INPUT;
  refuse_other_arithmetic();
  hp_output_begin();
  atexit(release_caches);
  if (argc < 2)
    reject_command(NULL);
  if (argv[1][0] != '-')
    return run_command(argc - 1, argv + 1);
  char name[] = "heavyproof";
  argv[0] = name;
  hp_options_parse(&top, 2, argv, NULL); /* --help, --usage and --version exit */
  reject_command(NULL);
}
