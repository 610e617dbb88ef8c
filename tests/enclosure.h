#ifndef HP_TESTS_ENCLOSURE_H
#define HP_TESTS_ENCLOSURE_H
#include "field.h"
#include "reference/enclosure/flow.h"
#include <criterion/criterion.h>

/* Enclosures of the fields of field.h. */

enum { ENCLOSURE_BITS = 1200 };

/* From u0/denominator to T = t/t_denominator. */
static inline hp_enclosure_status enclose(hp_enclosed_flow *flow, const hp_program *field,
                                          const long u0[], long denominator, long t,
                                          unsigned long t_denominator,
                                          const hp_enclosure_options *options) {
  slong d = (slong)field->n_inputs;
  arb_ptr u = _arb_vec_init(d);
  for (slong i = 0; i < d; i++) {
    arb_set_si(u + i, u0[i]);
    arb_div_si(u + i, u + i, denominator, ENCLOSURE_BITS);
  }
  mpq_t end;
  mpq_init(end);
  mpq_set_si(end, t, t_denominator);
  mpq_canonicalize(end);
  hp_enclosure_status status = hp_enclose_flow(flow, field, u, end, options);
  mpq_clear(end);
  _arb_vec_clear(u, d);
  return status;
}

static inline void eval_at(const hp_enclosed_flow *flow, long t, unsigned long denominator,
                           arb_struct u[]) {
  mpq_t time;
  mpq_init(time);
  mpq_set_si(time, t, denominator);
  mpq_canonicalize(time);
  hp_enclosed_flow_eval(flow, time, u);
  mpq_clear(time);
}

#endif
