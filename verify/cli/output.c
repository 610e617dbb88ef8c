#include "output.h"
#include "reject.h"
#include "verify/results.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void check_standard_output(void) {
  bool earlier = ferror(stdout) != 0, now = fflush(stdout) != 0;
  if (!earlier && !now)
    return;
  fprintf(stderr,
          "heavyproof: standard output cannot be written: %s; accepted: an open pipe, terminal or "
          "file with room\n",
          now ? strerror(errno) : "an earlier write failed");
  _exit(HP_EXIT_ERROR);
}

/* A standard descriptor that is closed would be the number of the next file opened; one that cannot
 * be written (or read) stands in for it. */
static void keep_descriptor(int descriptor, int flags) {
  if (fcntl(descriptor, F_GETFD) < 0)
    (void)open("/dev/null", flags);
}

void hp_output_begin(void) {
  keep_descriptor(STDIN_FILENO, O_WRONLY);
  keep_descriptor(STDOUT_FILENO, O_RDONLY);
  keep_descriptor(STDERR_FILENO, O_RDONLY);
  signal(SIGPIPE, SIG_IGN);
  atexit(check_standard_output);
}

static _Noreturn void lost(const hp_output *output) {
  fprintf(stderr, "heavyproof: '%s' cannot be written: %s\n", output->path, strerror(errno));
  unlink(output->temporary);
  exit(HP_EXIT_ERROR);
}

void hp_output_require(const char *option, const char *path) {
  struct stat there;
  if (strcmp(path, "-") == 0)
    return;
  if (stat(path, &there) == 0 && !S_ISREG(there.st_mode))
    hp_reject(
        "--%s '%.200s' is not a regular file; accepted: a file name, or - for standard output",
        option, path);
  char *temporary = hp_text("%s.XXXXXX", path);
  int descriptor = mkstemp(temporary);
  if (descriptor < 0 || !*path)
    hp_reject("--%s '%.200s' cannot be written: %s; accepted: a file in a directory that can be "
              "written, or - for standard output",
              option, path, strerror(*path ? errno : ENOENT));
  close(descriptor);
  unlink(temporary);
  free(temporary);
}

void hp_output_open(hp_output *output, const char *path) {
  *output = (hp_output){.path = path, .stream = stdout};
  if (strcmp(path, "-") == 0)
    return;
  output->temporary = hp_text("%s.XXXXXX", path);
  int descriptor = mkstemp(output->temporary);
  output->stream = descriptor < 0 ? NULL : fdopen(descriptor, "w");
  mode_t mask = umask(0);
  umask(mask);
  if (!output->stream || fchmod(descriptor, 0666 & ~mask) != 0)
    lost(output);
}

void hp_output_close(hp_output *output) {
  if (!output->temporary)
    return;
  bool written = fflush(output->stream) == 0 && !ferror(output->stream);
  written = fclose(output->stream) == 0 && written;
  if (!written || rename(output->temporary, output->path) != 0)
    lost(output);
  free(output->temporary);
}

void hp_output_json(json_t *json, const char *path) {
  hp_output output;
  hp_output_open(&output, path);
  json_dumpf(json, output.stream, JSON_INDENT(1));
  fputc('\n', output.stream);
  hp_output_close(&output);
  json_decref(json);
}
