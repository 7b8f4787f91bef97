"""A design in all samples at once: what is certain from the engine, what is a range from its draws."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from studio.estimates.basis import FROM_TECHNOLOGY, Basis
from studio.estimates.numbers import Numbers
from studio.estimates.ranges.draws import drawn
from studio.estimates.ranges.values import Value, larger, varies
from studio.estimates.working import Working
from studio.model.connection import Connection
from studio.model.part import Part
from studio.units import Interval, Quantity


class Machine(NamedTuple):
    """The numbers of one component in all samples."""

    certain: Numbers
    """Its numbers at the medians: instances, shards and whatever else is never a range."""
    capacity: Value | None
    """Requests/s of one instance alone."""
    each: Value | None
    """Requests/s of one instance among the others: less where they share something."""
    latency: Value | None
    workers: Value | None
    variation: Value
    availability: Value | None
    cost: Value | None
    generates: Value
    hottest_share: Value
    common_cause: Value
    zone_availability: Value | None


@dataclass(frozen=True, eq=False, repr=False)
class Sampled:
    """A design under conditions, its ranges drawn ``samples`` times; structure comes from ``working``."""

    working: Working
    samples: int

    @property
    def basis(self) -> Basis:
        """The design at the medians of its ranges."""
        return self.working.basis

    def given(self, part: Part | None, path: str, name: str) -> Value | None:
        """A field of a part in every sample; None when nobody gave it."""
        quantity = None if part is None else getattr(part, name)
        return None if quantity is None else drawn(f"{path}.{name}", quantity, self.samples)

    def scale(self, name: str) -> Value | None:
        """A field of `requirements.scale`."""
        return self.given(self.basis.design.requirements.scale, "requirements.scale", name)

    @cached_property
    def peak_factor(self) -> Value:
        """Peak ÷ average."""
        factor = self.scale("peak_factor")
        return factor if varies(factor) else self.basis.peak_factor

    @cached_property
    def reads_per_write(self) -> Value:
        """Reads for each write."""
        reads = self.scale("reads_per_write")
        return reads if varies(reads) else self.basis.reads_per_write

    @cached_property
    def read_share(self) -> Value:
        """The share of all requests that are reads."""
        return self.reads_per_write / (self.reads_per_write + 1)

    @cached_property
    def daily_requests(self) -> Value | None:
        """Requests of all users in a day; None when the engine knows none."""
        if self.working.peak is None:
            return None
        users, each = self.scale("daily_active_users"), self.scale("requests_per_user_per_day")
        return None if users is None or each is None else users * each

    @cached_property
    def peak(self) -> Value | None:
        """Requests/s of all users at the load asked for."""
        daily = self.daily_requests
        return None if daily is None else daily / 86_400 * self.peak_factor * self.basis.load

    def component(self, name: str, field: str) -> Value | None:
        """A field of a component that may be a range: the design's word first, then the technology's."""
        quantity = self._quantity(name, field)
        return None if quantity is None else drawn(f"components.{name}.{field}", quantity, self.samples)

    def _quantity(self, name: str, field: str) -> Quantity | None:
        component = self.basis.design.component[name]
        quantity: Quantity | None = getattr(component, field)
        if quantity is None and component.technology and field in FROM_TECHNOLOGY:
            technology = self.basis.technology_of(component)
            figure: Any = None if technology is None else technology.figures.get(field)
            quantity = None if figure is None else figure.value
        return quantity

    def _or(self, name: str, field: str, certain: float | None) -> Value | None:
        """The draws of a field that is a range; else what the engine takes for it."""
        return self.component(name, field) if isinstance(self._quantity(name, field), Interval) else certain

    def _or_number(self, name: str, field: str, certain: float) -> Value:
        found = self._or(name, field, certain)
        return certain if found is None else found

    def machine(self, name: str) -> Machine:
        """The numbers of one component."""
        numbers = self.working.numbers[name]
        workers = self._or(name, "workers", None)
        hot, hottest = self._or(name, "hot_share", None), numbers.hottest_share
        capacity = self._or(name, "capacity_rps", numbers.capacity)
        # What is lost among the others is a share of the capacity, as it is at the medians.
        kept = numbers.each / numbers.capacity if numbers.each and numbers.capacity else 1.0
        return Machine(
            certain=numbers,
            capacity=capacity,
            each=None if capacity is None else capacity * kept,
            latency=self._or(name, "latency", numbers.latency),
            workers=np.maximum(1.0, np.rint(workers)) if varies(workers) else numbers.workers,
            variation=self._or_number(name, "service_variation", numbers.variation),
            availability=self._or(name, "availability", numbers.availability),
            cost=self._or(name, "cost_per_month", numbers.cost),
            generates=self._or_number(name, "generates_rps", numbers.generates),
            hottest_share=larger(hot, 1 / numbers.shards) if varies(hot) and numbers.shards > 1 else hottest,
            common_cause=self._or_number(name, "common_cause", numbers.common_cause),
            zone_availability=self._or(name, "zone_availability", numbers.zone_availability),
        )

    def hit_ratio(self, cache: str) -> Value | None:
        """The share of reads a cache answers now: nothing when it is down or cold."""
        certain = self.basis.hit_ratio(cache)
        if cache in self.basis.down or cache in self.basis.conditions.cold:
            return certain
        return self._or(cache, "hit_ratio", certain)

    def of_connection(self, connection: Connection, field: str, certain: float) -> Value:
        """A field of a connection that may be a range; else what the engine takes for it."""
        quantity = getattr(connection, field)
        if not isinstance(quantity, Interval):
            return certain
        return drawn(f"connections.{connection.id}.{field}", quantity, self.samples)

    def calls(self, connection: Connection) -> Value:
        """Calls for each request that uses the connection."""
        return self.of_connection(connection, "calls_per_request", self.basis.calls(connection))

    def network(self, connection: Connection) -> Value:
        """The round trip of one call, in seconds."""
        return self.of_connection(connection, "network", self.basis.network(connection))

    def timeout(self, connection: Connection) -> Value | None:
        """Seconds after which a caller gives up one try."""
        quantity = connection.timeout
        return None if quantity is None else drawn(f"connections.{connection.id}.timeout", quantity, self.samples)

    def attempts(self, connection: Connection) -> float:
        """The mean number of tries of a call, as it is at the medians."""
        tries = self.working.tries.get(connection.id)
        return 1.0 if tries is None else tries.expected

    def errors(self, connection: Connection) -> float:
        """The chance that an answer in time is an error, as it is at the medians."""
        tries = self.working.tries.get(connection.id)
        return 0.0 if tries is None else tries.errors_in_time

    def hedge_after(self, connection: Connection) -> Value:
        """Seconds after which a second try is sent; infinite when none is."""
        quantity = connection.hedge_after
        path = f"connections.{connection.id}.hedge_after"
        return np.inf if quantity is None else drawn(path, quantity, self.samples)

    @cached_property
    def arrival_variation(self) -> Value:
        """Variance ÷ mean² of the times between the requests of all users at peak."""
        variation = self.scale("arrival_variation")
        return 1.0 if variation is None else variation

    def held(self, name: str) -> float | None:
        """Seconds one request holds a worker of a blocking component besides its work, as it is at the medians."""
        if not self.working.numbers[name].blocking:
            return 0.0
        held = self.working.held(name)
        return None if isinstance(held, str) else held

    def miss_chance(self, connection: Connection, *, read: bool) -> Value | None:
        """The chance that a request of one class uses the connection at all; None when a hit ratio is missing."""
        if connection.traffic == ("writes" if read else "reads"):
            return 0.0
        caches = [] if connection.on_miss_of is None else [connection.on_miss_of]
        is_in_the_way = self.basis.numbers[connection.source].kind in ("cdn", "cache")
        if read and is_in_the_way and connection.source not in caches:
            caches.append(connection.source)
        chance: Value = 1.0
        for cache in caches:
            hit_ratio = self.hit_ratio(cache)
            if hit_ratio is None:
                return None
            chance = chance * (1.0 - hit_ratio)
        return chance
