#include "eigen.h"

typedef struct {
  size_t d;
  mpfr_t t, c, s, x, y;
} rotation;

/* (p, q) := (c p - s q, s p + c q) */
static void rotate(rotation *r, mpfr_t p, mpfr_t q) {
  mpfr_fmms(r->x, r->c, p, r->s, q, MPFR_RNDN);
  mpfr_fmma(r->y, r->s, p, r->c, q, MPFR_RNDN);
  mpfr_set(p, r->x, MPFR_RNDN);
  mpfr_set(q, r->y, MPFR_RNDN);
}

/* c, s of the smaller rotation that makes a_pq zero:
 * t = sign(theta)/(|theta| + sqrt(theta^2 + 1)), theta = (a_qq - a_pp)/(2 a_pq) */
static void angle(rotation *r, const mpfr_t app, const mpfr_t aqq, const mpfr_t apq) {
  mpfr_sub(r->x, aqq, app, MPFR_RNDN);
  mpfr_div(r->x, r->x, apq, MPFR_RNDN);
  mpfr_div_2ui(r->x, r->x, 1, MPFR_RNDN);
  mpfr_sqr(r->t, r->x, MPFR_RNDN);
  mpfr_add_ui(r->t, r->t, 1, MPFR_RNDN);
  mpfr_sqrt(r->t, r->t, MPFR_RNDN);
  mpfr_abs(r->y, r->x, MPFR_RNDN);
  mpfr_add(r->t, r->t, r->y, MPFR_RNDN);
  mpfr_ui_div(r->t, 1, r->t, MPFR_RNDN);
  if (mpfr_signbit(r->x))
    mpfr_neg(r->t, r->t, MPFR_RNDN);
  mpfr_sqr(r->c, r->t, MPFR_RNDN);
  mpfr_add_ui(r->c, r->c, 1, MPFR_RNDN);
  mpfr_rec_sqrt(r->c, r->c, MPFR_RNDN);
  mpfr_mul(r->s, r->t, r->c, MPFR_RNDN);
}

static void annihilate(rotation *r, mpfr_t a[], mpfr_t vector[], size_t p, size_t q) {
  size_t d = r->d;
  angle(r, a[p * d + p], a[q * d + q], a[p * d + q]);
  for (size_t k = 0; k < d; ++k)
    rotate(r, a[k * d + p], a[k * d + q]);
  for (size_t k = 0; k < d; ++k)
    rotate(r, a[p * d + k], a[q * d + k]);
  for (size_t k = 0; k < d; ++k)
    rotate(r, vector[k * d + p], vector[k * d + q]);
  mpfr_set_zero(a[p * d + q], 1);
  mpfr_set_zero(a[q * d + p], 1);
}

/* Is every |a_pq| below 2^-precision of the largest diagonal entry? */
static int is_diagonal(size_t d, mpfr_t a[], mpfr_t largest) {
  mpfr_set_zero(largest, 1);
  for (size_t i = 0; i < d; ++i)
    if (mpfr_cmpabs(a[i * d + i], largest) > 0)
      mpfr_abs(largest, a[i * d + i], MPFR_RNDN);
  mpfr_div_2ui(largest, largest, (unsigned long)mpfr_get_prec(largest), MPFR_RNDN);
  for (size_t i = 0; i < d; ++i)
    for (size_t j = 0; j < i; ++j)
      if (mpfr_cmpabs(a[i * d + j], largest) > 0)
        return 0;
  return 1;
}

static void sort(size_t d, mpfr_t value[], mpfr_t vector[]) {
  for (size_t i = 1; i < d; ++i)
    for (size_t j = i; j > 0 && mpfr_less_p(value[j], value[j - 1]); --j) {
      mpfr_swap(value[j], value[j - 1]);
      for (size_t k = 0; k < d; ++k)
        mpfr_swap(vector[k * d + j], vector[k * d + j - 1]);
    }
}

void hp_symmetric_eigen_mpfr(size_t d, mpfr_t matrix[], mpfr_t value[], mpfr_t vector[]) {
  enum { MOST_SWEEPS = 100 };
  rotation r = {.d = d};
  mpfr_inits2(d ? mpfr_get_prec(matrix[0]) : 53, r.t, r.c, r.s, r.x, r.y, (mpfr_ptr)0);
  for (size_t i = 0; i < d * d; ++i)
    mpfr_set_ui(vector[i], i % (d + 1) == 0, MPFR_RNDN);
  for (int sweep = 0; sweep < MOST_SWEEPS && !is_diagonal(d, matrix, r.t); ++sweep)
    for (size_t p = 0; p < d; ++p)
      for (size_t q = p + 1; q < d; ++q)
        if (!mpfr_zero_p(matrix[p * d + q]))
          annihilate(&r, matrix, vector, p, q);
  for (size_t i = 0; i < d; ++i)
    mpfr_set(value[i], matrix[i * d + i], MPFR_RNDN);
  sort(d, value, vector);
  mpfr_clears(r.t, r.c, r.s, r.x, r.y, (mpfr_ptr)0);
}
