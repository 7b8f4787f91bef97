"""What retries cost: attempts, worst-case time of a call, amplification over layers. Attempts count the first try.

Sources: Google SRE book, Addressing Cascading Failures (3 layers × 4 attempts = 64); AWS Builders' Library,
Timeouts, retries and backoff with jitter (5 layers × 3 attempts = 243).
"""

import math
from collections.abc import Iterable


def expected_attempts(failure_probability: float, attempts: int, budget: float | None = None) -> float:
    """Mean number of tries when each fails independently: (1 − pⁿ)/(1 − p); n when p = 1.

    With a ``budget``, retries are at most that share of requests: never more than 1 + budget tries.
    """
    tries = math.fsum(failure_probability**i for i in range(attempts))
    return tries if budget is None else min(tries, 1.0 + budget)


def gives_up_probability(failure_probability: float, attempts: int) -> float:
    """The chance that every try fails, pⁿ. Only for independent failures: in an outage all tries fail together."""
    return failure_probability**attempts


def backoff_delay(retry: int, kind: str | None, base: float, longest: float) -> float:
    """The pause before the ``retry``-th retry (from 1), in seconds.

    ``kind`` is ``none`` (or None), ``fixed`` or ``exponential``; ``base`` is the first pause, doubled each time
    up to ``longest`` when exponential. Jitter only shortens a pause, so this is the longest.
    """
    if kind == "exponential":
        return min(longest, base * 2.0 ** min(retry - 1, 60))
    return base if kind == "fixed" else 0.0


def backoff_total(attempts: int, kind: str | None, base: float, longest: float) -> float:
    """All pauses of a call that fails ``attempts`` times, in seconds."""
    growing = min(attempts - 1, 61)
    pauses = math.fsum(backoff_delay(retry, kind, base, longest) for retry in range(1, growing + 1))
    return pauses + max(0, attempts - 1 - growing) * backoff_delay(62, kind, base, longest)


def worst_case_time(timeout: float, attempts: int, pauses: float = 0.0) -> float:
    """The longest a caller can be held by one call, in seconds: timeout × attempts + Σ back-off."""
    return timeout * attempts + pauses


def amplification(attempts_by_layer: Iterable[int]) -> int:
    """How many calls the last layer gets for one request in a full outage: the product of the attempts."""
    return math.prod(attempts_by_layer)
