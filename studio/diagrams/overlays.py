"""What may be said about a finished drawing without moving anything in it: a short mark for a box or a line.

An overlay is data; text, pictures and the studio's canvas show the same one. A level colours a mark, its text or sign
says as much without colour.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Literal, NamedTuple

from studio.diagrams.glyphs import HORIZONTAL, UNICODE, VERTICAL, Charset
from studio.diagrams.measure import clusters, columns_of
from studio.diagrams.raster import line_cells
from studio.diagrams.scene import PlacedBox, Point, Route, Scene
from studio.diagrams.text import Cell, cells

Level = Literal[0, 1, 2, 3]
"""From nothing to worry about to the worst."""

_Rows = tuple[tuple[Cell, ...], ...]
_UPRIGHT = frozenset(UNICODE.line(VERTICAL, asynchronous=dashed) for dashed in (False, True))
_STRAIGHT = frozenset(
    UNICODE.line(arms, asynchronous=dashed) for arms in (HORIZONTAL, VERTICAL) for dashed in (False, True)
)


class Mark(NamedTuple):
    """What is said about one box or line, in few characters of ASCII."""

    text: str
    level: Level | None
    """None: it is not known."""
    sign: str = ""
    """One character that stands for the text where there is no room for it; explained in the overlay's key."""
    about: str = ""
    """The same in words, for whoever asks."""


class Overlay(NamedTuple):
    """The marks of one drawing by the ids of its boxes and lines; what has none is not in them."""

    title: str
    """What is marked: «load at peak, as a share of capacity»."""
    key: tuple[str, ...] = ()
    """What signs and levels mean, one sentence each."""
    boxes: Mapping[str, Mark] = {}
    routes: Mapping[str, Mark] = {}


class PlacedMark(NamedTuple):
    """A mark on the border of a box or on a line, as it is written there."""

    owner: str
    on: Literal["box", "route"]
    mark: Mark
    written: str
    """The mark's text, or its sign where there is no room for more."""
    at: Point
    """The cell of its first character."""


def placed(scene: Scene, overlay: Overlay) -> tuple[PlacedMark, ...]:
    """The marks that find room, boxes first: on plain border or plain line only, so nothing drawn is hidden but that.

    A mark on a border leaves one cell of border at both ends. The same in both character sets.
    """
    rows = cells(scene)
    found = [_on_border(rows, scene.boxes[id_], mark) for id_, mark in overlay.boxes.items() if id_ in scene.boxes]
    own = {point for point, line in line_cells(scene).items() if len(line.links) == 1}
    routes = [(scene.routes[id_], mark) for id_, mark in overlay.routes.items() if id_ in scene.routes]
    found += [_on_line(rows, own, route, mark) for route, mark in routes]
    return tuple(mark for mark in found if mark is not None)


def unplaced(scene: Scene, overlay: Overlay, marks: tuple[PlacedMark, ...]) -> tuple[str, ...]:
    """What found no room in the drawing itself, a line each: «Redis Cache: 85%», «API → Store (rows): personal»."""
    said = {(mark.on, mark.owner) for mark in marks}
    boxes = [
        f"{_name(scene, id_)}: {mark.text}"
        for id_, mark in overlay.boxes.items()
        if id_ in scene.boxes and ("box", id_) not in said
    ]
    routes = [
        f"{_line_name(scene, scene.routes[id_])}: {mark.text}"
        for id_, mark in overlay.routes.items()
        if id_ in scene.routes and ("route", id_) not in said
    ]
    return (*boxes, *routes)


def marked_text(scene: Scene, overlay: Overlay, *, charset: Charset = "unicode") -> str:
    """The drawing with the marks written on it, then an empty line and what they mean. Marks are not read back."""
    rows = [list(row) for row in cells(scene, charset=charset)]
    marks = placed(scene, overlay)
    for mark in marks:
        column, row = mark.at
        for glyph, width in clusters(mark.written):
            rows[row][column] = replace(rows[row][column], glyph=glyph)
            column += width
    drawing = ["".join(cell.glyph for cell in row).rstrip() for row in rows]
    said = overlay.key if overlay.boxes or overlay.routes else ("nothing is marked",)
    legend = [overlay.title, *(f"  {line}" for line in (*said, *unplaced(scene, overlay, marks)))]
    arrow = {"unicode": "→", "ascii": "->"}[charset]
    return "\n".join([*drawing, "", *(line.replace("→", arrow) for line in legend)]) + "\n"


def _name(scene: Scene, box: str) -> str:
    return " ".join(scene.boxes[box].lines)


def _line_name(scene: Scene, route: Route) -> str:
    label = f" ({route.label})" if route.label else ""
    return f"{_name(scene, route.source)} → {_name(scene, route.target)}{label}"


def _on_border(rows: _Rows, box: PlacedBox, mark: Mark) -> PlacedMark | None:
    area, plain = box.rectangle, UNICODE.box_sides[0]
    for written in _ways(mark):
        wide = columns_of(written)
        for row in (area.bottom, area.row):
            for column in range(area.right - wide - 1, area.column + 1, -1):
                run = range(column - 1, column + wide + 1)
                if all(rows[row][place].glyph == plain and not _is_head(rows, place, row - 1) for place in run):
                    return PlacedMark(box.id, "box", mark, written, (column, row))
    return None


def _is_head(rows: _Rows, column: int, row: int) -> bool:
    return row >= 0 and rows[row][column].role == "arrow"


def _on_line(rows: _Rows, own: Collection[Point], route: Route, mark: Mark) -> PlacedMark | None:
    def is_plain(column: int, row: int) -> bool:
        cell = rows[row][column]
        return (column, row) in own and cell.role == "edge" and cell.glyph in _STRAIGHT

    for written in _ways(mark):
        wide = columns_of(written)
        for column, row in _runs(route, wide):
            if all(is_plain(each, row) for each in range(column, column + wide)) and _has_ends(rows, column, row, wide):
                return PlacedMark(route.id, "route", mark, written, (column, row))
    return None


def _has_ends(rows: _Rows, column: int, row: int, wide: int) -> bool:
    """Whether the line goes on straight at both ends of a run, so that no bend is mistaken for a part of the mark."""
    if rows[row][column].glyph in _UPRIGHT:
        return True
    return {rows[row][column - 1].glyph, rows[row][column + wide].glyph} <= _STRAIGHT


def _ways(mark: Mark) -> tuple[str, ...]:
    return (mark.text, mark.sign) if mark.sign and mark.sign != mark.text else (mark.text,)


def _runs(route: Route, wide: int) -> Iterator[Point]:
    """First cells of runs of so many cells on the straight pieces of a line, near its arrowhead first."""
    for one, other in reversed(list(pairwise(route.points))):
        if one[1] == other[1]:
            left, right = sorted((one[0], other[0]))
            columns = range(left + 1, right - wide + 1)
            yield from ((column, one[1]) for column in (reversed(columns) if one[0] < other[0] else columns))
        elif wide == 1:
            top, bottom = sorted((one[1], other[1]))
            rows = range(top + 1, bottom)
            yield from ((one[0], row) for row in (reversed(rows) if one[1] < other[1] else rows))
