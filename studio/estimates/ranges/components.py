"""The figures of every component in all samples, summed up one component after the other."""

from collections import OrderedDict
from collections.abc import Iterable
from typing import Final

import numpy as np

from studio.estimates.ranges.collected import Collected
from studio.estimates.ranges.component_times import times_of
from studio.estimates.ranges.cost import component_cost
from studio.estimates.ranges.fullness import Fullness, copies_needed, fullness_of
from studio.estimates.ranges.laws import Law, law_of
from studio.estimates.ranges.load import Rates, SampledLoad
from studio.estimates.ranges.sampled import Machine, Sampled
from studio.estimates.ranges.unavailability import component_unavailability, whole_need
from studio.estimates.ranges.values import Value, logarithm_of_rest, smaller, varies
from studio.estimates.ranges.zones import Zoned, jointly_unavailable, standing_together
from studio.estimates.reliability import hard_parts

_LAWS_KEPT: Final = 200
"""Laws of components kept for journeys; others are worked out again, so that memory stays bounded."""


class Components:
    """Works out every component once, and keeps of each only what the whole design needs."""

    def __init__(self, sampled: Sampled, load: SampledLoad, collected: Collected) -> None:
        self.sampled, self.load, self.collected = sampled, load, collected
        self.cost: Value | None = 0.0
        """USD a month for all components; None when one is unknown."""
        self.overloaded: dict[str, float] = {}
        self.breaks_first: Value | None = None
        """The multiple of today's peak at which the first component is full."""
        self.first: str | None = None
        """The component that is usually full first, and how full it is."""
        self.first_utilisation: Value = 0.0
        self._places = {name: place for place, name in enumerate(sampled.basis.numbers)}
        self._first_at = (np.inf, len(self._places))
        self._done: set[str] = set()
        self._laws: OrderedDict[str, Law | None] = OrderedDict()
        self._parts: dict[str, tuple[str, ...]] = {
            journey.id: hard_parts(sampled.basis, journey) for journey in sampled.basis.design.journeys
        }
        self._working: dict[str, Value | None] = dict.fromkeys(self._parts, 0.0)
        self._standing = {journey: self._in_same_zones(parts) for journey, parts in self._parts.items()}
        self._together: dict[str, dict[str, Zoned]] = {}
        """Parts of a journey that stand in the same zones, by journey."""
        self._journeys_of: dict[str, list[str]] = {}
        for journey, parts in self._parts.items():
            for part in parts:
                self._journeys_of.setdefault(part, []).append(journey)

    def work_out(self) -> None:
        """All components that no journey has asked for so far, in file order."""
        for name in self.sampled.basis.numbers:
            if name not in self._done:
                self._one(name)

    def unavailability(self, journey: str) -> Value | None:
        """The share of a journey's requests that fail because a hard part does; None when unknown."""
        working = self._working[journey]
        if working is None or not self._has_steps(journey):
            return None
        if journey in self._together:
            joint = jointly_unavailable(tuple(self._together[journey].values()))
            working = working + logarithm_of_rest(joint)
        failing: Value = -np.expm1(working)
        return failing if varies(failing) else float(failing)

    def law(self, name: str) -> Law | None:
        """The law of a component's own time; None when it is unknown. All of its figures are worked out with it."""
        if name not in self._done:
            self._one(name)
        if name not in self._laws:
            machine = self.sampled.machine(name)
            self._remember(name, law_of(self.sampled, machine, fullness_of(self.sampled, self.load, machine)))
        return self._laws[name]

    def _remember(self, name: str, law: Law | None) -> None:
        self._laws[name] = law
        if len(self._laws) > _LAWS_KEPT:
            self._laws.popitem(last=False)

    def _has_steps(self, journey: str) -> bool:
        return any(one.id == journey and one.steps for one in self.sampled.basis.design.journeys)

    def _one(self, name: str) -> None:
        self._done.add(name)
        machine = self.sampled.machine(name)
        full = fullness_of(self.sampled, self.load, machine)
        self._add_fullness(name, full)
        if name not in self.sampled.basis.down and not machine.certain.is_client:
            self._add_times(name, machine, full)
        self._add_unavailability(machine, full)
        cost = component_cost(self.sampled, self.load, machine)
        self.collected.add(f"components.{name}.cost_per_month", cost)
        self.cost = None if self.cost is None or cost is None else self.cost + cost

    def _add_fullness(self, name: str, full: Fullness) -> None:
        path, add = f"components.{name}", self.collected.add
        self._add_load(name, full)
        add(f"{path}.instances_needed", full.needed)
        add(f"{path}.instances_recommended", full.recommended)
        if name in self.sampled.basis.down:
            return
        add(f"{path}.capacity_rps", full.capacity)
        add(f"{path}.utilisation", full.utilisation)
        add(f"{path}.breaks_at", full.breaks_at)
        if full.utilisation is not None:
            share = float(np.mean(full.utilisation >= 1))
            if share > 0:
                self.overloaded[name] = share
            self._note_first(name, full)

    def _add_load(self, name: str, full: Fullness) -> None:
        """Requests/s that arrive; where all come from users, in certain shares, as multiples of the peak."""
        path, share, made = f"components.{name}", self.load.of_peak.get(name, Rates()), self.load.generated.get(name)
        if full.arriving is None:
            return
        all_users = made is None and self.sampled.peak is not None
        base = self.sampled.peak if all_users else 1.0
        rates = share if all_users else full.arriving
        figures = {"peak_rps": rates.total, "peak_read_rps": rates.reads, "peak_write_rps": rates.writes}
        for figure, rate in figures.items():
            self.collected.add_multiple(f"{path}.{figure}", rate, base)

    def _note_first(self, name: str, full: Fullness) -> None:
        if full.breaks_at is None or full.utilisation is None:
            return
        spread = self.collected.figures.get(f"components.{name}.breaks_at")
        at = float(np.max(full.breaks_at)) if spread is None else spread.p50
        if at is None:
            return
        place = (at, self._places[name])
        if place < self._first_at:
            self._first_at, self.first, self.first_utilisation = place, name, full.utilisation
        first = self.breaks_first
        self.breaks_first = full.breaks_at if first is None else smaller(first, full.breaks_at)

    def _add_times(self, name: str, machine: Machine, full: Fullness) -> None:
        law = law_of(self.sampled, machine, full)
        self._remember(name, law)
        if law is not None and law.varies:
            for figure, value in times_of(law, self.sampled.samples).items():
                self.collected.add(f"components.{name}.{figure}", value)

    def _add_unavailability(self, machine: Machine, full: Fullness) -> None:
        name, down = machine.certain.id, component_unavailability(self.sampled, machine, full)
        self.collected.add(f"components.{name}.availability", None if down is None else 1.0 - down)
        for journey in self._journeys_of.get(name, ()):
            so_far, needed = self._working[journey], copies_needed(machine, full)
            if so_far is None or down is None:
                self._working[journey] = None
            elif name in self._standing[journey] and needed is not None:
                self._together.setdefault(journey, {})[name] = Zoned(machine, whole_need(machine, needed))
            else:
                self._working[journey] = so_far + logarithm_of_rest(down)

    def _in_same_zones(self, parts: Iterable[str]) -> frozenset[str]:
        working = self.sampled.working
        there = (part for part in parts if part not in self.sampled.basis.down and part not in working.collapsed)
        return standing_together(working.numbers[part] for part in there)
