"""Titles of frames: on the top border, where no line crosses it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from studio.diagrams.assemble import Plan
from studio.diagrams.measure import columns_of
from studio.diagrams.scene import Frame, Route
from studio.diagrams.weave import Path

_INSET = 3


@dataclass(slots=True)
class Wishes:
    """What the layout must grant so that every title finds a place."""

    right_of_title: list[tuple[Path, int]] = field(default_factory=list)
    """(frame, item): the item's lines enter the frame right of where its title may stand."""
    lead: dict[int, int] = field(default_factory=dict)
    """Layers before which more cells are needed."""

    def __bool__(self) -> bool:
        return bool(self.right_of_title or self.lead)


def wishes_of(plan: Plan, frames: Sequence[Frame], routes: Sequence[Route], *, every: bool = False) -> Wishes:
    """What to ask for the frames whose title has no free place now, or for all frames."""
    wishes = Wishes()
    lacking = [frame for frame in frames if title_column(frame, routes) is None]
    for frame in frames if every and lacking else lacking:
        first = plan.weave.spans[frame.path][0]
        if plan.style.downwards:
            wishes.right_of_title += [(frame.path, item) for item in _inside(plan, frame.path, first)]
        else:
            room = columns_of(frame.title) + 2 * _INSET
            wishes.lead[first] = max(wishes.lead.get(first, 0), room)
    return wishes


def _inside(plan: Plan, path: Path, layer: int) -> list[int]:
    items = plan.weave.items
    return [item for item in plan.weave.layers[layer] if items[item].path[: len(path)] == path]


def titled(frame: Frame, routes: Sequence[Route]) -> Frame:
    """The frame with its title where no line crosses it, at the left if there is a choice."""
    column = title_column(frame, routes)
    return frame if column is None else replace(frame, title_column=column)


def title_column(frame: Frame, routes: Sequence[Route]) -> int | None:
    """The leftmost free place for the title, with a blank and a dash or two at each end, or None."""
    left, right, row = frame.rectangle.column, frame.rectangle.right, frame.rectangle.row
    width = columns_of(frame.title)
    crossed = _crossings(routes, row)
    for column in range(left + _INSET, right - _INSET - width + 2):
        if crossed.isdisjoint(range(column - 3, column + width + 2)):
            return column
    return None


def _crossings(routes: Sequence[Route], row: int) -> set[int]:
    columns: set[int] = set()
    for route in routes:
        for one, other in pairwise(route.points):
            low, high = sorted((one[1], other[1]))
            if one[0] == other[0] and low <= row <= high:
                columns.add(one[0])
    return columns
