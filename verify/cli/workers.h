#ifndef HP_WORKERS_H
#define HP_WORKERS_H
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* Tasks 0..count-1, each in a process of its own, at most `jobs` at a time. */
typedef struct {
  size_t count, jobs;
  /* In the worker: the task's result (a reference that is taken), NULL when hp_workers_go_on said
   * false. */
  json_t *(*work)(size_t task, void *context);
  /* In the caller, once a task, in the order they end: a borrowed result, or NULL and why the worker
   * gave none ("killed by signal 9 (Killed)"). Not called for a task that an interruption stopped. */
  void (*done)(size_t task, const json_t *result, const char *failure, void *context);
  /* In the caller, a few times a second. */
  void (*tick)(size_t running, void *context);
  void *context;
} hp_workers;

/* Runs all tasks; false when SIGINT or SIGTERM came first: then workers are told to stop, and after a
 * second made to. */
bool hp_workers_run(const hp_workers *workers);

/* In the caller, from `done` or `tick`: as if interrupted. */
void hp_workers_stop(void);

/* For hp_experiment.keep_going, in a worker: false once it was told to stop. */
bool hp_workers_go_on(void *context);

#endif
