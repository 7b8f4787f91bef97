"""How many instances a load needs. Loads and capacities in requests/s; counts are whole.

Source: utilisation law, Lazowska et al., Quantitative System Performance, 1984, chapter 3.
"""

import math

TARGET_UTILISATION = 0.7
"""The share of capacity a fleet should use at most: queueing delay grows steeply beyond it."""

_NOISE = 1e-9


def whole(quotient: float) -> int:
    """⌈quotient⌉, where a quotient within a billionth of a whole number is that number: 600.0000001/200 is 3."""
    nearest = round(quotient)
    if abs(quotient - nearest) <= _NOISE * max(1.0, abs(quotient)):
        return nearest
    return math.ceil(quotient)


def instances_needed(peak: float, capacity: float) -> int:
    """The bare minimum, ⌈peak ÷ capacity of one⌉, and at least one: 700 ÷ 200 → 4."""
    return max(1, whole(peak / capacity))


def instances_recommended(peak: float, capacity: float, zones: int = 1, target: float = TARGET_UTILISATION) -> int:
    """Enough to stay within ``target`` utilisation after losing one instance or, with zones, one whole zone.

    One zone: ⌈peak ÷ (capacity × target)⌉ + 1. With z zones: the same load carried by z − 1 of them, spread evenly.
    """
    surviving = instances_needed(peak, capacity * target)
    if zones <= 1:
        return surviving + 1
    return zones * instances_per_zone(surviving, zones)


def instances_per_zone(needed: int, zones: int) -> int:
    """How many each of ``zones`` ≥ 2 zones must hold so that ``needed`` survive the loss of one: ⌈n/(z − 1)⌉."""
    return whole(needed / (zones - 1))


def utilisation(load: float, capacity: float) -> float:
    """Load ÷ capacity; 1 is saturated."""
    return load / capacity
