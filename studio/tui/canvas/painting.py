"""The drawing as painted: the scene's cells, and over them what is selected, marked, carried or aimed at.

Everything that changes without the drawing changing lies in an overlay, a mapping of single cells: what must be
painted again is exactly where two overlays differ.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from studio.diagrams.glyphs import Charset
from studio.diagrams.measure import clusters, is_plain
from studio.diagrams.overlays import Overlay as Said
from studio.diagrams.overlays import placed
from studio.diagrams.scene import Point, Rectangle, Scene
from studio.diagrams.text import Cell
from studio.model.address import Address
from studio.tui.canvas.ghosts import Overlay, Paint, band_painted, carried_painted, corners, ghost, trail
from studio.tui.canvas.marking import band_area, touched
from studio.tui.canvas.marks import ROLES_OF_LEVELS, Marks
from studio.tui.canvas.where import bounds_of, is_drawn, middle
from studio.tui.canvas.words import (
    Banding,
    Carrying,
    Connecting,
    Mode,
    Moving,
    Pulling,
    Shifting,
    corner,
    held_back,
)

Cells: TypeAlias = tuple[tuple[Cell, ...], ...]

ROLES: Final[Mapping[str, str]] = {
    "blank": "",
    "frame": "frame",
    "frame-title": "frame",
    "box": "box",
    "box-text": "box",
    "edge": "line",
    "arrow": "line",
    "label": "label",
}
DOUBLE: Final = str.maketrans("┌─┐│└┘┬┴├┤╭╮╰╯┼╌╎", "╔═╗║╚╝╤╧╟╢╔╗╚╝╬═║")
"""How a selected thing is drawn: its lines doubled, so that it is seen without colour too."""
HOLLOW: Final = str.maketrans("▲▼◄►", "△▽◁▷")
ASCII_DOUBLE: Final = str.maketrans("+-|.'=", "######")
CORNERS: Final[Mapping[Charset, str]] = {"unicode": "■", "ascii": "@"}
"""What stands on the corners of a marked box."""
MANY: Final = 40
"""Boxes that are moved at once up to which each shows a whole ghost; of more only the corners follow the keys."""
_BLANK: Final = Paint(" ", "")
LETTERS: Final = "asdfghjklqwertyuiopzxcvbnm"
"""What boxes are named by while a connection is aimed: the home row first."""


def letters(scene: Scene, source: str) -> dict[str, str]:
    """A letter for each box a connection may be aimed at, from the upper left on."""
    boxes = sorted(scene.boxes.values(), key=lambda box: (box.rectangle.row, box.rectangle.column))
    return dict(zip(LETTERS, (box.id for box in boxes if box.id != source), strict=False))


def marked(cells: Cells, scene: Scene, marks: Mapping[Address, Marks]) -> Overlay:
    """The marks of all boxes and lines: the ground every overlay starts from."""
    painted: Overlay = {}
    for address, found in marks.items():
        _paint_marks(painted, cells, scene, address, found)
    return painted


def said(scene: Scene, overlay: Said) -> Overlay:
    """The marks of a chosen overlay where they find room; their level is a colour and their text says as much."""
    painted: Overlay = {}
    for mark in placed(scene, overlay):
        column, row = mark.at
        role = ROLES_OF_LEVELS.get(mark.mark.level or 0, "dim")
        for glyph, _ in clusters(mark.written):
            painted[column, row] = Paint(glyph, role)
            column += 1
    return painted


def overlay(
    cells: Cells,
    scene: Scene,
    selection: Address | None,
    mode: Mode,
    marks: Overlay,
    places: Mapping[str, Point],
    *,
    marked_boxes: tuple[str, ...] = (),
    charset: Charset = "unicode",
) -> Overlay:
    """Everything that is painted over the drawing."""
    painted = dict(marks)
    if is_drawn(scene, selection) and selection is not None:
        _highlight(painted, cells, scene, selection, "selected")
    for id_ in marked_boxes:
        _paint_corners(painted, scene, id_, charset)
    for id_, (column, row) in places.items():
        if id_ in scene.boxes:
            at = scene.boxes[id_].rectangle
            _box_ghost(painted, scene, id_, (column - at.column, row - at.row), charset, whole=len(places) <= MANY)
    _paint_mode(painted, cells, scene, mode, charset)
    return painted


def _paint_corners(painted: Overlay, scene: Scene, box: str, charset: Charset) -> None:
    if box in scene.boxes:
        at = scene.boxes[box].rectangle
        for place in ((at.column, at.row), (at.right, at.row), (at.column, at.bottom), (at.right, at.bottom)):
            painted[place] = Paint(CORNERS[charset], "selected")


def _paint_mode(painted: Overlay, cells: Cells, scene: Scene, mode: Mode, charset: Charset) -> None:
    match mode:
        case Connecting():
            _paint_aim(painted, cells, scene, mode)
        case Carrying():
            if mode.over is not None and is_drawn(scene, mode.over):
                _highlight(painted, cells, scene, mode.over, "target" if mode.fits else "bad")
            carried_painted(painted, scene, mode, charset)
        case Moving():
            _paint_moved(painted, scene, (mode.box, *mode.others), mode.by, charset)
        case Shifting():
            _paint_moved(painted, scene, mode.boxes, mode.by, charset)
        case Banding():
            for id_ in touched(scene, mode) if mode.now != mode.start else ():
                _paint_corners(painted, scene, id_, charset)
            band_painted(painted, band_area(mode), charset)
        case Pulling(source, now, target) if source in scene.boxes:
            trail(painted, middle(scene.boxes[source].rectangle), now, charset)
            if target in scene.boxes:
                _highlight(painted, cells, scene, ("components", str(target)), "target")


def _paint_aim(painted: Overlay, cells: Cells, scene: Scene, mode: Connecting) -> None:
    for letter, id_ in letters(scene, mode.source).items():
        at = scene.boxes[id_].rectangle
        painted[at.column + 1, at.row + at.height // 2] = Paint(letter, "key")
    if mode.target in scene.boxes:
        _highlight(painted, cells, scene, ("components", str(mode.target)), "target")


def _paint_moved(painted: Overlay, scene: Scene, boxes: tuple[str, ...], by: Point, charset: Charset) -> None:
    drawn = [id_ for id_ in boxes if id_ in scene.boxes]
    step = held_back([corner(scene, id_) for id_ in drawn], by)
    for id_ in drawn:
        _box_ghost(painted, scene, id_, step, charset, whole=len(drawn) <= MANY)


def _box_ghost(painted: Overlay, scene: Scene, box: str, by: Point, charset: Charset, *, whole: bool) -> None:
    at = scene.boxes[box].rectangle
    moved = Rectangle(at.column + by[0], at.row + by[1], at.width, at.height)
    if whole:
        ghost(painted, moved, " ".join(scene.boxes[box].lines), charset)
    else:
        corners(painted, moved, charset)


def _highlight(painted: Overlay, cells: Cells, scene: Scene, address: Address, role: str) -> None:
    bounds = bounds_of(scene, address)
    wanted = ("box", "box-text") if address[0] == "components" else ("edge", "arrow", "label")
    for row in range(bounds.row, min(bounds.bottom + 1, len(cells))):
        for column in range(bounds.column, min(bounds.right + 1, len(cells[row]))):
            cell = cells[row][column]
            if cell.owner != address[1] or cell.role not in wanted or not cell.glyph:
                continue
            here = painted.get((column, row))
            if here is not None and here.role in ("bad", "warning"):
                continue
            glyph = here.glyph if here is not None else _doubled(cell)
            painted[column, row] = Paint(glyph, role)


def _doubled(cell: Cell) -> str:
    if cell.role == "arrow":
        return cell.glyph.translate(HOLLOW)
    if cell.role not in ("box", "edge"):
        return cell.glyph
    return cell.glyph.translate(ASCII_DOUBLE if cell.glyph.isascii() else DOUBLE)


# Marks ---------------------------------------------------------------------------------------------------------------


def _paint_marks(painted: Overlay, cells: Cells, scene: Scene, address: Address, marked: Marks) -> None:
    if address[0] == "connections":
        if marked.flags is not None and (place := _on_line(cells, scene, address[1])):
            painted[place] = Paint(marked.flags.text, marked.flags.role)
        return
    at = scene.boxes[address[1]].rectangle
    lower = (at.bottom, at.row)
    for mark, rows in ((marked.flags, (at.row, at.bottom)), (marked.load, lower), (marked.copies, lower)):
        if mark is None:
            continue
        found = next((place for row in rows if (place := _room(painted, cells, at, row, len(mark.text)))), None)
        if found is not None:
            for offset, glyph in enumerate(mark.text):
                painted[found[0] + offset, found[1]] = Paint(glyph, mark.role)


def _room(painted: Overlay, cells: Cells, at: Rectangle, row: int, wide: int) -> Point | None:
    """The rightmost run of plain border in a row of a box that has room for so many columns, one apart from others."""
    for column in range(at.right - wide - 1, at.column + 1, -1):
        run = range(column - 1, column + wide + 1)
        if all(cells[row][place].glyph in ("─", "-") and (place, row) not in painted for place in run):
            return column, row
    return None


def _on_line(cells: Cells, scene: Scene, connection: str) -> Point | None:
    """A plain cell of a line that is its own, as near its end as there is one."""
    points = scene.routes[connection].points
    for (x1, y1), (x2, y2) in zip(reversed(points[:-1]), reversed(points[1:]), strict=True):
        for step in range(1, max(abs(x2 - x1), abs(y2 - y1))):
            column = x2 + (x1 > x2) * step - (x1 < x2) * step
            row = y2 + (y1 > y2) * step - (y1 < y2) * step
            cell = cells[row][column]
            if cell.owner == connection and cell.role == "edge" and cell.glyph in "─│-|┄┆╌╎":
                return column, row
    return None


# Rows ----------------------------------------------------------------------------------------------------------------


def painted(cells: Cells, row: int) -> tuple[Paint, ...]:
    """A row of the drawing with nothing over it; empty above and below the drawing."""
    return tuple(Paint(cell.glyph, ROLES[cell.role]) for cell in cells[row]) if 0 <= row < len(cells) else ()


def painted_over(base: Sequence[Paint], over: Overlay, row: int, columns: range) -> list[Paint]:
    """The paint of each column of a row; a wide character is followed by an empty glyph, and never torn."""
    end = len(base)
    found = [over.get((column, row)) or (base[column] if 0 <= column < end else _BLANK) for column in columns]
    glyphs = "".join([paint.glyph for paint in found])
    if len(glyphs) == len(found) and is_plain(glyphs):
        return found
    return list(_mended(found))


def _mended(found: list[Paint]) -> Iterator[Paint]:
    """A blank in the place of each half of a wide character that misses its other half."""
    for index, paint in enumerate(found):
        torn = index == 0 or not _is_wide(found[index - 1])
        cut = index + 1 == len(found) or found[index + 1].glyph != ""
        if (paint.glyph == "" and torn) or (_is_wide(paint) and cut):
            yield Paint(" ", paint.role)
        else:
            yield paint


def _is_wide(paint: Paint) -> bool:
    return not is_plain(paint.glyph) and sum(wide for _, wide in clusters(paint.glyph)) == 2


def differing_rows(one: Overlay, other: Overlay) -> dict[int, tuple[int, int]]:
    """The rows on which two overlays differ, each with its first and last differing column."""
    rows: dict[int, tuple[int, int]] = {}
    for (column, row), _ in one.items() ^ other.items():
        first, last = rows.get(row, (column, column))
        rows[row] = (min(first, column), max(last, column))
    return rows
