"""Step 12, raster: for every cell the arms of the lines in it, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from studio.diagrams.glyphs import DOWN, HORIZONTAL, LEFT, OPPOSITE, RIGHT, UP, VERTICAL
from studio.diagrams.scene import Point, Route, Scene


class DrawingError(AssertionError):
    """Two lines run over each other: a mistake of the layout, never of the person."""


@dataclass(slots=True)
class LineCell:
    """What the lines do in one cell: arms by net, and the links to which they belong."""

    arms: dict[int, int] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    asynchronous: bool = False


def line_cells(scene: Scene) -> dict[Point, LineCell]:
    """All cells of lines, from the one on the source's border to the arrowhead.

    After: two nets meet in a cell only crossing straight, one across the other; otherwise DrawingError.
    """
    cells: dict[Point, LineCell] = {}
    for route in scene.routes.values():
        for point, arms in steps(route):
            cell = cells.setdefault(point, LineCell())
            cell.arms[route.net] = cell.arms.get(route.net, 0) | arms
            cell.links.append(route.id)
            cell.asynchronous = route.asynchronous
    for point, cell in cells.items():
        if len(cell.arms) > 1 and sorted(cell.arms.values()) != [VERTICAL, HORIZONTAL]:
            raise DrawingError(f"lines {', '.join(cell.links)} run over each other at {point}")
    return cells


def steps(route: Route) -> Iterator[tuple[Point, int]]:
    """Every cell of a route with its arms; the first has one arm out, the last one arm back."""
    points = [route.points[0]]
    ways: list[int] = []
    for goal in route.points[1:]:
        way = way_from(points[-1], goal)
        for point in _between(points[-1], goal):
            points.append(point)
            ways.append(way)
    for index, point in enumerate(points):
        before = OPPOSITE[ways[index - 1]] if index else 0
        yield point, before | (ways[index] if index < len(ways) else 0)


def way_from(one: Point, other: Point) -> int:
    """The way from a cell to another in its row or column."""
    if one[0] == other[0]:
        return DOWN if other[1] > one[1] else UP
    return RIGHT if other[0] > one[0] else LEFT


def _between(one: Point, other: Point) -> Iterator[Point]:
    """The cells after the one up to the other."""
    across = (other[0] > one[0]) - (other[0] < one[0])
    down = (other[1] > one[1]) - (other[1] < one[1])
    for step in range(1, abs(other[0] - one[0]) + abs(other[1] - one[1]) + 1):
        yield one[0] + across * step, one[1] + down * step
