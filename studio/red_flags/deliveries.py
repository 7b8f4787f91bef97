"""How messages reach those who handle them."""

from studio.model.connection import Connection
from studio.model.kinds import DATA_HOLDERS, MESSAGING
from studio.red_flags.facts import Facts

LISTENING = frozenset({"client", "monitoring"}) | DATA_HOLDERS
"""Kinds that do not handle a message: they show it, count it or keep it."""


def is_delivery(connection: Connection, facts: Facts) -> bool:
    """Whether the connection hands messages to code that handles them, later than they were sent."""
    handler = facts.design.component[ends_of(connection, facts)[1]]
    comes_later = connection.mode in ("async", "stream") or is_pulled(connection, facts)
    return comes_later and handler.kind not in LISTENING


def ends_of(connection: Connection, facts: Facts) -> tuple[str, str]:
    """The ids of what a message comes out of and of what handles it, whichever way the arrow is drawn."""
    ends = (connection.source, connection.target)
    return ends[::-1] if is_pulled(connection, facts) else ends


def is_pulled(connection: Connection, facts: Facts) -> bool:
    """Whether a consumer asks a queue or stream for messages over this arrow, and puts none in."""
    caller, queue = (facts.design.component[end] for end in (connection.source, connection.target))
    only_consumes = bool(caller.consumes and not caller.publishes and not connection.mutating)
    return queue.kind in MESSAGING and (connection.traffic == "reads" or only_consumes)


def takes_out(connection: Connection, facts: Facts) -> bool:
    """Whether a connection towards a queue or stream is that of a consumer: it only reads, or its source consumes."""
    return connection.traffic == "reads" or bool(facts.design.component[connection.source].consumes)


def queue_edges(connection: Connection, facts: Facts) -> tuple[Connection, ...]:
    """The connections into the queue or stream a delivery comes from: what is said of them is said of the queue."""
    source = facts.design.component[ends_of(connection, facts)[0]]
    into = facts.design.callers_of[source.id] if source.kind in MESSAGING else ()
    return tuple(edge for edge in into if not is_pulled(edge, facts))
