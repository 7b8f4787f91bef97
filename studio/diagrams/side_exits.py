"""Step 12, side exits: a line to a place beyond its box leaves by the side, which spares a bend and often a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from studio.diagrams.measure import columns_of
from studio.diagrams.raster import steps
from studio.diagrams.scene import Frame, PlacedBox, Point, Rectangle, Route

_CORNERS = 4
"""Points of a line that leaves below, runs along one track, and goes on downwards."""


class _Way(NamedTuple):
    level: tuple[Point, ...]
    """From the box outwards."""
    upright: tuple[Point, ...]
    """Down to the old track, without its end."""


def with_side_exits(boxes: Mapping[str, PlacedBox], frames: Sequence[Frame], routes: Sequence[Route]) -> list[Route]:
    """The routes, the outermost line on each side of a box leaving by that side where nothing is in its way.

    Before: routes run from top to bottom, as assembled. After: a changed route has one bend fewer, ends as before,
    shares no cell with anything and keeps a blank from lines and boxes, two columns from labels. Where lines would
    leave on both sides but something is in the way of one, both stay: the box keeps its balance.
    """
    found = {route.id: route for route in routes}
    nets = Counter(route.net for route in routes)
    leaving: dict[str, list[Route]] = {}
    for route in routes:
        if _bends_below(route, boxes[route.source].rectangle):
            leaving.setdefault(route.source, []).append(route)
    taken = _Taken(boxes.values(), routes) if leaving else None
    for source, below in leaving.items():
        changes = list(_changes(boxes[source], below))
        ways = [_new_cells(changed, old) for changed, old in changes]
        if taken and all(
            nets[old.net] == 1 and taken.is_free(way, old) and not any(_meets(frame.rectangle, way) for frame in frames)
            for way, (_, old) in zip(ways, changes, strict=True)
        ):
            for changed, old in changes:
                found[old.id] = changed
                taken.replace(old, changed)
    return list(found.values())


class _Taken:
    """Whose each cell is: those of boxes, of lines, and of labels with two more at their ends."""

    def __init__(self, boxes: Iterable[PlacedBox], routes: Iterable[Route]) -> None:
        self.owners: dict[Point, set[tuple[str, str]]] = {}
        for box in boxes:
            self._add(("box", box.id), _cells(box.rectangle))
        for route in routes:
            self._add(("link", route.id), (*_line(route), *_label(route)))

    def _add(self, owner: tuple[str, str], cells: Iterable[Point]) -> None:
        for cell in cells:
            self.owners.setdefault(cell, set()).add(owner)

    def replace(self, old: Route, new: Route) -> None:
        for cell in _line(old):
            self.owners[cell].discard(("link", old.id))
        self._add(("link", new.id), (*_line(new), *_label(new)))

    def is_free(self, way: _Way, old: Route) -> bool:
        """Whether the cells of the way and those around belong to nothing but the link and its source."""
        own = {("link", old.id), ("box", old.source)}
        return all(
            self.owners.get((column + across, row + down), own) <= own
            for column, row in (*way.level, *way.upright)
            for across in (-1, 0, 1)
            for down in (-1, 0, 1)
        )


def _changes(box: PlacedBox, leaving: Sequence[Route]) -> Iterator[tuple[Route, Route]]:
    """For each side that a line should leave by: the route as it would be, and as it is."""
    for side in (min, max):
        outermost = side(leaving, key=lambda route: route.points[2][0])
        is_left = outermost.points[2][0] < box.rectangle.column
        changed = _by_the_side(outermost, box.rectangle) if is_left == (side is min) else None
        if changed:
            yield changed, outermost


def _bends_below(route: Route, box: Rectangle) -> bool:
    return len(route.points) >= _CORNERS and route.points[0][1] == box.bottom and route.source != route.target


def _by_the_side(route: Route, box: Rectangle) -> Route | None:
    """The route from the middle of the side that looks to its first track's end; None when that end is too near."""
    column, row = route.points[2][0], (box.row + box.bottom) // 2
    if route.label_at and route.label_at[1] < route.points[2][1]:
        return None
    if column >= box.right + 2:
        border = box.right
    elif column <= box.column - 2:
        border = box.column
    else:
        return None
    return replace(route, points=((border, row), (column, row), *route.points[3:]))


def _new_cells(route: Route, old: Route) -> _Way:
    """The cells from the box to the end of the old track, but for that end."""
    (border, row), (column, _), *_ = route.points
    step = 1 if column > border else -1
    level = tuple((place, row) for place in range(border + step, column + step, step))
    return _Way(level, tuple((column, place) for place in range(row + 1, old.points[2][1])))


def _meets(frame: Rectangle, way: _Way) -> bool:
    """Whether the way crosses an upright border, runs along a lying one, or crosses that near its corner."""
    columns, row = sorted(column for column, _ in way.level), way.level[0][1]
    low, high = columns[0] - 1, columns[-1] + 1
    rows = {row, *(place for _, place in way.upright)}
    for border in (frame.column, frame.right):
        if low <= border <= high and any(frame.row <= place <= frame.bottom for place in rows):
            return True
    return row in (frame.row, frame.bottom) and low <= frame.right and high >= frame.column


def _cells(area: Rectangle) -> Iterator[Point]:
    return ((c, r) for c in range(area.column, area.right + 1) for r in range(area.row, area.bottom + 1))


def _line(route: Route) -> Iterator[Point]:
    return (point for point, _ in steps(route))


def _label(route: Route) -> Iterator[Point]:
    """The cells of a label, with two more at the ends of its lines."""
    if route.label_at:
        column, row = route.label_at
        width = max(map(columns_of, route.label_lines))
        for place in range(row, row + len(route.label_lines)):
            yield from ((c, place) for c in range(column - 2, column + width + 2))


def rows_left_empty(
    boxes: Iterable[PlacedBox], frames: Iterable[Frame], before: Iterable[Route], routes: Sequence[Route]
) -> list[int]:
    """The rows in which a line of `before` lay, and that nothing but upright lines and borders passes now."""
    held = set(_rows_of_bends(routes))
    held.update(end[1] for route in routes for end in (route.points[0], route.points[-1]))
    held.update(row for route in routes for _, row in _label(route))
    held.update(row for box in boxes for row in range(box.rectangle.row, box.rectangle.bottom + 1))
    held.update(row for frame in frames for row in (frame.rectangle.row, frame.rectangle.bottom))
    return sorted(_rows_of_bends(before) - held)


def _rows_of_bends(routes: Iterable[Route]) -> set[int]:
    return {row for route in routes for _, row in route.points[1:-1]}
