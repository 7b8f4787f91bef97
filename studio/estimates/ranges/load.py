"""How much reaches every component and runs over every connection at peak, in all samples."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from studio.estimates.load import carries_journeys, steps_of
from studio.estimates.ranges.flow import Way, node_rates
from studio.estimates.ranges.sampled import Sampled
from studio.estimates.ranges.values import Value, is_positive, larger, varies
from studio.model.connection import Connection


class Rates(NamedTuple):
    """A rate by class: of reads and of writes."""

    reads: Value = 0.0
    writes: Value = 0.0

    @property
    def total(self) -> Value:
        """Both together."""
        return self.reads + self.writes

    def plus(self, other: "Rates") -> "Rates":
        """The sum, class by class."""
        return Rates(self.reads + other.reads, self.writes + other.writes)

    def times(self, factor: Value) -> "Rates":
        """Both, multiplied."""
        return Rates(self.reads * factor, self.writes * factor)


@dataclass(slots=True)
class SampledLoad:
    """Where load goes: shares of the users' peak, requests/s of what components make by themselves."""

    of_peak: dict[str, Rates]
    generated: dict[str, Rates]
    connection_of_peak: dict[str, Value]
    connection_generated: dict[str, Value]
    unassigned: Value = 0.0
    """The share of the peak that no journey carries."""


class _Stream(NamedTuple):
    """Load that enters somewhere and moves along some connections."""

    entering: Mapping[str, Rates]
    connections: Sequence[Connection]
    ends_at: frozenset[str]
    is_generated: bool = False


def load_of(sampled: Sampled) -> SampledLoad:
    """The load of the whole design in all samples."""
    found = SampledLoad({}, {}, {}, {})
    for stream in _streams(sampled, found):
        _run(sampled, stream, found)
    return found


def _streams(sampled: Sampled, found: SampledLoad) -> Iterator[_Stream]:
    basis = sampled.basis
    clients = frozenset(name for name, numbers in basis.numbers.items() if numbers.is_client)
    if carries_journeys(basis):
        yield from _journey_streams(sampled, found)
    elif clients:
        yield _Stream(_at_clients(sampled, sorted(clients)), basis.connections, clients)
    made = {
        name: _entering(sampled, None, sampled.machine(name).generates)
        for name, numbers in basis.numbers.items()
        if numbers.generates > 0
    }
    if made:
        yield _Stream(made, basis.connections, clients, is_generated=True)


def _journey_streams(sampled: Sampled, found: SampledLoad) -> Iterator[_Stream]:
    found.unassigned = 1.0
    for journey in sampled.basis.design.journeys:
        share = sampled.given(journey, f"journeys.{journey.id}", "share")
        steps = steps_of(sampled.basis, journey)
        if share is None or not steps or not is_positive(share):
            continue
        found.unassigned = found.unassigned - share
        start = steps[0].source
        ends = frozenset([start]) if sampled.basis.numbers[start].is_client else frozenset[str]()
        yield _Stream({start: _entering(sampled, journey.traffic, share)}, steps, ends)
    left = found.unassigned
    if not isinstance(left, np.ndarray) and abs(left) < 1e-9:
        found.unassigned = 0.0


def _entering(sampled: Sampled, traffic: str | None, rate: Value) -> Rates:
    """A rate in one class of traffic, or both in the design's proportion."""
    if traffic == "reads":
        return Rates(rate, 0.0)
    if traffic == "writes":
        return Rates(0.0, rate)
    return Rates(rate * sampled.read_share, rate * (1 - sampled.read_share))


def _at_clients(sampled: Sampled, clients: Sequence[str]) -> dict[str, Rates]:
    """The peak split over the clients: stated shares first, what they leave evenly over the others."""
    stated = {
        name: sampled.given(sampled.basis.design.component[name], f"components.{name}", "share") for name in clients
    }
    left: Value = 1.0
    for share in stated.values():
        left = left if share is None else left - share
    each = larger(0.0, left) / max(1, sum(share is None for share in stated.values()))
    return {name: _entering(sampled, None, each if share is None else share) for name, share in stated.items()}


def _run(sampled: Sampled, stream: _Stream, found: SampledLoad) -> None:
    """Adds one stream to what was found so far."""
    at = found.generated if stream.is_generated else found.of_peak
    over = found.connection_generated if stream.is_generated else found.connection_of_peak
    for read in (True, False):
        entering = {name: rates.reads if read else rates.writes for name, rates in stream.entering.items()}
        if not any(is_positive(rate) for rate in entering.values()):
            continue
        ways = list(_ways(sampled, stream, read=read))
        rates = node_rates(entering, ways)
        for way in ways:
            over[way.name] = over.get(way.name, 0.0) + _solid(rates.get(way.source, 0.0) * way.gain)
        for name, rate in rates.items():
            rate = _solid(rate)
            at[name] = at.get(name, Rates()).plus(Rates(rate, 0.0) if read else Rates(0.0, rate))


def _solid(rate: Value) -> Value:
    """A rate whose undefined samples, in and behind loops that multiply traffic, are infinite."""
    if varies(rate) and not np.isfinite(rate).all():
        return np.nan_to_num(rate, nan=np.inf, posinf=np.inf)
    return rate


def _ways(sampled: Sampled, stream: _Stream, *, read: bool) -> Iterator[Way]:
    """The ways one class of requests takes; connections nobody can put a number on are left out."""
    basis = sampled.basis
    for connection in stream.connections:
        source, target = connection.source, connection.target
        if source in basis.down and basis.numbers[source].kind not in ("cdn", "cache"):
            continue
        chance = sampled.miss_chance(connection, read=read)
        if chance is None:
            continue
        gain = chance * sampled.calls(connection) * sampled.attempts(connection)
        if is_positive(gain):
            yield Way(connection.id, source, f"→{target}" if target in stream.ends_at else target, gain)
