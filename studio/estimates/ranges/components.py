"""The figures of every component in all samples, summed up one stack of components after the other."""

from collections import OrderedDict
from collections.abc import Iterable
from itertools import islice
from typing import Final

import numpy as np

from studio.estimates.load import steps_of
from studio.estimates.ranges.collected import Collected
from studio.estimates.ranges.component_times import times_of
from studio.estimates.ranges.cost import component_cost
from studio.estimates.ranges.fullness import Fullness, copies_needed, fullness_of, needed, recommended
from studio.estimates.ranges.laws import Law, law_of
from studio.estimates.ranges.load import Rates, SampledLoad
from studio.estimates.ranges.sampled import Sampled
from studio.estimates.ranges.stacks import Stack, row, stacks
from studio.estimates.ranges.unavailability import component_unavailability, whole_need
from studio.estimates.ranges.values import Value, is_sampled, logarithm_of_rest, over, smaller, varies
from studio.estimates.ranges.zones import Zoned, jointly_unavailable, standing_together
from studio.estimates.reliability import hard_parts

_AT_ONCE: Final = 500_000
"""Samples of components that are worked out together: what this many hold is kept until journeys have read it."""


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
        self._left = iter(self._in_order_of_use())
        self._together_at_most = max(1, _AT_ONCE // sampled.samples)
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
        """All components that no journey has asked for so far."""
        while self._work_out_some():
            pass

    def _in_order_of_use(self) -> tuple[str, ...]:
        """All components, those first that the first journeys ask for."""
        basis = self.sampled.basis
        steps = (step for journey in basis.design.journeys for step in steps_of(basis, journey))
        used = (name for step in steps for name in (step.source, step.target))
        return tuple(dict.fromkeys((*used, *basis.numbers)))

    def _work_out_some(self) -> bool:
        """The next components; whether there were any left."""
        names = tuple(islice(self._left, self._together_at_most))
        self._done.update(names)
        for stack in stacks(self.sampled, self.load, names):
            self._one(stack)
        return bool(names)

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
        while name not in self._done:
            self._work_out_some()
        if name not in self._laws:
            for stack in stacks(self.sampled, self.load, (name,)):
                full = fullness_of(self.sampled, stack.machine, stack.arriving)
                self._remember(stack, law_of(self.sampled, stack.machine, full))
        return self._laws[name]

    def _remember(self, stack: Stack, law: Law | None) -> None:
        """Keeps laws for journeys, not without bound: the oldest can be worked out again."""
        samples = self.sampled.samples
        if law is not None:
            law = law._replace(moments=(law.mean, law.variance, law.third))
        for place, name in enumerate(stack.names):
            self._laws[name] = None if law is None else law.of_one(place, samples)
        while len(self._laws) > 2 * self._together_at_most:
            self._laws.popitem(last=False)

    def _has_steps(self, journey: str) -> bool:
        return any(one.id == journey and one.steps for one in self.sampled.basis.design.journeys)

    def _one(self, stack: Stack) -> None:
        sampled, numbers = self.sampled, stack.machine.certain
        full = fullness_of(sampled, stack.machine, stack.arriving)
        is_up = numbers.id not in sampled.basis.down
        self._add_load(stack, full)
        self._add_fullness(stack, full, is_up=is_up)
        if is_up and not numbers.is_client:
            self._add_times(stack, full)
        self._add_unavailability(stack, full)
        self._add_cost(stack)

    def _add_load(self, stack: Stack, full: Fullness) -> None:
        """Requests/s that arrive; where all come from users, in certain shares, as multiples of the peak."""
        users, made, peak = stack.arriving.users, stack.arriving.made, self.sampled.peak
        if full.arriving is None:
            return
        are_multiples = made is None and peak is not None and not is_sampled(users.total)
        rates = users if are_multiples else full.arriving
        for figure, rate in _named(rates).items():
            if not are_multiples:
                self.collected.add_rows(stack.names, figure, rate)
                continue
            for place, name in enumerate(stack.names):
                self.collected.add_multiple(f"components.{name}.{figure}", row(rate, place), peak)

    def _add_fullness(self, stack: Stack, full: Fullness, *, is_up: bool) -> None:
        """How full, and what only hangs on how full: needs rise with it, what it stands falls."""
        names, numbers, utilisation = stack.names, stack.machine.certain, full.utilisation
        if not is_sampled(utilisation) or self.collected.keeps:
            sizes = None if utilisation is None else recommended(numbers, utilisation)
            figures = {"instances_needed": full.needed, "instances_recommended": sizes}
            if is_up:
                figures |= {
                    "capacity_rps": full.capacity, "utilisation": full.utilisation, "breaks_at": full.breaks_at
                }  # fmt: skip
            for figure, value in figures.items():
                self.collected.add_rows(names, figure, value)
        else:
            points = self.collected.points(utilisation)
            self.collected.add_points(names, "instances_needed", needed(numbers, points))
            self.collected.add_points(names, "instances_recommended", recommended(numbers, points))
            if is_up:
                self.collected.add_rows(names, "capacity_rps", full.capacity)
                self.collected.add_points(names, "utilisation", points)
                if stack.arriving.made is None:
                    load = self.sampled.basis.load
                    self.collected.add_points(names, "breaks_at", over(load, self.collected.falling(utilisation)))
                else:
                    self.collected.add_rows(names, "breaks_at", full.breaks_at)
        if is_up and utilisation is not None:
            self._note_overloaded(names, utilisation)
            self._note_first(names, full)

    def _note_overloaded(self, names: Iterable[str], utilisation: Value) -> None:
        for place, name in enumerate(names):
            share = float(np.mean(row(utilisation, place) >= 1))
            if share > 0:
                self.overloaded[name] = share

    def _note_first(self, names: tuple[str, ...], full: Fullness) -> None:
        if full.breaks_at is None or full.utilisation is None:
            return
        for place, name in enumerate(names):
            one = row(full.breaks_at, place)
            spread = self.collected.figures.get(f"components.{name}.breaks_at")
            at = float(np.max(one)) if spread is None else spread.p50
            if at is None or (at == np.inf and not varies(one)):
                continue
            if (at, self._places[name]) < self._first_at:
                self._first_at, self.first = (at, self._places[name]), name
                self.first_utilisation = row(full.utilisation, place)
            self.breaks_first = one if self.breaks_first is None else smaller(self.breaks_first, one)

    def _add_times(self, stack: Stack, full: Fullness) -> None:
        """Laws for journeys, and figures of times; where only the load varies they rise with it."""
        sampled = self.sampled
        law = law_of(sampled, stack.machine, full)
        if self._parts:
            self._remember(stack, law)
        if law is None or not any(map(is_sampled, law)):
            return
        is_certain = law.queues is not None and not is_sampled(law.queues.servers) and not is_sampled(law.service)
        if is_certain and varies(full.per_copy) and not self.collected.keeps:
            points = self.collected.points(full.per_copy)
            law = law_of(sampled, stack.machine, full._replace(per_copy=points)) or law
            for figure, value in times_of(law, points.shape[-1]).items():
                self.collected.add_points(stack.names, figure, value)
            return
        for figure, value in times_of(law, sampled.samples).items():
            self.collected.add_rows(stack.names, figure, value)

    def _add_unavailability(self, stack: Stack, full: Fullness) -> None:
        down, need = component_unavailability(self.sampled, stack.machine, full), copies_needed(stack.machine, full)
        self.collected.add_rows(stack.names, "availability", None if down is None else 1.0 - down)
        working = None if down is None else logarithm_of_rest(down)
        for place, name in enumerate(stack.names):
            for journey in self._journeys_of.get(name, ()):
                so_far = self._working[journey]
                if so_far is None or working is None:
                    self._working[journey] = None
                elif name in self._standing[journey] and need is not None:
                    machine = stack.machines[place]
                    zoned = Zoned(machine, whole_need(machine, row(need, place)))
                    self._together.setdefault(journey, {})[name] = zoned
                else:
                    self._working[journey] = so_far + row(working, place)

    def _add_cost(self, stack: Stack) -> None:
        costs = [component_cost(self.sampled, self.load, machine) for machine in stack.machines]
        sampled = [cost for cost in costs if varies(cost)]
        if len(sampled) == len(costs):
            self.collected.add_rows(stack.names, "cost_per_month", np.stack(sampled))
        for name, cost in zip(stack.names, costs, strict=True):
            if len(sampled) < len(costs):
                self.collected.add(f"components.{name}.cost_per_month", cost)
            self.cost = None if self.cost is None or cost is None else self.cost + cost

    def _in_same_zones(self, parts: Iterable[str]) -> frozenset[str]:
        working = self.sampled.working
        there = (part for part in parts if part not in self.sampled.basis.down and part not in working.collapsed)
        return standing_together(working.numbers[part] for part in there)


def _named(rates: Rates) -> dict[str, Value]:
    return {"peak_rps": rates.total, "peak_read_rps": rates.reads, "peak_write_rps": rates.writes}
