"""Waiting when service or arrivals vary more or less than the exponential law: G/G/c, approximate.

``arrival_variation`` and ``service_variation`` are squared coefficients of variation, variance / mean²: 1 is
exponential, 0 fixed. Steady state, first come first served.

Sources: Allen and Cunneen, in Allen, Probability, Statistics and Queueing Theory, 1990; Whitt, «Approximations
for the GI/G/m queue», Production and Operations Management 2(2), 1993; «The Queueing Network Analyzer», BSTJ 62, 1983.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from studio.estimates.laws.distributions import (
    gamma_lower,
    gamma_match,
    gamma_peak,
    gamma_series,
    gamma_upper,
    newton_percentile,
)
from studio.estimates.laws.queueing import Sojourn, erlang_c, mean_wait, spare_rate


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


def wait_chance(arrival_rate: float, service_time: float, servers: int, arrival_variation: float) -> float:
    """The share of requests that wait: Erlang's C at random arrivals.

    At others the wait of those who wait is exponential of rate cμ(1 − σ), as it is in GI/M/c, with the σ of one server
    as fast as all: Whitt's mean wait there is σ/(cμ(1 − σ)). Kleinrock 1975, 6.2 and 6.3.
    """
    if arrival_variation == 1.0:
        return erlang_c(servers, arrival_rate * service_time)
    fast = servers / service_time
    rate = fast / (1.0 + fast * whitt_wait(arrival_rate, 1.0 / fast, 1, arrival_variation, 1.0))
    return min(1.0, rate * whitt_wait(arrival_rate, service_time, servers, arrival_variation, 1.0))


def split_variation(variation: float, share: float) -> float:
    """The variation of a stream of which a ``share`` in [0, 1] is picked at random: p·c² + 1 − p. Whitt 1983."""
    kept = min(1.0, max(0.0, share))
    return kept * variation + 1.0 - kept


class GeneralSojourn(NamedTuple):
    """The law of the response time when service is not exponential, approximate.

    The chance to wait is that of exponential service, the wait of those who wait is exponential with Whitt's mean, and
    service is gamma distributed with the given mean and variation (fixed when the variation is 0).
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
        if self.service_variation <= 0:
            late = t - self.service_time
            return self.wait_probability * math.exp(-self.wait_rate * late) if late >= 0 else 1.0
        return self.tail_and_density(t)[0]

    def tail_and_density(self, t: float) -> tuple[float, float]:
        """P(response > t) and the density at t > 0 seconds, of a service that varies.

        Wait and service outlast t with Q(k, rt) + g(t)·t·F((θ − r)t), where g is the density of service, k its shape
        and r its rate: one integral over the wait, in closed form.
        """
        shape = 1.0 / self.service_variation
        rate, waiting, theta = shape / self.service_time, self.wait_probability, self.wait_rate
        alone, peak = gamma_upper(shape, rate * t), gamma_peak(shape, rate * t)
        served_then_waited = _wait_beyond(shape, rate * t, (theta - rate) * t, peak) if waiting > 0 else 0.0
        density = (1.0 - waiting) * peak / t + waiting * theta * served_then_waited
        return alone + waiting * served_then_waited, density

    def transforms(self, points: Sequence[complex]) -> list[complex]:
        """The Laplace transform E e^(−sT) at each s."""
        waiting, theta = self.wait_probability, self.wait_rate
        at_once, later = 1.0 - waiting, waiting * theta
        # A nearly fixed service stands in for a fixed one: numerical inversion needs a law without jumps.
        variation = max(self.service_variation, 0.01)
        scale, power = self.service_time * variation, -1.0 / variation
        return [(1.0 + s * scale) ** power * (at_once + later / (theta + s)) for s in points]

    def percentile(self, probability: float) -> float:
        """Seconds within which a share ``probability`` in (0, 1) is answered."""
        if self.service_variation <= 0:
            late = 1.0 - probability
            if self.wait_probability <= late:
                return self.service_time
            return self.service_time + math.log(self.wait_probability / late) / self.wait_rate
        start = gamma_match(self.mean, self.variance).near(probability)
        return newton_percentile(self.tail_and_density, probability, start)


def general_sojourn(
    arrival_rate: float,
    service_time: float,
    servers: int,
    service_variation: float,
    arrival_variation: float = 1.0,
) -> GeneralSojourn | Sojourn | None:
    """The law of the response time of G/G/c by Whitt's mean wait; None when overloaded.

    One server at random arrivals has the exact mean wait of Pollaczek and Khinchine. Exponential service keeps the
    simpler law, with a wait that is longer or shorter than at random arrivals.
    """
    if spare_rate(arrival_rate, service_time, servers) <= 0:
        return None
    waiting = wait_chance(arrival_rate, service_time, servers, arrival_variation)
    exact = servers == 1 and arrival_variation == 1.0
    mean_of = allen_cunneen_wait if exact else whitt_wait
    mean = mean_of(arrival_rate, service_time, servers, arrival_variation, service_variation)
    chance, rate = (waiting, waiting / mean) if waiting > 0 and mean > 0 else (0.0, 1.0 / service_time)
    if service_variation == 1.0:
        return Sojourn(chance, rate, 1.0 / service_time)
    return GeneralSojourn(chance, rate, service_time, service_variation)


def _wait_beyond(shape: float, served: float, z: float, peak: float) -> float:
    """P(service ≤ t < wait + service) for an exponential wait: the integral of g(u)·e^(−θ(t − u)) up to t.

    ``served`` is rt, ``z`` is (θ − r)t, ``peak`` is t·g(t). By parts it is peak × F(z), F(z) = Σ (−z)ⁿ/(k)ₙ₊₁: the
    incomplete gamma function of −z, by its own two branches where z < 0, else by Gauss's continued fraction
    1/(k + z − z/(k + 1 + z − 2z/(k + 2 + z − …))), whose every part is positive.
    """
    if z >= 0:
        return peak * _fraction(shape, z)
    if -z < min(shape + 1, 1000.0):
        return peak * gamma_series(shape, -z)
    part = gamma_lower(shape, -z)
    if part <= 0:
        return 0.0
    waited = served + z
    log_ratio = math.log1p(-waited / served) if waited < 0.5 * served else math.log(-z / served)
    return math.exp(min(0.0, math.log(part) - shape * log_ratio - waited))


def _fraction(shape: float, z: float) -> float:
    """F(z), z ≥ 0, by Lentz's rule."""
    b = shape + z
    value = d = 1.0 / b
    c = math.inf
    for n in range(1, 20_000):
        b += 1.0
        d = 1.0 / (b - n * z * d)
        c = b - n * z / c
        value *= c * d
        if abs(c * d - 1.0) < 1e-15:
            break
    return value
