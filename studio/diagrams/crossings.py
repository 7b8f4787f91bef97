"""How many strands cross, counted with an accumulator tree (Barth, Jünger and Mutzel 2002)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def crossings_between(ends: Iterable[tuple[int, int]], width: int) -> int:
    """Crossings of straight lines between two rows: (upper place, lower place) each, lower places below `width`."""
    first = 1
    while first < width:
        first *= 2
    tree = [0] * (2 * first)
    crossings = 0
    for _, place in sorted(ends):
        index = place + first
        tree[index] += 1
        while index > 1:
            if index % 2 == 0:
                crossings += tree[index + 1]
            index //= 2
            tree[index] += 1
    return crossings


def crossings_of_neighbours(left: Sequence[int], right: Sequence[int]) -> int:
    """Crossings among the lines of two neighbours, given the sorted places at which their lines end."""
    crossings = index = 0
    for place in left:
        while index < len(right) and right[index] < place:
            index += 1
        crossings += index
    return crossings
