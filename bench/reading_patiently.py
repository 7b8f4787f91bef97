"""A reader for drawings of any program, as patient as a person who knows what ought to be there.

It is told names, titles and labels, and looks for them; it never moves anything. What it puts up with:

- Arrowheads of any shape; single, double, dotted and rounded lines; frames drawn like boxes, crossed without a sign,
  or with their title in a line of its own. Ends need no tee. The outline of a group in Graph::Easy is no line.
- Gaps: a line may begin and end up to four blanks away from its box, and goes on at the next end that faces it within
  eight cells, under another line or under text too. One that ends at the side of another joins it, sign or no sign. A
  corner may be lost at the side of a box or under a label.
- Labels on their line, upright or not, with blanks around them or not, or in a row above or below or two columns
  beside it; wrapped; with line for blanks; with wide characters apart; on the border of a box, but not inside one.
- A line with a head at both ends and no other beginning leads both ways.

What it does not guess: at a join every way is a way, so lines of several sources and targets that run into one trunk
give links that nobody wanted; a label that is not whole is missing; a frame is a rectangle. Dashes are not compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from studio.diagrams.glyphs import DOWN, HORIZONTAL, LEFT, OPPOSITE, RIGHT, STEPS, UP, VERTICAL
from studio.diagrams.measure import clusters
from studio.diagrams.outline import Outline
from studio.diagrams.scene import Point, Rectangle

WAYS = (UP, DOWN, LEFT, RIGHT)
ARMS = {
    **dict.fromkeys("─━═┄┅┈┉╌-·", HORIZONTAL),
    **dict.fromkeys("│┃║┆┇┊┋╎:|", VERTICAL),
    **dict.fromkeys("┌╭┏╔", RIGHT | DOWN),
    **dict.fromkeys("┐╮┓╗", LEFT | DOWN),
    **dict.fromkeys("└╰┗╚", RIGHT | UP),
    **dict.fromkeys("┘╯┛╝", LEFT | UP),
    **dict.fromkeys("├╠", VERTICAL | RIGHT),
    **dict.fromkeys("┤╣", VERTICAL | LEFT),
    **dict.fromkeys("┬╦", HORIZONTAL | DOWN),
    **dict.fromkeys("┴╩", HORIZONTAL | UP),
    **dict.fromkeys("┼╬", HORIZONTAL | VERTICAL),
}
HEADS = {
    **dict.fromkeys("▲△▴↑∧^", UP),
    **dict.fromkeys("▼▽▾↓∨", DOWN),
    **dict.fromkeys("◄◀◂←<", LEFT),
    **dict.fromkeys("►▶▸→>", RIGHT),
}
OUTLINE = str.maketrans("−╎", "╍╏")
"""Graph::Easy draws the outlines of groups so; the signs on the right are no lines here."""
BLANKS = " ╍╏"
NEAR_BOX, NEAR_END = 4, 8


class Read(NamedTuple):
    """A line found from box to box, with the cells it goes through and those where it turns."""

    source: str
    target: str
    cells: frozenset[Point]
    turns: frozenset[Point]
    flat: frozenset[Point]
    """Cells that it passes from side to side."""


def key(text: str) -> str:
    return "".join(glyph for glyph in text if not glyph.isspace() and glyph not in ARMS and glyph not in HEADS)


def stepped(point: Point, way: int, cells: int = 1) -> Point:
    return point[0] + STEPS[way][0] * cells, point[1] + STEPS[way][1] * cells


class Sheet:
    """A drawing cut into cells, with the boxes, frames and labels that were looked for."""

    def __init__(self, outline: Outline, text: str) -> None:
        lines = [line.rstrip() for line in text.rstrip().split("\n")]
        self.rows = [[glyph for part, size in clusters(line) for glyph in (part, "")[:size]] for line in lines]
        shift = min((next(i for i, glyph in enumerate(row) if glyph != " ") for row in self.rows if row), default=0)
        self.rows = [row[shift:] for row in self.rows]
        self.width, self.height = max(map(len, self.rows), default=0), len(self.rows)
        rectangles = sorted(self._rectangles(), key=lambda area: area.width * area.height)
        self.boxes = self._boxes(outline, rectangles)
        self.box_at = {point: name for name, area in self.boxes.items() for point in points_of(area)}
        titles = dict.fromkeys(title for box in outline.boxes for title in box.group)
        self.frames = self._frames(titles, rectangles)
        self.borders = {point for area in self.frames.values() for point in points_of(area) if on_border(area, point)}
        self.labels: list[tuple[str, frozenset[Point]]] = []
        self.written: set[Point] = set()
        self._find(dict.fromkeys(link.label for link in outline.links if link.label), self.labels)
        labelled = set(self.written)
        self._find(titles, [])
        self.titled = self.written - labelled

    def at(self, point: Point) -> str:
        column, row = point
        return self.rows[row][column] if 0 <= row < self.height and 0 <= column < len(self.rows[row]) else " "

    def arms(self, point: Point) -> int:
        return 0 if point in self.written or point in self.box_at else ARMS.get(self.at(point), 0)

    def head(self, point: Point) -> int:
        return 0 if point in self.written or point in self.box_at else HEADS.get(self.at(point), 0)

    def blank(self, point: Point) -> bool:
        return point not in self.written and self.at(point) in BLANKS

    def _in_box(self, point: Point) -> bool:
        return point in self.box_at and not on_border(self.boxes[self.box_at[point]], point)

    def _rectangles(self) -> Iterator[Rectangle]:
        for row, line in enumerate(self.rows):
            for column, glyph in enumerate(line):
                if ARMS.get(glyph) == RIGHT | DOWN:
                    yield from self._smallest(column, row)

    def _smallest(self, column: int, row: int) -> Iterator[Rectangle]:
        """The lowest rectangle with its upper left corner there, for each possible width."""
        for right in range(column + 2, len(self.rows[row])):
            if self.at((right, row)) == self.at((right - 1, row)) == " ":
                return
            if ARMS.get(self.at((right, row))) == LEFT | DOWN:
                bottom = self._bottom(column, right, row)
                if bottom:
                    yield Rectangle(column, row, right - column + 1, bottom - row + 1)
                    return

    def _bottom(self, left: int, right: int, row: int) -> int:
        for below in range(row + 1, self.height):
            ends = self.at((left, below)), self.at((right, below))
            if " " in ends:
                return 0
            if (ARMS.get(ends[0]), ARMS.get(ends[1])) == (RIGHT | UP, LEFT | UP):
                side = [self.at((column, below)) for column in range(left, right)]
                return below if " " not in side else 0
        return 0

    def _inside(self, area: Rectangle, rows: range) -> str:
        return "".join("".join(self.rows[row][area.column + 1 : area.right]) for row in rows)

    def _boxes(self, outline: Outline, rectangles: Iterable[Rectangle]) -> dict[str, Rectangle]:
        wanted = {key(box.name): box.id for box in outline.boxes}
        found: dict[str, Rectangle] = {}
        for area in rectangles:
            inside = range(area.row + 1, area.bottom)
            rows = [key(self._inside(area, range(row, row + 1))) for row in inside]
            name = next((wanted[text] for text in ("".join(rows), *rows) if text in wanted), None)
            if name is not None:
                found.setdefault(name, area)
        return found

    def _frames(self, titles: Iterable[str], rectangles: Iterable[Rectangle]) -> dict[str, Rectangle]:
        own = set(self.boxes.values())
        found: dict[str, Rectangle] = {}
        for area in rectangles:
            if area not in own and any(holds(area, box) for box in own):
                top = key(self._inside(area, range(area.row, area.row + 2)))
                for title in titles:
                    if title not in found and key(title) in top:
                        found[title] = area
                        break
        return found

    def _find(self, texts: Iterable[str], into: list[tuple[str, frozenset[Point]]]) -> None:
        """Notes where these texts stand outside boxes, the longest first, and that those cells are written on."""
        for text in sorted(texts, key=len, reverse=True):
            for row in range(self.height):
                for places in self._standing(text.split(), row):
                    into.append((text, places))
                    self.written |= places

    def _standing(self, words: list[str], row: int) -> Iterator[frozenset[Point]]:
        """The places where these words begin in that row: in one line, or else in lines below one another."""
        for count in range(len(words), 0, -1):
            for places in self._in_row(words[:count], row):
                if count == len(words):
                    yield places
                    continue
                columns = {column for column, _ in places}
                for rest in self._standing(words[count:], row + 1):
                    if columns & {column for column, _ in rest} and not places & self.written:
                        yield places | rest
                        break

    def _in_row(self, words: list[str], row: int) -> Iterator[frozenset[Point]]:
        line = self.rows[row] if row < self.height else []
        columns = [column for column, glyph in enumerate(line) for _ in glyph]
        for match in re.finditer(_pattern(words), "".join(line)):
            places = {(columns[i], row) for i in range(match.start(), match.end())}
            places |= {(column + 1, row) for column, _ in places if self.at((column + 1, row)) == ""}
            if not places & self.written and not any(map(self._in_box, places)):
                yield frozenset(places)


def _pattern(words: list[str]) -> str:
    """A regular expression for the words: blanks may be line, wide characters may stand apart."""
    patterns = []
    for word in words:
        pattern = re.escape(word[0])
        for before, letter in pairwise(word):
            apart = "" if before.isascii() and letter.isascii() else " {0,2}"
            pattern += apart + re.escape(letter)
        patterns.append(pattern)
    return r"(?<![^\W_])" + "[ ─┄-]{1,4}".join(patterns) + r"(?![^\W_])"


def points_of(area: Rectangle) -> Iterator[Point]:
    return ((c, r) for r in range(area.row, area.bottom + 1) for c in range(area.column, area.right + 1))


def spanned(one: Point, other: Point) -> Rectangle:
    (left, right), (top, bottom) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    return Rectangle(left, top, right - left + 1, bottom - top + 1)


def on_border(area: Rectangle, point: Point) -> bool:
    return point[0] in (area.column, area.right) or point[1] in (area.row, area.bottom)


def holds(outer: Rectangle, inner: Rectangle) -> bool:
    corners = ((inner.column, inner.row), (inner.right, inner.bottom))
    return outer != inner and all(map(outer.contains, corners))


class Walker:
    """Follows the lines of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def lines(self) -> list[Read]:
        plain, headed = self._starts()
        found: list[Read] = []
        seen: set[Point] = set()
        for box, point, way in plain:
            found += self._walked(box, point, way, seen)
        for box, point, way in headed:
            cells: set[Point] = set()
            both_ways = self._walked(box, point, way, cells)
            if not cells & seen:
                found += both_ways
        return found

    def _starts(self) -> tuple[list[tuple[str, Point, int]], list[tuple[str, Point, int]]]:
        """Where lines leave boxes, and where heads point at boxes: the box, the first cell, the way from the box."""
        plain, headed = [], []
        for box, area in self.sheet.boxes.items():
            for point in points_of(area):
                for way in (way for way in WAYS if not area.contains(stepped(point, way))):
                    first = self._next(stepped(point, way), way, NEAR_BOX)
                    if first is None:
                        continue
                    if self.sheet.head(first) == OPPOSITE[way]:
                        headed.append((box, stepped(first, way), way))
                    elif self._begins(first, way) or (first in self.sheet.written and first == stepped(point, way)):
                        plain.append((box, first, way))
                    plain += self._loose_ends(box, stepped(point, way), way)
        return plain, headed

    def _begins(self, point: Point, way: int) -> bool:
        return bool(self.sheet.arms(point) & OPPOSITE[way]) or self.sheet.head(point) == way

    def _loose_ends(self, box: str, point: Point, way: int) -> Iterator[tuple[str, Point, int]]:
        """Lines that begin alongside the box, their first corner lost."""
        for side in (LEFT, RIGHT) if way & VERTICAL else (UP, DOWN):
            along = HORIZONTAL if side & HORIZONTAL else VERTICAL
            if self.sheet.arms(point) == along and self.sheet.blank(stepped(point, OPPOSITE[side])):
                yield box, point, side

    def _next(self, point: Point, way: int, reach: int) -> Point | None:
        """The first cell from there on that is not blank."""
        ahead = (stepped(point, way, cells) for cells in range(reach + 1))
        return next((cell for cell in ahead if not self.sheet.blank(cell) and cell not in self.sheet.titled), None)

    def _walked(self, box: str, point: Point, way: int, seen: set[Point]) -> list[Read]:
        came_from: dict[tuple[Point, int], tuple[Point, int] | None] = {(point, way): None}
        stack, found, reached = [(point, way)], [], set()
        while stack:
            step = stack.pop()
            seen.add(step[0])
            target = self._arrival(*step)
            if target is not None and step[0] not in reached:
                reached.add(step[0])
                found.append(self._read(box, target, step, came_from))
            for onward in self._onward(*step) if target is None else ():
                if onward not in came_from:
                    came_from[onward] = step
                    stack.append(onward)
        return found

    def _arrival(self, point: Point, way: int) -> str | None:
        if self.sheet.head(point) != way:
            return None
        ahead = self._next(stepped(point, way), way, NEAR_BOX)
        return None if ahead is None else self.sheet.box_at.get(ahead)

    def _read(
        self,
        box: str,
        target: str,
        step: tuple[Point, int],
        came_from: dict[tuple[Point, int], tuple[Point, int] | None],
    ) -> Read:
        steps: list[tuple[Point, int]] = []
        current: tuple[Point, int] | None = step
        while current:
            steps.append(current)
            current = came_from[current]
        steps.reverse()
        turns = frozenset(one[0] for one, other in pairwise(steps) if one[1] != other[1])
        for (before, _), (after, way) in pairwise(steps.copy()):
            steps += [(cell, way) for cell in points_of(spanned(before, after)) if cell not in (before, after)]
        flat = frozenset(point for point, way in steps if way & HORIZONTAL and point not in turns)
        return Read(box, target, frozenset(point for point, _ in steps), turns, flat)

    def _onward(self, point: Point, way: int) -> Iterator[tuple[Point, int]]:
        if point in self.sheet.box_at:
            return
        arms = self.sheet.arms(point)
        passing = (HORIZONTAL | VERTICAL, HORIZONTAL, VERTICAL)
        if point in self.sheet.written or self.sheet.head(point) or point in self.sheet.borders or arms in passing:
            straight = self._straight(stepped(point, way), way)
            if straight is not None:
                yield straight, way
            elif point in self.sheet.written:
                yield from self._hidden_corners(point, way)
        elif arms & OPPOSITE[way]:
            for turn in (turn for turn in WAYS if arms & turn and turn != OPPOSITE[way]):
                ahead = self._straight(stepped(point, turn), turn)
                if ahead is not None:
                    yield ahead, turn
        if arms and arms & OPPOSITE[way]:
            yield from self._joined_without_a_sign(point, arms)

    def _joined_without_a_sign(self, point: Point, arms: int) -> Iterator[tuple[Point, int]]:
        """Lines that begin or end at the side of this one."""
        for turn in (turn for turn in WAYS if not arms & turn):
            ahead, behind = stepped(point, turn), stepped(point, OPPOSITE[turn])
            faces = self.sheet.arms(ahead) & OPPOSITE[turn]
            if faces and (arms & OPPOSITE[turn] or not self.sheet.arms(behind) & turn):
                yield ahead, turn

    def _hidden_corners(self, point: Point, way: int) -> Iterator[tuple[Point, int]]:
        """Ways out of a label in which a line ends: up or down from any of its cells."""
        while way & HORIZONTAL and point in self.sheet.written:
            for turn in (UP, DOWN):
                ahead, behind = stepped(point, turn), stepped(point, OPPOSITE[turn])
                if self.sheet.arms(ahead) & OPPOSITE[turn] and not self.sheet.arms(behind) & turn:
                    yield ahead, turn
            point = stepped(point, OPPOSITE[way])

    def _straight(self, point: Point, way: int) -> Point | None:
        """Where a line goes on: there, or behind blanks and lines that run across."""
        for cells in range(NEAR_END + 1):
            ahead = stepped(point, way, cells)
            if ahead in self.sheet.box_at or (self.sheet.blank(ahead) and self._beside_box(ahead, way)):
                return None
            takes = self.sheet.arms(ahead) & OPPOSITE[way] or self.sheet.head(ahead) == way
            if takes or ahead in self.sheet.written or ahead in self.sheet.borders:
                return ahead
            across = VERTICAL if way & HORIZONTAL else HORIZONTAL
            if self.sheet.head(ahead) or self.sheet.arms(ahead) not in (0, across):
                return None
        return None

    def _beside_box(self, point: Point, way: int) -> bool:
        sides = (UP, DOWN) if way & HORIZONTAL else (LEFT, RIGHT)
        return any(stepped(point, side) in self.sheet.box_at for side in sides)
