#include "command.h"
#include <stdint.h>

/* Random command lines: every one ends by itself with a documented exit code; bad input is one line
 * on standard error and nothing on standard output. */

static uint64_t state = 20240229;

static unsigned draw(unsigned n) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (unsigned)(state >> 33) % n;
}

static const char *const vocabulary[] = {
    "list",       "check",      "integrate", "iterate",    "explain",
    "claims",     "problems",   "methods",   "gradient",   "A1",
    "A3",         "a1",         "A1A1",      "--problem",  "-p",
    "bowl",       "bowl.phi",   "--method",  "-m",         "hb",
    "nag",        "gd",         "a=1/4",     "a=",         "-mhb",
    "--momentum", "1/2",        "0.9",       "--horizon",  "1/64",
    "--steps",    "2^-6..2^-8", "2^-6,2^-7", "1..",        "..",
    "--digits",   "20",         "25",        "--json",     "-",
    "--shard",    "1/2",        "2/2",       "--jobs",     "2",
    "-j2",        "--resume",   "--time",    "1/8",        "--at",
    "1/16",       "--step",     "2^-5",      "--count",    "3",
    "--csv",      "--help",     "--usage",   "--version",  "-?",
    "-V",         "--",         "",          "--steps=",   "--momentum=1/3",
    "=",          "%s%n",       "\xff\xfe",  "9999999999", "--certify",
    "2^-1000000", "1e999999",   "\t",        "--js",       "--j",
    "-x",         "-",
};
enum { WORDS = sizeof vocabulary / sizeof *vocabulary };

static void mangle(char *word, size_t length) {
  for (unsigned k = draw(3); k > 0 && length > 0; --k)
    word[draw((unsigned)length)] = (char)(1 + draw(255));
}

static size_t count_lines(const char *text) {
  size_t n = 0;
  for (; *text; ++text)
    n += *text == '\n';
  return n;
}

static void try_one(int round) {
  char words[8][32];
  const char *list[9] = {NULL};
  unsigned count = 1 + draw(8);
  for (unsigned i = 0; i < count; ++i) {
    /* half of the time a command stands first, so that its options are reached */
    const char *word = vocabulary[i == 0 && draw(2) ? draw(5) : draw(WORDS)];
    snprintf(words[i], sizeof words[i], "%s", word);
    if (draw(8) == 0)
      mangle(words[i], strlen(words[i]));
    list[i] = words[i];
  }
  command_result result = command_run_words(list);
  cr_assert(result.code >= 0 && result.code <= 4, "round %d: exit code %d, first word '%s': %s",
            round, result.code, words[0], result.err);
  if (result.code == 2) {
    cr_assert_eq(count_lines(result.err), 1, "round %d: %s", round, result.err);
    cr_assert_not_null(strstr(result.err, "accepted"), "round %d: %s", round, result.err);
    cr_assert_str_eq(result.out, "", "round %d: %s", round, result.out);
  }
  command_free(&result);
}

/* In an empty directory with one small problem, so that a line that happens to be right is quick. */
Test(cli_random, words) {
  char directory[64], problems[128], line[128], *command = realpath(command_path(), NULL);
  cr_assert_not_null(command);
  setenv("HEAVYPROOF", command, 1);
  command_directory(directory);
  snprintf(problems, sizeof problems, "%s/problems", directory);
  mkdir(problems, 0777);
  command_write(problems, "bowl.phi",
                "name = bowl\nparams = x\nloss = x^2\nstart = 1\nmomentum = 1/2\nhorizon = 1/32\n");
  setenv("HEAVYPROOF_DATA", directory, 1);
  cr_assert_eq(chdir(directory), 0);
  for (int round = 0; round < 400; ++round)
    try_one(round);
  cr_assert_eq(chdir("/"), 0);
  free(command);
  snprintf(line, sizeof line, "rm -r %s", directory);
  cr_assert_eq(system(line), 0);
}
