"""What follows from the order of the steps of journeys: how calls multiply, and who is waited for in turn."""

from collections.abc import Mapping

from studio.model.behaviour import Journey
from studio.model.connection import Connection
from studio.model.design import Design
from studio.red_flags.facts import Facts
from studio.red_flags.once import once_per_design
from studio.units import point

LARGEST = 1e12
"""Calls for one request beyond which more make no difference."""


@once_per_design
def calls_for_one_request(facts: Facts) -> Mapping[str, float]:
    """By connection: calls over it for one request of a user, in the journey where they are most.

    Caches are taken as empty. A connection of no journey counts its own calls only.
    """
    design = facts.design
    found: dict[str, float] = {call.id: _each(call) for call in design.connections}
    for journey in design.journeys:
        for id_, calls in _in(journey, design).items():
            found[id_] = max(found[id_], calls)
    return found


def _in(journey: Journey, design: Design) -> dict[str, float]:
    """Calls over each step when the journey is gone through once; a step comes after those that lead to it."""
    arriving: dict[str, float] = {}
    calls: dict[str, float] = {}
    for id_ in journey.steps:
        step = design.connection[id_]
        if id_ in calls:
            continue
        calls[id_] = min(LARGEST, arriving.get(step.source, 1.0) * _each(step))
        arriving[step.target] = arriving.get(step.target, 0.0) + calls[id_]
    return calls


def _each(call: Connection) -> float:
    return 1.0 if call.calls_per_request is None else point(call.calls_per_request)


@once_per_design
def waited_for_in_turn(facts: Facts) -> Mapping[str, tuple[str, ...]]:
    """By connection that is the last such step: the components its caller waits for, one after the other, in one
    journey. Calls that run at once, calls nobody waits for and calls the caller can do without do not count."""
    design = facts.design
    found: dict[str, tuple[str, ...]] = {}
    for journey in design.journeys:
        together = {step for group in journey.at_once for step in group}
        steps = (design.connection[id_] for id_ in dict.fromkeys(journey.steps) if id_ not in together)
        by_caller: dict[str, list[Connection]] = {}
        for step in steps:
            if step.is_hard and not step.parallel and not step.has_fallback:
                by_caller.setdefault(step.source, []).append(step)
        for calls in by_caller.values():
            names = tuple(dict.fromkeys(design.component[call.target].label for call in calls))
            if len(names) > len(found.get(calls[-1].id, ())):
                found[calls[-1].id] = names
    return found
