#!/usr/bin/python3
"""The ladder of bench_ladder.c in mpmath, for step sizes 2^-FIRST .. 2^-LAST:  mpmath_ladder.py FIRST LAST

odefun keeps the series of its steps, so it too integrates once. The seconds for 2^-6 .. 2^-12 are
scaled from those done by the number of iterations; the integration itself is not scaled."""
import sys
import time

from mpmath import mp, mpf, odefun, sqrt

first, last = int(sys.argv[1]), int(sys.argv[2])
mp.dps = 30
LAMBDA, T = mpf(1) / 2, 2


def gradient(u):
    x, y = u
    q = y - x**2
    return [(-2 * (1 - x) - 4 * x * q) / 4, q / 2]


def field(t, u):
    return [-g / (1 - LAMBDA) for g in gradient(u)]


begin = time.process_time()
start = [mpf(-1) / 2, mpf(1) / 2]
flow = odefun(field, 0, start)
flow(mpf(T))
integration = time.process_time() - begin
print("mpmath, the same work: flow %.2f s" % integration)
iterating, iterations = 0.0, 0
for exponent in range(first, last + 1):
    begin = time.process_time()
    h, u, v, error = mpf(2) ** -exponent, start, [mpf(0)] * 2, mpf(0)
    steps = T << exponent
    for n in range(1, steps + 1):
        v = [LAMBDA * vi - gi for vi, gi in zip(v, gradient(u))]
        u = [ui + h * vi for ui, vi in zip(u, v)]
        error = max(error, sqrt(sum((ui - wi) ** 2 for ui, wi in zip(u, flow(n * h)))))
    iterating += time.process_time() - begin
    iterations += steps
    print("2^-%-3d %6d  %s" % (exponent, steps, mp.nstr(error, 26)))
whole = sum(T << exponent for exponent in range(6, 13))
print(
    "all 7 step sizes: %.0f s (%.2f s for %d of %d iterations, scaled)"
    % (integration + iterating * whole / iterations, iterating, iterations, whole)
)
