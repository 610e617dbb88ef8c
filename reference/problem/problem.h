#ifndef HP_PROBLEM_H
#define HP_PROBLEM_H
#include "program.h"

/* A problem file (.phi): a loss Phi on R^d and the defaults of its experiment. */
typedef struct {
  char *name; /* key `name`, else the file's stem */
  size_t n_params;
  char **param_names; /* "x", "w[1]", ... */
  hp_graph *graph;    /* inputs 0..d-1 are the parameters */
  hp_node loss;
  hp_node *gradient;                  /* d nodes */
  hp_program *loss_program;           /* u -> Phi(u) */
  hp_program *gradient_program;       /* u -> grad Phi(u) */
  hp_program *value_gradient_program; /* u -> Phi(u), grad Phi(u) */
  hp_program *hessian_vector_program; /* (u, d) -> H(u) d */
  bool is_quadratic;                  /* H does not depend on u */
  mpq_t *start;                       /* d values */
  bool has_momentum, has_horizon, has_box;
  mpq_t momentum, horizon;
  mpq_t *box_low, *box_high; /* d values each when has_box */
  bool is_diagonal_linear;   /* declared by `diagonal-linear`; then params are u_1..u_m, v_1..v_m */
  size_t n_rows;             /* n, and then the loss is |y - X (u*v)|^2 / (2n) with */
  mpq_t *design, *target;    /* X, n x m, row-major; y, n values */
} hp_problem;

/* What is wrong, where, and what would be accepted; line and column count from 1. */
typedef struct {
  char file[512];
  size_t line, column;
  char message[512];
} hp_diagnostic;

/* NULL with why filled in when the file cannot be read or is not a problem. CSV tables are looked
 * up beside the problem file. */
hp_problem *hp_problem_load(const char *path, hp_diagnostic *why);
/* The same from memory; `file` is what the messages call it, `directory` is where CSV tables are. */
hp_problem *hp_problem_parse(const char *text, size_t length, const char *file,
                             const char *directory, hp_diagnostic *why);
void hp_problem_free(hp_problem *problem);

/* "file:line:column: message", or "file: message" when line is 0. */
void hp_diagnostic_text(const hp_diagnostic *why, char *text, size_t size);

#endif
