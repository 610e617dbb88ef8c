#ifndef HP_TESTS_COMMAND_H
#define HP_TESTS_COMMAND_H
#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Runs the built command ($HEAVYPROOF, else build/bin/heavyproof) as a user would. */

extern char **environ;

enum { COMMAND_MOST_WORDS = 96 };

typedef struct {
  int code;  /* exit code, or -signal */
  char *out; /* standard output */
  char *err; /* standard error */
} command_result;

typedef struct {
  pid_t pid;
  char out[64], err[64]; /* files */
} command_running;

static inline const char *command_path(void) {
  const char *path = getenv("HEAVYPROOF");
  return path ? path : "build/bin/heavyproof";
}

static inline void command_temporary(char path[64]) {
  strcpy(path, "/tmp/heavyproof-test-XXXXXX");
  int descriptor = mkstemp(path);
  cr_assert(descriptor >= 0);
  close(descriptor);
}

/* A new directory for a test's files. */
static inline void command_directory(char path[64]) {
  strcpy(path, "/tmp/heavyproof-test-XXXXXX");
  cr_assert_not_null(mkdtemp(path));
}

static inline void command_write(const char *directory, const char *name, const char *text) {
  char path[256];
  snprintf(path, sizeof path, "%s/%s", directory, name);
  FILE *file = fopen(path, "w");
  cr_assert_not_null(file, "%s", path);
  fputs(text, file);
  fclose(file);
}

static inline char *command_slurp(const char *path) {
  FILE *file = fopen(path, "r");
  if (!file)
    return NULL;
  size_t size = 0;
  char *text = NULL, chunk[65536];
  for (size_t n; (n = fread(chunk, 1, sizeof chunk, file)) > 0; size += n) {
    text = realloc(text, size + n + 1);
    memcpy(text + size, chunk, n);
  }
  fclose(file);
  text = realloc(text, size + 1);
  text[size] = '\0';
  return text;
}

/* words: NULL-ended, without the command's own name. */
static inline command_running command_start(const char *const words[]) {
  char *argv[COMMAND_MOST_WORDS + 2] = {(char *)command_path()};
  for (size_t i = 0; words[i]; ++i) {
    cr_assert(i < COMMAND_MOST_WORDS);
    argv[i + 1] = (char *)words[i];
  }
  command_running running;
  command_temporary(running.out);
  command_temporary(running.err);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, running.out, O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 2, running.err, O_WRONLY, 0);
  cr_assert_eq(posix_spawn(&running.pid, argv[0], &actions, NULL, argv, environ), 0, "%s", argv[0]);
  posix_spawn_file_actions_destroy(&actions);
  return running;
}

static inline command_result command_finish(command_running running) {
  int status;
  cr_assert_eq(waitpid(running.pid, &status, 0), running.pid);
  command_result result = {.code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status),
                           .out = command_slurp(running.out),
                           .err = command_slurp(running.err)};
  unlink(running.out);
  unlink(running.err);
  return result;
}

static inline command_result command_run_words(const char *const words[]) {
  return command_finish(command_start(words));
}

#define command_run(...) command_run_words((const char *const[]){__VA_ARGS__, NULL})

static inline void command_free(command_result *result) {
  free(result->out);
  free(result->err);
}

static inline void command_expect(command_result result, int code, const char *out,
                                  const char *err) {
  cr_expect_eq(result.code, code, "exit code %d, not %d; stderr: %s", result.code, code,
               result.err);
  if (out)
    cr_expect_str_eq(result.out, out);
  if (err)
    cr_expect_str_eq(result.err, err);
  command_free(&result);
}

#endif
