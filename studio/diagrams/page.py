"""A text drawing as a page of cells, and the boxes and frames to be found on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from studio.diagrams.glyphs import DOWN, HORIZONTAL, LEFT, RIGHT, STEPS, UNICODE, UP, VERTICAL
from studio.diagrams.measure import clusters
from studio.diagrams.scene import Point, Rectangle

_ARMS = {glyph: arms for table in (UNICODE.lines, UNICODE.dashed) for arms, glyph in table.items()}
_ASCII_ARMS = {
    "-": HORIZONTAL,
    ".": HORIZONTAL,
    "=": HORIZONTAL,
    "<": HORIZONTAL,
    ">": HORIZONTAL,
    "|": VERTICAL,
    ":": VERTICAL,
    "v": VERTICAL,
    "^": VERTICAL,
}
_ARROWS = {"▲": UP, "▼": DOWN, "◄": LEFT, "►": RIGHT}
_ASCII_ARROWS = {"^": UP, "v": DOWN, "<": LEFT, ">": RIGHT}
_ASCII_DRAWN = frozenset(" +-=.|:<>")
"""What may stand beside an upright line of an ASCII drawing; anything else there makes it a letter of a text."""


@dataclass(slots=True)
class FoundBox:
    """A box on the page and the lines of text in it."""

    rectangle: Rectangle
    lines: tuple[str, ...]


@dataclass(slots=True)
class FoundFrame:
    """A frame on the page and its title."""

    rectangle: Rectangle
    title: str


@dataclass(slots=True)
class Page:
    """The cells of a drawing; outside of them everything is blank."""

    rows: list[list[str]]
    plain: bool
    """Whether the drawing is in ASCII."""
    boxes: list[FoundBox] = field(default_factory=list)
    frames: list[FoundFrame] = field(default_factory=list)
    borders: dict[Point, int] = field(default_factory=dict)
    """Cells on the border of a box: the index of the box."""
    corners: set[Point] = field(default_factory=set)
    framed: set[Point] = field(default_factory=set)
    """Cells on the border of a frame."""

    def at(self, point: Point) -> str:
        """The character of a cell; the second cell of a wide one is empty."""
        column, row = point
        inside = 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row])
        return self.rows[row][column] if inside else " "

    def arms(self, point: Point) -> int:
        """The ways in which a line leaves the cell; of a joint in ASCII those on which something answers."""
        glyph = self.at(point)
        if not self.plain:
            return _ARMS.get(glyph, 0)
        if glyph != "+":
            arms = _ASCII_ARMS.get(glyph, 0)
            return 0 if arms == VERTICAL and self._in_word(point) else arms
        return sum(way for way in STEPS if self._answers(neighbour(point, way), way))

    def _answers(self, point: Point, way: int) -> bool:
        if point in self.corners:
            return False
        glyph = self.at(point)
        if point in self.borders and glyph != "+":
            return False
        return glyph == "+" or bool(self.arms(point) & way)

    def _in_word(self, point: Point) -> bool:
        """Whether what stands beside the cell shows that it is a letter: «save», «/:code», «a | b».

        A text two cells to the left is one blank away: no line but its own comes so near, and that is left of it.
        """
        left = neighbour(point, LEFT)
        near = (self.at(left), self.at(neighbour(left, LEFT)), self.at(neighbour(point, RIGHT)))
        second = near[1] if near[0] == " " and near[1] not in _ASCII_ARROWS else " "
        return not _ASCII_DRAWN.issuperset((near[0], second, near[2]))

    def runs_on(self, point: Point, way: int) -> bool:
        """Whether a line runs up or down through the cell and further that way."""
        upright = self.at(point) in ("|", ":") and self.arms(point) == VERTICAL
        return upright and bool(self.arms(neighbour(point, way)) & VERTICAL)

    def arrow(self, point: Point) -> int:
        """The way an arrowhead in the cell points, or 0."""
        if not self.plain:
            return _ARROWS.get(self.at(point), 0)
        way = _ASCII_ARROWS.get(self.at(point), 0)
        return 0 if way & VERTICAL and self._in_word(point) else way

    def text(self, row: int, first: int, last: int) -> str:
        """What is written from one column to another."""
        return "".join(self.at((column, row)) for column in range(first, last + 1)).strip()


def neighbour(point: Point, way: int) -> Point:
    """The next cell that way."""
    across, down = STEPS[way]
    return point[0] + across, point[1] + down


def page_of(text: str) -> Page:
    """The page with the boxes and frames on it; it is in ASCII if not one box is drawn otherwise."""
    rows = [[cell for glyph, width in clusters(line) for cell in (glyph, "")[:width]] for line in text.split("\n")]
    page = Page(rows, plain=False)
    _find_things(page, "┌")
    if not page.boxes:
        page = Page(rows, plain=True)
        _find_things(page, "+")
    return page


def _find_things(page: Page, upper_left: str) -> None:
    corners = [(c, r) for r, line in enumerate(page.rows) for c, glyph in enumerate(line) if glyph == upper_left]
    framed = [corner for corner in corners if page.at((corner[0] + 1, corner[1])) in ("╌", "=")]
    for corner in framed:
        for rectangle in _rectangles(page, corner, _FRAME_SIDES[page.plain], titled=True):
            page.frames.append(FoundFrame(rectangle, _title(page, rectangle)))
            page.framed.update(border(rectangle))
            break
    for corner in corners:
        if corner not in page.framed:
            for rectangle in _rectangles(page, corner, _BOX_SIDES[page.plain], titled=False):
                if page.framed.isdisjoint(border(rectangle)) and not _goes_on(page, rectangle):
                    _add_box(page, rectangle)
                    break


def border(area: Rectangle) -> Iterator[Point]:
    """The cells round the inside of a rectangle."""
    for column in range(area.column, area.right + 1):
        yield column, area.row
        yield column, area.bottom
    for row in range(area.row + 1, area.bottom):
        yield area.column, row
        yield area.right, row


@dataclass(frozen=True, slots=True)
class _Sides:
    corners: str
    top: str
    bottom: str
    left: str
    right: str


_BOX_SIDES = {
    False: _Sides("┌┐└┘", "─┴", "─┬", "│┤", "│├"),
    True: _Sides("++++", "-+", "-+", "|", "|"),
}
_FRAME_SIDES = {
    False: _Sides("┌┐└┘", "╌┼", "╌┼", "╎┼", "╎┼"),
    True: _Sides("++++", "=+", "=+", "|+", "|+"),
}


def _rectangles(page: Page, corner: Point, sides: _Sides, *, titled: bool) -> Iterator[Rectangle]:
    """Rectangles with this upper left corner whose sides are drawn in full, narrow ones first."""
    column, row = corner
    if titled and page.at((column - 1, row)) in ("=", "╌"):
        return
    is_titled = False
    for right in range(column + 1, len(page.rows[row])):
        glyph = page.at((right, row))
        is_titled = is_titled or glyph == " "
        if glyph == sides.corners[1] and not (titled and page.at((right + 1, row)) == "="):
            if titled and not is_titled:  # the lower border of a frame right above another
                return
            yield from _closed(page, corner, right, sides)
        if not titled and glyph not in sides.top:
            return


def _goes_on(page: Page, area: Rectangle) -> bool:
    """Whether a line goes on beyond a corner: then the rectangle is made of lines, and no box."""
    ends = (area.column - 1, area.right + 1)
    beside = (page.at((column, row)) for column in ends for row in (area.row, area.bottom))
    beyond = [((column, area.row - 1), UP) for column in (area.column, area.right)]
    beyond += [((column, area.bottom + 1), DOWN) for column in (area.column, area.right)]
    return page.plain and (
        any(glyph in ("-", ".") for glyph in beside) or any(page.runs_on(point, way) for point, way in beyond)
    )


def _closed(page: Page, corner: Point, right: int, sides: _Sides) -> Iterator[Rectangle]:
    column, top = corner
    for bottom in range(top + 1, len(page.rows)):
        ends = page.at((column, bottom)) + page.at((right, bottom))
        if ends == sides.corners[2:]:
            between = (page.at((each, bottom)) for each in range(column + 1, right))
            if bottom > top + 1 and all(glyph and glyph in sides.bottom for glyph in between):
                yield Rectangle(column, top, right - column + 1, bottom - top + 1)
                return
        if not (page.at((column, bottom)) in [*sides.left] and page.at((right, bottom)) in [*sides.right]):
            return


def _add_box(page: Page, area: Rectangle) -> None:
    inside = range(area.row + 1, area.bottom)
    written = [page.text(row, area.column + 1, area.right - 1) for row in inside]
    page.borders.update(dict.fromkeys(border(area), len(page.boxes)))
    page.corners.update((c, r) for c in (area.column, area.right) for r in (area.row, area.bottom))
    page.boxes.append(FoundBox(area, tuple(line for line in written if line)))


def _title(page: Page, area: Rectangle) -> str:
    """What stands between the first and the last blank of the top border."""
    columns = [column for column in range(area.column, area.right) if page.at((column, area.row)) == " "]
    return page.text(area.row, columns[0], columns[-1]) if columns else ""
