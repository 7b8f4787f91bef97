"""What runs out besides capacity: held workers, pools, connections, quotas, limits a person states."""

import math
from collections.abc import Iterator

from studio.estimates.numbers import Numbers, known
from studio.estimates.results import Figure
from studio.estimates.waiting import workers_used
from studio.estimates.what_breaks.fixes import Change, Mend, cheapest_copies, levers, rounded_up
from studio.estimates.what_breaks.searching import first_over
from studio.estimates.what_breaks.state import ROUNDING, State, Thing
from studio.estimates.what_breaks.world import Ground, World
from studio.model.component import Component
from studio.model.kinds import DATA_HOLDERS
from studio.units import grouped


def countable(state: State) -> Iterator[Thing]:
    """Every limit of every component that is there."""
    ground = state.ground
    for component in ground.basis.design.components:
        name = component.id
        if name in ground.basis.down:
            continue
        if state.numbers[name].blocking:
            yield Workers(ground, name)
        if component.pool_size is not None:
            yield from (Pool(ground, name, store) for store in stores_called(ground, name))
        most = ground.basis.field(component, "max_connections")
        if most is not None and most > 0:
            yield Connections(ground, name, most)
        yield from _stated(ground, component)


def _stated(ground: Ground, component: Component) -> Iterator[Thing]:
    name = component.id
    quota, peak = ground.basis.field(component, "quota_rps"), ground.full(ground.basis.numbers[name]).peak
    if quota is not None and quota > 0 and peak is not None:
        yield Stated(ground, f"components.{name}", "quota_rps", quota, name)
    for limit in component.limits:
        now, most = known(limit.now), known(limit.max)
        if now is not None and most is not None and most > 0 and limit.grows_with == "load":
            yield Stated(ground, f"components.{name}.limits.{limit.id}", "max", most, name, now)


def stores_called(ground: Ground, name: str) -> tuple[str, ...]:
    """The components that hold data and that a component waits for, each once."""
    calls = ground.basis.synchronous_calls.get(name, ())
    return tuple(dict.fromkeys(c.target for c in calls if ground.basis.numbers[c.target].kind in DATA_HOLDERS))


def in_flight(world: World, caller: str, store: str) -> float:
    """Calls from one component to another that run at once; infinite when they are never answered."""
    found = world.answer(store)
    if isinstance(found, str):
        return math.inf
    basis = world.ground.basis
    return sum(
        world.working.rate_over(call.id) * (basis.network(call) + found.mean)
        for call in basis.synchronous_calls.get(caller, ())
        if call.target == store
    )


def logarithm(share: float) -> float:
    """Of a share in use: below 0 while there is room."""
    return math.inf if share == math.inf else math.log(share) if share > 0 else -math.inf


class Workers:
    """The workers of a blocking component, held while its calls are waited for."""

    is_strained_by_mending = False

    def __init__(self, ground: Ground, name: str) -> None:
        self.subject, self.path = name, f"components.{name}.workers"
        self.parts = ground.cone(name)

    def breaks_at(self, state: State, since: float, until: float) -> float:  # noqa: ARG002 (things answer alike)
        """Where all are held, by Little's law over own work and the calls waited for."""
        limit = min(state.full_at(part) for part in self.parts)
        return first_over(lambda multiple: logarithm(self._used(state.world(multiple))), limit)

    def _used(self, world: World) -> float:
        held = world.held(self.subject)
        if isinstance(held, str):
            return math.inf
        return workers_used(world.numbers[self.subject], world.full(self.subject), held) or 0.0

    def why(self, state: State, at: float) -> str:
        """How long one is held."""
        world = state.world(at)
        held = world.held(self.subject)
        waits = "for ever" if isinstance(held, str) else f"{held * 1000:.3g} ms"
        arriving = grouped(world.full(self.subject).peak or 0.0)
        return (
            f"all workers of {self.subject} are held: {arriving} requests/s wait {waits} each for the calls they make"
        )

    def inputs(self, state: State, at: float) -> dict[str, Figure]:
        """Load and copies."""
        path = f"components.{self.subject}"
        return {
            f"{path}.peak_rps": state.world(at).full(self.subject).peak,
            f"{path}.instances": state.numbers[self.subject].instances,
        }

    def mend(self, state: State, at: float, carry: float) -> Mend:
        """More copies, each with its workers; calls are counted as long as they are where it breaks."""
        numbers, held = state.numbers[self.subject], state.world(at).held(self.subject)
        waits = held if not isinstance(held, str) else 0.0

        def carries(tried: Numbers) -> bool:
            full = state.world(carry, {tried.id: tried}).full(tried.id)
            return (workers_used(tried, full, waits) or 0.0) < 1 - ROUNDING

        ways = levers(numbers, 1.0, 0.0)
        found = cheapest_copies(state.ground, numbers, ways, carries)
        return found or Mend(f"shorten the calls {self.subject} waits for, or let it wait without holding a worker")


class Pool:
    """The connections a component may open to one store."""

    is_strained_by_mending = False

    def __init__(self, ground: Ground, name: str, store: str) -> None:
        self.subject, self._store = name, store
        self.path = f"components.{name}.pool_size → {store}"
        self.parts = (name, *(part for part in ground.cone(store) if part != name))

    def breaks_at(self, state: State, since: float, until: float) -> float:  # noqa: ARG002 (things answer alike)
        """Where as many calls run at once as the pools of all instances hold connections."""
        most = state.pools[self.subject] * state.numbers[self.subject].instances
        limit = min(state.full_at(part) for part in state.ground.cone(self._store))
        return first_over(lambda multiple: logarithm(self._used(state, multiple) / most), limit)

    def _used(self, state: State, multiple: float) -> float:
        return in_flight(state.world(multiple), self.subject, self._store)

    def why(self, state: State, at: float) -> str:  # noqa: ARG002 (things answer alike)
        """How many there are."""
        most = state.pools[self.subject] * state.numbers[self.subject].instances
        return f"all {most:,} connections of {self.subject} to {self._store} are in use at once"

    def inputs(self, state: State, at: float) -> dict[str, Figure]:
        """In use, and of what."""
        path, used = f"components.{self.subject}", self._used(state, at)
        return {
            f"limits.{self.path}": used if math.isfinite(used) else None,
            f"{path}.pool_size": state.pools[self.subject],
            f"{path}.instances": state.numbers[self.subject].instances,
        }

    def mend(self, state: State, at: float, carry: float) -> Mend:
        """A larger pool; calls are counted as long as they are where it breaks, when they have no end at ``carry``."""
        size, instances = state.pools[self.subject], state.numbers[self.subject].instances
        used = self._used(state, carry)
        if not math.isfinite(used):
            used = size * instances * (carry / at if at > 0 else carry)
        larger = max(size + 1, math.ceil(used / instances * (1 + 1e-6)))
        state.pools[self.subject] = larger
        change = Change(f"components.{self.subject}", "pool_size", size, larger)
        return Mend(f"pool_size {larger:,} of {self.subject} instead of {size:,}", (change,))


class Connections:
    """The connections a component accepts: opened by its callers' pools, or as many as calls run at once."""

    is_strained_by_mending = True

    def __init__(self, ground: Ground, name: str, most: float) -> None:
        self.subject, self.path, self._most = name, f"components.{name}.max_connections", most
        calls = (call for call in ground.basis.design.callers_of[name] if call.id in ground.basis.connection)
        self._callers = tuple(dict.fromkeys(call.source for call in calls))
        self._waiting = tuple(
            caller
            for caller in self._callers
            if not ground.basis.numbers[caller].is_client
            and any(call.target == name for call in ground.basis.synchronous_calls.get(caller, ()))
        )
        self.parts = (*ground.cone(name), *(part for part in self._callers if part not in ground.cone(name)))

    def _accepted(self, state: State) -> float:
        numbers = state.numbers[self.subject]
        return self._most * numbers.instances * numbers.shards * (1 + numbers.replicas)

    def _opened(self, state: State) -> float:
        return sum(state.pools[name] * state.numbers[name].instances for name in self._callers if name in state.pools)

    def _used(self, state: State, multiple: float) -> float:
        world = state.world(multiple)
        free = (caller for caller in self._waiting if caller not in state.pools)
        return self._opened(state) + sum(in_flight(world, caller, self.subject) for caller in free)

    def breaks_at(self, state: State, since: float, until: float) -> float:  # noqa: ARG002 (things answer alike)
        """Where more are wanted than accepted; 0 when its callers' pools alone open more."""
        accepted = self._accepted(state)
        if self._opened(state) > accepted * (1 + ROUNDING):
            return 0.0
        if all(caller in state.pools for caller in self._waiting):
            return math.inf
        limit = min(state.full_at(part) for part in state.ground.cone(self.subject))
        return first_over(lambda multiple: logarithm(self._used(state, multiple) / accepted), limit)

    def why(self, state: State, at: float) -> str:  # noqa: ARG002 (things answer alike)
        """What opens them."""
        opened, accepted = self._opened(state), self._accepted(state)
        by = " and ".join(name for name in self._callers if name in state.pools)
        if opened > accepted * (1 + ROUNDING):
            return (
                f"the pools of {by} open {grouped(opened)} connections and {self.subject} accepts {grouped(accepted)}"
            )
        return f"all {grouped(accepted)} connections {self.subject} accepts are in use at once"

    def inputs(self, state: State, at: float) -> dict[str, Figure]:
        """Open, and of what."""
        used = self._used(state, at)
        return {
            f"limits.{self.path}": used if math.isfinite(used) else None,
            self.path: self._most,
            f"components.{self.subject}.instances": state.numbers[self.subject].instances,
        }

    def mend(self, state: State, at: float, carry: float) -> Mend:
        """More of them; a pooler between would do as well."""
        before, each = self._most, self._accepted(state) / self._most
        used = self._used(state, carry)
        if not math.isfinite(used):
            used = self._accepted(state) * (carry / at if at > 0 else carry)
        used = max(used, 2 * self._opened(state))
        self._most = float(math.ceil(max(used / each, before + 1) * (1 + 1e-6)))
        words = f"max_connections {self._most:,.0f} of {self.subject} instead of {before:,.0f}, or a pooler before it"
        change = Change(f"components.{self.subject}", "max_connections", before, int(self._most))
        return Mend(words, (change,))


class Stated:
    """A quota, or a limit a person states, whose use grows in proportion to the load."""

    is_strained_by_mending = False

    def __init__(
        self, ground: Ground, table: str, field: str, most: float, name: str, now: float | None = None
    ) -> None:
        self.subject, self.path = name, table if field == "max" else f"{table}.{field}"
        self.parts: tuple[str, ...] = (name,)
        self._table, self._field, self._most, self._now = table, field, most, now
        load = ground.calm.load
        users = load.of_peak[name].total * (ground.peak or 0.0)
        self._each, self._made = (users, load.generated[name].total) if now is None else (now, 0.0)

    def breaks_at(self, state: State, since: float, until: float) -> float:  # noqa: ARG002 (things answer alike)
        """Most ÷ use today."""
        return max(0.0, (self._most - self._made) / self._each) if self._each > 0 else math.inf

    def why(self, state: State, at: float) -> str:  # noqa: ARG002 (things answer alike)
        """What is used up."""
        if self._field == "max":
            return f"{self._table} reaches its {grouped(self._most)}: it is {grouped(self._now or 0.0)} today"
        return f"{self.subject} allows {grouped(self._most)} requests/s, and {grouped(self._used(at))} reach it"

    def _used(self, multiple: float) -> float:
        return self._made + self._each * multiple

    def inputs(self, state: State, at: float) -> dict[str, Figure]:  # noqa: ARG002 (things answer alike)
        """Used, and of what."""
        return {f"limits.{self.path}": self._used(at), f"{self._table}.{self._field}": self._most}

    def mend(self, state: State, at: float, carry: float) -> Mend:  # noqa: ARG002 (things answer alike)
        """A higher limit."""
        before, self._most = self._most, rounded_up(self._used(carry) * (1 + 1e-6))
        change = Change(self._table, self._field, before, self._most)
        if self._field == "max":
            return Mend(f"{self._table} of {grouped(self._most)} instead of {grouped(before)}", (change,))
        words = f"ask the vendor of {self.subject} for {grouped(self._most)} requests/s instead of {grouped(before)}"
        return Mend(words, (change,))
