"""Queues with many loads at once: Erlang's C, and percentiles of the response time from tables.

Of M/M/c the chance to wait and every percentile ÷ service time depend on the servers c and the utilisation ρ alone.
(1 − ρ)·p/S is smooth from idle to full, so it is worked out once for each c on a grid of √(1 − ρ) and interpolated;
relative error below 1e-4. Formulas as in `studio.estimates.laws.queueing`.
"""

from collections.abc import Iterator
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from studio.estimates.ranges.values import Array, is_sampled

PERCENTILES = (0.5, 0.95, 0.99)
_GRID = 640
_EXACT = 64
"""Servers up to which Erlang's C is worked out for every sample."""
_MOST = 2048.0
"""Servers beyond which a queue is taken for one of so many: what waits there is next to nothing."""
_STEP = np.log(1.06)
_MOST_TABLES = 1024
_TABLES_AT_ONCE = 16


class Queues:
    """Queues M/M/c with many loads: a row for each component; servers certain or one number for each sample."""

    def __init__(self, servers: Array, utilisation: Array) -> None:
        self.servers, self.utilisation = servers, utilisation
        """The utilisation is below 1."""

    def waiting_chance(self) -> Array:
        """The share of requests that wait; by the tables where servers are many or vary."""
        if is_sampled(self.servers):
            return self._looked_up(0)
        found, few = np.empty_like(self.utilisation), self.servers[:, 0] <= _EXACT
        if few.any():
            found[few] = erlang_c(self.servers[few], self.utilisation[few])
        if not few.all():
            found[~few] = Queues(self.servers[~few], self.utilisation[~few])._looked_up(0)
        return found

    def percentiles(self) -> Iterator[Array]:
        """`PERCENTILES` of the response time ÷ service time."""
        idle = 1.0 - self.utilisation
        return (self._looked_up(column + 1) / idle for column in range(len(PERCENTILES)))

    def _looked_up(self, column: int) -> Array:
        rows, place, part = self._places
        table = _rows(rows, column)
        first = table[place]
        found: Array = table[place + 1]
        found -= first
        found *= part
        found += first
        return found

    @cached_property
    def _places(self) -> tuple[tuple[int, ...], NDArray[np.intp], Array]:
        """Which tables, where in them laid end to end, and how far to the next place."""
        along = np.sqrt(1.0 - self.utilisation) * _GRID
        place = np.minimum(along.astype(np.intp), _GRID - 1)
        along -= place
        is_certain = not is_sampled(self.servers)
        counts = np.minimum(self.servers, _MOST).astype(np.int64) if is_certain else _nearby(self.servers)
        present = np.flatnonzero(np.bincount(counts.ravel()))
        row_of = np.zeros(present[-1] + 1, dtype=np.intp)
        row_of[present] = np.arange(len(present)) * (_GRID + 1)
        return tuple(present.tolist()), place + row_of[counts], along


def erlang_c(servers: Array, utilisation: Array) -> Array:
    """The share of requests that wait, each row with its own number of servers; by the inverse recursion of B.

    Rows with more servers go on when others are done.
    """
    order = np.argsort(-servers[:, 0], kind="stable")
    counts = servers[order].astype(np.int64)
    load = utilisation[order] * counts
    inverse, each = np.ones_like(load), 1.0 / load
    for k in range(1, int(counts[0, 0]) + 1):
        left = int(np.count_nonzero(counts >= k))
        inverse[:left] *= each[:left]
        inverse[:left] *= k
        inverse[:left] += 1.0
    share, found = load / counts, np.empty_like(load)
    # 1/(1 − ρ(1 − B)) · B with B = 1/inverse; no load makes the inverse infinite and the answer 0
    found[order] = 1.0 / (inverse * (1.0 - share) + share)
    return found


def _nearby(servers: Array) -> NDArray[np.int64]:
    """Whole numbers of servers; where they vary, large ones to the nearest of a row whose steps are 6 %."""
    capped = np.minimum(np.fmax(servers, 1.0), _MOST)
    if capped.max() <= _EXACT:
        return capped.astype(np.int64)
    steps = np.rint(np.log(np.maximum(capped, _EXACT) / _EXACT) / _STEP)
    return np.where(capped <= _EXACT, capped, np.rint(_EXACT * np.exp(steps * _STEP))).astype(np.int64)


@lru_cache(maxsize=64)
def _rows(servers: tuple[int, ...], column: int) -> Array:
    missing = [count for count in servers if count not in _tables]
    if len(_tables) + len(missing) > _MOST_TABLES:
        _tables.clear()
        missing = list(servers)
    for start in range(0, len(missing), _TABLES_AT_ONCE):
        some = missing[start : start + _TABLES_AT_ONCE]
        _tables.update(zip(some, _new_tables(np.array(some, dtype=float)[:, None]), strict=True))
    return np.concatenate([_tables[count][column] for count in servers])


_tables: dict[int, Array] = {}
"""Those made so far, by number of servers."""


def _new_tables(servers: Array) -> Array:
    """For each number of servers, rows: C and (1 − ρ)·p/S for each percentile; columns: √(1 − ρ) from 0 to 1."""
    idle = (np.arange(_GRID + 1) / _GRID) ** 2
    inside = slice(1, _GRID)
    found = np.empty((len(servers), 1 + len(PERCENTILES), _GRID + 1))
    chance = erlang_c(servers, np.broadcast_to(1.0 - idle[inside], (len(servers), _GRID - 1)))
    found[:, 0, 0], found[:, 0, inside], found[:, 0, _GRID] = 1.0, chance, 0.0
    limits = -np.log1p(-np.array(PERCENTILES))
    times = _percentiles(-limits[:, None, None], chance, servers * idle[inside])
    found[:, 1:, inside] = (idle[inside] * times).transpose(1, 0, 2)
    found[:, 1:, 0], found[:, 1:, _GRID] = limits / servers, limits
    return found


def _percentiles(wanted: Array, chance: Array, spare: Array) -> Array:
    """Where the logarithm of the tail is ``wanted``, ÷ service time; ``spare`` is θS = c(1 − ρ)."""
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
    served, x = np.exp(-t), (1.0 - spare) * t
    is_flat = np.abs(x) < 1e-9
    # e^(−t)·φ(x), written so that neither factor overflows
    both = np.where(is_flat, served, (np.exp(-spare * t) - served) / np.where(is_flat, 1.0, x))
    return served + chance * t * both, (1.0 - chance) * served + chance * spare * t * both
