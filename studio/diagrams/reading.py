"""The proof: a finished text drawing read back, without knowing what was to be drawn.

A reader starts at every tee on a box, follows the line (straight over crossings, both ways at a join) and notes
each arrowhead that it reaches. What it finds is what a person can find.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from studio.diagrams.glyphs import DOWN, HORIZONTAL, LEFT, OPPOSITE, RIGHT, UP, VERTICAL
from studio.diagrams.page import FoundBox, FoundFrame, Page, neighbour, page_of
from studio.diagrams.scene import Point

_TAILS = {UP: "┴", DOWN: "┬", LEFT: "┤", RIGHT: "├"}
_DASHED = ("┄", "┆", ".", ":")


@dataclass(frozen=True, slots=True)
class ReadLink:
    """An edge found: indices of boxes, the label, and whether its line is dashed."""

    source: int
    target: int
    label: str
    asynchronous: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything found in a drawing."""

    boxes: tuple[FoundBox, ...]
    frames: tuple[FoundFrame, ...]
    links: tuple[ReadLink, ...]
    unread: tuple[Point, ...]
    """Cells that belong to nothing: none in a good drawing."""


def read_text(text: str) -> Reading:
    """The boxes, frames and links of a drawing in either character set."""
    page = page_of(text)
    walks = [walk for start in _starts(page) for walk in _Walker(page, *start).walks]
    used = {point for walk in walks for point in walk.cells}
    labels, unread = _labels_beside(page, walks, used)
    links = [
        ReadLink(walk.source, walk.target, walk.label or labels.get(index, ""), walk.dashed)
        for index, walk in enumerate(walks)
    ]
    return Reading(tuple(page.boxes), tuple(page.frames), tuple(links), tuple(unread))


@dataclass(slots=True)
class _Walk:
    """One way from a box to an arrowhead."""

    source: int
    target: int
    cells: list[Point]
    label: str
    dashed: bool


def _starts(page: Page) -> list[tuple[Point, int, int]]:
    """Cells beside a tee, the way out, and the box."""
    starts = []
    for point, box in page.borders.items():
        area = page.boxes[box].rectangle
        for way, on_side in (
            (UP, point[1] == area.row),
            (DOWN, point[1] == area.bottom),
            (LEFT, point[0] == area.column),
            (RIGHT, point[0] == area.right),
        ):
            if on_side and point not in page.corners and _leaves(page, point, way):
                starts.append((point, way, box))
    return starts


def _leaves(page: Page, point: Point, way: int) -> bool:
    if not page.plain:
        return page.at(point) == _TAILS[way]
    if way in (UP, DOWN):
        return page.at(point) == "+"
    return page.at(neighbour(point, way)) in ("-", ".")


@dataclass(slots=True)
class _Walker:
    """Follows one line from its tee to all arrowheads that it leads to."""

    page: Page
    start: Point
    way: int
    box: int
    walks: list[_Walk] = field(default_factory=list)
    came_from: dict[tuple[Point, int], tuple[Point, int] | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        first = (neighbour(self.start, self.way), self.way)
        self.came_from[first] = None
        stack = [first]
        while stack:
            step = point, way = stack.pop()
            ahead = neighbour(point, way)
            if self.page.arrow(point) == way and ahead in self.page.borders:
                self._arrive(ahead, self._cells_to(step))
                continue
            for onward in self._onward(point, way):
                follower = (neighbour(point, onward), onward)
                if follower not in self.came_from:
                    self.came_from[follower] = step
                    stack.append(follower)

    def _cells_to(self, step: tuple[Point, int]) -> list[Point]:
        cells: list[Point] = []
        current: tuple[Point, int] | None = step
        while current:
            cells.append(current[0])
            current = self.came_from[current]
        return cells[::-1]

    def _onward(self, point: Point, way: int) -> list[int]:
        if point in self.page.borders:
            return []
        arms = self.page.arms(point)
        if arms & OPPOSITE[way]:
            if arms in (HORIZONTAL | VERTICAL, HORIZONTAL, VERTICAL) or (
                way & HORIZONTAL and self._in_word(point, way)
            ):
                return [way]
            return [each for each in (UP, DOWN, LEFT, RIGHT) if arms & each and each != OPPOSITE[way]]
        return [way] if way & HORIZONTAL and self._in_label(point, way) else []

    def _in_label(self, point: Point, way: int) -> bool:
        """Whether the cell lies in a label on the line: its line goes on somewhere in this row."""
        behind = neighbour(point, OPPOSITE[way])
        return self.page.at(point) != " " or self.page.at(behind) != " "

    def _in_word(self, point: Point, way: int) -> bool:
        """Whether the cell belongs to a word of a label on the line: since the last blank there was more than line."""
        drawn = self.page.arms(point)
        back = neighbour(point, OPPOSITE[way])
        while (back, way) in self.came_from and self.page.at(back) != " ":
            if self.page.arms(back) & HORIZONTAL != HORIZONTAL:
                return True
            drawn = self.page.arms(back)
            back = neighbour(back, OPPOSITE[way])
        return (back, way) in self.came_from and drawn not in (HORIZONTAL, HORIZONTAL | VERTICAL)

    def _arrive(self, border: Point, cells: list[Point]) -> None:
        label = _label_cells(self.page, cells)
        drawn = [self.page.at(cell) for cell in cells if cell not in label]
        text = self.page.text(label[0][1], label[0][0], label[-1][0]) if label else ""
        dashed = any(glyph in _DASHED for glyph in drawn)
        self.walks.append(_Walk(self.box, self.page.borders[border], cells, text, dashed))


def _label_cells(page: Page, cells: list[Point]) -> list[Point]:
    """The cells from the first to the last blank met on the way, from left to right."""
    blanks = [index for index, cell in enumerate(cells) if page.at(cell) == " "]
    return sorted(cells[blanks[0] : blanks[-1] + 1]) if blanks else []


def _labels_beside(page: Page, walks: list[_Walk], used: set[Point]) -> tuple[dict[int, str], list[Point]]:
    """Labels to the right of vertical lines, by walk, and the cells that are nobody's."""
    owner: dict[Point, list[int]] = {}
    for index, walk in enumerate(walks):
        for cell in walk.cells:
            owner.setdefault(cell, []).append(index)
    labels: dict[int, str] = {}
    unread: list[Point] = []
    for row, first, last in _free_texts(page, used):
        owners = owner.get((first - 2, row), [])
        if len(owners) == 1:
            labels[owners[0]] = f"{labels.get(owners[0], '')} {page.text(row, first, last)}".strip()
        else:
            unread.append((first, row))
    return labels, unread


def _free_texts(page: Page, used: set[Point]) -> list[tuple[int, int, int]]:
    """Runs of text outside boxes, frames' borders and lines: (row, first column, last column)."""
    taken = used | _inside_things(page)
    runs: list[tuple[int, int, int]] = []
    for row, line in enumerate(page.rows):
        for column, glyph in enumerate(line):
            if glyph == " " or (column, row) in taken:
                continue
            if runs and runs[-1][0] == row and column - runs[-1][2] <= 2:
                runs[-1] = (row, runs[-1][1], column)
            else:
                runs.append((row, column, column))
    return runs


def _inside_things(page: Page) -> set[Point]:
    cells = set(page.framed)
    for box in page.boxes:
        area = box.rectangle
        for row in range(area.row, area.bottom + 1):
            cells.update((column, row) for column in range(area.column, area.right + 1))
    return cells
