#include "settings.h"

#define FAIL(document, at, ...) hp_diagnose((document)->why, (document)->file, at, __VA_ARGS__)

static const hp_position file_begin = {1, 1};

static const char *plural(size_t count) {
  return count == 1 ? "" : "s";
}

static bool refuse(const hp_document *document, hp_position at, const char *key,
                   const char *because) {
  return !hp_is_given(at) || FAIL(document, at, "the key '%s' does not go %s", key, because);
}

static bool require(const hp_document *document, hp_position at, const char *key,
                    const char *example) {
  return hp_is_given(at) || FAIL(document, file_begin,
                                 "the key '%s' is missing; add a line such as '%s'", key, example);
}

bool hp_check_keys(const hp_document *document) {
  static const char with[] = "with 'diagonal-linear', which declares it; remove one of them";
  static const char without[] = "without 'diagonal-linear'; write 'start = ...'";
  if (hp_is_given(document->diagonal_at))
    return refuse(document, document->params_at, "params", with) &&
           refuse(document, document->loss_at, "loss", with) &&
           refuse(document, document->start.at, "start",
                  "with 'diagonal-linear'; write 'start_u = ...' and 'start_v = ...'") &&
           require(document, document->start_u.at, "start_u", "start_u = 1/2, 1/2") &&
           require(document, document->start_v.at, "start_v", "start_v = 1/10, 0");
  return refuse(document, document->start_u.at, "start_u", without) &&
         refuse(document, document->start_v.at, "start_v", without) &&
         require(document, document->params_at, "params", "params = x, y") &&
         require(document, document->loss_at, "loss", "loss = (x^2 + 5*y^2)/2") &&
         require(document, document->start.at, "start", "start = 1, 1");
}

static bool read_list(hp_elaborator *elaborator, const hp_list *list, const char *key,
                      size_t dimension, char *const names[], mpq_t start[]) {
  if (list->count != dimension)
    return FAIL(
        elaborator->document, list->at,
        "%s has %zu value%s, the problem %zu parameter%s; one value for each of %s to %s is "
        "accepted",
        key, list->count, plural(list->count), dimension, plural(dimension), names[0],
        names[dimension - 1]);
  for (size_t k = 0; k < dimension; k++)
    if (!hp_elaborate_rational(elaborator, list->item[k], "this value", start[k]))
      return false;
  return true;
}

bool hp_read_start(hp_elaborator *elaborator, char *const names[], mpq_t start[]) {
  const hp_document *document = elaborator->document;
  size_t m = document->n_features;
  if (!hp_is_given(document->diagonal_at))
    return read_list(elaborator, &document->start, "start", document->dimension, names, start);
  return read_list(elaborator, &document->start_u, "start_u", m, names, start) &&
         read_list(elaborator, &document->start_v, "start_v", m, names + m, start + m);
}

static bool read_single(hp_elaborator *elaborator, const hp_list *list, const char *key,
                        mpq_t value) {
  if (list->count != 1)
    return FAIL(elaborator->document, list->at,
                "%s has %zu values; one is accepted, with a point as in 0.9", key, list->count);
  return hp_elaborate_rational(elaborator, list->item[0], key, value);
}

bool hp_read_momentum(hp_elaborator *elaborator, bool *has, mpq_t momentum) {
  const hp_list *list = &elaborator->document->momentum;
  *has = hp_is_given(list->at);
  if (!*has)
    return true;
  if (!read_single(elaborator, list, "momentum", momentum))
    return false;
  return (mpq_sgn(momentum) >= 0 && mpq_cmp_si(momentum, 1, 1) < 0) ||
         FAIL(elaborator->document, list->item[0]->at,
              "momentum is out of range; 0 <= momentum < 1 is accepted");
}

bool hp_read_horizon(hp_elaborator *elaborator, bool *has, mpq_t horizon) {
  const hp_list *list = &elaborator->document->horizon;
  *has = hp_is_given(list->at);
  if (!*has)
    return true;
  if (!read_single(elaborator, list, "horizon", horizon))
    return false;
  return mpq_sgn(horizon) > 0 || FAIL(elaborator->document, list->item[0]->at,
                                      "horizon is out of range; horizon > 0 is accepted");
}

bool hp_read_box(hp_elaborator *elaborator, char *const names[], const mpq_t start[], mpq_t low[],
                 mpq_t high[]) {
  const hp_document *document = elaborator->document;
  const hp_list *box = &document->box;
  size_t d = document->dimension, intervals = box->count / 2;
  if (intervals != d && intervals != 1)
    return FAIL(document, box->at,
                "box has %zu interval%s; one for each of %s to %s, or one for all, is accepted",
                intervals, plural(intervals), names[0], names[d - 1]);
  for (size_t k = 0; k < d; k++) {
    hp_expression **interval = box->item + (intervals == 1 ? 0 : 2 * k);
    if (!hp_elaborate_rational(elaborator, interval[0], "this bound", low[k]) ||
        !hp_elaborate_rational(elaborator, interval[1], "this bound", high[k]))
      return false;
    if (mpq_cmp(low[k], high[k]) >= 0)
      return FAIL(document, interval[0]->at,
                  "this interval is empty; low..high with low < high is "
                  "accepted");
    if (mpq_cmp(start[k], low[k]) < 0 || mpq_cmp(start[k], high[k]) > 0)
      return FAIL(document, interval[0]->at,
                  "the start of %s lies outside this interval; a box around the start is accepted",
                  names[k]);
  }
  return true;
}
