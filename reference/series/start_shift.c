#include "start_shift.h"
#include "bseries.h"
#include "reference/problem/allocate.h"
#include <stdlib.h>

/* ---- sums of n^j lambda^{kn} ---- */

/* sum_{k<=size} sum_{j<=size} c[k (size+1) + j] n^j lambda^{kn} */
typedef struct {
  size_t size;
  mpq_t *c;
} modes;

static mpq_ptr at(const modes *x, size_t k, size_t j) {
  return x->c[k * (x->size + 1) + j];
}

static modes modes_new(size_t size) {
  size_t count = (size + 1) * (size + 1);
  modes x = {size, hp_allocate(count, sizeof *x.c)};
  for (size_t i = 0; i < count; ++i)
    mpq_init(x.c[i]);
  return x;
}

static void modes_free(modes *x) {
  for (size_t i = 0; i < (x->size + 1) * (x->size + 1); ++i)
    mpq_clear(x->c[i]);
  free(x->c);
}

/* y := y x, dropping nothing: y is large enough for the product. */
static void multiply(modes *y, const modes *x) {
  modes product = modes_new(y->size);
  mpq_t term;
  mpq_init(term);
  for (size_t k = 0; k <= x->size; ++k)
    for (size_t j = 0; j <= x->size; ++j) {
      if (mpq_sgn(at(x, k, j)) == 0)
        continue;
      for (size_t l = 0; l + k <= y->size; ++l)
        for (size_t i = 0; i + j <= y->size; ++i) {
          mpq_mul(term, at(x, k, j), at(y, l, i));
          mpq_add(at(&product, k + l, i + j), at(&product, k + l, i + j), term);
        }
    }
  mpq_clear(term);
  modes_free(y);
  *y = product;
}

/* (i choose j) */
static void binomial(mpq_t result, size_t i, size_t j) {
  mpz_bin_uiui(mpq_numref(result), i, j);
  mpz_set_ui(mpq_denref(result), 1);
}

static void power(mpq_t result, const mpq_t x, size_t k) {
  mpz_pow_ui(mpq_numref(result), mpq_numref(x), k);
  mpz_pow_ui(mpq_denref(result), mpq_denref(x), k);
}

/* x_{n-1}: (n-1)^i lambda^{k(n-1)} = lambda^{-k} sum_j (i choose j) (-1)^{i-j} n^j lambda^{kn} */
static modes previous(const modes *x, const mpq_t lambda) {
  modes y = modes_new(x->size);
  mpq_t factor, term;
  mpq_inits(factor, term, (mpq_ptr)0);
  for (size_t k = 0; k <= x->size; ++k) {
    power(factor, lambda, k);
    for (size_t i = 0; i <= x->size; ++i) {
      if (mpq_sgn(at(x, k, i)) == 0)
        continue;
      for (size_t j = 0; j <= i; ++j) {
        binomial(term, i, j);
        mpq_mul(term, term, at(x, k, i));
        mpq_div(term, term, factor);
        if ((i - j) % 2)
          mpq_sub(at(&y, k, j), at(&y, k, j), term);
        else
          mpq_add(at(&y, k, j), at(&y, k, j), term);
      }
    }
  }
  mpq_clears(factor, term, (mpq_ptr)0);
  return y;
}

/* Solves x_{n+1} - rho x_n = q_n, x_0 = 0, rho = lambda^r with r = 0 or 1, mode by mode from the
 * highest power of n down: with mu = lambda^k,
 *     mu p(n+1) - rho p(n) = (mu - rho) n^j p_j + mu sum_{j<i} (i choose j) p_i n^j;
 * for k = r the leading terms cancel and p has one degree more. */
static modes sum_up(const modes *q, const mpq_t lambda, size_t r) {
  modes p = modes_new(q->size);
  mpq_t mu, rho, sum, term;
  mpq_inits(mu, rho, sum, term, (mpq_ptr)0);
  power(rho, lambda, r);
  for (size_t k = 0; k <= q->size; ++k) {
    power(mu, lambda, k);
    for (size_t j = q->size + 1; j-- > 0;) {
      /* rest of n^j once p_i, i > j (k = r: i > j + 1), are known */
      size_t target = k == r ? j + 1 : j;
      if (target > q->size)
        continue;
      mpq_set_ui(sum, 0, 1);
      for (size_t i = target + 1; i <= q->size; ++i) {
        binomial(term, i, j);
        mpq_mul(term, term, at(&p, k, i));
        mpq_add(sum, sum, term);
      }
      mpq_mul(sum, sum, mu);
      mpq_sub(sum, at(q, k, j), sum);
      if (k == r) {
        binomial(term, target, j);
        mpq_mul(term, term, mu);
      } else {
        mpq_sub(term, mu, rho);
      }
      mpq_div(at(&p, k, target), sum, term);
    }
  }
  /* x_0 = 0 by the free part lambda^{rn} */
  for (size_t k = 0; k <= q->size; ++k)
    if (k != r)
      mpq_sub(at(&p, r, 0), at(&p, r, 0), at(&p, k, 0));
  mpq_clears(mu, rho, sum, term, (mpq_ptr)0);
  return p;
}

/* prod_i ((1+a) c_n(t_i) - a c_{n-1}(t_i)) with room for one order more */
static modes forcing(const hp_tree_entry *entry, const modes now[], const modes before[],
                     const mpq_t a) {
  modes product = modes_new(entry->order);
  mpq_t x, y;
  mpq_inits(x, y, (mpq_ptr)0);
  mpq_set_ui(at(&product, 0, 0), 1, 1);
  for (size_t i = 0; i < entry->n_branches; ++i) {
    const modes *c = &now[entry->branch[i]], *d = &before[entry->branch[i]];
    modes factor = modes_new(c->size);
    for (size_t k = 0; k < (c->size + 1) * (c->size + 1); ++k) {
      mpq_sub(x, c->c[k], d->c[k]);
      mpq_mul(x, x, a);
      mpq_add(factor.c[k], c->c[k], x);
    }
    multiply(&product, &factor);
    modes_free(&factor);
  }
  mpq_clears(x, y, (mpq_ptr)0);
  return product;
}

/* With d_n = c_n - c_{n-1}: d_{n+1} - lambda d_n = forcing, d_0 = 0; then c_{n+1} - c_n = d_{n+1}. */
static void shift_by_modes(const hp_trees *trees, mpq_t shift[], const mpq_t lambda,
                           const mpq_t a) {
  modes *now = hp_allocate(trees->count, sizeof *now);
  modes *before = hp_allocate(trees->count, sizeof *before);
  for (size_t t = 0; t < trees->count; ++t) {
    modes g = forcing(&trees->entry[t], now, before, a);
    modes d = sum_up(&g, lambda, 1);
    /* d_{n+1} = lambda d_n + forcing */
    for (size_t k = 0; k < (d.size + 1) * (d.size + 1); ++k) {
      mpq_mul(d.c[k], d.c[k], lambda);
      mpq_add(d.c[k], d.c[k], g.c[k]);
    }
    now[t] = sum_up(&d, lambda, 0);
    before[t] = previous(&now[t], lambda);
    mpq_set(shift[t], at(&now[t], 0, 0));
    modes_free(&d);
    modes_free(&g);
  }
  for (size_t t = 0; t < trees->count; ++t) {
    modes_free(&now[t]);
    modes_free(&before[t]);
  }
  free(now);
  free(before);
}

/* ---- lambda = 0: c_n(t) is a polynomial of degree |t| in n from n = |t| on ---- */

/* The value at 0 of the polynomial of degree order through (n, c_n), n = order .. 2 order:
 *     sum_i c_{order+i} prod_{j != i} (order + j)/(j - i). */
static void extrapolate(mpq_t result, const hp_trees *trees, const mpq_t iterates[], size_t t) {
  size_t order = trees->entry[t].order;
  mpq_t term, factor;
  mpq_inits(term, factor, (mpq_ptr)0);
  mpq_set_ui(result, 0, 1);
  for (size_t i = 0; i <= order; ++i) {
    mpq_set(term, iterates[(order + i) * trees->count + t]);
    for (size_t j = 0; j <= order; ++j) {
      if (j == i)
        continue;
      mpq_set_si(factor, (long)(order + j), 1);
      mpq_mul(term, term, factor);
      mpq_set_si(factor, (long)j - (long)i, 1);
      mpq_div(term, term, factor);
    }
    mpq_add(result, result, term);
  }
  mpq_clears(term, factor, (mpq_ptr)0);
}

static void shift_without_momentum(const hp_trees *trees, mpq_t shift[], const mpq_t lambda,
                                   const mpq_t a) {
  size_t last = 2 * trees->largest_order, count = (last + 1) * trees->count;
  mpq_t *iterates = hp_allocate(count, sizeof *iterates);
  for (size_t i = 0; i < count; ++i)
    mpq_init(iterates[i]);
  hp_momentum_iterate_series(trees, iterates, last, lambda, a);
  for (size_t t = 0; t < trees->count; ++t)
    extrapolate(shift[t], trees, iterates, t);
  for (size_t i = 0; i < count; ++i)
    mpq_clear(iterates[i]);
  free(iterates);
}

void hp_momentum_shift_series(const hp_trees *trees, mpq_t shift[], const mpq_t lambda,
                              const mpq_t a) {
  if (mpq_sgn(lambda))
    shift_by_modes(trees, shift, lambda, a);
  else
    shift_without_momentum(trees, shift, lambda, a);
}

void hp_momentum_iterate_series(const hp_trees *trees, mpq_t iterates[], size_t last,
                                const mpq_t lambda, const mpq_t a) {
  mpq_t product, factor;
  mpq_inits(product, factor, (mpq_ptr)0);
  for (size_t t = 0; t < trees->count; ++t)
    mpq_set_ui(iterates[t], 0, 1);
  for (size_t n = 0; n < last; ++n) {
    const mpq_t *now = iterates + n * trees->count;
    const mpq_t *before = n ? now - trees->count : now;
    mpq_t *next = iterates + (n + 1) * trees->count;
    for (size_t t = 0; t < trees->count; ++t) {
      const hp_tree_entry *entry = &trees->entry[t];
      mpq_set_ui(product, 1, 1);
      for (size_t i = 0; i < entry->n_branches; ++i) {
        hp_tree b = entry->branch[i];
        mpq_sub(factor, now[b], before[b]);
        mpq_mul(factor, factor, a);
        mpq_add(factor, factor, now[b]);
        mpq_mul(product, product, factor);
      }
      mpq_sub(factor, now[t], before[t]);
      mpq_mul(factor, factor, lambda);
      mpq_add(factor, factor, now[t]);
      mpq_add(next[t], factor, product);
    }
  }
  mpq_clears(product, factor, (mpq_ptr)0);
}
