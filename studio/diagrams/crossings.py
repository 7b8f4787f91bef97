"""How many strands cross."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence


def crossings_between(ends: Iterable[tuple[int, int]]) -> int:
    """Crossings of straight lines between two rows: (upper place, lower place) each.

    Every line crosses those before it that end further right. Keeping the ends seen so far sorted in one flat list
    beats the accumulator tree of Barth, Jünger and Mutzel (2002) up to thousands of lines.
    """
    seen: list[int] = []
    crossings = 0
    for count, (_, place) in enumerate(sorted(ends)):
        index = bisect_right(seen, place)
        crossings += count - index
        seen.insert(index, place)
    return crossings


def crossings_of_neighbours(left: Sequence[int], right: Sequence[int]) -> int:
    """Crossings among the lines of two neighbours, given the sorted places at which their lines end."""
    crossings = index = 0
    for place in left:
        while index < len(right) and right[index] < place:
            index += 1
        crossings += index
    return crossings
