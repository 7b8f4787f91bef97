"""How often each component and each journey works.

A component is k of n over its copies, k from the load; a vendor's service is what it promises. A journey multiplies
the parts it cannot do without, each counted once however many steps meet in it: soft calls, calls with a fallback and
asynchronous work drop out, but the queue or stream that takes the work over must be there.
"""

from collections.abc import Sequence
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Final

from studio.estimates.basis import Basis
from studio.estimates.capacity import Fullness, copies_needed
from studio.estimates.formulas.availability import (
    common_cause_unavailability,
    k_of_n_unavailability,
    repeated_unavailability,
    series_unavailability,
    zoned_unavailability,
)
from studio.estimates.journeys import survives_without
from studio.estimates.load import miss_chance, steps_of
from studio.estimates.numbers import Numbers
from studio.model.behaviour import Journey
from studio.model.kinds import MESSAGING

if TYPE_CHECKING:
    from studio.estimates.working import Working

_MOST_ZONES: Final = 8
"""Zones up to which all combinations of lost ones are gone through."""


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
    return _copies_unavailability(numbers, needed)


def _copies_unavailability(numbers: Numbers, needed: int) -> float:
    """k of n over the copies of each shard, all shards needed; zones by conditioning where they are known."""
    down = 1.0 - (numbers.availability or 0.0)
    copies = numbers.instances * (1 + numbers.replicas)
    if is_zoned(numbers):
        zone_down = 1.0 - (numbers.zone_availability or 0.0)
        common = numbers.common_cause
        return zoned_unavailability(needed, copies, down, numbers.zones, zone_down, common, numbers.shards)
    shard = common_cause_unavailability(needed, copies, down, numbers.common_cause)
    return shard if numbers.shards == 1 else repeated_unavailability(shard, numbers.shards)


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


def journey_unavailability(working: "Working", journey: Journey) -> float | str:
    """The share of requests of a journey that fail because a hard part does, or why that is unknown."""
    if not steps_of(working.basis, journey):
        return f"steps of {journey.id} are not given"
    return parts_unavailability(working, hard_parts(working.basis, journey))


def parts_unavailability(working: "Working", parts: Sequence[str]) -> float | str:
    """The share of time at least one of several parts does not work, or why that is unknown.

    Parts fail independently, but for zones: those that are spread over zones of known availability stand in the same
    ones, so the loss of a zone takes its share of each at once.
    """
    shares = {name: working.unavailable[name] for name in parts}
    missing = next((share for share in shares.values() if isinstance(share, str)), None)
    if missing is not None:
        return missing
    zoned = [name for name in parts if shares[name] != 1.0 and is_zoned(working.numbers[name])]
    if len(zoned) < 2 or max(working.numbers[name].zones for name in zoned) > _MOST_ZONES:
        zoned = []
    alone = [share for name, share in shares.items() if name not in zoned and not isinstance(share, str)]
    return series_unavailability([*alone, _jointly(working, zoned)] if zoned else alone)


def is_zoned(numbers: Numbers) -> bool:
    """Whether the loss of a zone is counted for it: several zones whose availability is known."""
    return numbers.zones > 1 and numbers.zone_availability is not None and not numbers.managed


def _jointly(working: "Working", names: Sequence[str]) -> float:
    """Condition on how many of the zones are up; parts with fewer zones stand in the first of them."""
    parts = [working.numbers[name] for name in names]
    zones = max(numbers.zones for numbers in parts)
    zone_down = max(1.0 - (numbers.zone_availability or 0.0) for numbers in parts)
    total = 0.0
    for up in product((True, False), repeat=zones):
        chance = prod(1.0 - zone_down if is_up else zone_down for is_up in up)
        total += chance * series_unavailability(
            _in_zones(numbers, copies_needed(numbers, working.full[numbers.id]) or 1, up) for numbers in parts
        )
    return total


def _in_zones(numbers: Numbers, needed: int, up: Sequence[bool]) -> float:
    """The share of time a part does not work while the zones are as given."""
    copies = numbers.instances * (1 + numbers.replicas)
    sizes = (copies // numbers.zones + (zone < copies % numbers.zones) for zone in range(numbers.zones))
    alive = sum(size for size, is_up in zip(sizes, up, strict=False) if is_up)
    down = 1.0 - (numbers.availability or 0.0)
    lone = k_of_n_unavailability(needed, alive, (1.0 - numbers.common_cause) * down)
    shard = series_unavailability((numbers.common_cause * down, lone))
    return repeated_unavailability(shard, numbers.shards)


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
