#include "claims_list.h"
#include "cli.h"
#include "names.h"
#include "reference/problem/allocate.h"
#include <stddef.h>
#include <stdlib.h>
#include <strings.h>

const hp_claim *hp_claim_named(const char *id) {
  for (size_t i = 0; id && i < hp_claims_count; ++i)
    if (strcasecmp(id, hp_claims[i]->id) == 0)
      return hp_claims[i];
  const char **ids = hp_allocate(hp_claims_count, sizeof *ids);
  for (size_t i = 0; i < hp_claims_count; ++i)
    ids[i] = hp_claims[i]->id;
  char *list = hp_names_joined(ids, hp_claims_count);
  char *suggestion = id ? hp_names_suggestion(id, ids, hp_claims_count) : NULL;
  free(ids);
  if (!id)
    hp_reject("no claim named; accepted: %s", list);
  hp_reject("unknown claim '%.64s'%s; accepted: %s", id, suggestion, list);
}
