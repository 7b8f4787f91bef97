"""A scene as text, and as cells that say whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from studio.diagrams.glyphs import CHARSETS, HORIZONTAL, VERTICAL, Charset, Glyphs
from studio.diagrams.measure import clusters, columns_of
from studio.diagrams.raster import LineCell, line_cells, way_from
from studio.diagrams.scene import Frame, PlacedBox, Point, Route, Scene

Role = Literal["blank", "frame", "frame-title", "box", "box-text", "edge", "arrow", "label"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of one row. A wide character has its glyph in the first of two cells, the second glyph is empty."""

    glyph: str = " "
    role: Role = "blank"
    owner: str = ""
    """The id of the box or link; of a frame, its path joined with «/»."""
    asynchronous: bool = False


_BLANK = Cell()


def render_text(scene: Scene, *, charset: Charset = "unicode") -> str:
    """The drawing, one line per row without trailing blanks, a line end after the last; empty for an empty scene."""
    rows = cells(scene, charset=charset)
    return "".join("".join(cell.glyph for cell in row).rstrip() + "\n" for row in rows)


def cells(scene: Scene, *, charset: Charset = "unicode") -> tuple[tuple[Cell, ...], ...]:
    """The rows of the drawing, each of `scene.width` cells. DrawingError when two lines run over each other."""
    paper = _Paper(scene, CHARSETS[charset])
    for frame in scene.frames:
        paper.draw_frame(frame)
    for box in scene.boxes.values():
        paper.draw_box(box)
    paper.draw_lines()
    for route in scene.routes.values():
        paper.draw_label(route)
    return tuple(map(tuple, paper.rows))


class _Paper:
    def __init__(self, scene: Scene, glyphs: Glyphs) -> None:
        self.scene, self.glyphs = scene, glyphs
        self.rows = [[_BLANK] * scene.width for _ in range(scene.height)]

    def put(self, column: int, row: int, cell: Cell) -> None:
        self.rows[row][column] = cell

    def write(self, column: int, row: int, text: str, role: Role, owner: str) -> None:
        for glyph, width in clusters(text):
            self.put(column, row, Cell(glyph, role, owner))
            if width == 2:
                self.put(column + 1, row, Cell("", role, owner))
            column += width

    def draw_frame(self, frame: Frame) -> None:
        owner = "/".join(frame.path)
        self._border(frame, self.glyphs.frame_corners, self.glyphs.frame_sides, "frame", owner)
        place, row = frame.title_column, frame.rectangle.row
        self.put(place - 1, row, Cell(" ", "frame-title", owner))
        self.write(place, row, frame.title, "frame-title", owner)
        self.put(place + columns_of(frame.title), row, Cell(" ", "frame-title", owner))

    def draw_box(self, box: PlacedBox) -> None:
        self._border(box, self.glyphs.box_corners, self.glyphs.box_sides, "box", box.id)
        inside = box.rectangle
        for row in range(inside.row + 1, inside.bottom):
            for column in range(inside.column + 1, inside.right):
                self.put(column, row, Cell(" ", "box-text", box.id))
        first = inside.row + (inside.height - len(box.lines)) // 2
        for index, line in enumerate(box.lines):
            column = inside.column + (inside.width - columns_of(line)) // 2
            self.write(column, first + index, line, "box-text", box.id)

    def _border(self, thing: Frame | PlacedBox, corners: str, sides: str, role: Role, owner: str) -> None:
        area = thing.rectangle
        for column in range(area.column, area.right + 1):
            for row in (area.row, area.bottom):
                self.put(column, row, Cell(sides[0], role, owner))
        for row in range(area.row, area.bottom + 1):
            for column in (area.column, area.right):
                self.put(column, row, Cell(sides[1], role, owner))
        places = [(column, row) for row in (area.row, area.bottom) for column in (area.column, area.right)]
        for (column, row), corner in zip(places, corners, strict=True):
            self.put(column, row, Cell(corner, role, owner))

    def draw_lines(self) -> None:
        heads = {route.points[-1]: route for route in self.scene.routes.values()}
        tails = {route.points[0]: route for route in self.scene.routes.values()}
        for point, line in line_cells(self.scene).items():
            column, row = point
            if point in heads:
                glyph = self.glyphs.arrows[way_from(*heads[point].points[-2:])]
                self.put(column, row, Cell(glyph, "arrow", line.links[0], line.asynchronous))
            elif point in tails:
                glyph = self.glyphs.tees[way_from(*tails[point].points[:2])]
                self.put(column, row, Cell(glyph, "box", tails[point].source))
            else:
                glyph = self._line(point, line)
                self.put(column, row, Cell(glyph, "edge", line.links[0], line.asynchronous))

    def _line(self, point: Point, line: LineCell) -> str:
        column, row = point
        arms = 0
        for each in line.arms.values():
            arms |= each
        if self.rows[row][column].role == "frame":
            arms |= HORIZONTAL | VERTICAL
        return self.glyphs.line(arms, asynchronous=line.asynchronous)

    def draw_label(self, route: Route) -> None:
        if route.label_at is None:
            return
        column, row = route.label_at
        inline = _on_a_row(route, row, column)
        for index, line in enumerate(route.label_lines):
            if inline:
                for end in (column - 1, column + columns_of(line)):
                    self.put(end, row, Cell(" ", "label", route.id))
            self.write(column, row + index, line, "label", route.id)


def _on_a_row(route: Route, row: int, column: int) -> bool:
    """Whether the label lies on a horizontal piece of the line."""
    return any(
        one[1] == other[1] == row and min(one[0], other[0]) < column < max(one[0], other[0])
        for one, other in pairwise(route.points)
    )
