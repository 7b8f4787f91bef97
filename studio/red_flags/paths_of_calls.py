"""What users wait for: the calls that must succeed, and the components whose loss alone stops them.

A component *fails* when it is gone, when something it always calls fails, or when every one of a set of stand-ins it
spreads its calls over fails. A component is *indispensable* when its failure makes an entrance fail: the articulation
test, on the sub-graph of hard calls.
"""

from collections.abc import Iterable, Sequence
from math import isclose
from typing import NamedTuple

from studio.model.connection import Connection
from studio.model.design import Design
from studio.model.kinds import MESSAGING
from studio.units import point

SPREADS_LOAD = frozenset({"client", "cdn", "load-balancer"})
"""Kinds that send one request to one of several copies, in whatever shares; others only in equal ones."""


class Flow(NamedTuple):
    """The hard calls users wait for, and where they begin."""

    entrances: tuple[str, ...]
    calls: tuple[Connection, ...]

    @property
    def members(self) -> frozenset[str]:
        """Everything it touches, the entrances included."""
        return frozenset(self.entrances) | {call.target for call in self.calls}


def is_hard(connection: Connection) -> bool:
    """Whether the caller fails with the callee: it waits, has no fallback, and does not say it can do without."""
    return connection.is_hard and not connection.has_fallback


def flow_of(design: Design, entrances: Sequence[str], connections: Iterable[Connection], traffic: str = "all") -> Flow:
    """What requests that begin at the entrances cannot do without, of `traffic` all, reads or writes.

    These are the hard calls reached by hard calls, and the queues and streams that take work over from them: these
    must be there, what lies behind them need not.
    """
    other = {"reads": "writes", "writes": "reads"}.get(traffic)
    leaving: dict[str, list[Connection]] = {}
    for connection in connections:
        takes_over = not connection.is_synchronous and design.component[connection.target].kind in MESSAGING
        is_used = other is None or connection.traffic != other
        needed = connection.hard is not False and not connection.has_fallback and is_used
        if needed and (connection.is_synchronous or takes_over):
            leaving.setdefault(connection.source, []).append(connection)
    seen, waiting, calls = set(entrances), list(dict.fromkeys(entrances)), []
    while waiting:
        for connection in leaving.get(waiting.pop(0), ()):
            calls.append(connection)
            if connection.is_synchronous and connection.target not in seen:
                seen.add(connection.target)
                waiting.append(connection.target)
    return Flow(tuple(entrances), tuple(calls))


def indispensable(design: Design, flow: Flow) -> frozenset[str]:
    """The components of a flow that it stops without, the entrances included."""
    sets = _stand_ins(design, flow)
    chosen: set[str] = {call.id for group in sets for call in group}
    found = _behind(flow.entrances, [call for call in flow.calls if call.id not in chosen])
    behind_choices = sorted(flow.members - found)
    return frozenset(found.union(name for name in behind_choices if found & _failing(name, flow, sets, chosen)))


def _behind(start: Iterable[str], calls: Sequence[Connection]) -> set[str]:
    targets: dict[str, list[str]] = {}
    for call in calls:
        targets.setdefault(call.source, []).append(call.target)
    seen = set(start)
    waiting = sorted(seen)
    while waiting:
        for target in targets.get(waiting.pop(), ()):
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


def _failing(gone: str, flow: Flow, sets: Sequence[Sequence[Connection]], chosen: set[str]) -> set[str]:
    """All that fails when one component is gone."""
    failed = {gone}
    while True:
        always = {call.source for call in flow.calls if call.id not in chosen and call.target in failed}
        spread = {group[0].source for group in sets if all(call.target in failed for call in group)}
        if always | spread <= failed:
            return failed
        failed |= always | spread


def _stand_ins(design: Design, flow: Flow) -> tuple[tuple[Connection, ...], ...]:
    """Sets of calls by which a caller reaches one of several alike components: like kind, like technology, like
    requests, and shares that add up to one."""
    groups: dict[tuple[str, ...], list[Connection]] = {}
    for call in flow.calls:
        callee = design.component[call.target]
        if call.calls_per_request is not None:
            alike = (call.source, callee.kind, callee.technology or "", call.traffic or "all")
            groups.setdefault(alike, []).append(call)
    return tuple(tuple(group) for group in groups.values() if _is_a_choice(design, group))


def _is_a_choice(design: Design, group: Sequence[Connection]) -> bool:
    shares = [point(call.calls_per_request) for call in group if call.calls_per_request is not None]
    if len({call.target for call in group}) < 2 or not isclose(sum(shares), 1, abs_tol=0.02):
        return False
    even = max(shares) - min(shares) < 0.02
    return even or design.component[group[0].source].kind in SPREADS_LOAD
