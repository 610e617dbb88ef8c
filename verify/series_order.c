#include "series_order.h"
#include "reference/series/modified.h"

size_t hp_series_order(const hp_problem *problem, size_t wanted, size_t *cost) {
  size_t order = 2;
  for (*cost = 0; order < wanted; ++order) {
    size_t next = hp_modified_cost(problem, order + 1);
    if (next > HP_SERIES_INSTRUCTIONS) {
      *cost = next;
      break;
    }
  }
  return order;
}

int hp_series_digits(const hp_problem *problem, size_t order, int asked) {
  bool is_costly = hp_modified_cost(problem, order) > HP_SERIES_CHEAP;
  return is_costly && asked > HP_SERIES_COSTLY_DIGITS ? HP_SERIES_COSTLY_DIGITS : asked;
}
