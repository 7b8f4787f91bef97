"""What components can carry and how full their busiest copies are, in all samples: as `studio.estimates.capacity`.

Values are those of a stack: a row for each component.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from studio.estimates.formulas.scaling import efficiency, recommended_number, smallest_number
from studio.estimates.formulas.sizing import TARGET_UTILISATION
from studio.estimates.numbers import Numbers
from studio.estimates.ranges.load import Rates
from studio.estimates.ranges.sampled import Machine, Sampled
from studio.estimates.ranges.stacks import Arriving
from studio.estimates.ranges.values import Value, is_sampled, larger, over, varies, whole


class Fullness(NamedTuple):
    """The load and room of components; None where something is missing."""

    arriving: Rates | None
    per_copy: Value | None = None
    capacity: Value | None = None
    utilisation: Value | None = None
    needed: Value | None = None
    breaks_at: Value | None = None


def fullness_of(sampled: Sampled, machine: Machine, load: Arriving) -> Fullness:
    """How full components are at the load asked for."""
    numbers = machine.certain
    arriving = _arriving(sampled, load)
    if arriving is None:
        is_plain = not numbers.replicas and numbers.shards == 1 and not numbers.is_client
        room = numbers.instances * machine.each if is_plain and machine.each is not None else None
        return Fullness(None, capacity=room)
    if not numbers.instances:
        return Fullness(arriving)
    busiest = per_copy(machine, arriving)
    if machine.capacity is None or machine.each is None or numbers.is_client:
        return Fullness(arriving, busiest)
    full = busiest / machine.each
    return Fullness(
        arriving,
        busiest,
        _room(sampled, machine, machine.each, arriving),
        full,
        needed(numbers, full),
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


def _arriving(sampled: Sampled, load: Arriving) -> Rates | None:
    made = load.made or Rates()
    if not load.is_known:
        return None
    return made if sampled.peak is None else load.users.times(sampled.peak).plus(made)


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


def needed(numbers: Numbers, full: Value) -> Value:
    """Instances needed where the busiest copy is ``full``; infinite where no number of them carries the load."""
    worth = _worth(numbers, full)
    if not (numbers.contention or numbers.coherence):
        return larger(1.0, whole(worth))

    def number(load: float) -> float:
        return smallest_number(load, numbers.contention, numbers.coherence) or np.inf

    return _each_load(number, worth)


def recommended(numbers: Numbers, full: Value) -> Value:
    """Enough to stay within the target utilisation after losing one, or a whole zone."""
    worth = _worth(numbers, full)
    if not (numbers.contention or numbers.coherence):
        surviving = larger(1.0, whole(worth / TARGET_UTILISATION))
        return surviving + 1 if numbers.zones <= 1 else numbers.zones * whole(surviving / (numbers.zones - 1))

    def number(load: float) -> float:
        sizes = recommended_number(load, numbers.contention, numbers.coherence, zones=numbers.zones)
        return sizes or np.inf

    return _each_load(number, worth)


def _worth(numbers: Numbers, full: Value) -> Value:
    """The load in capacities of one instance alone."""
    kept = efficiency(numbers.instances, numbers.contention, numbers.coherence) or 1.0
    return numbers.instances * kept * full


def _each_load(number: Callable[[float], float], worth: Value) -> Value:
    if not isinstance(worth, np.ndarray):
        return number(worth)
    return np.array([number(load) for load in worth.ravel().tolist()]).reshape(worth.shape)


def _breaks_at(sampled: Sampled, load: Arriving, machine: Machine, full: Value) -> Value | None:
    """The multiple of today's peak at which the busiest copy is full; infinite when users cause none of its load."""
    capacity = machine.each
    if sampled.peak is None or capacity is None:
        return None
    if load.made is None:
        return over(sampled.basis.load, full)
    today = sampled.peak / sampled.basis.load
    caused = per_copy(machine, load.users.times(today)) / capacity
    made = per_copy(machine, load.made) / capacity
    found = larger(0.0, over(1.0 - made, caused))
    return np.where(caused > 0, found, np.inf) if varies(caused) and not is_sampled(caused) else found
