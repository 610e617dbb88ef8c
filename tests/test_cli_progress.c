#include "command.h"
#include <pty.h>

/* The progress line is for a terminal only, and leaves nothing behind. */

enum { CELLS = 4 };

static pid_t start_on_terminal(int *terminal, int *out) {
  int slave, ends[2];
  char methods[CELLS][32],
      *argv[CELLS + 12] = {(char *)command_path(), "check", "A1", "-p", "double-well", "--steps",
                           "2^-4..2^-5",           "-j2",   NULL};
  for (int i = 0; i < CELLS; ++i) {
    snprintf(methods[i], sizeof methods[i], "-ma=%d/%d", i, CELLS);
    argv[8 + i] = methods[i];
  }
  argv[8 + CELLS] = NULL;
  if (openpty(terminal, &slave, NULL, NULL, NULL) != 0)
    cr_skip_test("this system has no pseudo-terminals (is /dev/pts mounted?)");
  cr_assert_eq(pipe(ends), 0);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
  posix_spawn_file_actions_adddup2(&actions, slave, 2);
  posix_spawn_file_actions_addclose(&actions, *terminal);
  posix_spawn_file_actions_addclose(&actions, ends[0]);
  pid_t pid;
  cr_assert_eq(posix_spawn(&pid, argv[0], &actions, NULL, argv, environ), 0);
  posix_spawn_file_actions_destroy(&actions);
  close(slave);
  close(ends[1]);
  *out = ends[0];
  return pid;
}

static size_t read_to_end(int descriptor, char *text, size_t size) {
  size_t length = 0;
  ssize_t n;
  while (length + 1 < size && (n = read(descriptor, text + length, size - 1 - length)) > 0)
    length += (size_t)n;
  text[length] = '\0';
  return length;
}

Test(cli_progress, terminal) {
  static char shown[1 << 20], lines[1 << 16];
  int terminal, out, status;
  pid_t pid = start_on_terminal(&terminal, &out);
  read_to_end(out, lines, sizeof lines);
  read_to_end(terminal, shown, sizeof shown); /* ends with EIO when the command has ended */
  cr_assert_eq(waitpid(pid, &status, 0), pid);
  close(out);
  close(terminal);
  cr_expect(WIFEXITED(status));
  cr_expect_not_null(strstr(shown, "\r\033[K["), "a bar is drawn: %s", shown);
  cr_expect_not_null(strstr(shown, " 0/4  2 running"), "%s", shown);
  static const char cleared[] = "\r\033[K";
  cr_expect_str_eq(shown + strlen(shown) - strlen(cleared), cleared, "the line is taken away");
  cr_expect_null(strchr(lines, '\033'), "standard output has the verdicts only");
  cr_expect_not_null(strstr(lines, "\n4 runs: "), "%s", lines);
}

/* Standard error that is a file stays empty. */
Test(cli_progress, no_terminal) {
  command_result result =
      command_run("check", "A1", "-p", "double-well", "-m", "hb", "--steps", "2^-4..2^-5");
  cr_expect_str_eq(result.err, "");
  command_free(&result);
}
