"""All figures in all samples: the engine's street once more, with one number for each sample where something varies.

The structure (which connections carry what, trees of calls, hard parts, deciding journeys) is the engine's, at the
medians; only the arithmetic is done anew. What retries add to a call and how long calls hold a worker are taken as
they are at the medians.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from studio.estimates.basis import Basis
from studio.estimates.conditions import Conditions
from studio.estimates.ranges.collected import Collected
from studio.estimates.ranges.components import Components
from studio.estimates.ranges.demand import ai_figures, traffic_figures
from studio.estimates.ranges.draws import drawn
from studio.estimates.ranges.influence import influences
from studio.estimates.ranges.load import load_of
from studio.estimates.ranges.results import Ranges, Spread
from studio.estimates.ranges.sampled import Sampled
from studio.estimates.ranges.targets import Got, probabilities
from studio.estimates.ranges.values import Array, Value, varies
from studio.estimates.ranges.whole import whole_design
from studio.estimates.settling import worked_out
from studio.estimates.technologies import Technologies
from studio.model.design import Design
from studio.units import Interval


def sampled_ranges(
    design: Design, conditions: Conditions, technologies: Technologies, inputs: Mapping[str, Interval], samples: int
) -> Ranges:
    """The ranges of all figures; ``inputs`` are the ranges there are, by path."""
    with np.errstate(all="ignore"):
        sampled, collected = _sampled(design, conditions, technologies, samples), Collected(samples)
        components, got = _work_out(sampled, collected)
        return Ranges(
            samples,
            _in_order(design, collected.figures),
            probabilities(sampled, got),
            {name: components.overloaded[name] for name in sampled.basis.numbers if name in components.overloaded},
            influences(inputs, _deciding(components, got), samples),
        )


def sampled_figures(
    design: Design, conditions: Conditions, technologies: Technologies, paths: Iterable[str], samples: int
) -> dict[str, Value]:
    """The samples themselves of some figures; a float where a figure is certain, absent where it is unknown."""
    with np.errstate(all="ignore"):
        sampled = _sampled(design, conditions, technologies, samples)
        collected = Collected(samples, frozenset(paths))
        _work_out(sampled, collected)
        return collected.arrays


def drawn_inputs(inputs: Mapping[str, Interval], samples: int) -> dict[str, Array]:
    """The draws of every input by its path."""
    drawings = ((path, drawn(path, interval, samples)) for path, interval in inputs.items())
    return {path: values for path, values in drawings if varies(values)}


def _sampled(design: Design, conditions: Conditions, technologies: Technologies, samples: int) -> Sampled:
    there = design.component
    known = conditions._replace(
        down=frozenset(name for name in conditions.down if name in there),
        cold=frozenset(name for name in conditions.cold if name in there),
    )
    return Sampled(worked_out(Basis(design, technologies, known)), samples)


def _work_out(sampled: Sampled, collected: Collected) -> tuple[Components, Got]:
    load = load_of(sampled)
    for name, value in traffic_figures(sampled, load.unassigned):
        collected.add(f"traffic.{name}", value)
    for name, value in ai_figures(sampled).items():
        collected.add(f"ai.{name}", value)
    components = Components(sampled, load, collected)
    got = whole_design(sampled, load, components, collected)
    collected.add("cost_per_month", got.cost)
    collected.add("breaks_first.at", components.breaks_first)
    return components, got


def _in_order(design: Design, figures: Mapping[str, Spread]) -> dict[str, Spread]:
    """The figures in the order of the engine's: by section, then as the parts stand in the file."""
    sections = ("traffic", "ai", "components", "connections", "journeys")
    parts = (design.components, design.connections, design.journeys)
    order = {section: (rank, 0) for rank, section in enumerate(sections)}
    for rank, (section, items) in enumerate(zip(sections[2:], parts, strict=True), start=2):
        order.update({f"{section}.{item.id}": (rank, place) for place, item in enumerate(items)})

    def place(path: str) -> tuple[int, int]:
        part = path.rpartition(".")[0]
        return order.get(part) or order.get(path.partition(".")[0], (len(sections), 0))

    return {path: figures[path] for path in sorted(figures, key=place)}


def _deciding(components: Components, got: Got) -> dict[str, Array]:
    """The figures whose inputs are worth knowing, those that vary."""
    found = {"p99_ms": got.p99, "cost_per_month": got.cost, "availability": _rest(got.unavailability)}
    if components.first is not None:
        found[f"components.{components.first}.utilisation"] = components.first_utilisation
    return {name: value for name, value in found.items() if varies(value)}


def _rest(share: Value | None) -> Value | None:
    return None if share is None else 1.0 - share
