"""The shape of the calls: which lie on one request's way, the longest way to each component, and circles.

Every function takes time linear in the calls it is given.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from studio.estimates.formulas.flow import Edge, strongly_connected
from studio.model.connection import Connection
from studio.model.design import Design

OTHER = {"reads": "writes", "writes": "reads"}


class Requests(NamedTuple):
    """The calls that requests of one sort wait for: those of a journey, or all reads, or all writes."""

    journey: str | None
    calls: tuple[Connection, ...]
    order: tuple[tuple[str, ...], ...]
    """Their ends, callers first; those that call each other in a circle together."""


class Ways(NamedTuple):
    """The longest way to each component that anything leads to."""

    length: dict[str, float]
    last: dict[str, Connection]
    """The last call of that way."""

    def to(self, name: str) -> tuple[Connection, ...]:
        """The calls of the longest way to a component, first one first; empty where none leads."""
        found: list[Connection] = []
        seen = set[str]()
        while name in self.last and name not in seen:
            seen.add(name)
            found.append(self.last[name])
            name = self.last[name].source
        return tuple(reversed(found))


def requests_of(design: Design) -> tuple[Requests, ...]:
    """The sorts of requests of a design: one for each journey; where no journey has steps, reads and writes
    (all together where no call is only for one of them)."""
    with_steps = [journey for journey in design.journeys if journey.steps]
    if not with_steps:
        differ = any(call.traffic in OTHER for call in design.connections)
        sorts = ("reads", "writes") if differ else ("all",)
        return tuple(_waited_for(None, design.connections, traffic) for traffic in sorts)
    return tuple(
        _waited_for(j.id, (design.connection[step] for step in j.steps), j.traffic or "all") for j in with_steps
    )


def _waited_for(journey: str | None, calls: Iterable[Connection], traffic: str) -> Requests:
    other = OTHER.get(traffic)
    kept = (c for c in calls if c.is_synchronous and c.source != c.target and (other is None or c.traffic != other))
    found = tuple({call.id: call for call in kept}.values())
    return Requests(journey, found, tuple(_knots([(call.source, call.target) for call in found])))


def longest_ways(requests: Requests, length: Callable[[Connection], float]) -> Ways:
    """The longest way to each component by the lengths of its calls; calls inside a circle count nothing."""
    found, last = dict[str, float](), dict[str, Connection]()
    entering: dict[str, list[Connection]] = {}
    for call in requests.calls:
        entering.setdefault(call.target, []).append(call)
    for members in requests.order:
        outside = (call for name in members for call in entering.get(name, ()) if call.source not in members)
        best = max(outside, key=lambda call: found[call.source] + length(call), default=None)
        for name in members:
            found[name] = 0.0
            if best is not None:
                found[name], last[name] = found[best.source] + length(best), best
    return Ways(found, last)


def circles(calls: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """The largest sets of two or more names that all lead to each other, each sorted, in the order of their first."""
    return tuple(sorted(tuple(sorted(members)) for members in _knots(list(calls)) if len(members) > 1))


def way_round(members: Sequence[str], calls: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """A shortest way round through the first of these names: `a`, `b`, `a`."""
    inside, start = set(members), members[0]
    ahead: dict[str, list[str]] = {}
    for source, target in calls:
        if source in inside and target in inside:
            ahead.setdefault(source, []).append(target)
    ways: dict[str, tuple[str, ...]] = {start: (start,)}
    waiting = [start]
    for name in waiting:
        for target in ahead.get(name, ()):
            if target == start:
                return (*ways[name], start)
            if target not in ways:
                ways[target] = (*ways[name], target)
                waiting.append(target)
    return (start,)


def _knots(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Sets of names that lead to each other, callers first."""
    ahead: dict[str, list[Edge]] = {}
    for source, target in pairs:
        ahead.setdefault(source, []).append(Edge("", source, target, 1.0))
    return strongly_connected(dict.fromkeys(name for pair in pairs for name in pair), ahead)
