"""Parts of one journey that stand in the same zones: the loss of a zone takes its share of each at once."""

from collections.abc import Iterable, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from studio.estimates.numbers import Numbers
from studio.estimates.ranges.sampled import Machine
from studio.estimates.ranges.unavailability import k_of_n, repeated
from studio.estimates.ranges.values import Value, larger, logarithm_of_rest, varies
from studio.estimates.reliability import is_zoned

MOST_ZONES = 8
"""Zones up to which all combinations of lost ones are gone through."""


class Zoned(NamedTuple):
    """A part spread over zones, and how many of its copies must work."""

    machine: Machine
    needed: int | NDArray[np.intp]


def standing_together(parts: Iterable[Numbers]) -> frozenset[str]:
    """The parts of one journey whose zones are the same, by id; none where there is but one, or too many zones."""
    zoned = [numbers for numbers in parts if is_zoned(numbers)]
    if len(zoned) < 2 or max(numbers.zones for numbers in zoned) > MOST_ZONES:
        return frozenset()
    return frozenset(numbers.id for numbers in zoned)


def jointly_unavailable(parts: Sequence[Zoned]) -> Value:
    """The share of time at least one of the parts does not work: condition on which of the zones are up."""
    zones = max(part.machine.certain.zones for part in parts)
    zone_down: Value = 0.0
    for part in parts:
        zone_down = larger(zone_down, _zone_down(part.machine))
    total: Value = 0.0
    for up in product((True, False), repeat=zones):
        chance: Value = 1.0
        working: Value = 0.0
        for is_up in up:
            chance = chance * (1.0 - zone_down if is_up else zone_down)
        for part in parts:
            working = working + logarithm_of_rest(_in_zones(part, up))
        total = total - chance * np.expm1(working)
    return total if varies(total) else float(total)


def _zone_down(machine: Machine) -> Value:
    return 0.0 if machine.zone_availability is None else 1.0 - machine.zone_availability


def _in_zones(part: Zoned, up: Sequence[bool]) -> Value:
    """The share of time a part does not work while the zones are as given."""
    machine, numbers = part.machine, part.machine.certain
    copies = numbers.instances * (1 + numbers.replicas)
    sizes = [copies // numbers.zones + (zone < copies % numbers.zones) for zone in range(numbers.zones)]
    alive = sum(size for size, is_up in zip(sizes, up, strict=False) if is_up)
    down = 0.0 if machine.availability is None else 1.0 - machine.availability
    lone = k_of_n(part.needed, alive, (1.0 - machine.common_cause) * down)
    both = logarithm_of_rest(machine.common_cause * down) + logarithm_of_rest(lone)
    shard: Value = -np.expm1(both)
    return repeated(shard if varies(shard) else float(shard), numbers.shards)
