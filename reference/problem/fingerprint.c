#include "fingerprint.h"
#include "rational.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static const uint64_t OFFSET = UINT64_C(0xcbf29ce484222325);

static void add_byte(uint64_t *hash, unsigned char byte) {
  *hash = (*hash ^ byte) * UINT64_C(0x100000001b3);
}

static void add_number(uint64_t *hash, uint64_t number) {
  for (int shift = 0; shift < 64; shift += 8)
    add_byte(hash, (unsigned char)(number >> shift));
}

static void add_text(uint64_t *hash, const char *text) {
  for (const char *at = text; *at; at++)
    add_byte(hash, (unsigned char)*at);
}

static void add_rational(uint64_t *hash, const mpq_t value) {
  char *text = hp_rational_text(value);
  add_text(hash, text);
  add_byte(hash, 0);
  free(text);
}

static void add_program(uint64_t *hash, const hp_program *program) {
  add_number(hash, program->n_inputs);
  add_number(hash, program->n_constants);
  for (size_t i = 0; i < program->n_constants; i++)
    add_rational(hash, program->constants[i]);
  add_number(hash, program->n_instructions);
  for (size_t i = 0; i < program->n_instructions; i++) {
    add_number(hash, program->code[i].op);
    add_number(hash, program->code[i].a);
    add_number(hash, program->code[i].b);
  }
  for (size_t i = 0; i < program->n_outputs; i++)
    add_number(hash, program->output[i]);
}

void hp_problem_fingerprint(const hp_problem *problem, char text[HP_FINGERPRINT_SIZE]) {
  uint64_t hash = OFFSET;
  add_program(&hash, problem->loss_program);
  for (size_t i = 0; i < problem->n_params; i++)
    add_rational(&hash, problem->start[i]);
  snprintf(text, HP_FINGERPRINT_SIZE, "%016" PRIx64, hash);
}

void hp_text_fingerprint(const char *text, char fingerprint[HP_FINGERPRINT_SIZE]) {
  uint64_t hash = OFFSET;
  add_text(&hash, text);
  snprintf(fingerprint, HP_FINGERPRINT_SIZE, "%016" PRIx64, hash);
}
