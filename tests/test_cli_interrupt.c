#include "command.h"
#include <ctype.h>
#include <dirent.h>
#include <jansson.h>
#include <stdbool.h>
#include <time.h>

/* check: what SIGINT, SIGTERM and the death of a worker leave behind. */

static char directory[64], file[128], whole[128];

static void set_up(void) {
  command_directory(directory);
  snprintf(file, sizeof file, "%s/results.json", directory);
  snprintf(whole, sizeof whole, "%s/whole.json", directory);
}

static void clean_up(void) {
  char line[128];
  snprintf(line, sizeof line, "rm -r %s", directory);
  cr_assert_eq(system(line), 0);
}

TestSuite(cli_interrupt, .init = set_up, .fini = clean_up);

static void wait_a_little(void) {
  nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
}

/* The words of a check with ten methods, each a cell. */
enum { METHODS = 10 };
static char methods[METHODS][16];
static void many_cells(const char *words[COMMAND_MOST_WORDS], const char *const more[]) {
  size_t n = 0;
  static const char *const begin[] = {"check",   "A1",         "-p",       "double-well",
                                      "--steps", "2^-4..2^-5", "--digits", "20"};
  for (size_t i = 0; i < sizeof begin / sizeof *begin; ++i)
    words[n++] = begin[i];
  for (size_t i = 0; i < METHODS; ++i) {
    snprintf(methods[i], sizeof methods[i], "-ma=%zu/%d", i, METHODS);
    words[n++] = methods[i];
  }
  for (size_t i = 0; more[i]; ++i)
    words[n++] = more[i];
  words[n] = NULL;
}

static bool has_ended(pid_t pid) {
  siginfo_t info = {.si_pid = 0};
  return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == pid;
}

static void wait_for_output(const command_running *running) {
  struct stat out;
  do
    wait_a_little();
  while (stat(running->out, &out) == 0 && out.st_size == 0 && !has_ended(running->pid));
}

static size_t count_runs(const char *path) {
  json_t *json = json_load_file(path, 0, NULL);
  cr_assert_not_null(json, "%s", path);
  size_t count = json_array_size(json_object_get(json, "runs"));
  json_decref(json);
  return count;
}

/* Interrupted after the first line: exit code 3, and the finished cells are in the file. */
static size_t interrupt(int signal_number) {
  const char *words[COMMAND_MOST_WORDS + 1];
  many_cells(words, (const char *const[]){"--json", file, "-j2", NULL});
  command_running running = command_start(words);
  wait_for_output(&running);
  kill(running.pid, signal_number);
  command_result result = command_finish(running);
  size_t kept = count_runs(file);
  char wanted[256];
  cr_expect_eq(result.code, 3, "exit code %d: %s", result.code, result.err);
  cr_expect(kept >= 1 && kept < METHODS, "%zu of %d kept", kept, METHODS);
  snprintf(wanted, sizeof wanted,
           "heavyproof: interrupted: %zu of %d cells are finished and kept; go on with --resume "
           "%s\n",
           kept, METHODS, file);
  cr_expect_str_eq(result.err, wanted);
  command_free(&result);
  return kept;
}

Test(cli_interrupt, termination) {
  interrupt(SIGTERM);
}

/* Resumed to the end it is the file of an undisturbed check. */
Test(cli_interrupt, control_c_and_resume) {
  const char *words[COMMAND_MOST_WORDS + 1];
  char wanted[256];
  size_t kept = interrupt(SIGINT);
  many_cells(words, (const char *const[]){"--json", file, "--resume", file, "-j2", NULL});
  command_result resumed = command_run_words(words);
  snprintf(wanted, sizeof wanted, "heavyproof: %zu of %d cells are in %s\n", kept, METHODS, file);
  cr_expect_str_eq(resumed.err, wanted);
  many_cells(words, (const char *const[]){"--json", whole, "-j2", NULL});
  command_result undisturbed = command_run_words(words);
  char *one = command_slurp(file), *two = command_slurp(whole);
  cr_expect_str_eq(one, two);
  cr_expect_str_eq(resumed.out, undisturbed.out);
  cr_expect_eq(resumed.code, undisturbed.code);
  free(one);
  free(two);
  command_free(&resumed);
  command_free(&undisturbed);
}

/* Nobody reads the lines any more: the check stops, keeps what is done, and exits with 4. */
Test(cli_interrupt, closed_pipe) {
  const char *words[COMMAND_MOST_WORDS + 1];
  char *argv[COMMAND_MOST_WORDS + 2] = {(char *)command_path()}, message[128];
  int ends[2], status;
  many_cells(words, (const char *const[]){"--json", file, NULL});
  for (size_t i = 0; words[i]; ++i)
    argv[i + 1] = (char *)words[i];
  snprintf(message, sizeof message, "%s/message", directory);
  cr_assert_eq(pipe(ends), 0);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addclose(&actions, ends[0]);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
  posix_spawn_file_actions_addopen(&actions, 2, message, O_WRONLY | O_CREAT, 0666);
  pid_t pid;
  cr_assert_eq(posix_spawn(&pid, argv[0], &actions, NULL, argv, environ), 0);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  char first;
  cr_assert_eq(read(ends[0], &first, 1), 1);
  close(ends[0]);
  cr_assert_eq(waitpid(pid, &status, 0), pid);
  cr_expect(WIFEXITED(status) && WEXITSTATUS(status) == 4, "status %x", (unsigned)status);
  size_t kept = count_runs(file);
  cr_expect(kept >= 1 && kept < METHODS, "%zu of %d kept", kept, METHODS);
  char *text = command_slurp(message);
  cr_expect_not_null(strstr(text, "standard output cannot be written: "), "%s", text);
  free(text);
}

/* A cell that takes minutes. */
#define LONG                                                                                       \
  "check", "A1", "-p", "double-well", "-m", "hb", "--digits", "1000", "--steps", "2^-6..2^-24"

/* A child of the process, 0 when it has none. */
static pid_t child_of(pid_t parent) {
  DIR *processes = opendir("/proc");
  pid_t found = 0;
  for (struct dirent *entry; (entry = readdir(processes)) != NULL && !found;) {
    char path[300];
    int pid = atoi(entry->d_name), its_parent = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *stat_file = pid > 0 ? fopen(path, "r") : NULL;
    if (!stat_file)
      continue;
    if (fscanf(stat_file, "%*d %*s %*c %d", &its_parent) == 1 && its_parent == parent)
      found = pid;
    fclose(stat_file);
  }
  closedir(processes);
  return found;
}

static pid_t wait_for_child(pid_t parent) {
  pid_t child;
  while ((child = child_of(parent)) == 0) {
    cr_assert(!has_ended(parent), "the command ended before it had a worker");
    wait_a_little();
  }
  return child;
}

/* A worker that dies is an error of its cell: exit code 4, the others are done. */
Test(cli_interrupt, killed_worker) {
  command_running running = command_start((const char *const[]){LONG, "--json", file, NULL});
  kill(wait_for_child(running.pid), SIGKILL);
  command_result result = command_finish(running);
  cr_expect_eq(result.code, 4, "exit code %d", result.code);
  cr_expect_str_eq(result.out, "error           A1   -           double-well  hb  the worker was "
                               "killed by signal 9 (Killed)\n1 run: 1 error\n");
  cr_expect_eq(count_runs(file), 1);
  command_free(&result);
}

/* Nothing finished: the file is there, with no run, and the worker is gone. */
Test(cli_interrupt, long_cell) {
  command_running running = command_start((const char *const[]){LONG, "--json", file, NULL});
  pid_t worker = wait_for_child(running.pid);
  kill(running.pid, SIGINT);
  command_result result = command_finish(running);
  cr_expect_eq(result.code, 3, "exit code %d", result.code);
  cr_expect_eq(count_runs(file), 0);
  cr_expect_neq(kill(worker, 0), 0, "the worker has ended");
  command_free(&result);
}

/* A worker does not outlive its caller. */
Test(cli_interrupt, killed_caller) {
  command_running running = command_start((const char *const[]){LONG, "--json", file, NULL});
  pid_t worker = wait_for_child(running.pid);
  kill(running.pid, SIGKILL);
  command_result result = command_finish(running);
  cr_expect_eq(result.code, -SIGKILL);
  cr_expect_neq(access(file, F_OK), 0, "nothing is half-written");
  while (kill(worker, 0) == 0) {
    char path[64], state = 'Z';
    snprintf(path, sizeof path, "/proc/%d/stat", worker);
    FILE *stat_file = fopen(path, "r");
    int fields = stat_file ? fscanf(stat_file, "%*d %*s %c", &state) : 1;
    if (stat_file)
      fclose(stat_file);
    if (fields != 1 || state == 'Z')
      break; /* dead, waiting for init to notice */
    wait_a_little();
  }
  command_free(&result);
}
