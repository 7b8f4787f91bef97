"""What the engine reads of a design: plain floats in base units, and where each comes from.

A field a component leaves out is taken from its technology, where the catalogue gives that figure. Ranges stand for
their median.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from studio.estimates.conditions import Conditions
from studio.estimates.defaults import NETWORK_ROUND_TRIP, ONE, PEAK_FACTOR, READS_PER_WRITE, Default
from studio.estimates.formulas.availability import availability_from_repair
from studio.estimates.formulas.flow import Edge, strongly_connected
from studio.estimates.formulas.popularity import hit_ratio_of, hottest_share
from studio.estimates.formulas.traffic import read_share
from studio.estimates.numbers import Numbers, known
from studio.estimates.technologies import Technologies, TechnologyFigure, TechnologyFigures
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.design import Design
from studio.units import Quantity

FROM_TECHNOLOGY: Final = (
    "capacity_rps", "latency", "availability", "cost_per_month", "hit_ratio", "workers", "service_variation",
    "max_connections", "quota_rps", "zone_availability", "error_ratio", "cost_per_million_requests",
    "free_requests_per_month",
)  # fmt: skip
"""Fields of a component that its technology may fill."""


IN_THE_WAY: Final = ("cdn", "cache")
"""Kinds of component that answer reads themselves and pass on what they miss."""


@dataclass(frozen=True, eq=False, repr=False)
class Basis:
    """A design, its technologies, and the conditions asked for."""

    design: Design
    technologies: Technologies
    conditions: Conditions

    @property
    def load(self) -> float:
        """× today's peak."""
        return self.conditions.load

    @cached_property
    def down(self) -> frozenset[str]:
        """Components that answer nothing: named ones, and those whose last instance stood in the lost zone."""
        return self.conditions.down | {name for name, numbers in self.numbers.items() if not numbers.instances}

    def hit_ratio(self, cache: str) -> float | None:
        """The share of reads a cache answers now: nothing when it is down or cold; None when nobody said."""
        if cache in self.down or cache in self.conditions.cold:
            return 0.0
        return self.numbers[cache].hit_ratio

    @cached_property
    def numbers(self) -> dict[str, Numbers]:
        """The numbers of every component, in file order."""
        return {component.id: self._numbers(component) for component in self.design.components}

    @cached_property
    def connections(self) -> tuple[Connection, ...]:
        """The connections whose ends, and the cache they wait for, are there."""
        known_ids = self.numbers
        return tuple(
            connection
            for connection in self.design.connections
            if connection.source in known_ids
            and connection.target in known_ids
            and (connection.on_miss_of is None or connection.on_miss_of in known_ids)
        )

    @cached_property
    def connection(self) -> Mapping[str, Connection]:
        """Those connections by id."""
        return {connection.id: connection for connection in self.connections}

    @cached_property
    def synchronous_calls(self) -> Mapping[str, tuple[Connection, ...]]:
        """The calls each component waits for, by caller."""
        found: dict[str, list[Connection]] = {}
        for connection in self.connections:
            if connection.is_synchronous:
                found.setdefault(connection.source, []).append(connection)
        return {name: tuple(calls) for name, calls in found.items()}

    @cached_property
    def callees_first(self) -> tuple[str, ...]:
        """All components, those that are called before those that call them; inside a cycle in any fixed order."""
        ahead = {
            name: [Edge(c.id, c.source, c.target, 1.0) for c in calls] for name, calls in self.synchronous_calls.items()
        }
        groups = strongly_connected(self.numbers, ahead)
        return tuple(name for group in reversed(groups) for name in group)

    @cached_property
    def splits_classes(self) -> bool:
        """Whether anything treats reads and writes differently on their way: a connection, a cache, a CDN."""
        in_the_way = {name for name, numbers in self.numbers.items() if numbers.kind in IN_THE_WAY}
        return any(
            connection.traffic in ("reads", "writes")
            or connection.on_miss_of is not None
            or connection.source in in_the_way
            for connection in self.connections
        )

    @cached_property
    def may_err(self) -> bool:
        """Whether any component answers with errors while it works."""
        return any(numbers.error_ratio > 0 for numbers in self.numbers.values())

    def at_load(self, load: float) -> "Basis":
        """The same at another multiple of today's peak; what does not hang on the load is shared."""
        other = Basis(self.design, self.technologies, self.conditions._replace(load=load))
        other.__dict__.update({name: value for name, value in self.__dict__.items() if name != "conditions"})
        return other

    @cached_property
    def peak_factor(self) -> float:
        """Peak ÷ average."""
        return known(self.design.requirements.scale.peak_factor) or PEAK_FACTOR.value

    @cached_property
    def reads_per_write(self) -> float:
        """Reads for each write."""
        given = known(self.design.requirements.scale.reads_per_write)
        return READS_PER_WRITE.value if given is None else given

    @cached_property
    def read_share(self) -> float:
        """The share of all requests that are reads."""
        return read_share(self.reads_per_write)

    def network(self, connection: Connection) -> float:
        """The round trip of one call, in seconds."""
        given = known(connection.network)
        return NETWORK_ROUND_TRIP.value if given is None else given

    def calls(self, connection: Connection) -> float:
        """Calls for each request that uses the connection."""
        given = known(connection.calls_per_request)
        return 1.0 if given is None else given

    def technology_of(self, component: Component) -> TechnologyFigures | None:
        """The catalogue's entry for what it is made of."""
        return self.technologies.get(component.technology) if component.technology else None

    def field(self, component: Component, name: str) -> float | None:
        """A field of a component in base units: the design's word first, then the technology's."""
        given: Quantity | None = getattr(component, name)
        if given is not None:
            return known(given)
        figure = self._figure(component, name) if component.technology else None
        return None if figure is None else figure.point

    def origin(self, component_id: str, name: str, default: Default | None = None) -> str:
        """Where a field of a component comes from, in words."""
        component = self.design.component[component_id]
        if getattr(component, name, None) is not None:
            return f"components.{component_id}.{name} in the design"
        figure = self._figure(component, name)
        if figure is not None:
            return f"default of technology {component.technology} ({figure.source.title}, {figure.date})"
        return (default or ONE).origin

    def _figure(self, component: Component, name: str) -> TechnologyFigure | None:
        technology = self.technology_of(component)
        if technology is None or name not in FROM_TECHNOLOGY:
            return None
        found: TechnologyFigure | None = technology.figures.get(name)
        return found

    def _numbers(self, component: Component) -> Numbers:
        technology = self.technology_of(component)
        managed = component.managed
        if managed is None:
            managed = technology is not None and technology.managed
        workers = self.field(component, "workers")
        variation = self.field(component, "service_variation")
        instances, zones = component.instances or 1, component.zones or 1
        lost = 0
        if self.conditions.zone_lost and zones > 1 and not managed:
            lost = -(-instances // zones)
        return Numbers(
            id=component.id,
            kind=component.kind,
            managed=managed,
            instances=instances - lost,
            lost=lost,
            shards=component.shards or 1,
            replicas=component.read_replicas or 0,
            zones=zones - 1 if lost else zones,
            capacity=self.field(component, "capacity_rps"),
            latency=self.field(component, "latency"),
            workers=None if workers is None else max(1, round(workers)),
            pooled=component.pooled is True,
            variation=1.0 if variation is None else variation,
            availability=self._availability(component),
            cost=self.field(component, "cost_per_month"),
            hit_ratio=self._hit_ratio(component),
            generates=known(component.generates_rps) or 0.0,
            hot_share=self._hot_share(component),
            common_cause=known(component.common_cause) or 0.0,
            zone_availability=self.field(component, "zone_availability"),
            blocking=component.blocking is True,
            error_ratio=self.field(component, "error_ratio") or 0.0,
            contention=known(component.contention) or 0.0,
            coherence=known(component.coherence) or 0.0,
        )

    def _availability(self, component: Component) -> float | None:
        """As given; else from failures and repairs; else the technology's."""
        given, up, down = (
            known(getattr(component, field)) for field in ("availability", "time_between_failures", "time_to_repair")
        )
        if given is None and up is not None and down is not None and up + down > 0:
            return availability_from_repair(up, down)
        return self.field(component, "availability")

    def _hit_ratio(self, component: Component) -> float | None:
        """As given; else what an LRU cache of its size answers; else the technology's."""
        given, keys, holds = known(component.hit_ratio), known(component.keys), known(component.holds)
        if given is None and keys is not None and holds is not None:
            return hit_ratio_of(keys, holds, _skew(component))
        return self.field(component, "hit_ratio")

    def _hot_share(self, component: Component) -> float | None:
        """As given; else what a hash makes of keys of unequal popularity; None for even shards."""
        given, keys = known(component.hot_share), known(component.keys)
        if given is None and keys is not None and (component.shards or 1) > 1:
            return hottest_share(keys, component.shards or 1, _skew(component))
        return given


def _skew(component: Component) -> float:
    given = known(component.skew)
    return 1.0 if given is None else given
