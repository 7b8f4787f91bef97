"""What a mode lights up on the drawing: the call a journey takes now, what is supposed to be gone."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from studio.diagrams.scene import Point, Rectangle, Scene
from studio.tui.canvas.ghosts import Overlay, Paint
from studio.tui.canvas.painting import ASCII_DOUBLE, DOUBLE, HOLLOW, Cells
from studio.tui.canvas.where import is_drawn


class Lights(NamedTuple):
    """What is lit."""

    line: str | None = None
    """A connection, drawn with its ends."""
    boxes: tuple[str, ...] = ()
    signs: Mapping[str, tuple[str, ...]] = {}
    """What is written on the frame of a box, by the box: the first that fits of `✗ down`, `down`, `✗`."""


def lit(over: Overlay, cells: Cells, scene: Scene, lights: Lights) -> Overlay:
    """What lies over the drawing, with the lights on top of it."""
    if lights == Lights():
        return over
    painted = dict(over)
    for id_ in lights.boxes:
        if id_ in scene.boxes:
            _light(painted, cells, id_, scene.boxes[id_].rectangle, ("box", "box-text"))
    if lights.line is not None and is_drawn(scene, ("connections", lights.line)):
        _light(painted, cells, lights.line, scene.bounds(lights.line), ("edge", "arrow", "label"))
    for id_, said in lights.signs.items():
        if id_ in scene.boxes:
            _sign(painted, scene.boxes[id_].rectangle, said)
    return painted


def _light(painted: Overlay, cells: Cells, owner: str, bounds: Rectangle, roles: tuple[str, ...]) -> None:
    for place in _cells_of(cells, owner, bounds, roles):
        column, row = place
        here, cell = painted.get(place), cells[row][column]
        if here is not None and here.role in ("bad", "warning"):
            continue
        glyph = cell.glyph if here is None else here.glyph
        if cell.role == "arrow":
            glyph = glyph.translate(HOLLOW)
        elif cell.role in ("box", "edge"):
            glyph = glyph.translate(ASCII_DOUBLE if glyph.isascii() else DOUBLE)
        painted[place] = Paint(glyph, "target")


def _cells_of(cells: Cells, owner: str, bounds: Rectangle, roles: tuple[str, ...]) -> Iterator[Point]:
    for row in range(bounds.row, min(bounds.bottom + 1, len(cells))):
        for column in range(bounds.column, min(bounds.right + 1, len(cells[row]))):
            cell = cells[row][column]
            if cell.owner == owner and cell.role in roles and cell.glyph:
                yield column, row


def _sign(painted: Overlay, at: Rectangle, said: tuple[str, ...]) -> None:
    """The first word that fits the upper frame of a box."""
    text = next((word for word in said if len(word) <= at.width - 2), "")
    for offset, glyph in enumerate(text):
        painted[at.column + 1 + offset, at.row] = Paint(glyph, "bad")
