#ifndef HP_SETTINGS_H
#define HP_SETTINGS_H
#include "elaborate.h"

/* The keys whose values are exact numbers, and what must hold for them. `names` are the d names of
 * the parameters, for messages. */

/* Which keys are there: either params, loss and start, or diagonal-linear, start_u and start_v. */
bool hp_check_keys(const hp_document *document);

/* start, or start_u and start_v: d values. */
bool hp_read_start(hp_elaborator *elaborator, char *const names[], mpq_t start[]);

/* 0 <= momentum < 1; horizon > 0; for a key that is absent *has is false. */
bool hp_read_momentum(hp_elaborator *elaborator, bool *has, mpq_t momentum);
bool hp_read_horizon(hp_elaborator *elaborator, bool *has, mpq_t horizon);

/* One interval low..high for each parameter, or one for all; low < high, and the start lies in it. */
bool hp_read_box(hp_elaborator *elaborator, char *const names[], const mpq_t start[], mpq_t low[],
                 mpq_t high[]);

#endif
