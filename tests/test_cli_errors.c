#include "command.h"
#include "verify/claims/claim.h"

/* Mistakes on the command line: one exact line on standard error, nothing on standard output, exit
 * code 2. The built-in suite is a directory of two small problems. */

static char data[64];

static void set_up(void) {
  char problems[128];
  command_directory(data);
  snprintf(problems, sizeof problems, "%s/problems", data);
  mkdir(problems, 0777);
  command_write(problems, "bowl.phi",
                "# a bowl\nname = bowl\nparams = x, y\nloss = x^2/2 + y^2\nstart = 1, 1/2\n"
                "momentum = 1/2\nhorizon = 1\n");
  command_write(problems, "bare.phi", "name = bare\nparams = x\nloss = x^2\nstart = 1\n");
  command_write(data, "other.phi",
                "name = bowl\nparams = x\nloss = x^2\nstart = 1\n"
                "momentum = 1/2\nhorizon = 1\n");
  command_write(data, "broken.phi", "name = broken\nparams = x\nloss = x +\nstart = 1\n");
  command_write(data, "fast.phi",
                "name = fast\nparams = x\nloss = x^2\nstart = 1\n"
                "momentum = 3/2\nhorizon = -1\n");
  command_write(data, "late.phi",
                "name = late\nparams = x\nloss = x^2\nstart = 1\n"
                "momentum = 1/2\nhorizon = 0\n");
  command_write(data, "results.json", "{\"schema\": \"something\"}\n");
  setenv("HEAVYPROOF_DATA", data, 1);
  cr_assert_eq(chdir(data), 0);
}

static char *absolute_command;

static void find_command(void) {
  absolute_command = realpath(command_path(), NULL);
  cr_assert_not_null(absolute_command, "build the command first");
  setenv("HEAVYPROOF", absolute_command, 1);
  set_up();
}

static void clean_up(void) {
  char line[128];
  free(absolute_command);
  cr_assert_eq(chdir("/"), 0);
  snprintf(line, sizeof line, "rm -r %s", data);
  cr_assert_eq(system(line), 0);
}

TestSuite(cli_errors, .init = find_command, .fini = clean_up);

typedef struct {
  const char *words; /* separated by '|' */
  const char *message;
} mistake;

#define COMMANDS "list, check, recheck, integrate, iterate, dln, explain, --help, --version"
#define CHECK_OPTIONS                                                                              \
  "--problem, --method, --momentum, --horizon, --steps, --digits, --certify, --certificates, "     \
  "--json, "                                                                                       \
  "--shard, --jobs, --resume, --help, --usage, --version"
#define LADDER                                                                                     \
  "; accepted: A..B by halving from A down to B, as 2^-6..2^-12, or decreasing sizes A,B,C, at "   \
  "most 64"
#define MOMENTUM " is not a momentum; accepted: an exact value V with 0 <= V < 1, as 9/10 or 0.9"
#define POSITIVE                                                                                   \
  " is not a positive number; accepted: an exact value above 0, as 2, 3/4, 0.5 or 2^-9"
#define SHARD    " is not a shard; accepted: I/N with 1 <= I <= N <= 1000000, as 1/4"
#define WRITABLE "; accepted: a file in a directory that can be written, or - for standard output"

static const mistake mistakes[] = {
    /* commands */
    {"", "no command; accepted: " COMMANDS},
    {"chek", "unknown command 'chek' (did you mean 'check'?); accepted: " COMMANDS},
    {"frobnicate", "unknown command 'frobnicate'; accepted: " COMMANDS},
    {"a\nb", "unknown command 'a?b'; accepted: " COMMANDS},
    {"sweep", "unknown command 'sweep'; accepted: " COMMANDS},
    {"--verison", "unknown option '--verison' (did you mean '--version'?); accepted: --help, "
                  "--usage, --version"},
    {"--", "no command; accepted: " COMMANDS},
    {"-x", "unknown option '-x'; accepted: --help, --usage, --version"},
    /* options */
    {"check|--stesp|2^-6",
     "unknown option '--stesp' (did you mean '--steps'?); accepted: " CHECK_OPTIONS},
    {"check|--j", "unknown option '--j'; accepted: " CHECK_OPTIONS},
    {"check|-1", "unknown option '-1'; accepted: " CHECK_OPTIONS},
    {"check|--steps", "option '--steps' needs a value; accepted: --steps A..B"},
    {"check|-p", "option '--problem' needs a value; accepted: --problem FILE|NAME"},
    {"check|--certify=yes", "option '--certify' takes no value; accepted: --certify"},
    {"check|B1|--certify", "--certify is not available for B1; accepted: A1, A2, A3, A4, B4, B5"},
    {"check|--certificates=.", "--certificates without --certify; accepted: both"},
    {"check|--certify|--resume=x", "--certify does not go on from a file; accepted: --certify "
                                   "without --resume"},
    {"list|--all", "unknown option '--all'; accepted: --help, --usage, --version"},
    /* check: values */
    {"check|A7", "unknown claim 'A7' (did you mean 'A1'?); accepted: {claims}"},
    {"check|everything", "unknown claim 'everything'; accepted: {claims}"},
    {"check|-p|bowle",
     "unknown problem 'bowle' (did you mean 'bowl'?); accepted: a .phi file, or one of bare, bowl"},
    {"check|-p|", "unknown problem ''; accepted: a .phi file, or one of bare, bowl"},
    {"check|-p|bowl|-p|other.phi", "problems bowl.phi and ./other.phi have the same name 'bowl'; "
                                   "accepted: problems with distinct names"},
    {"check|-p|bare", "problem 'bare' has no momentum; accepted: --momentum V, or a line 'momentum "
                      "= V' in bare.phi"},
    {"check|-p|bare|--momentum|1/2", "problem 'bare' has no horizon; accepted: --horizon V, or a "
                                     "line 'horizon = V' in bare.phi"},
    {"check|-m|hbb", "unknown method 'hbb' (did you mean 'hb'?); accepted: hb, nag, gd, a=VALUE"},
    {"check|-m|adam", "unknown method 'adam'; accepted: hb, nag, gd, a=VALUE"},
    {"check|-m|a=x", "--method 'a=x': not a look-ahead; accepted: a=VALUE with an exact value of 0 "
                     "or more, as a=1/4"},
    {"check|-m|a=-1", "--method 'a=-1': not a look-ahead; accepted: a=VALUE with an exact value of "
                      "0 or more, as a=1/4"},
    {"check|--momentum|1", "--momentum '1'" MOMENTUM},
    {"check|--momentum|-1/2", "--momentum '-1/2'" MOMENTUM},
    {"check|--momentum|fast", "--momentum 'fast'" MOMENTUM},
    {"check|--momentum|1/0", "--momentum '1/0'" MOMENTUM},
    {"check|--horizon|0", "--horizon '0'" POSITIVE},
    {"check|--horizon|two", "--horizon 'two'" POSITIVE},
    {"check|--steps|2^-12..2^-6", "--steps '2^-12..2^-6': step sizes must decrease" LADDER},
    {"check|--steps|1..1/3", "--steps '1..1/3': halving does not reach the last size" LADDER},
    {"check|--steps|1..0", "--steps '1..0': a step size must be above 0" LADDER},
    {"check|--steps|1..2^-64", "--steps '1..2^-64': too many step sizes" LADDER},
    {"check|--steps|1..x", "--steps '1..x': not a list of numbers" LADDER},
    {"check|--steps|", "--steps '': not a list of numbers" LADDER},
    {"check|--steps|1,1/2,1/2", "--steps '1,1/2,1/2': step sizes must decrease" LADDER},
    {"check|--steps|1,,1/2", "--steps '1,,1/2': not a list of numbers" LADDER},
    {"check|--steps|1,-1", "--steps '1,-1': a step size must be above 0" LADDER},
    {"check|-p|bowl|--steps|2,1", "step size 2 does not suit the horizon 1 of problem 'bowl'; "
                                  "accepted: horizon/1000000000 <= h <= horizon"},
    {"check|-p|bowl|--steps|2^-40",
     "step size 2^-40 does not suit the horizon 1 of problem 'bowl'; "
     "accepted: horizon/1000000000 <= h <= horizon"},
    {"check|--digits|19",
     "--digits '19' is out of range; accepted: a whole number from 20 to 1000"},
    {"check|--digits|30x",
     "--digits '30x' is out of range; accepted: a whole number from 20 to 1000"},
    {"check|--digits|99999999999999999999", "--digits '99999999999999999999' is out of range; "
                                            "accepted: a whole number from 20 to 1000"},
    {"check|-j|0", "--jobs '0' is out of range; accepted: a whole number from 1 to 256"},
    {"check|--shard|3/2", "--shard '3/2'" SHARD},
    {"check|--shard|2", "--shard '2'" SHARD},
    {"check|--shard|0/2", "--shard '0/2'" SHARD},
    {"check|--shard|1/2/3", "--shard '1/2/3'" SHARD},
    /* check: files */
    {"check|-p|bowl|--json|no/such/r.json",
     "--json 'no/such/r.json' cannot be written: No such file or directory" WRITABLE},
    {"check|-p|bowl|--json|", "--json '' cannot be written: No such file or directory" WRITABLE},
    {"check|-p|bowl|--json|problems",
     "--json 'problems' is not a regular file; accepted: a file name, or - for standard output"},
    {"check|-p|bowl|--json|/dev/null",
     "--json '/dev/null' is not a regular file; accepted: a file name, or - for standard output"},
    {"check|-p|bowl|--resume|none.json", "--resume none.json: No such file or directory; accepted: "
                                         "a results file that --json wrote"},
    {"check|-p|bowl|--resume|results.json",
     "--resume results.json: not a results file: \"schema\" must be \"heavyproof.results/1\" and "
     "\"runs\" an array; accepted: a results file that --json wrote"},
    /* integrate */
    {"integrate", "no field named; accepted: gradient"},
    {"integrate|momentum", "field 'momentum' is not available yet; accepted: gradient"},
    {"integrate|mgf", "field 'mgf' is not available yet; accepted: gradient"},
    {"integrate|modified:3", "field 'modified:3' is not available yet; accepted: gradient"},
    {"integrate|gradeint",
     "unknown field 'gradeint' (did you mean 'gradient'?); accepted: gradient"},
    {"integrate|gradient|gradient",
     "one field at a time, 'gradient' is one too many; accepted: gradient"},
    {"integrate|gradient", "no problem named; accepted: --problem FILE|NAME"},
    {"integrate|gradient|-p|bowl", "no time given; accepted: --time V with V > 0"},
    {"integrate|gradient|-p|bowl|--time|-1", "--time '-1'" POSITIVE},
    {"integrate|gradient|-p|bowl|--time|1|--at|2", "--at 2 is beyond --time 1; accepted: 0 < at <= "
                                                   "time"},
    {"integrate|gradient|-p|bowl|--time|1|--digits|0",
     "--digits '0' is out of range; accepted: a whole number from 1 to 10000"},
    {"integrate|gradient|-p|bowl|--time|1|--json|no/such",
     "--json 'no/such' cannot be written: No such file or directory" WRITABLE},
    /* iterate */
    {"iterate|bowl", "unexpected argument 'bowl'; accepted: options only, as --problem bowl"},
    {"iterate", "no problem named; accepted: --problem FILE|NAME"},
    {"iterate|-p|bowl", "no method named; accepted: --method hb|nag|gd|a=VALUE"},
    {"iterate|-p|bowl|-m|hb", "no step size given; accepted: --step V with V > 0"},
    {"iterate|-p|bowl|-m|hb|--step|1",
     "no number of steps given; accepted: --count N with 0 <= N <= 1000000000"},
    {"iterate|-p|bowl|-m|hb|--step|1|--count|-1",
     "--count '-1' is out of range; accepted: a whole number from 0 to 1000000000"},
    {"iterate|-p|bare|-m|hb|--step|1|--count|1",
     "problem 'bare' has no momentum; accepted: --momentum V, or a line 'momentum = V' in "
     "bare.phi"},
    {"iterate|-p|bowl|-m|hb|--step|1|--count|1|--csv|no/such",
     "--csv 'no/such' cannot be written: No such file or directory" WRITABLE},
    {"iterate|-p|bowl|-m|hb|--step|1000|--count|5000",
     "the iterates of problem 'bowl' are not finite from n = 94 on; accepted: a smaller --step or "
     "--count below that"},
    /* list, explain */
    {"list", "nothing to list; accepted: claims, problems, methods"},
    {"list|problem",
     "unknown list 'problem' (did you mean 'problems'?); accepted: claims, problems, methods"},
    {"list|claims|methods",
     "one list at a time, 'methods' is one too many; accepted: claims, problems, methods"},
    {"recheck", "no certificate named; accepted: recheck FILE..."},
    {"recheck|/nonexistent/a",
     "/nonexistent/a: unable to open /nonexistent/a: No such file or directory; accepted: a "
     "certificate of check --certify"},
    {"explain", "no claim named; accepted: {claims}"},
    {"explain|A9", "unknown claim 'A9' (did you mean 'A1'?); accepted: {claims}"},
    {"explain|A1|A3", "one claim at a time, 'A3' is one too many; accepted: explain CLAIM"},
};

/* "check||x" has an empty word between its bars. */
static command_result run_joined(const char *joined) {
  char copy[512];
  const char *words[COMMAND_MOST_WORDS] = {NULL};
  size_t count = 0;
  snprintf(copy, sizeof copy, "%s", joined);
  for (char *word = copy; *joined && word;) {
    char *bar = strchr(word, '|');
    if (bar)
      *bar = '\0';
    words[count++] = word;
    word = bar ? bar + 1 : NULL;
  }
  return command_run_words(words);
}

/* The message with every claim's name in place of "{claims}". */
static void write_line(char line[], size_t size, const char *message) {
  const char *place = strstr(message, "{claims}");
  int length = place ? (int)(place - message) : (int)strlen(message);
  size_t n = (size_t)snprintf(line, size, "heavyproof: %.*s", length, message);
  for (size_t i = 0; place && i < hp_claims_count; ++i)
    n += (size_t)snprintf(line + n, size - n, "%s%s", i ? ", " : "", hp_claims[i]->id);
  snprintf(line + n, size - n, "%s\n", place ? place + strlen("{claims}") : "");
}

/* '|' stands in some words themselves: "--method hb|nag" is no word here. */
Test(cli_errors, table) {
  for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; ++i) {
    char line[1024];
    command_result result = run_joined(mistakes[i].words);
    write_line(line, sizeof line, mistakes[i].message);
    cr_expect_eq(result.code, 2, "%s: exit code %d", mistakes[i].words, result.code);
    cr_expect_str_eq(result.err, line, "%s:\n%swanted:\n%s", mistakes[i].words, result.err, line);
    cr_expect_str_eq(result.out, "", "%s: %s", mistakes[i].words, result.out);
    command_free(&result);
  }
}

/* A mistake in a problem file is told with its place, before anything runs. */
Test(cli_errors, problem_file) {
  command_result result =
      command_run("check", "-p", "bowl", "-p", "broken.phi", "--json", "r.json");
  cr_expect_eq(result.code, 2);
  cr_expect_eq(strncmp(result.err, "broken.phi:3:", strlen("broken.phi:3:")), 0, "%s", result.err);
  cr_expect_not_null(strstr(result.err, "accepted"), "%s", result.err);
  cr_expect_str_eq(result.out, "");
  cr_expect_neq(access("r.json", F_OK), 0, "nothing is written");
  command_free(&result);
}

Test(cli_errors, problem_file_out_of_range) {
  static const char *const files[] = {"fast.phi", "late.phi"};
  for (size_t i = 0; i < 2; ++i) {
    command_result result = command_run("check", "-p", files[i]);
    cr_expect_eq(result.code, 2, "%s: %s", files[i], result.err);
    cr_expect_not_null(strstr(result.err, files[i]), "%s", result.err);
    command_free(&result);
  }
}

Test(cli_errors, missing_problem_file) {
  command_result result = command_run("check", "-p", "none.phi");
  cr_expect_eq(result.code, 2);
  cr_expect_not_null(strstr(result.err, "none.phi"), "%s", result.err);
  cr_expect_eq(strchr(result.err, '\n'), result.err + strlen(result.err) - 1, "one line");
  command_free(&result);
}

Test(cli_errors, data_directory) {
  setenv("HEAVYPROOF_DATA", "/nowhere", 1);
  command_expect(command_run("list", "problems"), 2, "",
                 "heavyproof: HEAVYPROOF_DATA is '/nowhere', which holds no directory problems; "
                 "accepted: the directory of problems/*.phi, as PREFIX/share/heavyproof\n");
  mkdir("empty", 0777);
  mkdir("empty/problems", 0777);
  setenv("HEAVYPROOF_DATA", "empty", 1);
  command_expect(command_run("list", "problems"), 2, "",
                 "heavyproof: 'empty/problems' holds no problem; accepted: HEAVYPROOF_DATA set to "
                 "the directory that holds problems/*.phi\n");
}

/* A copy of the command far from its data says what it needs. */
Test(cli_errors, no_data) {
  char line[512];
  snprintf(line, sizeof line, "cp %s ./copy", command_path());
  cr_assert_eq(system(line), 0);
  setenv("HEAVYPROOF", "./copy", 1);
  unsetenv("HEAVYPROOF_DATA");
  rename("problems", "elsewhere");
  command_expect(command_run("list", "problems"), 2, "",
                 "heavyproof: the built-in problems are neither installed nor beside the binary; "
                 "accepted: HEAVYPROOF_DATA set to the directory that holds problems/*.phi, or "
                 "--problem FILE\n");
}

/* Standard output that cannot be written is an error, not a success. */
Test(cli_errors, full_device) {
  char line[512];
  snprintf(line, sizeof line, "%s list methods >/dev/full 2>message", command_path());
  cr_expect_eq(WEXITSTATUS(system(line)), 4);
  char *message = command_slurp("message");
  cr_expect_str_eq(message,
                   "heavyproof: standard output cannot be written: No space left on device; "
                   "accepted: an open pipe, terminal or file with room\n");
  free(message);
}

Test(cli_errors, closed_output) {
  char line[512];
  snprintf(line, sizeof line, "%s list methods >&- 2>message", command_path());
  cr_expect_eq(WEXITSTATUS(system(line)), 4);
}

/* The reader of the pipe is gone: exit code 4 and a line, not a signal. */
Test(cli_errors, closed_pipe) {
  int ends[2], status;
  cr_assert_eq(pipe(ends), 0);
  close(ends[0]);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
  posix_spawn_file_actions_addopen(&actions, 2, "message", O_WRONLY | O_CREAT, 0666);
  char *argv[] = {(char *)command_path(), "list", "methods", NULL};
  pid_t pid;
  cr_assert_eq(posix_spawn(&pid, argv[0], &actions, NULL, argv, environ), 0);
  close(ends[1]);
  cr_assert_eq(waitpid(pid, &status, 0), pid);
  posix_spawn_file_actions_destroy(&actions);
  cr_expect(WIFEXITED(status) && WEXITSTATUS(status) == 4, "status %x", (unsigned)status);
  char *message = command_slurp("message");
  cr_expect_not_null(strstr(message, "Broken pipe"), "%s", message);
  free(message);
}
