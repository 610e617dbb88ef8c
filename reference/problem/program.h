#ifndef HP_PROGRAM_H
#define HP_PROGRAM_H
#include "graph.h"
#include "src/tape.h"
#include <arb.h>
#include <gmp.h>
#include <mpfr.h>

/* A lowered graph: the tape of src/tape.h with exact constants and a list of output slots.
 * Only what the outputs need is kept; slot layout and operand order are those of src/tape.h. */
typedef struct {
  size_t n_inputs, n_constants, n_instructions, n_outputs;
  mpq_t *constants;
  hp_instruction *code;
  uint32_t *output; /* slot of each output */
} hp_program;

hp_program *hp_program_lower(const hp_graph *graph, size_t n_inputs, const hp_node output[],
                             size_t n_outputs);
void hp_program_free(hp_program *program);

static inline size_t hp_program_slots(const hp_program *program) {
  return program->n_inputs + program->n_constants + program->n_instructions;
}

/* The constants rounded to nearest, for src/tape.c. */
void hp_program_constants_double(const hp_program *program, double constants[]);

/* Evaluation in MPFR: every operation correctly rounded to nearest at the precision of the slots.
 * A workspace belongs to one program and one precision. */
typedef struct {
  const hp_program *program;
  mpfr_t *slot;
} hp_evaluator_mpfr;
void hp_evaluator_mpfr_init(hp_evaluator_mpfr *evaluator, const hp_program *program,
                            mpfr_prec_t precision_bits);
void hp_evaluator_mpfr_clear(hp_evaluator_mpfr *evaluator);
/* result[i] = output i at x; outside the domain the result is NaN or an infinity, as in MPFR. */
void hp_evaluate_mpfr(hp_evaluator_mpfr *evaluator, const mpfr_t x[], mpfr_t result[]);

/* Evaluation in balls: result[i] contains output i at every point of the balls x. */
void hp_evaluate_arb(const hp_program *program, const arb_struct x[], arb_struct result[],
                     slong precision_bits);

/* y contains op(a, b) at every point of the balls a and b; no finite ball outside the domain. */
void hp_arb_operation(hp_operation op, arb_ptr y, arb_srcptr a, arb_srcptr b, slong precision_bits);

/* The ball of precision_bits around an exact rational. */
void hp_arb_set_rational(arb_ptr y, const mpq_t value, slong precision_bits);

#endif
