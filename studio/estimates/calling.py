"""Figures of connections: what they carry, how long one call can hold its caller, how retries multiply.

Worst case = timeout × attempts + Σ back-off. Amplification = the product of the attempts of this call and of the
synchronous calls that lead to it: how many calls arrive here for one request while everything fails.
"""

from collections.abc import Mapping, MutableMapping

from studio.estimates.basis import Basis
from studio.estimates.defaults import FIRST_BACKOFF, LONGEST_BACKOFF
from studio.estimates.formulas.flow import Edge, strongly_connected
from studio.estimates.formulas.retries import backoff_total, worst_case_time
from studio.estimates.numbers import known
from studio.estimates.results import ConnectionFigures
from studio.estimates.working import Working
from studio.model.connection import Connection


def worst_case(connection: Connection) -> float | None:
    """Seconds one call can hold its caller; None without a timeout."""
    timeout = known(connection.timeout)
    if timeout is None:
        return None
    return worst_case_time(timeout, connection.tries, pauses_of(connection))


def pauses_of(connection: Connection) -> float:
    """Seconds of all pauses between the tries of one call."""
    return backoff_total(connection.tries, connection.backoff, FIRST_BACKOFF.value, LONGEST_BACKOFF.value)


def amplifications(basis: Basis) -> dict[str, int]:
    """Calls that arrive over each connection for one request in a full outage, at most, by connection.

    A cycle is counted once: attempts inside it do not multiply with themselves.
    """
    connections = basis.connections
    if all(connection.tries == 1 for connection in connections):
        return {connection.id: 1 for connection in connections}
    ahead: dict[str, list[Edge]] = {}
    entering: dict[str, list[Connection]] = {}
    for connection in connections:
        if connection.is_synchronous:
            ahead.setdefault(connection.source, []).append(
                Edge(connection.id, connection.source, connection.target, 1.0)
            )
            entering.setdefault(connection.target, []).append(connection)
    upstream: dict[str, int] = {}
    for component in strongly_connected(basis.numbers, ahead):
        most = max(
            (
                upstream[connection.source] * connection.tries
                for name in component
                for connection in entering.get(name, ())
                if connection.source not in component
            ),
            default=1,
        )
        upstream.update(dict.fromkeys(component, most))
    return {
        connection.id: connection.tries * (upstream[connection.source] if connection.is_synchronous else 1)
        for connection in connections
    }


def connection_figures(working: Working, unknown: MutableMapping[str, str]) -> Mapping[str, ConnectionFigures]:
    """The figures of every connection; reasons for what is unknown go to ``unknown``."""
    amplified = amplifications(working.basis)
    found: dict[str, ConnectionFigures] = {}
    for connection in working.basis.design.connections:
        path = f"connections.{connection.id}"
        rate: float | str = f"{connection.id} names a component that is not there"
        if connection.id in amplified:
            rate = working.carried(connection.id)
        if isinstance(rate, str):
            unknown[f"{path}.peak_rps"] = rate
        worst = worst_case(connection)
        if worst is None:
            unknown[f"{path}.worst_case_ms"] = f"timeout of {connection.id} is not given"
        found[connection.id] = ConnectionFigures(
            None if isinstance(rate, str) else rate,
            None if worst is None else worst * 1000,
            amplified.get(connection.id, 1),
        )
    return found
