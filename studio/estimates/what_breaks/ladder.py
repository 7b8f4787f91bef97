"""What breaks first, and what next: from today's peak to a hundred times of it.

Where a thing breaks it is mended, at the lowest price and sized for twice the load at which it broke (twice today's
peak where it is broken already), and the climb goes on. What no number in the design mends is said once and left.
Utilisation, quotas and stated limits are exact; pools, workers, retries and percentiles are found by regula falsi.
Retries are counted at each callee by itself, at their whole effect only below the first rung.
"""

import heapq
import math
from collections.abc import Iterator
from typing import Final, NamedTuple

from studio.estimates.results import Figure
from studio.estimates.what_breaks.budget import Budget
from studio.estimates.what_breaks.capacity import Capacity
from studio.estimates.what_breaks.countable import countable
from studio.estimates.what_breaks.fixes import Change
from studio.estimates.what_breaks.searching import MOST
from studio.estimates.what_breaks.settled import first_at_rest
from studio.estimates.what_breaks.speed import speeds
from studio.estimates.what_breaks.state import State, Thing
from studio.estimates.what_breaks.world import Ground
from studio.estimates.working import Working

ASSUMPTIONS: Final = (
    "instances stay as they are until something breaks, and those of lower rungs are mended",
    "a fix is sized for twice the load at which its rung broke, at least for twice today's peak",
    "what a vendor asks for more is not counted; nor does load that components make by themselves grow",
)
MOST_RUNGS: Final = 10_000
_AHEAD = 2.0
"""How far beyond the last rung a thing is looked at when no other breaks before."""


class Rung(NamedTuple):
    """One thing that breaks, and what mends it: one entry of `ladder`."""

    at: float
    """× today's peak."""
    what: str
    """The path of the figure or limit that tells."""
    subject: str
    """The component or journey, or `cost`."""
    why: str
    """What happens there, with its numbers."""
    fix: str
    """The cheapest that mends it, in words; what to do instead where nothing does."""
    changes: tuple[Change, ...]
    """The same as fields of the design; empty where no number mends it."""
    cost_per_month: Figure
    """Of the design with this and all lower fixes, at this load; None when unknown."""
    holds_until: Figure
    """The multiple the fix lasts; None where nothing is mended, or the thing does not break again."""
    inputs: dict[str, Figure]
    """The figures behind `why`, by path."""


def ladder(working: Working) -> tuple[Rung, ...]:
    """What breaks from 1× (or below: what is broken already) to 100× of today's peak, in rising order.

    The conditions of ``working`` hold on every rung (what is down stays down), but for its load.
    """
    ground = Ground(working)
    state = State(ground, working.numbers)
    things: list[Thing] = [
        *(Capacity(ground, name) for name in state.numbers),
        *countable(state),
        *speeds(ground),
        *Budget.of(ground),
    ]
    return tuple(_Climb(state, things).rungs())


class _Climb:
    """The way up: things wait in the order in which they break."""

    def __init__(self, state: State, things: list[Thing]) -> None:
        self._state, self._things = state, things
        self._seen = [-1] * len(things)
        """The version of its parts when each was looked at; −1: never."""
        self._breaks = [0.0] * len(things)
        self._strained = [index for index, thing in enumerate(things) if thing.is_strained_by_mending]
        self._waiting = [(0.0, index) for index in range(len(things))]
        self._at = 0.0
        self._put_off = set[int]()
        """Things of which only a load is known up to which they hold."""
        self._done = set[tuple[str, float]]()

    def rungs(self) -> Iterator[Rung]:
        """Every rung in rising order."""
        for number in range(MOST_RUNGS):
            if (index := self._next()) is None:
                return
            if not number and self._state.ground.repeats:
                index = self._first_at_rest(index)
            rung = self._mended(self._things[index], self._at)
            if rung.changes:
                self._look(index)
                rung = rung._replace(holds_until=self._until(index))
            if (rung.subject, rung.at) not in self._done:
                self._done.add((rung.subject, rung.at))
                yield rung
            for strained in self._strained:
                if self._version(strained) != self._seen[strained]:
                    self._look(strained)

    def _until(self, index: int) -> float | None:
        """How long a thing just mended lasts; what breaks at once again is left."""
        until = self._breaks[index]
        if until <= self._at:
            self._breaks[index] = math.nan
        return until if math.isfinite(until) else None

    def _next(self) -> int | None:
        """The thing that breaks next; what was mended meanwhile, or only put off, is looked at again."""
        while self._waiting:
            at, index = heapq.heappop(self._waiting)
            if at != self._breaks[index]:
                continue
            if self._version(index) == self._seen[index] and index not in self._put_off:
                self._at = max(self._at, at)
                return index
            following = self._waiting[0][0] if self._waiting else math.inf
            self._look(index, max(following, _AHEAD * max(1.0, at)))
        return None

    def _look(self, index: int, until: float = math.inf) -> None:
        """Works out where a thing breaks, or that it does not before ``until``."""
        self._seen[index] = self._version(index)
        since = max(self._at, self._breaks[index]) if index in self._put_off else self._at
        at = self._things[index].breaks_at(self._state, since, until)
        self._breaks[index] = at
        self._put_off.discard(index)
        if at >= until:
            self._put_off.add(index)
        if math.isfinite(at) and at <= MOST:
            heapq.heappush(self._waiting, (at, index))

    def _version(self, index: int) -> int:
        changed = self._state.changed
        if self._things[index].is_strained_by_mending:
            return sum(changed.values())
        return sum(changed[name] for name in self._things[index].parts)

    def _first_at_rest(self, index: int) -> int:
        """What breaks first when retries are counted with all they do to each other, if not what seemed to."""
        found = first_at_rest(self._state, self._things, self._at)
        if found is None:
            return index
        heapq.heappush(self._waiting, (self._breaks[index], index))
        self._at, first = found
        return first

    def _mended(self, thing: Thing, at: float) -> Rung:
        state = self._state
        why, inputs = thing.why(state, at), thing.inputs(state, at)
        mend = thing.mend(state, at, 2.0 * max(1.0, at))
        state.mend(mend.numbers)
        return Rung(at, thing.path, thing.subject, why, mend.words, mend.changes, state.bills.at(at), None, inputs)
