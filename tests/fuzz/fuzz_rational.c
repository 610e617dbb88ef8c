/* libFuzzer target: any text as a rational. What is read is written and read again as the same. */
#include "reference/problem/rational.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *text = calloc(size + 1, 1);
  memcpy(text, data, size);
  mpq_t value, again;
  mpq_inits(value, again, NULL);
  if (hp_rational_read(value, text) && mpz_sizeinbase(mpq_numref(value), 2) < 10000 &&
      mpz_sizeinbase(mpq_denref(value), 2) < 10000) {
    char *written = hp_rational_text(value);
    if (!hp_rational_read(again, written) || !mpq_equal(value, again))
      abort();
    free(written);
  }
  mpq_clears(value, again, NULL);
  free(text);
  return 0;
}
