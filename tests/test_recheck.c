#include "command.h"
#include "experiment.h"
#include "verify/claims/a1_certify.h"
#include "tests/random_double.h"
#include "verify/recheck.h"
#include "verify/seal.h"

/* A certificate of A1, and errors planted in it: each is refused, for its own reason. */

static hp_experiment experiment;
static json_t *certificate;

static void set_up(void) {
  hp_a1_enclosed m;
  experiment_open(&experiment, "quadratic-5-half", "hb", 5, 8);
  experiment.problem_file = "quadratic-5-half.phi";
  cr_assert_eq(hp_a1_enclose(&m, &experiment), HP_A1_ENCLOSED);
  certificate = hp_a1_certificate(&m);
  hp_a1_enclosed_clear(&m);
}

static void clean_up(void) {
  json_decref(certificate);
  experiment_close(&experiment);
}

TestSuite(recheck, .init = set_up, .fini = clean_up);

/* What is planted is sealed: the mathematics must refuse it. */
static void expect(const char *part) {
  hp_seal_set(certificate);
  char *why = hp_recheck(certificate, experiment.problem);
  if (part)
    cr_expect(why && strstr(why, part), "'%s', not '%s'", why ? why : "verified", part);
  else
    cr_expect_null(why, "%s", why);
  free(why);
}

/* array[index] := (factor array[index] + shift) */
static void alter(json_t *array, size_t index, const char *factor, const char *shift) {
  mpq_t x, y;
  mpq_inits(x, y, NULL);
  cr_assert(hp_rational_read(x, json_string_value(json_array_get(array, index))));
  cr_assert(hp_rational_read(y, factor));
  mpq_mul(x, x, y);
  cr_assert(hp_rational_read(y, shift));
  mpq_add(x, x, y);
  char *text = hp_rational_text(x);
  json_array_set_new(array, index, json_string(text));
  free(text);
  mpq_clears(x, y, NULL);
}

static json_t *member(const char *key) {
  return json_object_get(certificate, key);
}

static json_t *row(size_t i, const char *key) {
  return json_object_get(json_array_get(member("rows"), i), key);
}

/* The same, of a member of an object. */
static void alter_member(json_t *object, const char *key, const char *factor, const char *shift) {
  json_t *one = json_array();
  json_array_append(one, json_object_get(object, key));
  alter(one, 0, factor, shift);
  json_object_set(object, key, json_array_get(one, 0));
  json_decref(one);
}

/* ---- random corruptions ---- */

static size_t below(size_t n) {
  return (size_t)(random_bits() % n);
}

/* One byte of the text replaced, dropped or doubled. */
static char *corrupt_text(const char *text) {
  size_t length = strlen(text), place = below(length);
  char byte = text[place];
  while (byte == text[place])
    byte = (char)(' ' + below('~' - ' ' + 1));
  switch (below(3)) {
  case 0:
    return hp_text("%.*s%c%s", (int)place, text, byte, text + place + 1);
  case 1:
    return hp_text("%.*s%s", (int)place, text, text + place + 1);
  default:
    return hp_text("%.*s%c%s", (int)place, text, byte, text + place);
  }
}

/* Somewhere inside: one element of an array gone, or exchanged with the first when they differ. */
static void corrupt_array(json_t *json) {
  for (;;) {
    json_t *inner = NULL;
    if (json_is_array(json)) {
      json_t *first = json_array_get(json, 0);
      size_t chosen = below(json_array_size(json));
      inner = json_array_get(json, chosen);
      if (!json_is_array(inner) && !json_is_object(inner)) {
        if (json_equal(first, inner)) {
          json_array_remove(json, chosen);
        } else {
          json_array_set(json, 0, json_incref(inner));
          json_decref(inner);
        }
        return;
      }
    } else {
      static const char *const inside[] = {"flow", "rows", "box", "polynomial", "error", "bound"};
      while (!inner)
        inner = json_object_get(json, inside[below(sizeof inside / sizeof *inside)]);
    }
    json = inner;
  }
}

static bool refuses(const json_t *corrupted) {
  char *why = hp_recheck(corrupted, experiment.problem);
  free(why);
  return why != NULL;
}

static void refuses_100_corruptions(void) {
  char *text = json_dumps(certificate, JSON_INDENT(1));
  for (int trial = 0; trial < 100; trial++) {
    json_t *corrupted;
    if (trial % 2) {
      corrupted = json_deep_copy(certificate);
      corrupt_array(corrupted);
    } else {
      char *changed = corrupt_text(text);
      corrupted = json_loads(changed, JSON_REJECT_DUPLICATES, NULL);
      free(changed);
    }
    cr_expect(!corrupted || json_equal(corrupted, certificate) || refuses(corrupted), "trial %d",
              trial);
    json_decref(corrupted);
  }
  free(text);
}

Test(recheck, random_corruptions) {
  random_double_seed(7);
  refuses_100_corruptions();
  clean_up();
  hp_a1_enclosed m;
  experiment_open(&experiment, "double-well", "nag", 5, 7);
  cr_assert_eq(hp_a1_enclose(&m, &experiment), HP_A1_ENCLOSED);
  certificate = hp_a1_certificate(&m);
  hp_a1_enclosed_clear(&m);
  cr_expect(!refuses(certificate));
  refuses_100_corruptions();
}

/* The seal is what tells a true but altered certificate: sealed anew it is verified. */
Test(recheck, changed_and_still_true) {
  json_object_set_new(certificate, "version", json_string("0"));
  char *why = hp_recheck(certificate, experiment.problem);
  cr_expect(why && strstr(why, "the seal is not that of the rest"), "%s", why);
  free(why);
  expect(NULL);
}

Test(recheck, verified) {
  expect(NULL);
}

/* An error of 10^-18 in one value. */
Test(recheck, error_of_1e_18) {
  alter(row(2, "error"), 0, "1", "1e-18");
  alter(row(2, "error"), 1, "1", "1e-18");
  expect("E1 at h = 2^-7 does not lie in the interval claimed");
}

/* The end of an interval rounded inwards: to a quarter of its width from the other end. */
Test(recheck, rounded_inwards) {
  mpq_t low, high;
  mpq_inits(low, high, NULL);
  json_t *pair = row(0, "error");
  hp_rational_read(low, json_string_value(json_array_get(pair, 0)));
  hp_rational_read(high, json_string_value(json_array_get(pair, 1)));
  mpq_sub(high, high, low);
  mpq_div_2exp(high, high, 2);
  mpq_add(high, high, low);
  char *text = hp_rational_text(high);
  json_array_set_new(pair, 1, json_string(text));
  free(text);
  mpq_clears(low, high, NULL);
  expect("E1 at h = 2^-5 does not lie in the interval claimed");
}

/* The remainder bound halved, of the first step and of a later one. */
Test(recheck, remainder_halved) {
  json_t *step = json_array_get(member("flow"), 0);
  alter_member(step, "within", "1/2", "0");
  expect("claimed at t = 0 is too small");
  alter_member(step, "within", "2", "0");
  expect(NULL);
  alter_member(json_array_get(member("flow"), 2), "within", "1/2", "0");
  expect("is too small");
}

/* A coefficient of a polynomial off by 10^-18. */
Test(recheck, wrong_polynomial) {
  json_t *rows = json_object_get(json_array_get(member("flow"), 1), "polynomial");
  alter(json_array_get(rows, 0), 2, "1", "1e-18");
  expect("is too small");
}

Test(recheck, wrong_constants) {
  static const char *const keys[] = {"B0", "L"};
  for (int k = 0; k < 2; ++k) {
    json_t *kept = json_deep_copy(member(keys[k]));
    alter(member(keys[k]), 0, "63/64", "0");
    alter(member(keys[k]), 1, "63/64", "0");
    expect("B0, L or nu is exceeded somewhere in the box");
    json_object_set_new(certificate, keys[k], kept);
  }
  alter(row(1, "bound"), 0, "1023/1024", "0");
  alter(row(1, "bound"), 1, "1023/1024", "0");
  expect("the bound C(T) h of row 2 does not follow from the constants");
}

Test(recheck, wrong_law) {
  alter(member("slope"), 1, "1", "1e-9");
  expect("the slope does not follow");
  alter(member("slope"), 1, "1", "-1e-9");
  alter(member("limit"), 0, "1", "1e-9");
  expect("the bracket of the limit does not follow");
}

Test(recheck, box_too_small) {
  json_t *side = json_array_get(member("box"), 0);
  json_t *kept = json_deep_copy(side);
  alter(side, 1, "9/10", "0");
  expect("the box does not hold the flow after t = 0");
  json_array_set_new(member("box"), 0, kept);
  expect(NULL);
}

Test(recheck, wrong_method) {
  json_object_set_new(certificate, "a", json_string("1/2"));
  expect("does not lie in the interval claimed");
}

/* Every member is needed, and in its form. */
Test(recheck, malformed) {
  static const char *const keys[] = {"flow", "momentum",  "a",     "horizon", "box",  "B0",
                                     "L",    "largest_E", "slope", "limit",   "rows", "nu"};
  for (size_t k = 0; k < sizeof keys / sizeof *keys; ++k) {
    json_t *kept = json_deep_copy(member(keys[k]));
    json_object_set_new(certificate, keys[k], json_integer(3));
    char *part = hp_text("\"%s\" is missing or has another form", keys[k]);
    expect(part);
    free(part);
    json_object_set_new(certificate, keys[k], kept);
  }
  json_object_set_new(certificate, "fingerprint", json_string("0"));
  expect("another problem");
  json_object_set_new(certificate, "claim", json_string("A2"));
  expect("not a certificate of A1");
}

static void plant(json_t *array, size_t index, json_t *value) {
  json_array_set_new(array, index, value);
}

Test(recheck, malformed_inside) {
  json_t *kept = json_deep_copy(certificate);
  json_t *step = json_array_get(member("flow"), 1);
  plant(json_array_get(json_object_get(step, "polynomial"), 1), 3, json_string("1/0"));
  expect("\"flow\"");
  json_decref(certificate);
  certificate = json_deep_copy(kept);
  json_array_remove(
      json_array_get(json_object_get(json_array_get(member("flow"), 1), "polynomial"), 1), 0);
  expect("\"flow\"");
  json_decref(certificate);
  certificate = json_deep_copy(kept);
  plant(row(0, "error"), 0, json_string("7"));
  expect("\"rows\"");
  json_decref(certificate);
  certificate = json_deep_copy(kept);
  json_array_remove(member("flow"), 0);
  expect("\"horizon\"");
  json_decref(kept);
}

/* log(1 + exp) and tanh, sqrt, sin, atan ... in the power series and the intervals, in one loss. */
Test(recheck, every_function) {
  hp_a1_enclosed m;
  hp_experiment other;
  experiment_parse(&other,
                   "params = x, y\n"
                   "loss = (x-1)^2/2 + (y+1)^2/3 + (exp(x/4) + log(2+x^2) + sin(y) + cos(x)/3 + "
                   "tan(x/5) + sqrt(3+y^2) + sinh(y/4) + cosh(x/4) + tanh(x*y) + asinh(y) + "
                   "atan(x)/(2+y^2))/16 - x*y/50\n"
                   "start = 1/3, 1/4\nmomentum = 1/2\nhorizon = 1/2\n",
                   "nag", 3, 5);
  cr_assert_eq(hp_a1_enclose(&m, &other), HP_A1_ENCLOSED);
  json_t *json = hp_a1_certificate(&m);
  char *why = hp_recheck(json, other.problem);
  cr_expect_null(why, "%s", why);
  free(why);
  json_decref(json);
  hp_a1_enclosed_clear(&m);
  experiment_close(&other);
}

/* check --certify --certificates, recheck, and recheck of an altered file. */
Test(recheck, command) {
  char directory[64], file[160];
  command_directory(directory);
  snprintf(file, sizeof file, "%s/A1-quadratic-5-half-hb.json", directory);
  command_result result = command_run("check", "A1", "--certify", "--certificates", directory, "-p",
                                      "quadratic-5-half", "-m", "hb", "--steps", "2^-4..2^-6");
  command_expect(result, 0, NULL, NULL);
  char *expected = hp_text("verified  %s\n", file);
  command_expect(command_run("recheck", file), 0, expected, "");
  command_expect(command_run("recheck", "--problem", "quadratic-5-half", file), 0, expected, "");
  free(expected);
  command_expect(command_run("recheck", "--problem", "double-well", file), 1, NULL, "");
  command_write(directory, "broken.json", "{\"schema\": ");
  snprintf(file, sizeof file, "%s/broken.json", directory);
  command_expect(command_run("recheck", file), 2, "", NULL);
  command_write(directory, "broken.json", "{}");
  command_expect(command_run("recheck", file), 2, "", NULL);
  char line[128];
  snprintf(line, sizeof line, "rm -r %s", directory);
  cr_assert_eq(system(line), 0);
}
