"""The drawing as painted: the scene's cells, and over them what is selected, marked, carried or aimed at.

Everything that changes without the drawing changing lies in an overlay, a mapping of single cells: what must be
painted again is exactly where two overlays differ.
"""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

from studio.diagrams.measure import clusters, columns_of
from studio.diagrams.scene import Point, Rectangle, Scene
from studio.diagrams.text import Cell
from studio.model.address import Address
from studio.tui.canvas.marks import Marks
from studio.tui.canvas.where import is_drawn, middle
from studio.tui.canvas.words import Carrying, Connecting, Mode, Moving, Pulling


class Paint(NamedTuple):
    """A character and the part it plays."""

    glyph: str
    role: str


Cells: TypeAlias = tuple[tuple[Cell, ...], ...]
Overlay: TypeAlias = dict[Point, Paint]

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


def overlay(
    cells: Cells,
    scene: Scene,
    selection: Address | None,
    mode: Mode,
    marks: Overlay,
    places: Mapping[str, Point],
) -> Overlay:
    """Everything that is painted over the drawing."""
    painted = dict(marks)
    if is_drawn(scene, selection) and selection is not None:
        _highlight(painted, cells, scene, selection, "selected")
    for id_, (column, row) in places.items():
        if id_ in scene.boxes:
            at = scene.boxes[id_].rectangle
            _ghost(painted, Rectangle(column, row, at.width, at.height), " ".join(scene.boxes[id_].lines))
    _paint_mode(painted, cells, scene, mode)
    return painted


def _paint_mode(painted: Overlay, cells: Cells, scene: Scene, mode: Mode) -> None:
    if isinstance(mode, Connecting):
        for letter, id_ in letters(scene, mode.source).items():
            at = scene.boxes[id_].rectangle
            painted[at.column + 1, at.row + at.height // 2] = Paint(letter, "key")
        if mode.target:
            _highlight(painted, cells, scene, ("components", mode.target), "target")
    elif isinstance(mode, Carrying):
        _paint_carried(painted, cells, scene, mode)
    elif isinstance(mode, Moving) and mode.box in scene.boxes:
        at = scene.boxes[mode.box].rectangle
        moved = Rectangle(max(at.column + mode.by[0], 0), max(at.row + mode.by[1], 0), at.width, at.height)
        _ghost(painted, moved, " ".join(scene.boxes[mode.box].lines))
    elif isinstance(mode, Pulling) and mode.source in scene.boxes:
        _trail(painted, middle(scene.boxes[mode.source].rectangle), mode.now)
        if mode.target:
            _highlight(painted, cells, scene, ("components", mode.target), "target")


def _highlight(painted: Overlay, cells: Cells, scene: Scene, address: Address, role: str) -> None:
    bounds = scene.bounds(address[1]) if address[0] == "connections" else scene.boxes[address[1]].rectangle
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
    for mark, rows in ((marked.flags, (at.row, at.bottom)), (marked.load, (at.bottom, at.row))):
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


# Ghosts --------------------------------------------------------------------------------------------------------------


def _paint_carried(painted: Overlay, cells: Cells, scene: Scene, mode: Carrying) -> None:
    if mode.over is not None and is_drawn(scene, mode.over):
        _highlight(painted, cells, scene, mode.over, "target" if mode.fits else "bad")
    _ghost(painted, ghost_of(scene, mode), mode.cargo.name)


def ghost_of(scene: Scene, mode: Carrying) -> Rectangle:
    """Where the ghost of a carried pattern is drawn."""
    wide = columns_of(mode.cargo.name) + 4
    if mode.at is not None:
        corner = (mode.at[0] + 1, mode.at[1] + 1)
    elif mode.over is not None and is_drawn(scene, mode.over):
        corner = _beside(scene, mode.over, wide)
    else:
        corner = (2, 1)
    return Rectangle(corner[0], corner[1], wide, 3)


def _beside(scene: Scene, address: Address, wide: int) -> Point:
    """Where a ghost stands beside what it would be applied to: at the right, else below, wherever least is covered."""
    bounds = scene.bounds(address[1]) if address[0] == "connections" else scene.boxes[address[1]].rectangle
    places = [
        (bounds.right + 2, bounds.row),
        (max(bounds.column - wide - 1, 0), bounds.row),
        (bounds.column, bounds.bottom + 1),
        (bounds.column, max(bounds.row - 3, 0)),
    ]
    taken = [box.rectangle for box in scene.boxes.values()]
    return min(places, key=lambda place: sum(Rectangle(place[0], place[1], wide, 3).overlaps(other) for other in taken))


def _ghost(painted: Overlay, at: Rectangle, text: str) -> None:
    for column in range(at.column + 1, at.right):
        for row in (at.row, at.bottom):
            painted[column, row] = Paint("╌", "ghost")
    for row in range(at.row + 1, at.bottom):
        for column in range(at.column + 1, at.right):
            painted[column, row] = Paint(" ", "ghost")
        painted[at.column, row] = painted[at.right, row] = Paint("╎", "ghost")
    for place, corner in zip(
        ((at.column, at.row), (at.right, at.row), (at.column, at.bottom), (at.right, at.bottom)), "┌┐└┘", strict=True
    ):
        painted[place] = Paint(corner, "ghost")
    column, row = at.column + 2, at.row + at.height // 2
    for glyph, wide in clusters(text):
        if column + wide > at.right:
            break
        painted[column, row] = Paint(glyph, "ghost")
        if wide == 2:
            painted[column + 1, row] = Paint("", "ghost")
        column += wide


def _trail(painted: Overlay, start: Point, end: Point) -> None:
    steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
    for step in range(steps + 1):
        column = start[0] + round((end[0] - start[0]) * step / steps)
        row = start[1] + round((end[1] - start[1]) * step / steps)
        painted[max(column, 0), max(row, 0)] = Paint("•" if step == steps else "·", "ghost")


# Rows ----------------------------------------------------------------------------------------------------------------


def painted_row(cells: Cells, over: Overlay, row: int, columns: range) -> Iterator[Paint]:
    """The paint of each column of a row; a wide character is followed by an empty glyph, and never torn."""
    base = cells[row] if 0 <= row < len(cells) else ()
    found = [_paint(base, over, column, row) for column in columns]
    for index, paint in enumerate(found):
        torn = index == 0 or not _is_wide(found[index - 1])
        cut = index + 1 == len(found) or found[index + 1].glyph != ""
        if (paint.glyph == "" and torn) or (_is_wide(paint) and cut):
            yield Paint(" ", paint.role)
        else:
            yield paint


def _paint(base: tuple[Cell, ...], over: Overlay, column: int, row: int) -> Paint:
    painted = over.get((column, row))
    if painted is not None:
        return painted
    if 0 <= column < len(base):
        cell = base[column]
        return Paint(cell.glyph, ROLES[cell.role])
    return Paint(" ", "")


def _is_wide(paint: Paint) -> bool:
    if paint.glyph.isascii() or "─" <= paint.glyph[:1] <= "◿":
        return False
    return sum(wide for _, wide in clusters(paint.glyph)) == 2


def differing_rows(one: Overlay, other: Overlay) -> dict[int, tuple[int, int]]:
    """The rows on which two overlays differ, each with its first and last differing column."""
    rows: dict[int, tuple[int, int]] = {}
    for column, row in one.keys() | other.keys():
        if one.get((column, row)) != other.get((column, row)):
            first, last = rows.get(row, (column, column))
            rows[row] = (min(first, column), max(last, column))
    return rows
