#include "workers.h"
#include "reject.h"
#include "reference/problem/allocate.h"
#include "verify/results.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { POLL_MS = 200, GRACE_SECONDS = 1 };

/* A running worker and what it has said so far. */
typedef struct {
  size_t task;
  pid_t pid;
  int descriptor;
  char *text;
  size_t length;
} worker;

typedef struct {
  const hp_workers *plan;
  worker *running;
  size_t n_running, next;
  bool stopping;
  time_t kill_at; /* when stopping */
} pool;

static volatile sig_atomic_t told_to_stop;

static void stop(int signal_number) {
  (void)signal_number;
  told_to_stop = 1;
}

void hp_workers_stop(void) {
  told_to_stop = 1;
}

bool hp_workers_go_on(void *context) {
  (void)context;
  return !told_to_stop;
}

/* ---- in the worker ---- */

static bool write_all(int descriptor, const char *text, size_t length) {
  while (length > 0) {
    ssize_t n = write(descriptor, text, length);
    if (n < 0 && errno != EINTR)
      return false;
    if (n > 0) {
      text += n;
      length -= (size_t)n;
    }
  }
  return true;
}

static _Noreturn void be_worker(const hp_workers *plan, size_t task, int descriptor, pid_t parent) {
  signal(SIGINT, SIG_IGN); /* the terminal's Ctrl-C goes to the caller, which sends SIGTERM */
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent)
    exit(HP_EXIT_INTERRUPTED);
  json_t *result = plan->work(task, plan->context);
  if (!result)
    exit(HP_EXIT_INTERRUPTED);
  char *text = json_dumps(result, JSON_COMPACT);
  bool said = text && write_all(descriptor, text, strlen(text));
  json_decref(result);
  free(text);
  exit(said ? HP_EXIT_PASSED : HP_EXIT_ERROR);
}

/* ---- in the caller ---- */

static void start(pool *workers) {
  const hp_workers *plan = workers->plan;
  size_t task = workers->next++;
  int ends[2] = {-1, -1};
  pid_t parent = getpid();
  fflush(NULL);
  pid_t pid = pipe2(ends, O_CLOEXEC) == 0 ? fork() : -1;
  if (pid == 0) {
    close(ends[0]);
    be_worker(plan, task, ends[1], parent);
  }
  if (pid < 0) {
    char *why = hp_text("no worker process: %s", strerror(errno));
    plan->done(task, NULL, why, plan->context);
    free(why);
    if (ends[0] >= 0)
      close(ends[0]);
  } else {
    workers->running[workers->n_running++] =
        (worker){.task = task, .pid = pid, .descriptor = ends[0]};
  }
  if (ends[1] >= 0)
    close(ends[1]);
}

/* Why a worker that gave no result ended; NULL when it stopped because it was told to. */
static char *failure_text(int status) {
  if (WIFSIGNALED(status))
    return hp_text("the worker was killed by signal %d (%s)", WTERMSIG(status),
                   strsignal(WTERMSIG(status)));
  if (WEXITSTATUS(status) == HP_EXIT_INTERRUPTED)
    return hp_text("the worker was told to stop");
  return hp_text("the worker ended with exit code %d and no result", WEXITSTATUS(status));
}

static void finish(pool *workers, size_t k) {
  const hp_workers *plan = workers->plan;
  worker ended = workers->running[k];
  int status = 0;
  workers->running[k] = workers->running[--workers->n_running];
  close(ended.descriptor);
  while (waitpid(ended.pid, &status, 0) < 0 && errno == EINTR)
    ;
  bool normal = WIFEXITED(status) && WEXITSTATUS(status) == HP_EXIT_PASSED;
  json_t *result = normal ? json_loadb(ended.text, ended.length, 0, NULL) : NULL;
  free(ended.text);
  if (result)
    plan->done(ended.task, result, NULL, plan->context);
  else if (!told_to_stop) {
    char *why = failure_text(status);
    plan->done(ended.task, NULL, why, plan->context);
    free(why);
  }
  json_decref(result);
}

/* Takes what worker k has to say; false at its end. */
static bool listen_to(worker *speaker) {
  char chunk[65536];
  ssize_t n = read(speaker->descriptor, chunk, sizeof chunk);
  if (n < 0)
    return errno == EINTR || errno == EAGAIN;
  if (n == 0)
    return false;
  speaker->text = hp_reallocate(speaker->text, speaker->length + (size_t)n, 1);
  memcpy(speaker->text + speaker->length, chunk, (size_t)n);
  speaker->length += (size_t)n;
  return true;
}

static void listen_to_all(pool *workers) {
  struct pollfd *ends = hp_allocate(workers->n_running, sizeof *ends);
  for (size_t k = 0; k < workers->n_running; ++k)
    ends[k] = (struct pollfd){.fd = workers->running[k].descriptor, .events = POLLIN};
  if (poll(ends, workers->n_running, POLL_MS) > 0)
    for (size_t k = workers->n_running; k-- > 0;) /* finish moves only later workers */
      if (ends[k].revents && !listen_to(&workers->running[k]))
        finish(workers, k);
  free(ends);
}

static time_t seconds_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec;
}

/* SIGTERM once, then SIGKILL when the grace is over. */
static void stop_workers(pool *workers) {
  bool first = !workers->stopping;
  if (first)
    workers->kill_at = seconds_now() + GRACE_SECONDS + 1;
  workers->stopping = true;
  if (first || seconds_now() >= workers->kill_at)
    for (size_t k = 0; k < workers->n_running; ++k)
      kill(workers->running[k].pid, first ? SIGTERM : SIGKILL);
}

bool hp_workers_run(const hp_workers *plan) {
  pool workers = {.plan = plan, .running = hp_allocate(plan->jobs, sizeof *workers.running)};
  struct sigaction action = {.sa_handler = stop};
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  while (workers.n_running > 0 || (workers.next < plan->count && !told_to_stop)) {
    while (workers.n_running < plan->jobs && workers.next < plan->count && !told_to_stop)
      start(&workers);
    if (told_to_stop)
      stop_workers(&workers);
    if (workers.n_running > 0)
      listen_to_all(&workers);
    plan->tick(workers.n_running, plan->context);
  }
  free(workers.running);
  return !told_to_stop;
}
