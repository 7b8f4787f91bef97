"""A finished drawing: rectangles, frames and polylines on a grid of cells, all in integers.

Column 0 is the leftmost, row 0 the topmost cell. Text, SVG and the studio's canvas all draw the same scene.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Point = tuple[int, int]
"""A cell as (column, row)."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """Cells from an upper left corner; its border belongs to it."""

    column: int
    row: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The last column inside."""
        return self.column + self.width - 1

    @property
    def bottom(self) -> int:
        """The last row inside."""
        return self.row + self.height - 1

    def contains(self, point: Point) -> bool:
        """Whether a cell lies inside or on the border."""
        return self.column <= point[0] <= self.right and self.row <= point[1] <= self.bottom

    def overlaps(self, other: Rectangle) -> bool:
        """Whether the two have a cell in common."""
        across = self.column <= other.right and other.column <= self.right
        return across and self.row <= other.bottom and other.row <= self.bottom


@dataclass(frozen=True, slots=True)
class PlacedBox:
    """A box with its place and its lines of text, which are centred in it."""

    id: str
    kind: str
    rectangle: Rectangle
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """The dashed border round a group."""

    path: tuple[str, ...]
    title: str
    rectangle: Rectangle
    title_column: int
    """Where the title's first character stands, on the frame's top row."""


@dataclass(frozen=True, slots=True)
class Route:
    """The way of one link, from the cell on its source's border to the cell of its arrowhead."""

    id: str
    source: str
    target: str
    points: tuple[Point, ...]
    """Corners of the polyline, both ends included; neighbours share a column or a row."""
    net: int
    """Routes of one net may share cells: they have one source, or, unlabelled, one target in common."""
    label: str = ""
    label_lines: tuple[str, ...] = ()
    """The label as drawn, one line under the other; together they are the label."""
    label_at: Point | None = None
    """The cell of the first character of the first line."""
    asynchronous: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything drawn, in cells."""

    width: int = 0
    height: int = 0
    boxes: Mapping[str, PlacedBox] = field(default_factory=dict)
    frames: tuple[Frame, ...] = ()
    """Outer frames before inner ones."""
    routes: Mapping[str, Route] = field(default_factory=dict)

    def bounds(self, identifier: str) -> Rectangle:
        """The smallest rectangle round a box, or round a link's line and label. KeyError for an unknown id.

        Where a box and a link have the same id, the box is meant; `around` takes the link's route itself.
        """
        box = self.boxes.get(identifier)
        return box.rectangle if box else around(self.routes[identifier])


def around(route: Route) -> Rectangle:
    """The smallest rectangle round a line and its label."""
    from studio.diagrams.measure import columns_of

    points = list(route.points)
    if route.label_at:
        column, row = route.label_at
        points.append(route.label_at)
        for index, line in enumerate(route.label_lines):
            points.append((column + max(columns_of(line), 1) - 1, row + index))
    columns, rows = zip(*points, strict=True)
    left, top = min(columns), min(rows)
    return Rectangle(left, top, max(columns) - left + 1, max(rows) - top + 1)
