"""Waiting in line: the M/M/c queue, exact.

Symbols follow the field: ``arrival_rate`` λ in requests/s, ``service_time`` S in seconds, ``servers`` c,
offered load a = λS in erlang, utilisation ρ = a/c. First come, first served; Poisson arrivals; exponential
service; steady state. A queue with ρ ≥ 1 has no steady state: its mean and percentiles are infinite.

Sources: Erlang 1917; Kleinrock, Queueing Systems I, 1975; Gross, Shortle, Thompson and Harris,
Fundamentals of Queueing Theory, 2008, section 2.3.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

# Above this exponent exp() of the difference of rates would drown the smaller term; the direct form is exact there.
_WIDE_GAP = 30.0
# Erlang of load from which the start of the recursion is skipped.
_HEAVY = 20_000.0
# A chance to wait that no percentile of a journey notices.
_NEVER = 1e-10
# Erlang of load from which the limit law takes over.
_CROWD = 1e8


def erlang_b(servers: int, offered_load: float) -> float:
    """Share of requests a system of ``servers`` without a queue turns away (Erlang B).

    Recursion on the inverse, I₀ = 1, Iₖ = 1 + Iₖ₋₁·k/a, B = 1/I: no factorials, no overflow. Erlang 1917.
    """
    if offered_load <= 0:
        return 0.0 if servers > 0 else 1.0
    first, inverse = 1, 1.0
    if offered_load > _HEAVY:
        # Far below the load the recursion has settled on a/(a − k); what is off there fades like e^(−12²/2).
        start = min(servers, int(offered_load - 12 * math.sqrt(offered_load)))
        first, inverse = start + 1, offered_load / (offered_load - start)
    for k in range(first, servers + 1):
        inverse = 1.0 + inverse * k / offered_load
        if inverse == math.inf:
            return 0.0
    return 1.0 / inverse


def erlang_c(servers: int, offered_load: float) -> float:
    """Share of requests that wait in an M/M/c queue: C = B / (1 − ρ(1 − B)); 1 when overloaded. Erlang 1917."""
    if offered_load >= servers:
        return 1.0
    if offered_load > _CROWD:
        return _halfin_whitt(servers, offered_load)
    blocked = erlang_b(servers, offered_load)
    utilisation = offered_load / servers
    return blocked / (1.0 - utilisation * (1.0 - blocked))


def spare_rate(arrival_rate: float, service_time: float, servers: int) -> float:
    """θ = c/S − λ in 1/s: how much faster the queue serves than it is fed; ≤ 0 when overloaded."""
    return servers / service_time - arrival_rate


def mean_wait(arrival_rate: float, service_time: float, servers: int) -> float:
    """Mean time in line, in seconds: C/θ; infinite when overloaded. Gross et al. 2008, 2.3."""
    spare = spare_rate(arrival_rate, service_time, servers)
    if spare <= 0:
        return math.inf
    return erlang_c(servers, arrival_rate * service_time) / spare


class Sojourn(NamedTuple):
    """The law of the response time of an M/M/c queue: a wait (with chance C, exponential of rate θ) plus service.

    ``wait_probability`` C in [0, 1]; ``wait_rate`` θ and ``service_rate`` μ in 1/s.
    """

    wait_probability: float
    wait_rate: float
    service_rate: float

    @property
    def mean(self) -> float:
        """Seconds: 1/μ + C/θ."""
        return 1.0 / self.service_rate + self.wait_probability / self.wait_rate

    @property
    def variance(self) -> float:
        """Seconds squared: 1/μ² + C(2 − C)/θ²."""
        waiting = self.wait_probability
        service, wait = 1.0 / self.service_rate, 1.0 / self.wait_rate
        return service * service + waiting * (2.0 - waiting) * wait * wait

    def tail(self, t: float) -> float:
        """P(response > t), t in seconds.

        The textbook form divides by θ − μ, which is zero at the ordinary point c(1 − ρ) = 1. This one does not:
        e^(−μt)(1 + C·μt·φ(x)) with x = (μ − θ)t and φ(x) = expm1(x)/x.
        """
        if t <= 0:
            return 1.0
        mu, theta, waiting = self.service_rate, self.wait_rate, self.wait_probability
        x = (mu - theta) * t
        if x > _WIDE_GAP:
            gap = math.exp(-theta * t) - math.exp(-mu * t)
            return math.exp(-mu * t) + waiting * mu * gap / (mu - theta)
        return math.exp(-mu * t) * (1.0 + waiting * mu * t * _phi(x))

    def density(self, t: float) -> float:
        """The density at t seconds, in 1/s: μe^(−μt)((1 − C) + C·θt·φ(x))."""
        mu, theta, waiting = self.service_rate, self.wait_rate, self.wait_probability
        x = (mu - theta) * t
        if x > _WIDE_GAP:
            both = mu * theta * (math.exp(-theta * t) - math.exp(-mu * t)) / (mu - theta)
            return (1.0 - waiting) * mu * math.exp(-mu * t) + waiting * both
        return mu * math.exp(-mu * t) * ((1.0 - waiting) + waiting * theta * t * _phi(x))

    def transforms(self, points: Sequence[complex]) -> list[complex]:
        """The Laplace transform E e^(−sT) at each s."""
        waiting, theta, mu = self
        if waiting < _NEVER:
            return [mu / (mu + s) for s in points]
        whole, part = mu * theta, mu * (1.0 - waiting)
        return [(whole + part * s) / ((mu + s) * (theta + s)) for s in points]

    def multiplied(self, values: Sequence[complex], points: Sequence[complex]) -> list[complex]:
        """``values`` × the transform at each s, in one go: the innermost loop of every journey."""
        waiting, theta, mu = self
        if waiting < _NEVER:
            return [mu * value / (mu + s) for value, s in zip(values, points, strict=True)]
        whole, part = mu * theta, mu * (1.0 - waiting)
        return [value * (whole + part * s) / ((mu + s) * (theta + s)) for value, s in zip(values, points, strict=True)]

    def percentile(self, probability: float) -> float:
        """Seconds within which a share ``probability`` in (0, 1) is answered.

        Bracketed Newton on ln P(T > t) = ln(1 − q), started where the slower of wait and service alone decides; the
        step after the last is a square of a billionth.
        """
        wanted = math.log1p(-probability)
        waiting, theta, mu = self
        if abs(theta - mu * (1.0 - waiting)) <= 1e-14 * mu:
            return -wanted / theta  # one server: the response time itself is exponential
        if not waiting:
            return -wanted / mu
        low, high = max(-wanted / mu, (math.log(waiting) - wanted) / theta), math.inf
        gap = mu - theta
        t = self._far(wanted, low)
        for _ in range(60):
            x = gap * t
            if x > _WIDE_GAP:
                late, wait = math.exp(-mu * t), waiting * (math.exp(-theta * t) - math.exp(-mu * t)) / gap
                tail, density = late + mu * wait, mu * (late * (1.0 - waiting) + theta * wait)
                surplus = math.log(tail) - wanted
            else:
                wait = waiting * (math.expm1(x) / gap if x else t)
                tail, density = 1.0 + mu * wait, mu * (1.0 - waiting + theta * wait)
                surplus = math.log(tail) - mu * t - wanted
            step = surplus * tail / density
            if abs(step) <= 1e-7 * t:
                return t + step
            if surplus > 0:
                low = t
            else:
                high = t
            t = t + step if low <= t + step < high else 0.5 * (low + min(high, 2 * t))
        return t

    def _far(self, wanted: float, low: float) -> float:
        """Where the tail's slower exponential alone is e^wanted; ``low`` where the two are too alike to tell."""
        waiting, theta, mu = self
        gap = mu - theta
        if gap * low > 1.0:
            return max(low, (math.log(waiting * mu / gap) - wanted) / theta)
        if gap * low < -1.0:
            return max(low, (math.log1p(-waiting * mu / gap) - wanted) / mu)
        return max(low, (math.log1p(waiting * mu * low) - wanted) / mu)


def sojourn(arrival_rate: float, service_time: float, servers: int) -> Sojourn | None:
    """The law of the response time of an M/M/c queue; None when it is overloaded and has none."""
    spare = spare_rate(arrival_rate, service_time, servers)
    if spare <= 0:
        return None
    return Sojourn(erlang_c(servers, arrival_rate * service_time), spare, 1.0 / service_time)


def _phi(x: float) -> float:
    """(eˣ − 1)/x without a hole at zero."""
    return math.expm1(x) / x if x else 1.0


def _halfin_whitt(servers: int, offered_load: float) -> float:
    """Erlang's C in the limit of very many servers: 1/(1 + βΦ(β)/φ(β)), β = (c − a)/√c. Halfin and Whitt 1981."""
    beta = (servers - offered_load) / math.sqrt(servers)
    if beta > 37:
        return 0.0
    normal = 0.5 * math.erfc(-beta / math.sqrt(2))
    density = math.exp(-beta * beta / 2) / math.sqrt(2 * math.pi)
    return 1.0 / (1.0 + beta * normal / density)
