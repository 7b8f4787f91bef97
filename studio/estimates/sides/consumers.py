"""Who takes what waits in a queue or stream, and how fast: every connection that leads out of it feeds a consumer.

A consumer takes what its other work leaves; when all its work together is too much, each kind of work gets its share
in proportion. Of a queue or stream with partitions a consumer's copies beyond their number get nothing: one partition
feeds one copy of a group at a time (Apache Kafka documentation, consumers and consumer groups).
"""

import math
from typing import NamedTuple

from studio.estimates.averages import unknown_load
from studio.estimates.waiting import workers_used
from studio.estimates.working import Working
from studio.model.connection import Connection
from studio.model.kinds import MESSAGING


class Flow(NamedTuple):
    """What comes for one component and what it can take, in messages/s; infinite room where nothing limits it."""

    name: str
    arrival: float
    room: float


class Copies(NamedTuple):
    """Copies of the consumers of one queue or stream."""

    working: int
    idle: int


def consumers_of(working: Working, name: str) -> tuple[Connection, ...]:
    """The connections that lead from a queue or stream to what consumes it."""
    return tuple(connection for connection in working.basis.connections if connection.source == name)


def copies_of(working: Working, name: str) -> Copies:
    """How many copies of all consumers get work, and how many there are beyond the partitions."""
    there = [(_copies(working, connection), _fed(working, connection)) for connection in consumers_of(working, name)]
    return Copies(sum(fed for _, fed in there), sum(copies - fed for copies, fed in there))


def idle_consumers(working: Working, name: str) -> dict[str, int]:
    """The consumers of a queue or stream that have copies beyond its partitions, and how many."""
    found: dict[str, int] = {}
    for connection in consumers_of(working, name):
        idle = _copies(working, connection) - _fed(working, connection)
        if idle and working.numbers[name].kind in MESSAGING:
            found[connection.target] = idle
    return found


def own_flow(working: Working, name: str) -> Flow | str:
    """What comes for a component and what all its copies serve, or what is missing to know it."""
    arrival, room = working.full[name].peak, served(working, name)
    if arrival is None:
        return unknown_load(working, name)
    return room if isinstance(room, str) else Flow(name, arrival, room)


def flow_over(working: Working, connection: Connection) -> Flow | str:
    """What comes for a consumer over one connection and what it can take of it, or what is missing to know it."""
    name = connection.target
    arrival, capacity, everything = working.carried(connection.id), served(working, name), working.full[name].peak
    if isinstance(arrival, str):
        return arrival
    if isinstance(capacity, str):
        return capacity
    if everything is None:
        return unknown_load(working, name)
    copies = _copies(working, connection)
    if copies:
        capacity *= _fed(working, connection) / copies
    return Flow(name, arrival, _left(capacity, everything, arrival))


def served(working: Working, name: str) -> float | str:
    """Requests/s all copies of a component serve; infinite for a vendor's service that states no capacity.

    A worker that is held by the calls it waits for serves less: the load ÷ the share of the workers it takes.
    """
    numbers, full = working.numbers[name], working.full[name]
    if name in working.basis.down:
        return 0.0
    if name in working.collapsed:
        return working.collapsed[name]
    if numbers.is_client or not numbers.queues:
        return math.inf
    if full.capacity is None:
        return f"capacity_rps of {name} is not given"
    if not numbers.blocking or not full.peak:
        return full.capacity
    held = working.held(name)
    if isinstance(held, str):
        return held
    used = workers_used(numbers, full, held)
    return min(full.capacity, full.peak / used) if used else full.capacity


def _left(capacity: float, everything: float, arrival: float) -> float:
    """What is left for one kind of work of a component."""
    if capacity == math.inf or everything <= 0:
        return capacity
    if everything > capacity:
        return capacity * min(1.0, arrival / everything)
    return capacity - max(0.0, everything - arrival)


def _copies(working: Working, connection: Connection) -> int:
    numbers = working.numbers[connection.target]
    if numbers.is_client or not numbers.queues or connection.target in working.basis.down:
        return 0
    return numbers.instances * numbers.shards * (1 + numbers.replicas)


def _fed(working: Working, connection: Connection) -> int:
    partitions = working.basis.design.component[connection.source].shards
    copies = _copies(working, connection)
    return copies if partitions is None else min(copies, partitions)
