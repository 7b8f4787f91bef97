"""What runs out besides capacity: workers that wait, connections, quotas, and limits a person states.

Little's law tells how many are in use at once: rate × how long one is held. Source: Little 1961.
"""

from collections.abc import Iterator
from typing import NamedTuple

from studio.estimates.basis import Basis
from studio.estimates.numbers import known
from studio.estimates.waiting import queue_of
from studio.estimates.working import Working
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.kinds import DATA_HOLDERS


class Limit(NamedTuple):
    """Something countable that can run out, at the load asked for."""

    path: str
    """The field that sets it; a pool names the store it leads to: `components.api.pool_size → db`."""
    used: float | None
    """In use at once, or requests/s of a quota; None when unknown."""
    most: float
    breaks_at: float | None
    """The multiple of today's peak at which it is used up; None when unknown or when load does not move it."""
    reason: str | None = None
    """Why `used` is unknown."""

    @property
    def share(self) -> float | None:
        """Used ÷ most."""
        return None if self.used is None else self.used / self.most


def limits(working: Working) -> tuple[Limit, ...]:
    """Every limit of every component that is there, in file order."""
    found: list[Limit] = []
    for component in working.basis.design.components:
        if component.id not in working.basis.down:
            found += _of(working, component)
    return tuple(found)


def _of(working: Working, component: Component) -> Iterator[Limit]:
    name, basis = component.id, working.basis
    if working.numbers[name].blocking:
        yield _workers(working, name)
    if component.pool_size is not None:
        yield from _pools(working, component, component.pool_size)
    most = basis.field(component, "max_connections")
    if most is not None and most > 0:
        yield _connections(working, component, most)
    quota = basis.field(component, "quota_rps")
    if quota is not None and quota > 0:
        peak = working.full[name].peak
        reason = None if peak is not None else working.load.unknown.get(name) or working.missing_peak
        yield _with_load(f"components.{name}.quota_rps", peak, quota, basis.load, reason)
    for limit in component.limits:
        now, highest = known(limit.now), known(limit.max)
        if now is not None and highest is not None and highest > 0:
            path = f"components.{name}.limits.{limit.id}"
            if limit.grows_with == "load":
                yield _with_load(path, now * basis.load, highest, basis.load)
            else:
                yield Limit(path, now, highest, None)


def _with_load(path: str, used: float | None, most: float, load: float, reason: str | None = None) -> Limit:
    """A limit whose use grows in proportion to the load."""
    return Limit(path, used, most, most / used * load if used else None, reason)


def _workers(working: Working, name: str) -> Limit:
    """The workers of a blocking component that are held, in one queue."""
    held, queue = working.held(name), queue_of(working.numbers[name], working.full[name])
    path = f"components.{name}.workers"
    if queue is None or isinstance(held, str):
        reason = held if isinstance(held, str) else f"workers, or capacity_rps and latency, of {name} are not given"
        return Limit(path, None, float(working.numbers[name].workers or 1), None, reason)
    used = queue.arrival_rate * (queue.service_time + held)
    return _with_load(path, used, queue.servers, working.basis.load)


def _pools(working: Working, component: Component, size: int) -> Iterator[Limit]:
    """The pool of connections to each store it calls."""
    most = float(size * working.numbers[component.id].instances)
    for connection in _to_stores(working.basis, component.id):
        path = f"components.{component.id}.pool_size → {connection.target}"
        used = _in_flight(working, connection)
        if isinstance(used, str):
            yield Limit(path, None, most, None, used)
        else:
            yield _with_load(path, used, most, working.basis.load)


def _to_stores(basis: Basis, name: str) -> tuple[Connection, ...]:
    """The first synchronous connection to each component that holds data."""
    found: dict[str, Connection] = {}
    for connection in basis.synchronous_calls.get(name, ()):
        if basis.numbers[connection.target].kind in DATA_HOLDERS:
            found.setdefault(connection.target, connection)
    return tuple(found.values())


def _in_flight(working: Working, connection: Connection) -> float | str:
    """Calls from one component to another that run at once."""
    basis, total = working.basis, 0.0
    answer = working.answers[connection.target]
    if isinstance(answer, str):
        return answer
    for call in basis.synchronous_calls.get(connection.source, ()):
        if call.target == connection.target:
            total += working.rate_over(call.id) * (basis.network(call) + answer.mean)
    return total


def _connections(working: Working, component: Component, most: float) -> Limit:
    """What the pools of its callers open, whether busy or not; callers without a pool count by what is in flight."""
    numbers, basis = working.numbers[component.id], working.basis
    total = float(most * numbers.instances * numbers.shards * (1 + numbers.replicas))
    path, opened, in_flight = f"components.{component.id}.max_connections", 0.0, 0.0
    calls = [call for call in basis.design.callers_of[component.id] if call.id in basis.connection]
    for caller in dict.fromkeys(call.source for call in calls):
        size = basis.design.component[caller].pool_size
        if size is not None:
            opened += size * working.numbers[caller].instances
            continue
        for call in basis.synchronous_calls.get(caller, ()):
            if call.target == component.id and not basis.numbers[caller].is_client:
                used = _in_flight(working, call)
                if isinstance(used, str):
                    return Limit(path, None, total, None, used)
                in_flight += used
                break
    breaks_at = (total - opened) / in_flight * basis.load if in_flight > 0 else None
    return Limit(path, opened + in_flight, total, None if breaks_at is None else max(0.0, breaks_at))
