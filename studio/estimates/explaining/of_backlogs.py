"""Explanations of what piles up during a peak and what an outage of the consumers costs: `backlogs.ID`."""

import math
from collections.abc import Callable, Mapping
from typing import Final

from studio.estimates.defaults import CONSUMER_OUTAGE, ONE, PEAK_DURATION
from studio.estimates.explaining.explanation import Input, Lookup, Rule
from studio.estimates.sides.backlog import Phases, phases
from studio.estimates.sides.consumers import consumers_of
from studio.model.kinds import MESSAGING

_FLUID: Final = "fluid model; Kleinrock, Queueing Systems, volume 2, 1976"
_FORMAT: Final = "the file format"
_STATE: Final = "worked out of the load of this estimate"


def _phases(at: Lookup, name: str) -> Phases | None:
    found = phases(at.estimates.working, name)
    return None if isinstance(found, str) else found


def _flow(at: Lookup, name: str, *, average: bool = False) -> tuple[Input, ...]:
    """What comes and what is taken: λ and C."""
    found, when = _phases(at, name), "on average" if average else "at peak"
    flow = None if found is None else found.average if average else found.peak
    if flow is None:
        return ()
    room = None if flow.room == math.inf else flow.room
    return (
        Input(f"arrival λ {when}", flow.arrival, "messages/s", _STATE),
        Input(f"taken C by {flow.name} {when}", room, "messages/s", _STATE),
    )


def _copies(at: Lookup, name: str) -> tuple[Input, ...]:
    """Partitions, and how many copies each consumer has."""
    design = at.estimates.working.basis.design
    if design.component[name].kind not in MESSAGING:
        return (at.component(name, "instances", "instances", ONE),)
    found = [] if design.component[name].shards is None else [at.component(name, "shards", "partitions")]
    targets = dict.fromkeys(connection.target for connection in consumers_of(at.estimates.working, name))
    return (*found, *(at.component(target, "instances", "instances", ONE) for target in targets))


def _peak(at: Lookup) -> Input:
    return at.scale("peak_duration", "s", PEAK_DURATION)


def _arrival(at: Lookup, name: str) -> Rule:
    working = at.estimates.working
    inputs = tuple(at.figure(f"connections.{c.id}.peak_rps") for c in consumers_of(working, name))
    if working.numbers[name].kind not in MESSAGING or not inputs:
        inputs = (at.figure(f"components.{name}.peak_rps"),)
    formula = "what comes for the consumer that falls behind most: the rate over the connection to it"
    return Rule(formula, _FLUID, inputs, ("each connection out of it gets its own copy of what it carries",))


def _drain(at: Lookup, name: str) -> Rule:
    found = _phases(at, name)
    inputs = [*_copies(at, name)]
    if found is not None:
        inputs.append(at.figure(f"components.{found.peak.name}.capacity_rps"))
        inputs.append(at.figure(f"components.{found.peak.name}.peak_rps"))
    formula = "capacity of the consumer × copies that get work ÷ all its copies − what else it does"
    assumptions = [
        "where all its work is too much, each kind gets its share in proportion",
        "copies beyond the partitions get nothing",
    ]
    if at.estimates.working.basis.design.component[name].shards is None:
        assumptions.append("enough partitions: none are given")
    return Rule(formula, _FLUID, tuple(inputs), tuple(assumptions))


def _growth(at: Lookup, name: str) -> Rule:
    return Rule("λ − C, never below 0", _FLUID, _flow(at, name))


def _after_peak(at: Lookup, name: str) -> Rule:
    assumptions = ("the peak is flat", "nothing waits when it begins", "nothing is dropped, whatever max_length says")
    return Rule("(λ − C) × how long the peak lasts", _FLUID, (*_flow(at, name), _peak(at)), assumptions)


def _drained(at: Lookup, name: str) -> Rule:
    inputs = (*_flow(at, name), _peak(at), *_flow(at, name, average=True))
    formula = "backlog at the end of the peak ÷ (C − λ, both on average); never where λ ≥ C"
    return Rule(formula, _FLUID, inputs, ("after the peak the load is average: peak ÷ peak factor",))


def _oldest(at: Lookup, name: str) -> Rule:
    return Rule(
        "backlog at the end of the peak ÷ C", _FLUID, (*_flow(at, name), _peak(at)), ("first come, first served",)
    )


def _lost(at: Lookup, name: str) -> Rule:
    limits = (at.component(name, "max_length", "messages"), at.component(name, "max_age", "s"))
    formula = "backlog at the end of the peak − the smaller of max_length and max_age × C, never below 0"
    return Rule(formula, _FLUID, (*_flow(at, name), _peak(at), *limits))


def _holds(at: Lookup, name: str) -> Rule:
    inputs = (
        at.component(name, "max_length", "messages"),
        at.component(name, "max_age", "s"),
        at.figure(f"components.{name}.peak_rps"),
    )
    return Rule("the smaller of max_length ÷ arrival at peak and max_age", _FLUID, inputs, ("it is empty before",))


def _catch_up(at: Lookup, name: str) -> Rule:
    outage = Input("outage D", CONSUMER_OUTAGE.value, "s", CONSUMER_OUTAGE.origin)
    return Rule("λ × D ÷ (C − λ), both at peak; never where λ ≥ C", _FLUID, (*_flow(at, name), outage))


def _working_copies(at: Lookup, name: str) -> Rule:
    formula = "Σ over the consumers: the smaller of their copies and the partitions"
    return Rule(formula, _FORMAT, _copies(at, name), ("a partition feeds one copy at a time",))


def _idle_copies(at: Lookup, name: str) -> Rule:
    return Rule("Σ over the consumers: copies beyond the partitions", _FORMAT, _copies(at, name))


BACKLOG_RULES: Final[Mapping[str, Callable[[Lookup, str], Rule]]] = {
    "arrival_rps": _arrival,
    "drain_rps": _drain,
    "growth_rps": _growth,
    "messages_after_peak": _after_peak,
    "drain_minutes": _drained,
    "oldest_minutes": _oldest,
    "lost_messages": _lost,
    "holds_outage_minutes": _holds,
    "catch_up_minutes": _catch_up,
    "working_consumers": _working_copies,
    "idle_consumers": _idle_copies,
}
