"""Step 8½, balance: a box above two of its own stands in the middle where that costs no bend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from studio.diagrams.settle import Constraint, Pull, Search
from studio.diagrams.shapes import Shape
from studio.diagrams.style import GRAIN
from studio.diagrams.weave import Weave

_EFFORT = 100_000
_SIDE_EXIT = 2
"""Columns from a box's border to the nearest line that may leave by its side."""


def balanced(
    weave: Weave,
    shapes: Sequence[Shape],
    x: Sequence[int],
    constraints: Sequence[Constraint],
    pulls: Sequence[Pull],
    fixed: frozenset[int],
) -> list[int]:
    """The positions with fans made symmetrical where there is room; no straight line but those of the fan gets a bend.

    Elsewhere one line goes straight on, which spares a bend and keeps the main path straight.
    Before: pull number i belongs to strand i, further pulls may follow. After: all constraints still hold.
    """
    search = Search(x, constraints, pulls, fixed, GRAIN, _EFFORT)
    entries = Counter(strand.lower for strand in weave.strands)
    fans: dict[int, list[int]] = {}
    for number, strand in enumerate(weave.strands):
        fans.setdefault(strand.upper, []).append(number)
    for item, fan in fans.items():
        lone = all(entries[weave.strands[number].lower] == 1 for number in fan)
        if len(fan) == 2 and lone and weave.items[item].box is not None and search.effort > 0:
            _centre(search, item, shapes[item], [pulls[number] for number in fan])
    return search.x


def _centre(search: Search, item: int, shape: Shape, fan: Sequence[Pull]) -> None:
    """Put the box in the middle of the lower ends of its fan, if these are far enough for side exits."""
    centre = search.x[item] + shape.shift + shape.across // 2
    left, right = sorted(search.x[pull.other] + pull.other_offset - centre for pull in fan)
    middle = (left + right) // 2
    shift = middle - middle % GRAIN
    loose = frozenset(pull.other for pull in fan)
    if shift and len(loose) == len(fan) and right - middle >= shape.across // 2 + _SIDE_EXIT:
        search.shift_with_neighbours(item, shift, loose)
