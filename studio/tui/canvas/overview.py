"""A small map of a large drawing: each box a mark, what is in view a frame, what is selected a mark of its own."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from studio.diagrams.glyphs import Charset
from studio.diagrams.scene import Point, Rectangle, Scene
from studio.model.address import Address
from studio.tui.canvas.ghosts import Overlay, Paint
from studio.tui.canvas.where import bounds_of, is_drawn, middle

WIDEST: Final = 26
HIGHEST: Final = 10
"""Columns and rows of the map at most, its border not counted."""


class _Glyphs(NamedTuple):
    box: str
    marked: str
    selected: str
    corners: str
    across: str
    down: str


_GLYPHS: Final[Mapping[Charset, _Glyphs]] = {
    "unicode": _Glyphs("▪", "■", "◆", "┌┐└┘", "─", "│"),
    "ascii": _Glyphs("o", "@", "#", "++++", "-", "|"),
}


class OverviewMap(NamedTuple):
    """A map: cells of its own, the border included, and how many cells of the drawing one of them stands for."""

    width: int
    height: int
    across: int
    """Columns of the drawing to a column of the map."""
    down: int
    """Rows of the drawing to a row of the map."""
    painted: Overlay

    def place(self, at: Point) -> Point:
        """The cell of the drawing in the middle of what a cell of the map stands for."""
        return max(at[0] - 1, 0) * self.across + self.across // 2, max(at[1] - 1, 0) * self.down + self.down // 2

    def row(self, row: int) -> Iterator[Paint]:
        """One row of it from left to right."""
        blank = Paint(" ", "")
        return (self.painted.get((column, row), blank) for column in range(self.width))


def overview(
    scene: Scene,
    seen: Rectangle,
    selection: Address | None,
    marked: tuple[str, ...] = (),
    charset: Charset = "unicode",
) -> OverviewMap | None:
    """The map of a drawing that `seen` (its columns and rows in view) does not hold; None where nothing is hidden."""
    if not scene.boxes or (scene.width <= seen.width and scene.height <= seen.height):
        return None
    across, down = max(-(-scene.width // WIDEST), 1), max(-(-scene.height // HIGHEST), 1)
    width, height = -(-scene.width // across) + 2, -(-scene.height // down) + 2
    glyphs = _GLYPHS[charset]
    painted: Overlay = {}
    _border(painted, Rectangle(0, 0, width, height), glyphs, "frame")
    found = OverviewMap(width, height, across, down, painted)
    _border(painted, _in_map(found, seen), glyphs, "accent")
    for id_, box in scene.boxes.items():
        painted[_cell(found, middle(box.rectangle))] = Paint(glyphs.box, "box")
        if id_ in marked:
            painted[_cell(found, middle(box.rectangle))] = Paint(glyphs.marked, "selected")
    if selection is not None and is_drawn(scene, selection):
        painted[_cell(found, middle(bounds_of(scene, selection)))] = Paint(glyphs.selected, "selected")
    return found


def _cell(found: OverviewMap, point: Point) -> Point:
    column, row = point[0] // found.across + 1, point[1] // found.down + 1
    return min(max(column, 1), found.width - 2), min(max(row, 1), found.height - 2)


def _in_map(found: OverviewMap, seen: Rectangle) -> Rectangle:
    left, top = _cell(found, (seen.column, seen.row))
    right, bottom = _cell(found, (seen.right, seen.bottom))
    return Rectangle(left, top, right - left + 1, bottom - top + 1)


def _border(painted: Overlay, at: Rectangle, glyphs: _Glyphs, role: str) -> None:
    for column in range(at.column, at.right + 1):
        for row in (at.row, at.bottom):
            painted[column, row] = Paint(glyphs.across, role)
    for row in range(at.row, at.bottom + 1):
        for column in (at.column, at.right):
            painted[column, row] = Paint(glyphs.down, role)
    places = ((at.column, at.row), (at.right, at.row), (at.column, at.bottom), (at.right, at.bottom))
    for place, glyph in zip(places, glyphs.corners, strict=True):
        painted[place] = Paint(glyph, role)
