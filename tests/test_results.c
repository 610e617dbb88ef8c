#include "verify/results.h"
#include "reference/problem/allocate.h"
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

Test(results, verdict_texts) {
  cr_assert_str_eq(hp_verdict_text(HP_PASS), "pass");
  cr_assert_str_eq(hp_verdict_text(HP_FAIL), "fail");
  cr_assert_str_eq(hp_verdict_text(HP_NOT_ASYMPTOTIC), "not-asymptotic");
  cr_assert_str_eq(hp_verdict_text(HP_NOT_APPLICABLE), "not-applicable");
  cr_assert_str_eq(hp_verdict_text(HP_ERROR), "error");
}

Test(results, text_is_formatted) {
  char *text = hp_text("%s = %d of %.2f", "x", 3, 0.125);
  cr_assert_str_eq(text, "x = 3 of 0.12");
  free(text);
}

Test(results, records_grow_zeroed) {
  hp_results results = {0};
  for (int i = 0; i < 10; ++i) {
    hp_run *run = hp_results_add(&results);
    cr_assert_null(run->claim);
    cr_assert_eq(run->n_rows, 0);
    run->claim = hp_text("A%d", i);
    for (int k = 0; k < 5; ++k) {
      hp_row *row = hp_run_add_row(run);
      cr_assert_null(row->h);
      row->h = hp_text("2^-%d", k);
      row->value = hp_text("%d", k);
    }
    hp_control *control = hp_run_add_control(run);
    control->name = hp_copy_text("wrong");
    hp_curve *curve = hp_run_add_curve(run, "curve");
    hp_curve_add_point(curve, "1", "2");
    hp_curve_add_point(curve, "3", "4");
  }
  cr_assert_eq(results.count, 10);
  cr_assert_str_eq(results.run[7].claim, "A7");
  cr_assert_str_eq(results.run[7].row[4].h, "2^-4");
  cr_assert_str_eq(results.run[7].curve[0].point[1].y, "4");
  hp_results_clear(&results);
  cr_assert_eq(results.count, 0);
  cr_assert_null(results.run);
}

Test(results, move_appends_and_empties) {
  hp_results to = {0}, from = {0};
  hp_results_add(&to)->claim = hp_copy_text("A");
  hp_results_add(&from)->claim = hp_copy_text("B");
  hp_results_add(&from)->claim = hp_copy_text("C");
  hp_results_move(&to, &from);
  cr_assert_eq(to.count, 3);
  cr_assert_eq(from.count, 0);
  cr_assert_str_eq(to.run[2].claim, "C");
  hp_results_clear(&to);
  hp_results_clear(&from);
}
