"""How often each component and each journey works.

A component is k of n over its copies, k from the load; a vendor's service is what it promises. A journey multiplies
the parts it cannot do without, each counted once however many steps meet in it: soft calls, calls with a fallback and
asynchronous work drop out, but the queue or stream that takes the work over must be there.
"""

from collections.abc import Mapping

from studio.estimates.availability import (
    common_cause_unavailability,
    repeated_unavailability,
    series_unavailability,
    zoned_unavailability,
)
from studio.estimates.basis import Basis, Numbers
from studio.estimates.capacity import Fullness, copies_needed
from studio.estimates.journeys import survives_without
from studio.estimates.load import miss_chance, steps_of
from studio.model.behaviour import Journey
from studio.model.kinds import MESSAGING


def component_unavailability(basis: Basis, numbers: Numbers, full: Fullness) -> float | str:
    """The share of time a component does not work, or what is missing to know it."""
    if numbers.id in basis.down:
        return 1.0
    if numbers.is_client:
        return 0.0
    if numbers.availability is None:
        return f"availability of {numbers.id} is not given"
    if numbers.managed:
        return 1.0 - numbers.availability
    needed = copies_needed(numbers, full)
    if needed is None:
        copies = f"so how many of its {numbers.copies} copies must work is unknown"
        lacks = (
            f"capacity_rps of {numbers.id} is not given"
            if numbers.capacity is None
            else f"the load of {numbers.id} is unknown"
        )
        return f"{lacks}, {copies}"
    shard = shard_unavailability(numbers, needed)
    return shard if numbers.shards == 1 else repeated_unavailability(shard, numbers.shards)


def shard_unavailability(numbers: Numbers, needed: int, copies: int | None = None) -> float:
    """k of n over the copies of one shard, zones by conditioning where their availability is known."""
    down = 1.0 - (numbers.availability or 0.0)
    copies = numbers.instances * (1 + numbers.replicas) if copies is None else copies
    if numbers.zones > 1 and numbers.zone_availability is not None:
        zone_down = 1.0 - numbers.zone_availability
        return zoned_unavailability(needed, copies, down, numbers.zones, zone_down, numbers.common_cause)
    return common_cause_unavailability(needed, copies, down, numbers.common_cause)


def hard_parts(basis: Basis, journey: Journey) -> tuple[str, ...]:
    """The components a journey cannot do without, each once, in the order they are met."""
    steps = steps_of(basis, journey)
    if not steps:
        return ()
    parts = {steps[0].source: None}
    waited_for = {steps[0].source}
    for step in steps:
        is_met = step.source in waited_for or basis.numbers[step.source].is_client
        if not is_met or survives_without(step) or not _is_used(basis, journey, step.id):
            continue
        if step.is_synchronous:
            waited_for.add(step.target)
        elif basis.numbers[step.target].kind not in MESSAGING:
            continue
        parts[step.target] = None
    return tuple(name for name in parts if not basis.numbers[name].is_client)


def _is_used(basis: Basis, journey: Journey, step: str) -> bool:
    """Whether any request of the journey's class can take the step."""
    connection = basis.connection[step]
    classes = {"reads": (True,), "writes": (False,)}.get(journey.traffic or "all", (True, False))
    return any(miss_chance(basis, connection, read=read) != 0.0 for read in classes) and basis.calls(connection) > 0


def journey_unavailability(basis: Basis, journey: Journey, components: Mapping[str, float | str]) -> float | str:
    """The share of requests of a journey that fail because a hard part does, or why that is unknown."""
    if not steps_of(basis, journey):
        return f"steps of {journey.id} are not given"
    parts = [components[name] for name in hard_parts(basis, journey)]
    missing = next((part for part in parts if isinstance(part, str)), None)
    if missing is not None:
        return missing
    return series_unavailability(part for part in parts if not isinstance(part, str))


def deciding_journeys(basis: Basis) -> tuple[str, ...]:
    """The journeys whose worst figures are the whole design's: those that realise a must requirement, else all."""
    named = {
        name
        for requirement in basis.design.requirements.functional
        if requirement.priority == "must"
        for name in requirement.realised_by
    }
    ids = tuple(journey.id for journey in basis.design.journeys)
    return tuple(name for name in ids if name in named) or ids
