"""Waiting when service or arrivals vary more or less than the exponential law: G/G/c, approximate.

``arrival_variation`` and ``service_variation`` are squared coefficients of variation, variance / mean²: 1 is
exponential, 0 fixed. Steady state, first come first served.

Sources: Allen and Cunneen, in Allen, Probability, Statistics and Queueing Theory, 1990; Whitt, «Approximations
for the GI/G/m queue», Production and Operations Management 2(2), 1993; Pollaczek and Khinchine in Kleinrock 1975.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from studio.estimates.distributions import gamma_lower, gamma_upper, percentile_of_tail
from studio.estimates.queueing import erlang_c, mean_wait, spare_rate

# Sixteen-point Gauss–Legendre nodes and weights on [−1, 1], the positive half (Abramowitz and Stegun, table 25.4).
_NODES = (
    (0.0950125098376374, 0.1894506104550685),
    (0.2816035507792589, 0.1826034150449236),
    (0.4580167776572274, 0.1691565193950025),
    (0.6178762444026438, 0.1495959888165767),
    (0.7554044083550030, 0.1246289712555339),
    (0.8656312023878318, 0.0951585116824928),
    (0.9445750230732326, 0.0622535239386479),
    (0.9894009349916499, 0.0271524594117541),
)

# Waits longer than this many mean waits weigh less than 1e-13.
_FAR = 30.0


def allen_cunneen_wait(
    arrival_rate: float,
    service_time: float,
    servers: int,
    arrival_variation: float,
    service_variation: float,
) -> float:
    """Mean time in line, in seconds: the M/M/c wait × (ca² + cs²)/2. Exact for M/M/c and M/G/1."""
    return mean_wait(arrival_rate, service_time, servers) * (arrival_variation + service_variation) / 2.0


def whitt_wait(
    arrival_rate: float,
    service_time: float,
    servers: int,
    arrival_variation: float,
    service_variation: float,
) -> float:
    """Mean time in line, in seconds: Allen–Cunneen × Whitt's correction φ. Whitt 1993, equations 2.17 to 2.25."""
    plain = allen_cunneen_wait(arrival_rate, service_time, servers, arrival_variation, service_variation)
    utilisation = arrival_rate * service_time / servers
    return plain * whitt_correction(utilisation, servers, arrival_variation, service_variation)


def whitt_correction(utilisation: float, servers: int, arrival_variation: float, service_variation: float) -> float:
    """Whitt's factor φ on the Allen–Cunneen wait; 1 for M/M/c. Whitt 1993."""
    if utilisation <= 0 or utilisation >= 1:
        return 1.0
    ca, cs, idle = arrival_variation, service_variation, 1.0 - utilisation
    gamma = min(0.24, idle * (servers - 1) * (math.sqrt(4 + 5 * servers) - 2) / (16 * servers * utilisation))
    fixed_service = 1 + gamma
    fixed_arrival = (1 - 4 * gamma) * math.exp(-2 * idle / (3 * utilisation))
    between = min(1.0, (fixed_service + fixed_arrival) / 2)
    average = (ca + cs) / 2
    psi = 1.0 if average >= 1 else between ** (2 * (1 - average))
    if ca >= cs:
        spread = 4 * ca - 3 * cs
        return (4 * (ca - cs) * fixed_service + cs * psi) / spread if spread else 1.0
    return ((cs - ca) * fixed_arrival + (cs + 3 * ca) * psi) / (2 * (ca + cs))


def pollaczek_khinchine_wait(arrival_rate: float, service_time: float, service_variation: float) -> float:
    """Mean time in line of M/G/1, in seconds: ρS(1 + cs²)/(2(1 − ρ)); exact; infinite when overloaded."""
    utilisation = arrival_rate * service_time
    if utilisation >= 1:
        return math.inf
    return utilisation * service_time * (1 + service_variation) / (2 * (1 - utilisation))


class GeneralSojourn(NamedTuple):
    """The law of the response time when service is not exponential, approximate.

    The chance to wait stays Erlang's C, the wait of those who wait is exponential with Whitt's mean, and service
    is gamma distributed with the given mean and variation (fixed when the variation is 0).
    """

    wait_probability: float
    wait_rate: float
    service_time: float
    service_variation: float

    @property
    def mean(self) -> float:
        """Seconds."""
        return self.service_time + self.wait_probability / self.wait_rate

    @property
    def variance(self) -> float:
        """Seconds squared: service and wait are independent."""
        waiting = self.wait_probability
        return self.service_variation * self.service_time**2 + waiting * (2.0 - waiting) / self.wait_rate**2

    def tail(self, t: float) -> float:
        """P(response > t), t in seconds."""
        if t <= 0:
            return 1.0
        waiting = self.wait_probability
        if self.service_variation <= 0:
            late = t - self.service_time
            return waiting * math.exp(-self.wait_rate * late) if late >= 0 else 1.0
        shape = 1.0 / self.service_variation
        rate = shape / self.service_time
        alone = gamma_upper(shape, rate * t)
        return (1.0 - waiting) * alone + waiting * _tail_of_wait_and_service(t, self.wait_rate, shape, rate)

    def transforms(self, points: Sequence[complex]) -> list[complex]:
        """The Laplace transform E e^(−sT) at each s."""
        waiting, theta = self.wait_probability, self.wait_rate
        at_once, later = 1.0 - waiting, waiting * theta
        # A nearly fixed service stands in for a fixed one: numerical inversion needs a law without jumps.
        variation = max(self.service_variation, 0.01)
        scale, power = self.service_time * variation, -1.0 / variation
        return [(1.0 + s * scale) ** power * (at_once + later / (theta + s)) for s in points]

    def percentile(self, probability: float) -> float:
        """Seconds within which a share ``probability`` in [0, 1) is answered."""
        if self.service_variation <= 0:
            late = 1.0 - probability
            if self.wait_probability <= late:
                return self.service_time
            return self.service_time + math.log(self.wait_probability / late) / self.wait_rate
        return percentile_of_tail(self.tail, probability, self.mean)


def general_sojourn(
    arrival_rate: float, service_time: float, servers: int, service_variation: float
) -> GeneralSojourn | None:
    """The law of the response time of M/G/c by Whitt's mean wait; None when overloaded."""
    if spare_rate(arrival_rate, service_time, servers) <= 0:
        return None
    waiting = erlang_c(servers, arrival_rate * service_time)
    mean = whitt_wait(arrival_rate, service_time, servers, 1.0, service_variation)
    if waiting <= 0 or mean <= 0:
        return GeneralSojourn(0.0, 1.0 / service_time, service_time, service_variation)
    return GeneralSojourn(waiting, waiting / mean, service_time, service_variation)


def _tail_of_wait_and_service(t: float, wait_rate: float, shape: float, rate: float) -> float:
    """P(wait + service > t) for an exponential wait and a gamma service."""
    if rate > wait_rate * (1 + 1e-9):
        growth = shape * math.log(rate / (rate - wait_rate)) - wait_rate * t
        part = gamma_lower(shape, (rate - wait_rate) * t)
        return gamma_upper(shape, rate * t) + (math.exp(growth + math.log(part)) if part > 0 else 0.0)
    reach = min(t, _FAR / wait_rate)
    quarter = reach / 4
    total = 0.0
    for middle in (quarter, 3 * quarter):
        for node, weight in _NODES:
            for wait in (middle - quarter * node, middle + quarter * node):
                total += weight * math.exp(-wait_rate * wait) * gamma_upper(shape, rate * (t - wait))
    return math.exp(-wait_rate * t) + wait_rate * quarter * total
