"""What components can carry and how full their busiest copies are, in all samples: as `studio.estimates.capacity`."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from studio.estimates.basis import Numbers
from studio.estimates.formulas.scaling import recommended_number, smallest_number
from studio.estimates.formulas.sizing import TARGET_UTILISATION
from studio.estimates.ranges.load import Rates, SampledLoad
from studio.estimates.ranges.sampled import Machine, Sampled
from studio.estimates.ranges.values import Value, larger, over, varies, whole


class Fullness(NamedTuple):
    """The load and room of one component; None where something is missing."""

    arriving: Rates | None
    per_copy: Value | None = None
    capacity: Value | None = None
    utilisation: Value | None = None
    needed: Value | None = None
    recommended: Value | None = None
    breaks_at: Value | None = None


def fullness_of(sampled: Sampled, load: SampledLoad, machine: Machine) -> Fullness:
    """How full one component is at the load asked for."""
    numbers = machine.certain
    arriving = _arriving(sampled, load, numbers.id)
    if arriving is None:
        is_plain = not numbers.replicas and numbers.shards == 1 and not numbers.is_client
        room = numbers.instances * machine.each if is_plain and machine.each is not None else None
        return Fullness(None, capacity=room)
    if not numbers.instances:
        return Fullness(arriving)
    busiest = per_copy(machine, arriving)
    if machine.capacity is None or machine.each is None or numbers.is_client:
        return Fullness(arriving, busiest)
    worth, full = numbers.instances * busiest / machine.capacity, busiest / machine.each
    return Fullness(
        arriving,
        busiest,
        _room(sampled, machine, machine.each, arriving),
        full,
        *_sizes(numbers, worth),
        _breaks_at(sampled, load, machine, full),
    )


def per_copy(machine: Machine, rates: Rates) -> Value:
    """Requests/s the busiest copy works on, replayed writes included."""
    primaries, copies = machine.certain.instances, machine.certain.instances * (1 + machine.certain.replicas)
    return machine.hottest_share * (rates.writes / primaries + rates.reads / copies)


def copies_needed(machine: Machine, full: Fullness) -> Value | None:
    """How many copies of one shard must work to carry the peak; None when unknown."""
    numbers = machine.certain
    copies = numbers.instances * (1 + numbers.replicas)
    if machine.each is None or full.arriving is None:
        return 1.0 if copies == 1 else None
    if not numbers.replicas:
        return full.needed if full.needed is not None else 1.0 if numbers.is_client else copies + 1.0
    left = machine.each - machine.hottest_share * full.arriving.writes / numbers.instances
    spread = larger(1.0, whole(over(machine.hottest_share * full.arriving.reads, left)))
    if varies(left):
        return np.where(left > 0, spread, copies + 1.0)
    return spread if left > 0 else copies + 1.0


def _arriving(sampled: Sampled, load: SampledLoad, name: str) -> Rates | None:
    users, made = load.of_peak.get(name, Rates()), load.generated.get(name, Rates())
    if name in sampled.working.load.unknown:
        return None
    if sampled.peak is None:
        certain = sampled.working.load.of_peak[name]
        return None if certain.total > 0 else made
    return users.times(sampled.peak).plus(made)


def _room(sampled: Sampled, machine: Machine, capacity: Value, arriving: Rates) -> Value:
    """Requests/s that fill the busiest copy, in the mix that arrives (the design's, when nothing does)."""
    numbers = machine.certain
    if not numbers.replicas and numbers.shards == 1:
        return numbers.instances * capacity
    mix = Rates(sampled.read_share, 1 - sampled.read_share)
    total = arriving.total
    if varies(total):
        mixed = capacity / per_copy(machine, mix)
        return np.where(total > 0, capacity * total / per_copy(machine, arriving), mixed)
    return capacity * total / per_copy(machine, arriving) if total > 0 else capacity / per_copy(machine, mix)


def _sizes(numbers: Numbers, worth: Value) -> tuple[Value, Value]:
    """Instances needed and recommended for a load in capacities of one alone; infinite where no number carries it."""
    if not (numbers.contention or numbers.coherence):
        return larger(1.0, whole(worth)), _recommended(worth, numbers.zones)
    sharing = (numbers.contention, numbers.coherence)

    def needed(load: float) -> float:
        return smallest_number(load, *sharing) or np.inf

    def recommended(load: float) -> float:
        return recommended_number(load, *sharing, zones=numbers.zones) or np.inf

    return _each_load(needed, worth), _each_load(recommended, worth)


def _each_load(number: Callable[[float], float], worth: Value) -> Value:
    return np.array([number(load) for load in worth.tolist()]) if isinstance(worth, np.ndarray) else number(worth)


def _recommended(worth: Value, zones: int) -> Value:
    """Enough for ``worth`` instances' load within the target utilisation after losing one, or a whole zone."""
    surviving = larger(1.0, whole(worth / TARGET_UTILISATION))
    return surviving + 1 if zones <= 1 else zones * whole(surviving / (zones - 1))


def _breaks_at(sampled: Sampled, load: SampledLoad, machine: Machine, full: Value) -> Value | None:
    """The multiple of today's peak at which the busiest copy is full; None when users cause none of its load."""
    name, capacity = machine.certain.id, machine.each
    if sampled.peak is None or capacity is None or (not varies(full) and full <= 0):
        return None
    if name not in load.generated:
        return over(sampled.basis.load, full)
    today = sampled.peak / sampled.basis.load
    caused = per_copy(machine, load.of_peak.get(name, Rates()).times(today)) / capacity
    if not varies(caused) and caused <= 0:
        return None
    made = per_copy(machine, load.generated.get(name, Rates())) / capacity
    return larger(0.0, over(1.0 - made, caused))
