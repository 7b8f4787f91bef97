"""What users wait for in all samples: the tree of calls of a journey, as `studio.estimates.journeys` builds it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from studio.estimates.calling import pauses_of
from studio.estimates.defaults import FIRST_BACKOFF, LONGEST_BACKOFF
from studio.estimates.formulas.retries import backoff_delay
from studio.estimates.journeys import Call, Way, survives_without, way
from studio.estimates.load import steps_of
from studio.estimates.ranges.at_once import calls, hedged, slowest
from studio.estimates.ranges.laws import Law
from studio.estimates.ranges.sampled import Sampled
from studio.estimates.ranges.times import NOTHING, Time, by_chance, choice, fixed, in_turn, of_law
from studio.estimates.ranges.tries import cut_off
from studio.estimates.ranges.values import Value, is_positive, picked, varies
from studio.model.behaviour import Journey
from studio.model.connection import Connection

_MOST_SHARED_CACHES = 4
_MOST_RETRIES = 100
_IN_THE_WAY = ("cdn", "cache")


class _Unknown(Exception):
    """Something the journey waits for has no known time."""


def response_time(
    sampled: Sampled, journey: Journey, laws: Callable[[str], Law | None], index: NDArray[np.intp] | None = None
) -> Time | None:
    """What the user waits in the samples of ``index``, exactly; in all, by moments, when None. None is unknown."""
    found = way(sampled.basis, journey)
    if found.start is None or not found.calls:
        return None
    samples = sampled.samples if index is None else len(index)
    try:
        return _Tree(sampled, journey, laws, index, samples).all_classes(found)
    except _Unknown:
        return None


@dataclass(frozen=True, eq=False, repr=False)
class _Tree:
    sampled: Sampled
    journey: Journey
    laws: Callable[[str], Law | None]
    index: NDArray[np.intp] | None
    samples: int

    def _here(self, value: Value) -> Value:
        return picked(value, self.index)

    def all_classes(self, found: Way) -> Time:
        classes = [(self._here(chance), read) for chance, read in self._classes()]
        branches = [(chance, self._whole(found, read=read)) for chance, read in classes if is_positive(chance)]
        return branches[0][1] if len(branches) == 1 else choice(branches)

    def _classes(self) -> tuple[tuple[Value, bool], ...]:
        """Chance and class (is it a read?) of the requests; one only where the class changes nothing."""
        if self.journey.traffic in ("reads", "writes"):
            return ((1.0, self.journey.traffic == "reads"),)
        if all(self._is_same_for_both(step) for step in steps_of(self.sampled.basis, self.journey)):
            return ((1.0, True),)
        share = self.sampled.read_share
        return ((share, True), (1.0 - share, False))

    def _is_same_for_both(self, step: Connection) -> bool:
        """Whether reads and writes use the step alike."""
        is_read_cache = (
            self.sampled.basis.numbers[step.source].kind in _IN_THE_WAY
            and step.source != step.on_miss_of
            and self.sampled.basis.hit_ratio(step.source) != 0.0
        )
        return step.traffic not in ("reads", "writes") and not is_read_cache

    def _whole(self, found: Way, *, read: bool) -> Time:
        start = found.start or ""
        caches, branches = self._shared_caches(), []
        for missed in product((False, True), repeat=len(caches)):
            outcome = dict(zip(caches, missed, strict=True))
            chance: Value = 1.0
            for cache, is_miss in outcome.items():
                hits = self._hit_ratio(cache)
                chance = chance * (1.0 - hits if is_miss else hits)
            if is_positive(chance):
                own = () if self.sampled.basis.numbers[start].is_client else (self._law(start),)
                branches.append((chance, in_turn((*own, *self._below(found.calls, outcome, read=read)))))
        return branches[0][1] if len(branches) == 1 else choice(branches)

    def _shared_caches(self) -> tuple[str, ...]:
        """Caches that two or more steps wait for the miss of."""
        steps = steps_of(self.sampled.basis, self.journey)
        waited = [step.on_miss_of for step in steps if step.on_miss_of is not None]
        return tuple([cache for cache in dict.fromkeys(waited) if waited.count(cache) > 1][:_MOST_SHARED_CACHES])

    def _hit_ratio(self, cache: str) -> Value:
        hits = self.sampled.hit_ratio(cache)
        if hits is None:
            raise _Unknown
        return self._here(hits)

    def _below(self, below: Sequence[Call], outcome: Mapping[str, bool], *, read: bool) -> Iterator[Time]:
        """The times of the calls one component makes, in order; those at once as one."""
        done: set[int] = set()
        for call in below:
            if id(call) in done:
                continue
            together = [other for other in below if other is call or self._at_once(call, other)]
            done.update(id(other) for other in together)
            times = [self._call(other, outcome, read=read) for other in together]
            yield times[0] if len(times) == 1 else slowest([(time, 1.0) for time in times], self.samples)

    def _at_once(self, one: Call, other: Call) -> bool:
        ids = (one.connection.id, other.connection.id)
        return any(ids[0] in group and ids[1] in group for group in self.journey.at_once)

    def _call(self, call: Call, outcome: Mapping[str, bool], *, read: bool) -> Time:
        """All calls over one connection for one request of the journey."""
        connection, sampled = call.connection, self.sampled
        chance, number = self._chance(connection, outcome, read=read), self._here(sampled.calls(connection))
        if not is_positive(chance) or not is_positive(number) or self._is_skipped(connection):
            return NOTHING
        one = in_turn(
            (
                fixed(self._here(sampled.network(connection))),
                self._law(connection.target),
                *self._below(call.below, outcome, read=read),
            )
        )
        if connection.hedge_after is not None:
            one = hedged(one, self._here(sampled.hedge_after(connection)), self.samples)
        timeout, errors = sampled.timeout(connection), sampled.errors(connection)
        if timeout is not None or errors > 0:
            one = _given_up(one, connection, np.inf if timeout is None else self._here(timeout), errors)
        return by_chance(chance, _several(connection, one, number, self.samples))

    def _chance(self, connection: Connection, outcome: Mapping[str, bool], *, read: bool) -> Value:
        cache = connection.on_miss_of
        if cache is not None and cache in outcome and not outcome[cache]:
            return 0.0
        chance = self.sampled.miss_chance(connection, read=read)
        if chance is None:
            raise _Unknown
        chance = self._here(chance)
        if cache is None or cache not in outcome:
            return chance
        miss = 1.0 - self._hit_ratio(cache)
        if varies(miss):
            return np.where(miss > 0, chance / np.maximum(miss, 1e-300), 0.0)
        return chance / miss if miss > 0 else 0.0

    def _is_skipped(self, connection: Connection) -> bool:
        """A callee that is gone takes no time when the caller goes on without it, but its misses still go on below."""
        target, basis = connection.target, self.sampled.basis
        is_gone = target in basis.down and basis.numbers[target].kind not in _IN_THE_WAY
        return is_gone and survives_without(connection)

    def _law(self, component: str) -> Time:
        basis = self.sampled.basis
        if component in basis.down and basis.numbers[component].kind in _IN_THE_WAY:
            return NOTHING
        if basis.numbers[component].is_client:
            return NOTHING
        law = None if component in basis.down else self.laws(component)
        if law is None:
            raise _Unknown
        exact = self.index is not None
        return of_law(law.picked(self.index) if self.index is not None else law, exact=exact)


def _several(connection: Connection, one: Time, number: Value, samples: int) -> Time:
    return calls(
        one,
        number,
        at_once=connection.parallel is True,
        needed=connection.answers_needed,
        samples=samples,
    )


def _given_up(one: Time, connection: Connection, timeout: Value, errors: float) -> Time:
    """The call with its timeout, errors, retries and pauses."""
    tries = connection.tries
    pauses = [
        backoff_delay(retry, connection.backoff, FIRST_BACKOFF.value, LONGEST_BACKOFF.value)
        for retry in range(1, min(tries - 1, _MOST_RETRIES) + 1)
    ]
    return cut_off(one, timeout, pauses, timeout * tries + pauses_of(connection), errors)
