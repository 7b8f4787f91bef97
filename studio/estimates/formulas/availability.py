"""How often something works. Inside, everything is unavailability (the share of time it does not), so that no
digits are lost near 1; copies fail independently unless a function says otherwise.

Sources: Barlow and Proschan, Mathematical Theory of Reliability, 1965 (series, parallel, k of n); Fleming 1975
(the β factor for common causes); AWS Well-Architected, Reliability Pillar; Google SRE workbook (error budgets).
"""

import math
from collections.abc import Iterable

SECONDS_PER_MONTH = 30 * 86_400
"""A month is 30 days."""

_MOST_EXACT = 100_000
"""Copies up to which the binomial law is summed."""


def series_unavailability(unavailabilities: Iterable[float]) -> float:
    """1 − Π(1 − u): down when any part is down."""
    return -math.expm1(math.fsum(math.log1p(-u) if u < 1 else -math.inf for u in unavailabilities))


def repeated_unavailability(unavailability: float, times: int) -> float:
    """1 − (1 − u)ⁿ: down when any of ``times`` equal parts is."""
    return 1.0 if unavailability >= 1 else -math.expm1(times * math.log1p(-unavailability))


def k_of_n_unavailability(needed: int, copies: int, unavailability: float) -> float:
    """The chance that fewer than ``needed`` of ``copies`` equal copies work: a binomial tail, summed from below.

    ``needed`` ≤ 0 never fails; ``needed`` > ``copies`` always does.
    """
    if needed <= 0:
        return 0.0
    if needed > copies:
        return 1.0
    if not 0.0 < unavailability < 1.0:
        return unavailability
    if copies > _MOST_EXACT:
        return _nearly_normal(needed, copies, unavailability)
    works, total = 1.0 - unavailability, 0.0
    for i in range(needed - 1, -1, -1):
        chance = _binomial(i, copies, unavailability)
        total += chance
        if chance < total * 1e-18 and i < copies * works:
            break
    return min(total, 1.0)


def _binomial(working: int, copies: int, unavailability: float) -> float:
    """The chance that exactly ``working`` of ``copies`` work."""
    failed = copies - working
    if copies <= 1000:
        return math.comb(copies, working) * (1.0 - unavailability) ** working * unavailability**failed
    ways = math.lgamma(copies + 1) - math.lgamma(working + 1) - math.lgamma(failed + 1)
    return math.exp(ways + working * math.log1p(-unavailability) + failed * math.log(unavailability))


def _nearly_normal(needed: int, copies: int, unavailability: float) -> float:
    """The binomial tail of very many copies, by the normal law (de Moivre and Laplace)."""
    mean = copies * (1.0 - unavailability)
    deviation = math.sqrt(mean * unavailability)
    return 0.5 * math.erfc((mean - needed + 0.5) / (deviation * math.sqrt(2)))


def common_cause_unavailability(needed: int, copies: int, unavailability: float, common_cause: float) -> float:
    """k of n when a share β of all failures hits every copy at once (the β factor).

    U = 1 − (1 − β·u)·(1 − k-of-n with (1 − β)·u). β = 0 is plain k of n; one copy needed of one is about u.
    """
    own = k_of_n_unavailability(needed, copies, (1 - common_cause) * unavailability)
    return series_unavailability((common_cause * unavailability, own))


def zoned_unavailability(
    needed: int,
    copies: int,
    unavailability: float,
    zones: int,
    zone_unavailability: float,
    common_cause: float = 0.0,
    shards: int = 1,
) -> float:
    """k of n over copies spread evenly over ``zones`` that fail as a whole: condition on which zones are up.

    A copy works when its zone and it work. Copies that do not divide evenly go to the first zones. All ``shards``,
    each of so many copies, stand in the same zones and are all needed.
    """
    lone = (1 - common_cause) * unavailability
    sizes = [copies // zones + (1 if zone < copies % zones else 0) for zone in range(zones)]
    chances = {0: 1.0}
    for size in sizes:
        grown: dict[int, float] = {}
        for alive, chance in chances.items():
            grown[alive] = grown.get(alive, 0.0) + chance * zone_unavailability
            both = alive + size
            grown[both] = grown.get(both, 0.0) + chance * (1 - zone_unavailability)
        chances = grown
    together = common_cause * unavailability
    return math.fsum(
        chance
        * repeated_unavailability(series_unavailability((together, k_of_n_unavailability(needed, alive, lone))), shards)
        for alive, chance in sorted(chances.items())
    )


def availability_from_repair(mean_time_between_failures: float, mean_time_to_repair: float) -> float:
    """MTBF / (MTBF + MTTR), both in the same unit."""
    return mean_time_between_failures / (mean_time_between_failures + mean_time_to_repair)


def downtime(availability: float, period: float) -> float:
    """Time down in ``period``, in its unit: (1 − A) × period."""
    return (1.0 - availability) * period


def downtime_minutes_per_month(availability: float) -> float:
    """Minutes down in a month of 30 days."""
    return downtime(availability, SECONDS_PER_MONTH) / 60.0


def error_budget_requests(objective: float, requests: float) -> float:
    """How many of ``requests`` may fail under an objective such as 0.999."""
    return (1.0 - objective) * requests


def hours_to_exhaust_budget(burn_rate: float, window_days: float = 30.0) -> float:
    """Hours until a budget for ``window_days`` is spent at ``burn_rate`` times the allowed rate. SRE workbook."""
    return window_days * 24.0 / burn_rate


def dependency_allowance(objective: float, share: float = 0.1) -> float:
    """The availability a hard dependency should have: it may spend ``share`` of the own unavailability.

    The rule of the extra nine; Treynor, Dahlin, Rau and Beyer, The Calculus of Service Availability, 2017.
    """
    return 1.0 - share * (1.0 - objective)


def nines(availability: float) -> float:
    """−log₁₀(1 − A): 0.999 is three nines."""
    return -math.log10(1.0 - availability)
