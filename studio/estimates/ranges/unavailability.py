"""How often components work, in all samples: k of n copies, k from the load; as `formulas.availability`."""

import math

import numpy as np
from numpy.typing import NDArray

from studio.estimates.formulas.availability import (
    common_cause_unavailability,
    repeated_unavailability,
    zoned_unavailability,
)
from studio.estimates.ranges.fullness import Fullness, copies_needed
from studio.estimates.ranges.sampled import Machine, Sampled
from studio.estimates.ranges.values import Array, Value, varies

_EXACT = 1000
"""Copies up to which the binomial law is summed where they vary; beyond, the chance of a copy is its median's."""


def component_unavailability(sampled: Sampled, machine: Machine, full: Fullness) -> Value | None:
    """The share of time a component does not work; None when unknown."""
    numbers = machine.certain
    if numbers.id in sampled.basis.down or numbers.id in sampled.working.collapsed:
        return 1.0
    if numbers.is_client:
        return 0.0
    if machine.availability is None:
        return None
    if numbers.managed:
        return 1.0 - machine.availability
    needed = copies_needed(machine, full)
    if needed is None:
        return None
    return _copies(machine, whole_need(machine, needed))


def repeated(unavailability: Value, times: int) -> Value:
    """1 − (1 − u)ⁿ: down when any of ``times`` equal parts is."""
    if times == 1:
        return unavailability
    found: Value = -np.expm1(times * np.log1p(-unavailability))
    return found if varies(unavailability) else float(found)


def whole_need(machine: Machine, needed: Value) -> int | NDArray[np.intp]:
    """How many copies must work as whole numbers; one more than there are is never enough."""
    most = machine.certain.instances * (1 + machine.certain.replicas) + 1.0
    if isinstance(needed, np.ndarray):
        return np.clip(np.nan_to_num(needed, nan=most), 0.0, most).astype(np.intp)
    return int(min(needed, most))


def _copies(machine: Machine, needed: int | NDArray[np.intp]) -> Value:
    """k of n over the copies of each shard, all shards needed; zones by conditioning where they are known."""
    numbers, copies = machine.certain, machine.certain.instances * (1 + machine.certain.replicas)
    availability = 1.0 if machine.availability is None else machine.availability
    down, common, zone = 1.0 - availability, machine.common_cause, machine.zone_availability
    zones = numbers.zones if zone is not None else 1
    zone_down = 0.0 if zone is None else 1.0 - zone
    if (
        not isinstance(down, np.ndarray)
        and not isinstance(common, np.ndarray)
        and not isinstance(zone_down, np.ndarray)
    ):
        return _certain(needed, (copies, down, zones, zone_down, common), numbers.shards)
    total: Value = 0.0
    for alive, chance in alive_chances(copies, zones, zone_down).items():
        own = k_of_n(needed, alive, (1.0 - common) * down)
        shard: Value = -np.expm1(np.log1p(-common * down) + np.log1p(-own))
        total = total + chance * repeated(shard, numbers.shards)
    return total


def _certain(needed: int | NDArray[np.intp], law: tuple[int, float, int, float, float], shards: int = 1) -> Value:
    """The engine's own figure, once for each number of copies that must work."""
    copies, down, zones, zone_down, common = law

    def one(count: int) -> float:
        if zones > 1:
            return zoned_unavailability(count, copies, down, zones, zone_down, common, shards)
        return repeated_unavailability(common_cause_unavailability(count, copies, down, common), shards)

    if not isinstance(needed, np.ndarray):
        return one(needed)
    table = np.zeros(int(needed.max()) + 1)
    for count in np.flatnonzero(np.bincount(needed.ravel())):
        table[count] = one(int(count))
    return table[needed]


def alive_chances(copies: int, zones: int, zone_down: Value) -> dict[int, Value]:
    """The chance that so many copies stand in zones that work, spread evenly over zones that fail as a whole."""
    if zones <= 1:
        return {copies: 1.0}
    chances: dict[int, Value] = {0: 1.0}
    for zone in range(zones):
        size = copies // zones + (1 if zone < copies % zones else 0)
        grown: dict[int, Value] = {}
        for alive, chance in chances.items():
            grown[alive] = grown.get(alive, 0.0) + chance * zone_down
            grown[alive + size] = grown.get(alive + size, 0.0) + chance * (1.0 - zone_down)
        chances = grown
    return dict(sorted(chances.items()))


def k_of_n(needed: int | NDArray[np.intp], copies: int, unavailability: Value) -> Value:
    """The chance that fewer than ``needed`` of ``copies`` copies work, sample by sample."""
    if not isinstance(unavailability, np.ndarray):
        return _certain(needed, (copies, unavailability, 1, 0.0, 0.0))
    if copies > _EXACT:
        return _certain(needed, (copies, float(np.median(unavailability)), 1, 0.0, 0.0))
    if not isinstance(needed, np.ndarray):
        if needed <= 0 or needed > copies:
            return 0.0 if needed <= 0 else 1.0
        return _binomial_tail(needed, copies, unavailability)
    return _by_need(needed, copies, unavailability)


def _by_need(needed: NDArray[np.intp], copies: int, unavailability: Array) -> Array:
    present = np.flatnonzero(np.bincount(needed.ravel()))
    if len(present) == 1:
        return np.broadcast_to(k_of_n(int(present[0]), copies, unavailability), unavailability.shape).copy()
    most = min(int(present[-1]), copies)
    works, fails = _logarithms(unavailability)
    i = max(0, most - 1)
    chance, fewer = np.exp(_ways(copies, i) + i * works + (copies - i) * fails), np.exp(fails - works)
    total = chance * (needed > i)
    for i in range(most - 1, 0, -1):
        chance *= fewer * (i / (copies - i + 1))
        total += chance * (needed >= i)
    found = np.where((unavailability <= 0) | (unavailability >= 1), unavailability, np.minimum(total, 1.0))
    return np.where(needed > copies, 1.0, found)


def _logarithms(unavailability: Array) -> tuple[Array, Array]:
    inside = np.clip(unavailability, 1e-300, 1.0 - 1e-16)
    return np.log1p(-inside), np.log(inside)


def _ways(copies: int, working: int) -> float:
    return math.log(math.comb(copies, working))


def _binomial_tail(needed: int, copies: int, unavailability: Array) -> Array:
    """Summed from the likeliest term down, until nothing is added."""
    works, fails = _logarithms(unavailability)
    total = np.zeros_like(unavailability)
    for i in range(needed - 1, -1, -1):
        chance = np.exp(_ways(copies, i) + i * works + (copies - i) * fails)
        total += chance
        if (chance <= total * 1e-17).all():
            break
    certain = (unavailability <= 0) | (unavailability >= 1)
    return np.where(certain, unavailability, np.minimum(total, 1.0))
