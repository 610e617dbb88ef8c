#ifndef HP_SEAL_H
#define HP_SEAL_H
#include <jansson.h>
#include <stdbool.h>

/* The member "seal" of a JSON object: the fingerprint (reference/problem/fingerprint.h) of the text of
 * all its other members, keys sorted, without white space. It tells a certificate that was damaged,
 * edited or cut, also where what it still claims happens to be true. It is no signature: whoever means to
 * can write another; against that stands what `recheck` recomputes. */
void hp_seal_set(json_t *object);
bool hp_seal_holds(const json_t *object);

#endif
