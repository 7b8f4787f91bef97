"""What a user waits for: the tree of synchronous calls of a journey, and its response time.

A step hangs below the latest step that reached its source. A call takes its network round trip, the callee's own time
and the calls below it, cut off by its timeout; calls follow one another unless they are at once or parallel. Nobody
waits for asynchronous steps, nor for what lies behind them.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from studio.estimates.answering import ONCE, Tries
from studio.estimates.basis import Basis
from studio.estimates.defaults import FIRST_BACKOFF, LONGEST_BACKOFF
from studio.estimates.formulas.retries import backoff_delay, backoff_total, worst_case_time
from studio.estimates.laws.composition import Choice, Time, by_chance, in_turn
from studio.estimates.laws.hedging import hedged
from studio.estimates.laws.law import Fixed, Law
from studio.estimates.laws.parallel import calls, slowest
from studio.estimates.laws.timeouts import cut_off
from studio.estimates.load import miss_chance, steps_of
from studio.estimates.numbers import known
from studio.model.behaviour import Journey
from studio.model.connection import Connection

# A cache that several steps wait for is asked once: hit or miss is then the same for all of them. Beyond this many
# such caches their outcomes are taken one by one.
_MOST_SHARED_CACHES = 4
_ONE_TRY: Mapping[str, Tries] = {}


@dataclass
class Call:
    """A synchronous step and the steps its callee takes because of it."""

    connection: Connection
    below: list["Call"] = field(default_factory=list)


class Way(NamedTuple):
    """The part of a journey its user waits for."""

    start: str | None
    """The component it begins at; None without steps."""
    calls: tuple[Call, ...]
    reached: frozenset[str]
    """Components its user waits for, the start included."""


class TimeUnknown(Exception):
    """A journey has no response time; the text says why."""


def way(basis: Basis, journey: Journey) -> Way:
    """The tree of calls its user waits for."""
    steps = steps_of(basis, journey)
    if not steps:
        return Way(None, (), frozenset())
    start = steps[0].source
    roots: list[Call] = []
    reached_by: dict[str, Call | None] = {start: None}
    for step in steps:
        is_reached = step.source in reached_by or basis.numbers[step.source].is_client
        if not (step.is_synchronous and is_reached):
            continue
        call = Call(step)
        caller = reached_by.get(step.source)
        (caller.below if caller is not None else roots).append(call)
        reached_by[step.target] = call
    return Way(start, tuple(roots), frozenset(reached_by))


def response_time(
    basis: Basis, journey: Journey, laws: Mapping[str, Law | str], tries: Mapping[str, Tries] = _ONE_TRY
) -> Time:
    """The law of what the user waits. Raises `TimeUnknown` with the reason."""
    found = way(basis, journey)
    if found.start is None:
        raise TimeUnknown(f"steps of {journey.id} are not given")
    if not found.calls:
        raise TimeUnknown(f"nobody waits for {journey.id}: all of its steps are asynchronous")
    builder = _Builder(basis, journey, laws, tries)
    branches = [(chance, builder.whole(found, read)) for chance, read in _classes(basis, journey) if chance > 0]
    return branches[0][1] if len(branches) == 1 else Choice(tuple(branches))


def _classes(basis: Basis, journey: Journey) -> tuple[tuple[float, bool], ...]:
    """Chance and class (is it a read?) of the journey's requests; one only where the class changes nothing."""
    if journey.traffic in ("reads", "writes"):
        return ((1.0, journey.traffic == "reads"),)
    if not basis.splits_classes:
        return ((1.0, True),)
    steps = steps_of(basis, journey)
    if all(miss_chance(basis, step, read=True) == miss_chance(basis, step, read=False) for step in steps):
        return ((1.0, True),)
    return ((basis.read_share, True), (1.0 - basis.read_share, False))


@dataclass(frozen=True, eq=False, repr=False)
class _Builder:
    basis: Basis
    journey: Journey
    laws: Mapping[str, Law | str]
    tries: Mapping[str, Tries]

    def whole(self, found: Way, read: bool) -> Time:  # noqa: FBT001 (a request reads or writes)
        start = found.start or ""
        own: list[Time] = [] if self.basis.numbers[start].is_client else [self._law(start)]
        caches = self._shared_caches()
        branches = []
        for missed in product((False, True), repeat=len(caches)):
            outcome = dict(zip(caches, missed, strict=True))
            chance = 1.0
            for cache, is_miss in outcome.items():
                hit_ratio = self._hit_ratio(cache)
                chance *= 1.0 - hit_ratio if is_miss else hit_ratio
            if chance > 0:
                branches.append((chance, in_turn([*own, *self._below(found.calls, read, outcome)])))
        return branches[0][1] if len(branches) == 1 else Choice(tuple(branches))

    def _shared_caches(self) -> tuple[str, ...]:
        """Caches that two or more steps wait for the miss of."""
        waited = [step.on_miss_of for step in steps_of(self.basis, self.journey) if step.on_miss_of is not None]
        shared = [cache for cache in dict.fromkeys(waited) if waited.count(cache) > 1]
        return tuple(shared[:_MOST_SHARED_CACHES])

    def _hit_ratio(self, cache: str) -> float:
        hit_ratio = self.basis.hit_ratio(cache)
        if hit_ratio is None:
            raise TimeUnknown(f"hit_ratio of {cache} is not given")
        return hit_ratio

    def _below(self, below: Sequence[Call], read: bool, outcome: Mapping[str, bool]) -> Iterator[Time]:  # noqa: FBT001 (a request reads or writes)
        """The times of the calls one component makes, in order; those at once as one."""
        done: set[int] = set()
        for call in below:
            if id(call) in done:
                continue
            together = [other for other in below if other is call or self._at_once(call, other)]
            done.update(id(other) for other in together)
            times = [self._call(other, read, outcome) for other in together]
            yield times[0] if len(times) == 1 else slowest([(time, 1) for time in times])

    def _at_once(self, one: Call, other: Call) -> bool:
        ids = (one.connection.id, other.connection.id)
        return any(ids[0] in group and ids[1] in group for group in self.journey.at_once)

    def _call(self, call: Call, read: bool, outcome: Mapping[str, bool]) -> Time:  # noqa: FBT001 (a request reads or writes)
        """All calls over one connection for one request of the journey."""
        connection, basis = call.connection, self.basis
        chance = self._chance(connection, read, outcome)
        number = basis.calls(connection)
        if chance <= 0 or number <= 0 or self._is_skipped(connection):
            return Fixed(0.0)
        one = in_turn(
            [Fixed(basis.network(connection)), self._law(connection.target), *self._below(call.below, read, outcome)]
        )
        hedge, timeout = known(connection.hedge_after), known(connection.timeout)
        if hedge is not None:
            one = hedged(one, hedge)
        errors = self.tries.get(connection.id, ONCE).errors_in_time
        if timeout is not None or errors > 0:
            one = _given_up(one, connection, math.inf if timeout is None else timeout, errors)
        at_once, needed = connection.parallel is True, connection.answers_needed
        return by_chance(chance, calls(one, number, at_once=at_once, needed=needed))

    def _chance(self, connection: Connection, read: bool, outcome: Mapping[str, bool]) -> float:  # noqa: FBT001 (a request reads or writes)
        cache = connection.on_miss_of
        if cache is not None and cache in outcome:
            if not outcome[cache]:
                return 0.0
            chance = miss_chance(self.basis, connection, read=read)
            if isinstance(chance, str):
                raise TimeUnknown(chance)
            miss = 1.0 - self._hit_ratio(cache)
            return chance / miss if miss > 0 else 0.0
        chance = miss_chance(self.basis, connection, read=read)
        if isinstance(chance, str):
            raise TimeUnknown(chance)
        return chance

    def _is_skipped(self, connection: Connection) -> bool:
        """A callee that is gone takes no time when the caller goes on without it, but its misses still go on below."""
        target = connection.target
        if target not in self.basis.down:
            return False
        return survives_without(connection) and self.basis.numbers[target].kind not in ("cdn", "cache")

    def _law(self, component: str) -> Time:
        if component in self.basis.down:
            if self.basis.numbers[component].kind in ("cdn", "cache"):
                return Fixed(0.0)
            raise TimeUnknown(f"{component} is down and {self.journey.id} needs it")
        law = self.laws[component]
        if isinstance(law, str):
            raise TimeUnknown(law)
        return law


def _given_up(one: Time, connection: Connection, timeout: float, errors: float) -> Time:
    """The call with its timeout, errors, retries and pauses."""

    def pause(retry: int) -> float:
        return backoff_delay(retry, connection.backoff, FIRST_BACKOFF.value, LONGEST_BACKOFF.value)

    tries = connection.tries
    pauses = backoff_total(tries, connection.backoff, FIRST_BACKOFF.value, LONGEST_BACKOFF.value)
    return cut_off(one, timeout, tries, pause, worst_case_time(timeout, tries, pauses), errors)


def survives_without(connection: Connection) -> bool:
    """Whether the caller goes on when this call fails: it is soft, or has something to fall back on."""
    return connection.hard is False or connection.has_fallback
