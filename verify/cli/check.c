#include "check_options.h"
#include "cli.h"
#include "lines.h"
#include "output.h"
#include "plan.h"
#include "progress.h"
#include "reference/problem/allocate.h"
#include "reference/problem/fingerprint.h"
#include "reference/problem/rational.h"
#include "workers.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_REFINEMENTS = 3, MOST_OWN_STEPS = 1 << 20 };

/* A check under way. */
typedef struct {
  hp_plan plan;
  size_t *task; /* the cells that are not done at the beginning */
  size_t n_tasks, n_ended;
  size_t next_line; /* lines of cells below it are printed */
  hp_lines lines;
  hp_progress progress;
} checking;

/* ---- in the worker ---- */

/* The step that every run which is not asymptotic yet asks for; 0 when none does. */
static double wanted_step(const hp_results *results) {
  double wanted = 0;
  for (size_t i = 0; i < results->count; ++i) {
    double step = results->run[i].wanted_step;
    if (results->run[i].verdict == HP_NOT_ASYMPTOTIC && step > 0 && (wanted == 0 || step < wanted))
      wanted = step;
  }
  return wanted;
}

/* As many halvings as before, ending at 2^-k <= wanted; false when that is not finer, or is more
 * than MOST_OWN_STEPS steps to the horizon. */
static bool refine(hp_experiment *finer, double wanted, mpq_t step[]) {
  size_t n = finer->n_steps;
  unsigned k = (unsigned)-ilogb(wanted);
  mpq_set_ui(step[n - 1], 1, 1);
  mpq_div_2exp(step[n - 1], step[n - 1], k);
  if (mpq_cmp(step[n - 1], finer->step[n - 1]) >= 0 ||
      mpq_get_d(finer->horizon) / mpq_get_d(step[n - 1]) > MOST_OWN_STEPS)
    return false;
  for (size_t i = n - 1; i-- > 0;)
    mpq_mul_2exp(step[i], step[i + 1], 1);
  finer->step = step;
  return true;
}

/* The claim on its cell; on a ladder of our own choice, again on a finer one while a run says that
 * the regime is not reached and what would do. False when told to stop. */
static bool check_on_ladder(const hp_cell *cell, const hp_plan *plan, hp_results *results) {
  hp_experiment experiment = cell->experiment;
  bool (*check)(const hp_experiment *, hp_results *) =
      plan->certify ? cell->claim->certify : cell->claim->check;
  bool done = check(&experiment, results);
  mpq_t step[MOST_REFINEMENTS][HP_LADDER_LONGEST];
  size_t n = experiment.n_steps, used = 0;
  double wanted = plan->own_ladder ? wanted_step(results) : 0;
  while (done && wanted > 0 && used < MOST_REFINEMENTS) {
    for (size_t i = 0; i < n; ++i)
      mpq_init(step[used][i]);
    if (!refine(&experiment, wanted, step[used++]))
      break;
    hp_results_clear(results);
    done = check(&experiment, results);
    wanted = wanted_step(results);
  }
  while (used-- > 0)
    for (size_t i = 0; i < n; ++i)
      mpq_clear(step[used][i]);
  return done;
}

static void note_what_was_asked(hp_run *run, const hp_cell *cell, const hp_plan *plan) {
  char fingerprint[HP_FINGERPRINT_SIZE];
  hp_problem_fingerprint(cell->experiment.problem, fingerprint);
  run->fingerprint = hp_copy_text(fingerprint);
  run->ladder = hp_copy_text(plan->ladder);
  run->digits = plan->digits;
}

static json_t *check_cell(size_t task, void *context) {
  checking *check = context;
  const hp_plan *plan = &check->plan;
  const hp_cell *cell = &plan->cell[check->task[task]];
  hp_results results = {0};
  json_t *json = NULL;
  if (check_on_ladder(cell, plan, &results)) {
    for (size_t i = 0; i < results.count; ++i)
      note_what_was_asked(&results.run[i], cell, plan);
    json = hp_results_json(&results);
  }
  hp_results_clear(&results);
  return json;
}

/* ---- in the caller ---- */

/* The run of a cell whose worker gave no result. */
static void add_error(hp_cell *cell, const hp_plan *plan, const char *why) {
  const hp_experiment *experiment = &cell->experiment;
  hp_run *run = hp_results_add(&cell->results);
  run->claim = hp_copy_text(cell->claim->id);
  run->observable = hp_copy_text("-");
  run->problem = hp_copy_text(experiment->problem->name);
  run->problem_file = hp_copy_text(experiment->problem_file);
  run->method = hp_copy_text(experiment->method);
  run->a = hp_rational_text(experiment->a);
  run->momentum = hp_rational_text(experiment->momentum);
  run->horizon = hp_rational_text(experiment->horizon);
  note_what_was_asked(run, cell, plan);
  run->verdict = HP_ERROR;
  run->reason = hp_copy_text(why);
}

/* Lines of finished cells in the order of the plan; with `gaps` also beyond a cell that is not done. */
static void print_lines(checking *check, bool gaps) {
  hp_plan *plan = &check->plan;
  for (; check->next_line < plan->n_cells; ++check->next_line) {
    const hp_cell *cell = &plan->cell[check->next_line];
    if (!cell->done && !gaps)
      return;
    if (cell->results.count)
      hp_progress_clear(&check->progress);
    for (size_t i = 0; i < cell->results.count; ++i)
      hp_lines_print(&check->lines, &cell->results.run[i]);
  }
}

static void cell_ended(size_t task, const json_t *result, const char *failure, void *context) {
  checking *check = context;
  hp_cell *cell = &check->plan.cell[check->task[task]];
  char why[256] = "the claim gave no run";
  if (result)
    hp_results_from_json(&cell->results, result, why, sizeof why);
  if (cell->results.count == 0)
    add_error(cell, &check->plan, failure ? failure : why);
  cell->done = true;
  ++check->n_ended;
  print_lines(check, false);
  if (ferror(check->lines.stream)) /* nobody reads on */
    hp_workers_stop();
}

static void draw_progress(size_t running, void *context) {
  checking *check = context;
  hp_progress_draw(&check->progress, check->n_ended, running);
}

static void choose_tasks(checking *check, const char *resume) {
  size_t n_done = resume ? hp_plan_resume(&check->plan, resume) : 0;
  size_t n_cells = check->plan.n_cells;
  if (resume)
    fprintf(stderr, "heavyproof: %zu of %zu cells are in %s\n", n_done, n_cells, resume);
  check->task = hp_allocate(n_cells, sizeof *check->task);
  for (size_t i = 0; i < n_cells; ++i)
    if (!check->plan.cell[i].done)
      check->task[check->n_tasks++] = i;
}

static void choose_widths(checking *check) {
  hp_lines *lines = &check->lines;
  for (size_t i = 0; i < check->plan.n_cells; ++i) {
    const hp_experiment *experiment = &check->plan.cell[i].experiment;
    int problem = (int)strlen(experiment->problem->name), method = (int)strlen(experiment->method);
    lines->problem_width = problem > lines->problem_width ? problem : lines->problem_width;
    lines->method_width = method > lines->method_width ? method : lines->method_width;
  }
}

static int exit_code(const hp_lines *lines, bool finished) {
  if (!finished)
    return HP_EXIT_INTERRUPTED;
  if (lines->count[HP_ERROR])
    return HP_EXIT_ERROR;
  return lines->count[HP_FAIL] ? HP_EXIT_FAILED : HP_EXIT_PASSED;
}

static void write_results(hp_plan *plan, const char *path) {
  hp_results results = {0};
  hp_plan_collect(plan, &results);
  bool written = hp_results_write(&results, path);
  hp_results_clear(&results);
  if (!written) {
    fprintf(stderr, "heavyproof: --json '%s' could not be written: %s\n", path, strerror(errno));
    exit(HP_EXIT_ERROR);
  }
}

static void tell_interrupted(const checking *check, const char *json) {
  const hp_plan *plan = &check->plan;
  size_t n_done = 0;
  for (size_t i = 0; i < plan->n_cells; ++i)
    n_done += plan->cell[i].done;
  fprintf(stderr, "heavyproof: interrupted: %zu of %zu cells are finished", n_done, plan->n_cells);
  if (json && strcmp(json, "-") != 0)
    fprintf(stderr, " and kept; go on with --resume %s", json);
  fputc('\n', stderr);
}

int hp_command_check(int argc, char **argv) {
  hp_check_options options;
  hp_check_options_read(&options, argc, argv);
  checking check = {.n_tasks = 0};
  hp_plan_make(&check.plan, &options);
  if (options.json)
    hp_output_require("json", options.json);
  choose_tasks(&check, options.resume);
  check.lines.stream = options.json && strcmp(options.json, "-") == 0 ? stderr : stdout;
  choose_widths(&check);
  hp_progress_begin(&check.progress, check.n_tasks);
  print_lines(&check, false);
  const hp_workers workers = {
      .count = check.n_tasks,
      .jobs = options.jobs,
      .work = check_cell,
      .done = cell_ended,
      .tick = draw_progress,
      .context = &check,
  };
  bool finished = hp_workers_run(&workers);
  hp_progress_clear(&check.progress);
  print_lines(&check, true);
  hp_lines_total(&check.lines);
  if (options.json)
    write_results(&check.plan, options.json);
  if (!finished)
    tell_interrupted(&check, options.json);
  int code = exit_code(&check.lines, finished);
  free(check.task);
  hp_plan_clear(&check.plan);
  hp_check_options_clear(&options);
  return code;
}
