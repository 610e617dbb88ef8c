#include "seal.h"
#include "reference/problem/fingerprint.h"
#include <stdlib.h>
#include <string.h>

static void seal_of(const json_t *object, char seal[HP_FINGERPRINT_SIZE]) {
  json_t *others = json_copy((json_t *)object);
  json_object_del(others, "seal");
  char *text = json_dumps(others, JSON_COMPACT | JSON_SORT_KEYS);
  hp_text_fingerprint(text ? text : "", seal);
  free(text);
  json_decref(others);
}

void hp_seal_set(json_t *object) {
  char seal[HP_FINGERPRINT_SIZE];
  seal_of(object, seal);
  json_object_set_new(object, "seal", json_string(seal));
}

bool hp_seal_holds(const json_t *object) {
  const char *claimed = json_string_value(json_object_get(object, "seal"));
  char seal[HP_FINGERPRINT_SIZE];
  if (!claimed)
    return false;
  seal_of(object, seal);
  return strcmp(claimed, seal) == 0;
}
