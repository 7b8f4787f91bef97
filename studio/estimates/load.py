"""How much reaches every component and runs over every connection at peak.

A connection carries, for each class of requests (reads, writes) it is used by: rate at its source × calls per
request × tries of a call × the miss ratio of the cache it waits for × (reads) the miss ratio of its source when that
is itself a CDN or a cache in the way. Load of users is kept as a share of the peak, so that any multiple of it is one
product away.
"""

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from studio.estimates.basis import IN_THE_WAY, Basis
from studio.estimates.formulas.flow import Edge, Loop, node_rates
from studio.estimates.numbers import known
from studio.model.behaviour import Journey
from studio.model.connection import Connection

_MOST_RATE = 1e18
"""A share of the peak, or requests/s made by a component, beyond which a number is a slip of the pen."""
_ONCE: Mapping[str, float] = {}


@dataclass(slots=True)
class Share:
    """A rate by class: of reads and of writes."""

    reads: float = 0.0
    writes: float = 0.0

    @property
    def total(self) -> float:
        """Both together."""
        return self.reads + self.writes


@dataclass(slots=True)
class Load:
    """Where load goes. Shares of the users' peak, requests/s of what components make by themselves."""

    of_peak: dict[str, Share]
    generated: dict[str, Share]
    connection_of_peak: dict[str, float]
    connection_generated: dict[str, float]
    unknown: MutableMapping[str, str] = field(default_factory=dict)
    """Why the load of a component is unknown."""
    unknown_connections: dict[str, str] = field(default_factory=dict)
    loops: list[Loop] = field(default_factory=list)
    unassigned: float = 0.0
    """The share of the peak that no journey carries."""


class Stream(NamedTuple):
    """Load that enters somewhere and moves along some connections (one listed twice is used twice)."""

    entering: Mapping[str, Share]
    connections: Sequence[Connection]
    ends_at: frozenset[str]
    """Where arriving load does not go on: clients, for whom what arrives is the answer."""
    is_generated: bool = False


def load_of(basis: Basis, attempts: Mapping[str, float] = _ONCE) -> Load:
    """The load of the whole design, as shares of the peak and requests/s of generated load.

    ``attempts`` is the mean number of tries of a call, by connection; 1 where it is not named.
    """
    ids = basis.numbers
    connections = basis.design.connections
    found = Load(
        {name: Share() for name in ids},
        {name: Share() for name in ids},
        {connection.id: 0.0 for connection in connections},
        {connection.id: 0.0 for connection in connections},
    )
    for stream in _streams(basis, found):
        _run(basis, stream, attempts, found)
    return found


def carries_journeys(basis: Basis) -> bool:
    """Whether load moves along journeys: as soon as one has a share."""
    return any(journey.share is not None for journey in basis.design.journeys)


def entering_share(basis: Basis, traffic: str | None, share: float) -> Share:
    """`share` of the peak in one class of traffic: `reads`, `writes`, or both in the design's proportion."""
    if traffic == "reads":
        return Share(share, 0.0)
    if traffic == "writes":
        return Share(0.0, share)
    return Share(share * basis.read_share, share * (1 - basis.read_share))


def miss_chance(basis: Basis, connection: Connection, *, read: bool) -> float | str:
    """The chance that a request of one class at the source uses the connection at all; or what is missing to know."""
    if connection.traffic == ("writes" if read else "reads"):
        return 0.0
    caches = [] if connection.on_miss_of is None else [connection.on_miss_of]
    if read and basis.numbers[connection.source].kind in IN_THE_WAY and connection.source not in caches:
        caches.append(connection.source)
    chance = 1.0
    for cache in caches:
        hit_ratio = basis.hit_ratio(cache)
        if hit_ratio is None:
            return f"hit_ratio of {cache} is not given"
        chance *= 1.0 - hit_ratio
    return chance


def _streams(basis: Basis, found: Load) -> Iterator[Stream]:
    clients = frozenset(name for name, numbers in basis.numbers.items() if numbers.is_client)
    everything = basis.connections
    if carries_journeys(basis):
        yield from _journey_streams(basis, found)
    elif clients:
        yield Stream(_at_clients(basis, sorted(clients)), everything, clients)
    else:
        reason = "no component is of kind client, so where load enters is not known"
        found.unknown.update(dict.fromkeys(basis.numbers, reason))
        found.unknown_connections.update({connection.id: reason for connection in everything})
    made = {
        name: entering_share(basis, None, numbers.generates)
        for name, numbers in basis.numbers.items()
        if numbers.generates > 0
    }
    if made:
        yield Stream(made, everything, clients, is_generated=True)


def _journey_streams(basis: Basis, found: Load) -> Iterator[Stream]:
    found.unassigned = 1.0
    for journey in basis.design.journeys:
        share = known(journey.share)
        steps = steps_of(basis, journey)
        if not share or not steps:
            continue
        found.unassigned -= share
        start = steps[0].source
        ends = frozenset([start]) if basis.numbers[start].is_client else frozenset[str]()
        yield Stream({start: entering_share(basis, journey.traffic, share)}, steps, ends)
    if abs(found.unassigned) < 1e-9:
        found.unassigned = 0.0


def steps_of(basis: Basis, journey: Journey) -> tuple[Connection, ...]:
    """The journey's connections in order; a dangling one is left out."""
    connection = basis.connection
    return tuple(connection[step] for step in journey.steps if step in connection)


def _at_clients(basis: Basis, clients: Sequence[str]) -> dict[str, Share]:
    """The peak split over the clients: stated shares first, what they leave evenly over the others."""
    stated = {name: known(basis.design.component[name].share) for name in clients}
    left = max(0.0, 1.0 - sum(share for share in stated.values() if share is not None))
    silent = sum(share is None for share in stated.values())
    return {
        name: entering_share(basis, None, left / silent if share is None else share) for name, share in stated.items()
    }


def entering_at_clients(basis: Basis) -> float | None:
    """The share of the peak that enters at clients: 1, unless their stated shares say otherwise; None without any."""
    clients = [name for name, numbers in basis.numbers.items() if numbers.is_client]
    if not clients or carries_journeys(basis):
        return None
    return sum(share.total for share in _at_clients(basis, clients).values())


def _run(basis: Basis, stream: Stream, attempts: Mapping[str, float], found: Load) -> None:
    """Adds one stream to what was found so far."""
    both = None if basis.splits_classes else _edges(basis, stream, attempts, read=True)
    for read in (True, False):
        entering = {name: share.reads if read else share.writes for name, share in stream.entering.items()}
        if not any(entering.values()):
            continue
        edges, missing = both or _edges(basis, stream, attempts, read=read)
        rates = node_rates(entering, edges)
        if isinstance(rates, Loop):
            _give_up(stream, rates, found)
            return
        _add(found, stream, rates, edges, read=read)
        if missing:
            _taint(stream, rates, edges, missing, found)


def _add(found: Load, stream: Stream, rates: Mapping[str, float], edges: Sequence[Edge], *, read: bool) -> None:
    """Adds the rates of one class of one stream."""
    at = found.generated if stream.is_generated else found.of_peak
    over = found.connection_generated if stream.is_generated else found.connection_of_peak
    for edge in edges:
        rate = rates.get(edge.source, 0.0) * edge.gain
        if rate > _MOST_RATE:
            found.unknown_connections.setdefault(edge.name, f"calls_per_request of {edge.name} is beyond any load")
        else:
            over[edge.name] += rate
    for name, rate in rates.items():
        if rate > _MOST_RATE:
            found.unknown.setdefault(name, f"the calls_per_request on the way to {name} multiply beyond any load")
        elif name in at and read:
            at[name].reads += rate
        elif name in at:
            at[name].writes += rate


def _edges(
    basis: Basis, stream: Stream, attempts: Mapping[str, float], *, read: bool
) -> tuple[list[Edge], list[tuple[Connection, str]]]:
    """The edges one class of requests moves along, and those nobody can put a number on, with the reason."""
    edges: list[Edge] = []
    missing: list[tuple[Connection, str]] = []
    for connection in stream.connections:
        source, target = connection.source, connection.target
        if source in basis.down and basis.numbers[source].kind not in IN_THE_WAY:
            continue
        chance = miss_chance(basis, connection, read=read)
        if isinstance(chance, str):
            missing.append((connection, chance))
            continue
        gain = chance * basis.calls(connection) * attempts.get(connection.id, 1.0)
        if gain > 0:
            edges.append(Edge(connection.id, source, f"→{target}" if target in stream.ends_at else target, gain))
    return edges, missing


def _give_up(stream: Stream, loop: Loop, found: Load) -> None:
    """The stream has no finite rates: every load it touches is unknown."""
    if loop not in found.loops:
        found.loops.append(loop)
    for name in stream.entering:
        found.unknown.setdefault(name, loop.sentence)
    for connection in stream.connections:
        found.unknown_connections.setdefault(connection.id, loop.sentence)
        found.unknown.setdefault(connection.target, loop.sentence)


def _taint(
    stream: Stream,
    rates: Mapping[str, float],
    edges: Iterable[Edge],
    missing: Iterable[tuple[Connection, str]],
    found: Load,
) -> None:
    """Whatever lies behind a connection without a number has none either."""
    ahead: dict[str, list[Edge]] = {}
    for edge in edges:
        ahead.setdefault(edge.source, []).append(edge)
    blind: dict[str, list[tuple[Connection, str]]] = {}
    for connection, reason in missing:
        blind.setdefault(connection.source, []).append((connection, reason))
    queue = [(c, reason) for c, reason in missing if rates.get(c.source, 0.0) > 0]
    reached: dict[str, str] = {}
    while queue:
        connection, reason = queue.pop(0)
        found.unknown_connections.setdefault(connection.id, reason)
        names: list[str] = [connection.target] if connection.target not in stream.ends_at else []
        while names:
            name = names.pop()
            if name in reached or name.startswith("→"):
                continue
            reached[name] = reason
            found.unknown.setdefault(name, reason)
            queue.extend((behind, reason) for behind, _ in blind.get(name, ()))
            for edge in ahead.get(name, ()):
                found.unknown_connections.setdefault(edge.name, reason)
                names.append(edge.target)
