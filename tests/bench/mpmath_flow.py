#!/usr/bin/python3
"""mpmath's odefun on a problem of problems.h: mpmath_flow.py P1..P6 DIGITS SECONDS

Prints the processor seconds used and the part of [0, t_end] that was reached, line after line, until all
is done or SECONDS (a whole number) are used up."""
import resource
import sys
import time

from mpmath import mp, mpf, odefun, pi, sqrt, tanh

name, digits, seconds = sys.argv[1], float(sys.argv[2]), float(sys.argv[3])
mp.dps = int(digits)
POINTS = [(mpf(x), mpf(y) / 10) for x, y in ((-1, 8), (-0.5, -2), (0, -5), (0.5, 1), (1, 9))]


def rosenbrock(t, u):
    x, y = u
    q = y - x**2
    return [-10 * (-2 * (1 - x) - 400 * x * q), -10 * 200 * q]


def kepler(t, u):
    r2 = u[0] ** 2 + u[1] ** 2
    r3 = r2 * sqrt(r2)
    return [u[2], u[3], -u[0] / r3, -u[1] / r3]


def network(t, u):
    f = [mpf(0)] * 9
    for x, y in POINTS:
        z = [tanh(u[j] * x + u[3 + j]) for j in range(3)]
        residual = (u[6] * z[0] + u[7] * z[1] + u[8] * z[2] - y) / 5
        for j in range(3):
            inner = residual * u[6 + j] * (1 - z[j] ** 2)
            f[j] -= inner * x
            f[3 + j] -= inner
            f[6 + j] -= residual * z[j]
    return f


def lorenz(t, u):
    x, y, z = u
    return [10 * (y - x), x * (28 - z) - y, x * y - 8 * z / 3]


NETWORK = [mpf(p) / q for p, q in ((1, 1), (-1, 2), (3, 4), (1, 4), (1, 2), (-1, 3), (1, 2), (-3, 4), (1, 3))]
PROBLEMS = {
    "P1": (lambda t, u: [u[1], -u[0]], [1, 0], 10),
    "P2": (rosenbrock, [mpf(-6) / 5, 1], 1),
    "P3": (lambda t, u: [u[1], u[0] - u[0] ** 3 - u[1]], [mpf(1) / 2, 0], 20),
    "P4": (kepler, [mpf(1) / 2, 0, 0, sqrt(mpf(3))], 2 * pi),
    "P5": (network, NETWORK, 10),
    "P6": (lorenz, [1, 1, 1], 10),
}


field, start, t_end = PROBLEMS[name]
limit = max(1, int(seconds))
resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))  # from outside: mpmath swallows exceptions
PARTS = 2**14
part, begin = 1, time.process_time()
flow = odefun(field, 0, [mpf(x) for x in start])
while True:
    flow(mpf(t_end) * min(part, PARTS) / PARTS)
    print(time.process_time() - begin, min(part, PARTS) / PARTS, flush=True)
    if part >= PARTS:
        break
    part += max(1, part // 64)
