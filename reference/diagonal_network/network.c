#include "network.h"
#include "reference/iterate/vector_mpfr.h"
#include "reference/problem/allocate.h"
#include "reference/problem/diagnostic.h"
#include "reference/problem/rational.h"
#include "reference/problem/syntax.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static mpq_t *new_rationals(size_t count) {
  mpq_t *value = hp_allocate(count, sizeof *value);
  for (size_t i = 0; i < count; ++i)
    mpq_init(value[i]);
  return value;
}

static void free_rationals(mpq_t *value, size_t count) {
  for (size_t i = 0; i < count; ++i)
    mpq_clear(value[i]);
  free(value);
}

static void network_init(hp_diagonal_network *network, size_t n, size_t d) {
  network->n = n;
  network->d = d;
  network->design = new_rationals(n * d);
  network->target = new_rationals(n);
  network->u = new_rationals(d);
  network->v = new_rationals(d);
}

void hp_diagonal_network_clear(hp_diagonal_network *network) {
  free_rationals(network->v, network->d);
  free_rationals(network->u, network->d);
  free_rationals(network->target, network->n);
  free_rationals(network->design, network->n * network->d);
}

void hp_diagonal_network_of(hp_diagonal_network *network, const hp_problem *problem) {
  size_t n = problem->n_rows, d = problem->n_params / 2;
  network_init(network, n, d);
  for (size_t i = 0; i < n * d; ++i)
    mpq_set(network->design[i], problem->design[i]);
  for (size_t i = 0; i < n; ++i)
    mpq_set(network->target[i], problem->target[i]);
  for (size_t j = 0; j < d; ++j) {
    mpq_set(network->u[j], problem->start[j]);
    mpq_set(network->v[j], problem->start[d + j]);
  }
}

size_t hp_diagonal_network_frozen(const hp_diagonal_network *network) {
  size_t frozen = 0;
  mpq_t minus_v;
  mpq_init(minus_v);
  for (size_t j = 0; j < network->d; ++j) {
    mpq_neg(minus_v, network->v[j]);
    frozen += mpq_equal(network->u[j], network->v[j]) || mpq_equal(network->u[j], minus_v);
  }
  mpq_clear(minus_v);
  return frozen;
}

/* ---- CSV ---- */

/* The entries of the first line that is not blank, when its first one is a number; else 0. */
static size_t unnamed_columns(const char *text, size_t length) {
  size_t begin = 0;
  while (begin < length && strchr(" \t\r\n", text[begin]))
    ++begin;
  size_t end = begin, entry = length;
  for (; end < length && text[end] != '\n'; ++end)
    if (text[end] == ',' && entry == length)
      entry = end;
  entry = entry < end ? entry : end;
  while (entry > begin && strchr(" \t\r", text[entry - 1]))
    --entry;
  char *first = hp_allocate(entry - begin + 1, 1);
  memcpy(first, text + begin, entry - begin);
  mpq_t value;
  mpq_init(value);
  bool is_number = hp_rational_read(value, first);
  mpq_clear(value);
  free(first);
  size_t columns = is_number;
  for (size_t i = begin; is_number && i < end; ++i)
    columns += text[i] == ',';
  return columns;
}

/* "x1,...,xd,y\n" before the text; the caller frees it. */
static char *named(const char *text, size_t *length, size_t columns) {
  size_t room = *length + 24 * columns + 8, at = 0;
  char *result = hp_allocate(room, 1);
  for (size_t j = 1; j < columns; ++j)
    at += (size_t)snprintf(result + at, room - at, "x%zu,", j);
  at += (size_t)snprintf(result + at, room - at, "y\n");
  memcpy(result + at, text, *length);
  *length += at;
  return result;
}

static bool fill(hp_diagonal_network *network, const hp_table *table, const hp_graph *graph,
                 hp_diagnostic *why) {
  size_t d = table->n_columns - 1;
  network_init(network, table->n_rows, d);
  for (size_t i = 0; i < table->n_rows; ++i)
    for (size_t j = 0; j <= d; ++j) {
      hp_node entry;
      if (!hp_table_entry(table, i, j, &entry, why)) {
        hp_diagonal_network_clear(network);
        return false;
      }
      mpq_ptr place = j < d ? network->design[i * d + j] : network->target[i];
      hp_graph_rational_value(graph, entry, place);
    }
  for (size_t j = 0; j < d; ++j)
    mpq_set_ui(network->u[j], 1, 2);
  return true;
}

bool hp_diagonal_network_parse(hp_diagonal_network *network, const char *text, size_t length,
                               const char *file, hp_diagnostic *why) {
  hp_arena arena = {NULL};
  hp_graph *graph = hp_graph_new();
  hp_table table;
  size_t columns = unnamed_columns(text, length);
  char *with_names = columns ? named(text, &length, columns) : NULL;
  bool read =
      hp_table_parse(&table, with_names ? with_names : text, length, file, &arena, graph, why);
  if (read && table.n_columns < 2)
    read = hp_diagnose(why, file, (hp_position){1 + (columns > 0), 1},
                       "the table has one column; the columns of X and then one of y are accepted");
  read = read && fill(network, &table, graph, why);
  if (!read && with_names && why->line > 1)
    --why->line;
  free(with_names);
  hp_graph_free(graph);
  hp_arena_free(&arena);
  return read;
}

bool hp_diagonal_network_load(hp_diagonal_network *network, const char *path, hp_diagnostic *why) {
  size_t length;
  char *text = hp_read_file(path, HP_TABLE_FILE_LIMIT, &length);
  if (!text)
    return hp_diagnose(why, path, (hp_position){0, 0},
                       "cannot be read: %s; a CSV file of at most %d bytes is accepted",
                       strerror(errno), HP_TABLE_FILE_LIMIT);
  bool read = hp_diagonal_network_parse(network, text, length, path, why);
  free(text);
  return read;
}

/* ---- in MPFR ---- */

void hp_diagonal_matrix_init(hp_diagonal_matrix *matrix, const hp_diagonal_network *network,
                             mpfr_prec_t precision_bits) {
  size_t n = network->n, d = network->d;
  *matrix = (hp_diagonal_matrix){.n = n, .d = d, .precision_bits = precision_bits};
  matrix->design = hp_vector_new_mpfr(n * d, precision_bits);
  matrix->target = hp_vector_new_mpfr(n, precision_bits);
  matrix->residual = hp_vector_new_mpfr(n, precision_bits);
  mpfr_init2(matrix->product, precision_bits);
  for (size_t i = 0; i < n * d; ++i)
    mpfr_set_q(matrix->design[i], network->design[i], MPFR_RNDN);
  for (size_t i = 0; i < n; ++i)
    mpfr_set_q(matrix->target[i], network->target[i], MPFR_RNDN);
}

void hp_diagonal_matrix_clear(hp_diagonal_matrix *matrix) {
  mpfr_clear(matrix->product);
  hp_vector_free_mpfr(matrix->n, matrix->residual);
  hp_vector_free_mpfr(matrix->n, matrix->target);
  hp_vector_free_mpfr(matrix->n * matrix->d, matrix->design);
}

/* result = X_i theta - y_i */
static void row_residual(hp_diagonal_matrix *matrix, size_t i, const mpfr_t theta[],
                         mpfr_t result) {
  mpfr_neg(result, matrix->target[i], MPFR_RNDN);
  for (size_t j = 0; j < matrix->d; ++j)
    mpfr_fma(result, matrix->design[i * matrix->d + j], theta[j], result, MPFR_RNDN);
}

void hp_diagonal_gradient_mpfr(hp_diagonal_matrix *matrix, const mpfr_t theta[], mpfr_t g[]) {
  size_t n = matrix->n, d = matrix->d;
  for (size_t j = 0; j < d; ++j)
    mpfr_set_zero(g[j], 1);
  for (size_t i = 0; i < n; ++i) {
    row_residual(matrix, i, theta, matrix->residual[i]);
    for (size_t j = 0; j < d; ++j)
      mpfr_fma(g[j], matrix->design[i * d + j], matrix->residual[i], g[j], MPFR_RNDN);
  }
  for (size_t j = 0; j < d; ++j)
    mpfr_div_ui(g[j], g[j], n, MPFR_RNDN);
}

void hp_diagonal_row_gradient_mpfr(hp_diagonal_matrix *matrix, size_t row, const mpfr_t theta[],
                                   mpfr_t g[]) {
  row_residual(matrix, row, theta, matrix->product);
  for (size_t j = 0; j < matrix->d; ++j)
    mpfr_mul(g[j], matrix->design[row * matrix->d + j], matrix->product, MPFR_RNDN);
}

void hp_diagonal_loss_mpfr(hp_diagonal_matrix *matrix, mpfr_t loss) {
  hp_vector_norm_mpfr(loss, matrix->n, matrix->residual);
  mpfr_sqr(loss, loss, MPFR_RNDN);
  mpfr_div_ui(loss, loss, 2 * matrix->n, MPFR_RNDN);
}

void hp_diagonal_theta_mpfr(hp_diagonal_matrix *matrix, const mpfr_t w_plus[],
                            const mpfr_t w_minus[], mpfr_t theta[]) {
  for (size_t j = 0; j < matrix->d; ++j) {
    mpfr_sqr(theta[j], w_plus[j], MPFR_RNDN);
    mpfr_sqr(matrix->product, w_minus[j], MPFR_RNDN);
    mpfr_sub(theta[j], theta[j], matrix->product, MPFR_RNDN);
    mpfr_div_2ui(theta[j], theta[j], 2, MPFR_RNDN);
  }
}
