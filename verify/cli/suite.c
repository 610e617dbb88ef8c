#include "suite.h"
#include "reject.h"
#include "names.h"
#include "reference/problem/allocate.h"
#include "verify/results.h"
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char extension[] = ".phi";

static bool is_directory(const char *path) {
  struct stat there;
  return stat(path, &there) == 0 && S_ISDIR(there.st_mode);
}

static bool is_file(const char *path) {
  struct stat there;
  return stat(path, &there) == 0 && S_ISREG(there.st_mode);
}

/* base/below when it is a directory, else NULL. */
static char *directory_in(const char *base, const char *below) {
  char *path = hp_text("%s/%s", base, below);
  if (is_directory(path))
    return path;
  free(path);
  return NULL;
}

/* Looks above the binary for an installed or a source data directory. */
static char *directory_near_binary(void) {
  char path[PATH_MAX];
  ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
  if (length <= 0)
    return NULL;
  path[length] = '\0';
  for (char *slash; (slash = strrchr(path, '/')) != NULL;) {
    *slash = '\0';
    char *found = directory_in(path, "share/heavyproof/problems");
    if (!found)
      found = directory_in(path, "spec/problems");
    if (found)
      return found;
  }
  return NULL;
}

/* Owned; exits when there is none. */
static char *problems_directory(void) {
  const char *data = getenv("HEAVYPROOF_DATA");
  if (data && *data) {
    char *found = directory_in(data, "problems");
    if (!found)
      hp_reject("HEAVYPROOF_DATA is '%.200s', which holds no directory problems; accepted: the "
                "directory of problems/*.phi, as PREFIX/share/heavyproof",
                data);
    return found;
  }
  char *found = directory_near_binary();
  if (!found)
    hp_reject("the built-in problems are neither installed nor beside the binary; accepted: "
              "HEAVYPROOF_DATA set to the directory that holds problems/*.phi, or --problem FILE");
  return found;
}

static int by_name(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

char **hp_suite_names(size_t *count) {
  char *directory = problems_directory(), **names = hp_allocate(1, sizeof *names);
  DIR *stream = opendir(directory);
  *count = 0;
  for (struct dirent *entry; stream && (entry = readdir(stream)) != NULL;) {
    size_t length = strlen(entry->d_name), tail = sizeof extension - 1;
    if (entry->d_name[0] == '.' || length <= tail ||
        strcmp(entry->d_name + length - tail, extension) != 0)
      continue;
    names = hp_reallocate(names, *count + 1, sizeof *names);
    names[(*count)++] = hp_text("%.*s", (int)(length - tail), entry->d_name);
  }
  if (stream)
    closedir(stream);
  if (*count == 0)
    hp_reject(
        "'%.200s' holds no problem; accepted: HEAVYPROOF_DATA set to the directory that holds "
        "problems/*.phi",
        directory);
  qsort(names, *count, sizeof *names, by_name);
  free(directory);
  return names;
}

/* The path of a built-in problem, or NULL. */
static char *built_in_path(const char *name) {
  size_t count;
  char **names = hp_suite_names(&count), *path = NULL;
  for (size_t i = 0; i < count; ++i) {
    if (!path && strcmp(names[i], name) == 0) {
      char *directory = problems_directory();
      path = hp_text("%s/%s%s", directory, name, extension);
      free(directory);
    }
    free(names[i]);
  }
  free(names);
  return path;
}

static _Noreturn void reject_name(const char *name) {
  size_t count;
  char **names = hp_suite_names(&count);
  char *list = hp_names_joined((const char *const *)names, count);
  char *suggestion = hp_names_suggestion(name, (const char *const *)names, count);
  for (size_t i = 0; i < count; ++i)
    free(names[i]);
  free(names);
  hp_reject("unknown problem '%.64s'%s; accepted: a .phi file, or one of %s", name, suggestion,
            list);
}

/* The text after '#' of the first line when it is a comment. */
static char *description_of(const char *path) {
  char line[256] = "";
  FILE *file = fopen(path, "r");
  if (!file || !fgets(line, sizeof line, file))
    line[0] = '\0';
  if (file)
    fclose(file);
  line[strcspn(line, "\n")] = '\0';
  return hp_copy_text(line[0] == '#' ? line + 1 + strspn(line + 1, " #") : "");
}

static _Noreturn void reject_file(const hp_diagnostic *why) {
  char text[sizeof why->file + sizeof why->message + 64];
  hp_diagnostic_text(why, text, sizeof text);
  if (why->line == 0)
    hp_reject("%s", text);
  fprintf(stderr, "%s\n", text);
  exit(HP_EXIT_BAD_INPUT);
}

void hp_suite_load(hp_suite_problem *loaded, const char *file_or_name) {
  size_t length = strlen(file_or_name), tail = sizeof extension - 1;
  bool path_like = strchr(file_or_name, '/') != NULL ||
                   (length > tail && strcmp(file_or_name + length - tail, extension) == 0);
  char *built_in = path_like ? NULL : built_in_path(file_or_name);
  if (!built_in && !path_like && !is_file(file_or_name))
    reject_name(file_or_name);
  loaded->path = built_in ? built_in : hp_copy_text(file_or_name);
  const char *here = strchr(file_or_name, '/') ? "" : "./";
  loaded->file =
      built_in ? hp_text("%s%s", file_or_name, extension) : hp_text("%s%s", here, file_or_name);
  hp_diagnostic why = {.line = 0};
  loaded->problem = hp_problem_load(loaded->path, &why);
  if (!loaded->problem)
    reject_file(&why);
  loaded->description = description_of(loaded->path);
}

void hp_suite_unload(hp_suite_problem *loaded) {
  hp_problem_free(loaded->problem);
  free(loaded->file);
  free(loaded->path);
  free(loaded->description);
}

void hp_suite_momentum(mpq_t value, const hp_suite_problem *loaded, const mpq_t *given) {
  const hp_problem *problem = loaded->problem;
  if (!given && !problem->has_momentum)
    hp_reject(
        "problem '%.64s' has no momentum; accepted: --momentum V, or a line 'momentum = V' in "
        "%.200s",
        problem->name, loaded->file);
  mpq_set(value, given ? *given : problem->momentum);
  if (mpq_sgn(value) < 0 || mpq_cmp_si(value, 1, 1) >= 0)
    hp_reject(
        "problem '%.64s': the momentum in %.200s is out of range; accepted: 0 <= momentum < 1",
        problem->name, loaded->file);
}

void hp_suite_horizon(mpq_t value, const hp_suite_problem *loaded, const mpq_t *given) {
  const hp_problem *problem = loaded->problem;
  if (!given && !problem->has_horizon)
    hp_reject("problem '%.64s' has no horizon; accepted: --horizon V, or a line 'horizon = V' in "
              "%.200s",
              problem->name, loaded->file);
  mpq_set(value, given ? *given : problem->horizon);
  if (mpq_sgn(value) <= 0)
    hp_reject("problem '%.64s': the horizon in %.200s is out of range; accepted: horizon > 0",
              problem->name, loaded->file);
}
