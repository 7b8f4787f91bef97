"""Everything a rule may know about a design: the design, its figures, and what follows from its shape."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from studio.estimates.engine import Estimates
from studio.estimates.numbers import Numbers
from studio.model.address import Address
from studio.model.behaviour import Data, Journey
from studio.model.component import Component, Endpoint
from studio.model.connection import Connection
from studio.model.design import Design
from studio.model.kinds import DATA_HOLDERS, DURABLE_STORES, OWN_CODE
from studio.model.part import Part
from studio.model.records import Decision
from studio.red_flags.paths_of_calls import Flow, flow_of, indispensable
from studio.red_flags.rule import Scope, Subject
from studio.red_flags.settings import UNSET, Settings
from studio.red_flags.shape_of_calls import Requests, requests_of
from studio.red_flags.thresholds import Thresholds
from studio.red_flags.tiers import place_of, tier_of
from studio.units import point

SENSITIVE = frozenset({"confidential", "personal", "health", "payment", "secret"})
"""Classifications whose leak harms somebody."""
PRIVATE = frozenset({"personal", "health", "payment", "secret"})
"""Classifications that must not reach a third party unasked."""
CACHES = frozenset({"cache", "cdn"})
ENTERING_LOAD = ("daily_active_users", "requests_per_user_per_day")
"""What the load of users is made of, in `requirements.scale`."""
USUALLY_BOUGHT = frozenset({"cdn", "llm"})
"""Kinds that are a vendor's unless somebody says how many copies of them run."""


class Facts:
    """A design with everything rules ask about it, worked out once.

    `today` decides what is expired; `technologies` are the catalogue's technologies the design names, by id;
    `settings` are what its team set.
    """

    def __init__(
        self,
        design: Design,
        estimates: Estimates,
        *,
        today: date,
        settings: Settings = UNSET,
        technologies: Mapping[str, object] | None = None,
    ) -> None:
        self.design = design
        self.estimates = estimates
        self.today = today
        self.settings = settings
        self.thresholds = settings.thresholds
        self.technologies = technologies or {}
        self._subjects: dict[Scope, tuple[Subject, ...]] = {}
        self._limits: dict[Address, Thresholds] = {}

    def thresholds_for(self, part: Part) -> Thresholds:
        """The thresholds that hold for a part: those of the whole design, unless its tier or it has others."""
        exceptions = self.settings.exceptions
        if not exceptions.differs():
            return self.thresholds
        place = place_of(part, self)
        if place not in self._limits:
            self._limits[place] = self.thresholds.changed(exceptions.holding_for(place, tier_of(part, self)))
        return self._limits[place]

    def subjects(self, scope: Scope) -> tuple[Subject, ...]:
        """The subjects of a scope with their addresses, in file order."""
        if scope not in self._subjects:
            self._subjects[scope] = self._found(scope)
        return self._subjects[scope]

    def _found(self, scope: Scope) -> tuple[Subject, ...]:
        design = self.design
        whole = (Subject(("design",), design),)
        match scope:
            case "design":
                return whole
            case "endpoints":
                owners = design.components
                found = (Subject(("components", c.id, "endpoints", e.id), e) for c in owners for e in c.endpoints)
                return tuple(found)
            case "functional":
                wanted = design.requirements.functional
                return tuple(Subject(("requirements", "functional", part.id), part) for part in wanted)
            case "flows":
                return self.subjects("journeys") or whole
            case "holdings":
                return self.subjects("data") or whole
        return tuple(Subject((scope, part.id), part) for part in getattr(design, scope))

    def owner_of(self, endpoint: Endpoint) -> Component:
        """The component an endpoint belongs to."""
        return self._owners[id(endpoint)]

    @cached_property
    def _owners(self) -> Mapping[int, Component]:
        return {id(endpoint): component for component in self.design.components for endpoint in component.endpoints}

    def numbers(self, component: Component) -> Numbers:
        """A component's numbers in base units, its technology's where the design gives none."""
        return self.estimates.working.basis.numbers[component.id]

    @cached_property
    def stage(self) -> str | None:
        """prototype, mvp, growth, critical, or nothing said."""
        return self.design.design.stage

    @cached_property
    def availability_target(self) -> float | None:
        """The design's availability target as a point value."""
        target = self.design.requirements.availability.target
        return None if target is None else point(target)

    @cached_property
    def team_size(self) -> float | None:
        """People who build and run it."""
        size = self.design.constraints.team_size
        return None if size is None else point(size)

    @cached_property
    def budget(self) -> float | None:
        """US dollars a month it may cost."""
        budget = self.design.requirements.cost.budget_per_month
        return None if budget is None else point(budget)

    @cached_property
    def growth(self) -> float:
        """The load to survive, as a multiple of today's peak."""
        growth = self.design.requirements.scale.growth
        return self.thresholds.growth if growth is None else point(growth)

    @cached_property
    def must_journeys(self) -> tuple[Journey, ...]:
        """The journeys that realise a must requirement; all journeys when no requirement names any."""
        named = {
            realiser
            for requirement in self.design.requirements.functional
            if requirement.priority == "must"
            for realiser in requirement.realised_by
        }
        return tuple(j for j in self.design.journeys if j.id in named) or self.design.journeys

    def is_must(self, journey: Journey) -> bool:
        """Whether the design's own targets are this journey's too."""
        return any(journey is must for must in self.must_journeys)

    @cached_property
    def silent_about_load(self) -> tuple[str, ...]:
        """The fields, dotted, nobody filled in that say how much load enters, and where."""
        scale = self.design.requirements.scale
        found = tuple(f"requirements.scale.{name}" for name in ENTERING_LOAD if getattr(scale, name) is None)
        if self._clients or any(journey.share is not None for journey in self.design.journeys):
            return found
        return (
            *found,
            *((f"journeys.{j.id}.share" for j in self.design.journeys) if self.design.journeys else ("journeys",)),
        )

    @cached_property
    def silent_hit_ratios(self) -> tuple[str, ...]:
        """The hit ratios, dotted, nobody gave of caches that other calls depend on."""
        waited_for = {call.on_miss_of for call in self.design.connections}
        in_the_way = {call.source for call in self.design.connections}
        caches = (c for c in self.design.components if c.id in waited_for or (c.kind in CACHES and c.id in in_the_way))
        return tuple(f"components.{cache.id}.hit_ratio" for cache in caches if self.numbers(cache).hit_ratio is None)

    def flow_of(self, journey: Journey) -> Flow:
        """The hard calls of a journey, from where it begins."""
        return self._flows[journey.id]

    @cached_property
    def _flows(self) -> Mapping[str, Flow]:
        return {journey.id: self._flow(journey) for journey in self.design.journeys}

    def _flow(self, journey: Journey) -> Flow:
        steps = tuple(self.design.connection[step] for step in journey.steps)
        again = (step.source for step in steps if step.source in self._clients)
        return flow_of(self.design, (*(step.source for step in steps[:1]), *again), steps, journey.traffic or "all")

    @cached_property
    def must_flows(self) -> tuple[Flow, ...]:
        """The hard calls of the must journeys; without journeys, those that clients reach."""
        if self.must_journeys:
            return tuple(self.flow_of(journey) for journey in self.must_journeys)
        clients = tuple(c.id for c in self.design.components if c.kind == "client")
        return (flow_of(self.design, clients, self.design.connections),) if clients else ()

    @cached_property
    def hard_path(self) -> frozenset[str]:
        """Components a must journey calls and waits for, and those said to be of tier 1; clients never."""
        found = {c.id for c in self.design.components if c.tier == 1}.union(*(f.members for f in self.must_flows))
        return frozenset(found - self._clients)

    @cached_property
    def indispensable(self) -> frozenset[str]:
        """Components whose loss alone stops a must journey, as its calls say, or as tier 1 says where they say nothing;
        clients never."""
        called = frozenset[str]().union(*(flow.members for flow in self.must_flows))
        found = frozenset[str]().union(*(indispensable(self.design, flow) for flow in self.must_flows))
        return frozenset(found | (self.hard_path - called)) - self._clients

    @cached_property
    def _clients(self) -> frozenset[str]:
        return frozenset(c.id for c in self.design.components if c.kind == "client")

    def is_of_tier_one(self, component: Component) -> bool:
        """Whether a must journey stops without it: as the design says, else because it lies on such a path."""
        return component.tier == 1 if component.tier is not None else component.id in self.hard_path

    def may_meet(self, first: Connection, second: Connection) -> bool:
        """Whether one request can run over both: in one journey where there are any, and not one only for reads
        and the other only for writes."""
        if {first.traffic, second.traffic} == {"reads", "writes"}:
            return False
        over = self.design.journeys_over
        shared = {journey.id for journey in over.get(first.id, ())} & {
            journey.id for journey in over.get(second.id, ())
        }
        return not self.design.journeys or bool(shared)

    @cached_property
    def requests(self) -> tuple[Requests, ...]:
        """The sorts of requests there are, with the calls each of them waits for."""
        return requests_of(self.design)

    @cached_property
    def entrances(self) -> tuple[Component, ...]:
        """Components that a client calls directly, in file order."""
        called = {c.target for c in self.design.connections if c.source in self._clients}
        return tuple(c for c in self.design.components if c.id in called and c.kind != "client")

    @cached_property
    def entrance_ids(self) -> frozenset[str]:
        """Their ids."""
        return frozenset(component.id for component in self.entrances)

    @cached_property
    def carrying(self) -> Mapping[str, tuple[Connection, ...]]:
        """By kind of data: the connections that carry it, in file order."""
        found: dict[str, list[Connection]] = {data.id: [] for data in self.design.data}
        for connection in self.design.connections:
            for name in dict.fromkeys(connection.data):
                found.setdefault(name, []).append(connection)
        return {name: tuple(connections) for name, connections in found.items()}

    def data_on(self, connection: Connection) -> tuple[Data, ...]:
        """The kinds of data a connection carries."""
        return tuple(self._data[name] for name in connection.data if name in self._data)

    @cached_property
    def _data(self) -> Mapping[str, Data]:
        return {data.id: data for data in self.design.data}

    def data_in(self, component: Component) -> tuple[Data, ...]:
        """The kinds of data a component holds: it is their store, or it holds data and they flow into it."""
        holds = component.kind in DATA_HOLDERS
        flowing = {d for c in self.design.callers_of[component.id] for d in c.data} if holds else set()
        return tuple(d for d in self.design.data if d.store == component.id or d.id in flowing)

    @cached_property
    def deployables(self) -> tuple[Component, ...]:
        """What the team itself builds and deploys."""
        return tuple(c for c in self.design.components if c.kind in OWN_CODE and not c.managed)

    @cached_property
    def stores(self) -> tuple[Component, ...]:
        """The durable stores."""
        return tuple(c for c in self.design.components if c.kind in DURABLE_STORES)

    def is_managed(self, component: Component) -> bool:
        """Whether a vendor runs it: as the design says, else as its technology is usually had; external always.

        A CDN or a language model is a vendor's too, unless somebody says how many copies run.
        """
        if component.managed is not None:
            return component.managed
        technology = self.technologies.get(component.technology or "")
        bought = component.kind in USUALLY_BOUGHT and component.instances is None
        return component.kind == "external" or bought or bool(getattr(technology, "managed", False))

    def has_pattern(self, *uses: str, on: str | None = None) -> bool:
        """Whether one of these catalogue patterns is applied (to `on`, when given)."""
        return any(p.use in uses and (on is None or on in p.on) for p in self.design.patterns)

    def decisions_about(self, *ids: str) -> tuple[Decision, ...]:
        """The decisions that stand and are about one of these."""
        return tuple(
            d
            for d in self.design.decisions
            if d.status in ("accepted", "proposed", None) and any(i in d.about for i in ids)
        )

    def label(self, address: Address) -> str:
        """What to call a part in a sentence: a component by its name, what lies inside it after that, everything else
        by its id."""
        component = self.design.component.get(address[1]) if address[0] == "components" and address[1:] else None
        if component is None:
            return address[-1]
        inside = [key for key in address[2:] if key not in ("endpoints", "failures")]
        return ", ".join((component.label, *inside))
