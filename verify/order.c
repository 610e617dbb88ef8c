#include "order.h"
#include <math.h>

/* s(x) = s0 + s1 x through two points, at x = 0. */
static double line(const double x[2], const double s[2]) {
  return (s[1] * x[0] - s[0] * x[1]) / (x[0] - x[1]);
}

/* s = s0 + s1 x + s2 y through three points, at x = y = 0 (Cramer). */
static double plane(const double x[3], const double y[3], const double s[3]) {
  double m0 = x[1] * y[2] - x[2] * y[1];
  double m1 = x[2] * y[0] - x[0] * y[2];
  double m2 = x[0] * y[1] - x[1] * y[0];
  return (s[0] * m0 + s[1] * m1 + s[2] * m2) / (m0 + m1 + m2);
}

/* Values s that tend to a limit like s0 + s1 x + s2 y, y = x^2 or y = z: the hull of the estimates of
 * s0, widened by its width on both sides. count is 2 or 3; the finest values stand last. */
static void limit(size_t count, const double x[], const double z[], const double s[],
                  double *estimate, double *low, double *high) {
  double one = line(x + count - 2, s + count - 2);
  *low = *high = one;
  if (count == 2) {
    *low = fmin(one, s[1]);
    *high = fmax(one, s[1]);
  } else {
    double square[3] = {x[0] * x[0], x[1] * x[1], x[2] * x[2]};
    double two = plane(x, square, s), logarithm = plane(x, z, s);
    *low = fmin(one, fmin(two, logarithm));
    *high = fmax(one, fmax(two, logarithm));
  }
  double width = *high - *low;
  *estimate = *low + width / 2;
  *low -= width;
  *high += width;
}

/* How far the extrapolations to x = 0 of successive pairs of values still scatter, carried to the finest
 * step: the largest difference of neighbours, each scaled by the square of its step. Smooth values make
 * it about three times the error of the last extrapolation. It is for values that are not smooth: the n
 * at which a maximum over n is taken is an integer, so that c(h) = c0 + c1 h + O(h^2 log(1/h)) with a
 * factor that oscillates in log h, which no fit sees. */
static double scatter(size_t count, const double x[], const double s[]) {
  double largest = 0;
  for (size_t i = 0; i + 2 < count; ++i) {
    double change = fabs(line(x + i + 1, s + i + 1) - line(x + i, s + i));
    double scale = x[count - 1] / x[i + 2];
    largest = fmax(largest, change * scale * scale);
  }
  return largest;
}

static double h_log(double h) {
  return -h * log(h);
}

/* The limit of error/h^expected from the last rows. */
static void estimate_constant(hp_order *result, size_t n, const mpfr_t h[], const mpfr_t error[],
                              double expected) {
  enum { MOST_ROWS = 6 };
  double step[MOST_ROWS], scaled[MOST_ROWS], logarithm[MOST_ROWS];
  size_t rows = n < MOST_ROWS ? n : MOST_ROWS, skip = rows - 3;
  for (size_t i = 0; i < rows; ++i) {
    step[i] = mpfr_get_d(h[n - rows + i], MPFR_RNDN);
    scaled[i] = mpfr_get_d(error[n - rows + i], MPFR_RNDN) / pow(step[i], expected);
    logarithm[i] = h_log(step[i]);
  }
  limit(3, step + skip, logarithm + skip, scaled + skip, &result->constant, &result->constant_low,
        &result->constant_high);
  double spread = scatter(rows, step, scaled);
  result->constant_low -= spread;
  result->constant_high += spread;
}

hp_order hp_order_estimate(size_t n, const mpfr_t h[], const mpfr_t error[], double expected) {
  hp_order result = {NAN, NAN, NAN, NAN, NAN, NAN, false, 0, n, 0};
  if (n < 3)
    return result;
  size_t rows = n < 4 ? n : 4;
  double step[4] = {0}, e[4] = {0};
  result.first_row = n - rows;
  result.rows = rows;
  for (size_t i = 0; i < rows; ++i) {
    step[i] = mpfr_get_d(h[n - rows + i], MPFR_RNDN);
    e[i] = mpfr_get_d(error[n - rows + i], MPFR_RNDN);
    if (!(e[i] > 0) || !isfinite(e[i]))
      return result;
  }
  /* log e(h) = log K + p log h + c h + d h log(1/h): divided differences in log h */
  double slope[3], x[3], z[3];
  for (size_t i = 0; i + 1 < rows; ++i) {
    double width = log(step[i] / step[i + 1]);
    slope[i] = log(e[i] / e[i + 1]) / width;
    x[i] = (step[i] - step[i + 1]) / width;
    z[i] = (h_log(step[i]) - h_log(step[i + 1])) / width;
  }
  limit(rows - 1, x, z, slope, &result.order, &result.low, &result.high);
  estimate_constant(&result, n, h, error, expected);
  double trend = fabs(slope[rows - 2] - result.order), finest = step[rows - 1];
  result.asymptotic = result.high - result.low < 2 * HP_ORDER_TOLERANCE && trend < 0.1;
  /* the trend falls in proportion to h: at this h it is a quarter of the tolerance */
  if (!result.asymptotic)
    result.asymptotic_below = fmin(finest * HP_ORDER_TOLERANCE / 4 / trend, finest / 2);
  return result;
}

bool hp_order_is(const hp_order *order, double expected) {
  return order->low >= expected - HP_ORDER_TOLERANCE &&
         order->high <= expected + HP_ORDER_TOLERANCE;
}

bool hp_order_may_be(const hp_order *order, double expected) {
  return order->low <= expected + HP_ORDER_TOLERANCE &&
         order->high >= expected - HP_ORDER_TOLERANCE;
}

bool hp_order_constant_is(const hp_order *order, double predicted) {
  return order->constant_low <= predicted && predicted <= order->constant_high;
}
