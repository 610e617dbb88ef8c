#include "verify/seal.h"
#include <criterion/criterion.h>

static json_t *read(const char *text) {
  json_t *json = json_loads(text, 0, NULL);
  cr_assert_not_null(json, "%s", text);
  return json;
}

/* The seal of a text holds of another text exactly when they say the same. */
static bool seal_carries_over(const char *from, const char *to) {
  json_t *sealed = read(from), *other = read(to);
  hp_seal_set(sealed);
  cr_expect(hp_seal_holds(sealed));
  json_object_set(other, "seal", json_object_get(sealed, "seal"));
  bool holds = hp_seal_holds(other);
  json_decref(other);
  json_decref(sealed);
  return holds;
}

Test(seal, is_of_what_is_said) {
  cr_expect(seal_carries_over("{\"a\": [1, \"2\"], \"b\": {}}", "{\"b\":{},   \"a\":[1,\"2\"]}"));
  cr_expect(!seal_carries_over("{\"a\": [1, \"2\"]}", "{\"a\": [1, \"3\"]}"));
  cr_expect(!seal_carries_over("{\"a\": [1, 2]}", "{\"a\": [2, 1]}"));
  cr_expect(!seal_carries_over("{\"a\": 1}", "{\"a\": 1, \"b\": 1}"));
  cr_expect(!seal_carries_over("{\"a\": 1}", "{\"b\": 1}"));
  cr_expect(!seal_carries_over("{\"a\": 1}", "{\"a\": \"1\"}"));
}

Test(seal, has_its_form) {
  json_t *json = read("{\"a\": 1}");
  cr_expect(!hp_seal_holds(json));
  json_object_set_new(json, "seal", json_integer(3));
  cr_expect(!hp_seal_holds(json));
  hp_seal_set(json);
  cr_expect(hp_seal_holds(json));
  hp_seal_set(json);
  cr_expect(hp_seal_holds(json), "sealed twice");
  json_decref(json);
}
