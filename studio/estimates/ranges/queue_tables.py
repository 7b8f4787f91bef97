"""Queues with many loads at once: Erlang's C, and percentiles of the response time from tables.

Of M/M/c the chance to wait and every percentile ÷ service time depend on the servers c and the utilisation ρ alone.
(1 − ρ)·p/S is smooth from idle to full, so it is worked out once for each c on a grid of √(1 − ρ) and interpolated;
relative error below 1e-4. Formulas as in `studio.estimates.laws.queueing`.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from studio.estimates.ranges.values import Array

PERCENTILES = (0.5, 0.95, 0.99)
_GRID = 640
_EXACT = 64
"""Servers up to which Erlang's C is worked out for every sample."""
_MOST = 2048.0
"""Servers beyond which a queue is taken for one of so many: what waits there is next to nothing."""
_STEP = np.log(1.06)


def erlang_c(servers: int, offered: Array) -> Array:
    """The share of requests that wait, for each offered load below ``servers``; by the inverse recursion of B."""
    inverse, each = np.ones_like(offered), 1.0 / offered
    for k in range(1, servers + 1):
        inverse *= each
        inverse *= k
        inverse += 1.0
    # 1/(1 − ρ(1 − B)) · B with B = 1/inverse; no load makes the inverse infinite and the answer 0
    return 1.0 / (inverse * (1.0 - offered / servers) + offered / servers)


def waiting_chance(servers: Array | float, utilisation: Array) -> Array:
    """The share of requests that wait, for each number of servers and utilisation below 1."""
    if not isinstance(servers, np.ndarray) and servers <= _EXACT:
        return erlang_c(int(servers), utilisation * servers)
    return _looked_up(servers, utilisation, 0)


def percentiles(servers: Array | float, utilisation: Array) -> tuple[Array, ...]:
    """`PERCENTILES` of the response time ÷ service time, for each number of servers and utilisation below 1."""
    rows, place, part, idle = _places(servers, utilisation)
    return tuple(_between(_rows(rows, column + 1), place, part) / idle for column in range(len(PERCENTILES)))


def _looked_up(servers: Array | float, utilisation: Array, column: int) -> Array:
    rows, place, part, _ = _places(servers, utilisation)
    return _between(_rows(rows, column), place, part)


def _between(table: Array, place: NDArray[np.intp], part: Array) -> Array:
    first = table[place]
    found: Array = first + part * (table[place + 1] - first)
    return found


def _places(servers: Array | float, utilisation: Array) -> tuple[tuple[int, ...], NDArray[np.intp], Array, Array]:
    """Which tables, where in them laid end to end, how far to the next place, and the idle share."""
    idle = 1.0 - utilisation
    along = np.sqrt(idle) * _GRID
    place = np.minimum(along.astype(np.intp), _GRID - 1)
    part = along - place
    if not isinstance(servers, np.ndarray):
        return (int(min(servers, _MOST)),), place, part, idle
    counts = _nearby(servers)
    present = np.flatnonzero(np.bincount(counts))
    row_of = np.zeros(present[-1] + 1, dtype=np.intp)
    row_of[present] = np.arange(len(present)) * (_GRID + 1)
    return tuple(present.tolist()), place + row_of[counts], part, idle


def _nearby(servers: Array) -> NDArray[np.int64]:
    """Whole numbers of servers; where they vary, large ones to the nearest of a row whose steps are 6 %."""
    capped = np.clip(np.nan_to_num(servers, nan=1.0), 1.0, _MOST)
    if capped.max() <= _EXACT:
        return capped.astype(np.int64)
    steps = np.rint(np.log(np.maximum(capped, _EXACT) / _EXACT) / _STEP)
    return np.where(capped <= _EXACT, capped, np.rint(_EXACT * np.exp(steps * _STEP))).astype(np.int64)


@lru_cache(maxsize=64)
def _rows(servers: tuple[int, ...], column: int) -> Array:
    return np.concatenate([_table(count)[column] for count in servers])


@lru_cache(maxsize=1024)
def _table(servers: int) -> Array:
    """Rows: C and (1 − ρ)·p/S for each percentile; columns: √(1 − ρ) from 0 to 1."""
    idle = (np.arange(_GRID + 1) / _GRID) ** 2
    inside = slice(1, _GRID)
    found = np.empty((1 + len(PERCENTILES), _GRID + 1))
    utilisation = 1.0 - idle[inside]
    chance = erlang_c(servers, utilisation * servers)
    found[0, 0], found[0, inside], found[0, _GRID] = 1.0, chance, 0.0
    for row, probability in enumerate(PERCENTILES, start=1):
        limit = -np.log1p(-probability)
        found[row, inside] = idle[inside] * _percentile(probability, chance, servers * idle[inside])
        found[row, 0], found[row, _GRID] = limit / servers, limit
    return found


def _percentile(probability: float, chance: Array, spare: Array) -> Array:
    """The percentile of the response time ÷ service time; ``spare`` is θS = c(1 − ρ)."""
    wanted = np.log1p(-probability)
    low = np.maximum(-wanted, (np.log(np.maximum(chance, 1e-300)) - wanted) / spare)
    high, t = np.full_like(low, np.inf), np.array(low)
    for _ in range(60):
        tail, density = _tail_and_density(t, chance, spare)
        surplus = np.log(tail) - wanted
        low, high = np.where(surplus > 0, t, low), np.where(surplus > 0, high, t)
        step = surplus * tail / density
        following = t + step
        inside = (following >= low) & (following < high)
        middle = np.where(np.isfinite(high), 0.5 * (low + high), 2 * t)
        still = np.abs(step) <= 1e-7 * t
        t = np.asarray(np.where(inside | still, following, middle))
        if still.all():
            break
    return t


def _tail_and_density(t: Array, chance: Array, spare: Array) -> tuple[Array, Array]:
    x = (1.0 - spare) * t
    safe = np.where(np.abs(x) < 1e-9, 1.0, x)
    # e^(−t)·φ(x), written so that neither factor overflows
    both = np.where(np.abs(x) < 1e-9, np.exp(-t), (np.exp(-spare * t) - np.exp(-t)) / safe)
    served = np.exp(-t)
    return served + chance * t * both, (1.0 - chance) * served + chance * spare * t * both
