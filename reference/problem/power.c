#include "graph.h"

/* base^n for n >= 0 by squarings: base^n = (base^(n/2))^2 base^(n mod 2) from the leading bit. */
static hp_node integer_power(hp_graph *graph, hp_node base, mpz_srcptr n) {
  if (mpz_sgn(n) == 0)
    return hp_graph_integer(graph, 1);
  hp_node result = base;
  for (size_t bit = mpz_sizeinbase(n, 2) - 1; bit-- > 0;) {
    result = hp_graph_unary(graph, HP_SQR, result);
    if (mpz_tstbit(n, bit))
      result = hp_graph_op(graph, HP_MUL, result, base);
  }
  return result;
}

/* base^exponent for exponent >= 0 */
static hp_node positive_power(hp_graph *graph, hp_node base, mpq_srcptr exponent) {
  if (mpz_cmp_ui(mpq_denref(exponent), 1) == 0)
    return integer_power(graph, base, mpq_numref(exponent));
  if (mpz_cmp_ui(mpq_denref(exponent), 2) == 0) { /* x^(n + 1/2) = x^n sqrt(x) */
    mpz_t whole;
    mpz_init(whole);
    mpz_fdiv_q_2exp(whole, mpq_numref(exponent), 1);
    hp_node power = integer_power(graph, base, whole);
    mpz_clear(whole);
    return hp_graph_op(graph, HP_MUL, power, hp_graph_unary(graph, HP_SQRT, base));
  }
  if (base == hp_graph_integer(graph, 0) || base == hp_graph_integer(graph, 1))
    return base;
  hp_node logarithm = hp_graph_unary(graph, HP_LOG, base);
  hp_node scaled = hp_graph_op(graph, HP_MUL, hp_graph_rational(graph, exponent), logarithm);
  return hp_graph_unary(graph, HP_EXP, scaled);
}

hp_node hp_graph_power(hp_graph *graph, hp_node base, const mpq_t exponent) {
  if (mpq_sgn(exponent) >= 0)
    return positive_power(graph, base, exponent);
  mpq_t magnitude;
  mpq_init(magnitude);
  mpq_neg(magnitude, exponent);
  hp_node power = positive_power(graph, base, magnitude);
  mpq_clear(magnitude);
  return hp_graph_op(graph, HP_DIV, hp_graph_integer(graph, 1), power);
}
