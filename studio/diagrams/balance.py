"""Step 8½, balance: a box above or below an even number of others stands in the middle of them."""

from __future__ import annotations

from collections.abc import Sequence

from studio.diagrams.settle import Constraint, Pull, Search
from studio.diagrams.style import GRAIN
from studio.diagrams.weave import Weave

_EFFORT = 100_000


def balanced(
    weave: Weave,
    x: Sequence[int],
    constraints: Sequence[Constraint],
    pulls: Sequence[Pull],
    fixed: frozenset[int],
) -> list[int]:
    """The positions with fans made symmetrical where there is room; no straight line but those of the fan gets a bend.

    Before: pull number i belongs to strand i, further pulls may follow. After: all constraints still hold.
    """
    search = Search(x, constraints, pulls, fixed, GRAIN, _EFFORT)
    below: dict[int, list[int]] = {}
    above: dict[int, list[int]] = {}
    for number, strand in enumerate(weave.strands):
        below.setdefault(strand.upper, []).append(number)
        above.setdefault(strand.lower, []).append(number)
    for item in range(len(weave.items)):
        for fan in (below.get(item, []), above.get(item, [])):
            if len(fan) % 2 == 0 and fan and search.effort > 0:
                _centre(search, item, [pulls[number] for number in fan])
    return search.x


def _centre(search: Search, item: int, fan: Sequence[Pull]) -> None:
    ahead = sorted(
        (search.x[pull.other] + pull.other_offset - search.x[pull.one] - pull.one_offset)
        * (1 if pull.one == item else -1)
        for pull in fan
    )
    shift = (ahead[len(fan) // 2 - 1] + ahead[len(fan) // 2]) // 2
    shift -= shift % GRAIN
    loose = frozenset(pull.other if pull.one == item else pull.one for pull in fan)
    if shift and len(loose) == len(fan):
        search.shift_with_neighbours(item, shift, loose)
