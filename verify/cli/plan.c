#include "plan.h"
#include "reject.h"
#include "reference/problem/allocate.h"
#include "reference/problem/fingerprint.h"
#include "reference/problem/rational.h"
#include "workers.h"
#include <stdlib.h>
#include <string.h>

/* N = T/h steps of double precision take about a minute per 10^9. */
enum { MOST_STEPS = 1000000000 };

/* ---- making ---- */

static void refuse_twins(const hp_suite_problem *a, const hp_suite_problem *b) {
  if (strcmp(a->problem->name, b->problem->name) == 0)
    hp_reject("problems %.200s and %.200s have the same name '%.64s'; accepted: problems with "
              "distinct names",
              a->file, b->file, a->problem->name);
}

/* The problems named on the command line, each once, or the built-in suite. */
static void load_problems(hp_plan *plan, const hp_check_options *options) {
  size_t count = options->n_problems;
  char **names = count ? options->problem : hp_suite_names(&count);
  plan->problem = hp_allocate(count, sizeof *plan->problem);
  for (size_t i = 0; i < count; ++i) {
    bool again = false;
    for (size_t j = 0; j < i; ++j)
      again = again || strcmp(names[i], names[j]) == 0;
    if (again)
      continue;
    hp_suite_load(&plan->problem[plan->n_problems], names[i]);
    for (size_t j = 0; j < plan->n_problems; ++j)
      refuse_twins(&plan->problem[j], &plan->problem[plan->n_problems]);
    ++plan->n_problems;
  }
  if (names != options->problem) {
    for (size_t i = 0; i < count; ++i)
      free(names[i]);
    free(names);
  }
}

/* 1 <= T/h <= MOST_STEPS on the whole ladder. */
static void check_ladder(const hp_experiment *experiment, const hp_ladder *ladder) {
  mpq_t count;
  mpq_init(count);
  for (size_t i = 0; i < ladder->count; ++i) {
    char *h = hp_rational_text(ladder->step[i]), *T = hp_rational_text(experiment->horizon);
    mpq_div(count, experiment->horizon, ladder->step[i]);
    if (mpq_cmp_ui(count, 1, 1) < 0 || mpq_cmp_ui(count, MOST_STEPS, 1) > 0)
      hp_reject("step size %.64s does not suit the horizon %.64s of problem '%.64s'; accepted: "
                "horizon/%d <= h <= horizon",
                h, T, experiment->problem->name, MOST_STEPS);
    free(h);
    free(T);
  }
  mpq_clear(count);
}

static void make_experiment(hp_experiment *experiment, const hp_suite_problem *problem,
                            const hp_method *method, const hp_check_options *options) {
  mpq_t lambda;
  mpq_init(lambda);
  mpq_inits(experiment->momentum, experiment->a, experiment->horizon, NULL);
  experiment->problem = problem->problem;
  experiment->problem_file = problem->file;
  experiment->method = method->name;
  if (method->kind != HP_GRADIENT_DESCENT)
    hp_suite_momentum(lambda, problem, options->has_momentum ? &options->momentum : NULL);
  hp_method_constants(experiment->momentum, experiment->a, method, lambda);
  hp_suite_horizon(experiment->horizon, problem, options->has_horizon ? &options->horizon : NULL);
  experiment->step = options->ladder.step;
  experiment->n_steps = options->ladder.count;
  experiment->digits = options->digits;
  experiment->certificates = options->certificates;
  experiment->keep_going = hp_workers_go_on;
  check_ladder(experiment, &options->ladder);
  mpq_clear(lambda);
}

static void clear_cell(hp_cell *cell) {
  mpq_clears(cell->experiment.momentum, cell->experiment.a, cell->experiment.horizon, NULL);
  hp_results_clear(&cell->results);
}

void hp_plan_make(hp_plan *plan, const hp_check_options *options) {
  *plan = (hp_plan){.ladder = options->ladder.text,
                    .own_ladder = options->own_ladder,
                    .certify = options->certify,
                    .digits = options->digits};
  load_problems(plan, options);
  plan->cell =
      hp_allocate(options->n_claims * plan->n_problems * options->n_methods, sizeof *plan->cell);
  long k = 0;
  for (size_t c = 0; c < options->n_claims; ++c)
    for (size_t p = 0; p < plan->n_problems; ++p)
      for (size_t m = 0; m < options->n_methods; ++m, ++k) {
        hp_cell *cell = &plan->cell[plan->n_cells];
        *cell = (hp_cell){.claim = options->claim[c]};
        make_experiment(&cell->experiment, &plan->problem[p], &options->method[m], options);
        if (k % options->shards == options->shard - 1)
          ++plan->n_cells;
        else
          clear_cell(cell);
      }
}

void hp_plan_clear(hp_plan *plan) {
  for (size_t i = 0; i < plan->n_cells; ++i)
    clear_cell(&plan->cell[i]);
  for (size_t i = 0; i < plan->n_problems; ++i)
    hp_suite_unload(&plan->problem[i]);
  free(plan->cell);
  free(plan->problem);
  hp_results_clear(&plan->others);
}

/* ---- resuming ---- */

static bool same(const char *text, const char *wanted) {
  return text && strcmp(text, wanted) == 0;
}

static bool same_value(const char *text, const mpq_t wanted) {
  char *value = hp_rational_text(wanted);
  bool equal = same(text, value);
  free(value);
  return equal;
}

static bool same_problem(const hp_run *run, const hp_problem *problem) {
  char fingerprint[HP_FINGERPRINT_SIZE];
  hp_problem_fingerprint(problem, fingerprint);
  return same(run->fingerprint, fingerprint);
}

static bool belongs(const hp_run *run, const hp_cell *cell, const hp_plan *plan) {
  const hp_experiment *experiment = &cell->experiment;
  return same(run->claim, cell->claim->id) && same(run->problem, experiment->problem->name) &&
         same(run->problem_file, experiment->problem_file) &&
         same_problem(run, experiment->problem) && same(run->method, experiment->method) &&
         same(run->ladder, plan->ladder) && run->digits == plan->digits &&
         same_value(run->a, experiment->a) && same_value(run->momentum, experiment->momentum) &&
         same_value(run->horizon, experiment->horizon);
}

static hp_results *home_of(const hp_run *run, hp_plan *plan) {
  for (size_t i = 0; i < plan->n_cells; ++i)
    if (belongs(run, &plan->cell[i], plan))
      return &plan->cell[i].results;
  return &plan->others;
}

/* Moves the runs; `from` is empty afterwards. */
static void move_runs(hp_results *to, hp_results *from) {
  for (size_t i = 0; i < from->count; ++i)
    *hp_results_add(to) = from->run[i];
  free(from->run);
  *from = (hp_results){0};
}

static bool any_error(const hp_results *results) {
  for (size_t i = 0; i < results->count; ++i)
    if (results->run[i].verdict == HP_ERROR)
      return true;
  return false;
}

size_t hp_plan_resume(hp_plan *plan, const char *path) {
  char why[1024];
  hp_results earlier = {0};
  size_t n_done = 0;
  if (!hp_results_read(&earlier, path, why, sizeof why))
    hp_reject("--resume %s; accepted: a results file that --json wrote", why);
  for (size_t i = 0; i < earlier.count; ++i)
    *hp_results_add(home_of(&earlier.run[i], plan)) = earlier.run[i];
  free(earlier.run);
  for (size_t i = 0; i < plan->n_cells; ++i) {
    hp_cell *cell = &plan->cell[i];
    cell->done = cell->results.count > 0 && !any_error(&cell->results);
    if (!cell->done)
      hp_results_clear(&cell->results);
    n_done += cell->done;
  }
  return n_done;
}

void hp_plan_collect(hp_plan *plan, hp_results *results) {
  for (size_t i = 0; i < plan->n_cells; ++i)
    move_runs(results, &plan->cell[i].results);
  move_runs(results, &plan->others);
}
