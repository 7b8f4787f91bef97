"""What is not there yet: ghosts of boxes that are moved or carried, the rubber band, the trail of a connection."""

from collections.abc import Mapping
from typing import Final, NamedTuple, TypeAlias

from studio.diagrams.glyphs import Charset
from studio.diagrams.measure import clusters, columns_of
from studio.diagrams.scene import Point, Rectangle, Scene
from studio.model.address import Address
from studio.tui.canvas.where import bounds_of, is_drawn
from studio.tui.canvas.words import Carrying


class Paint(NamedTuple):
    """A character and the part it plays."""

    glyph: str
    role: str


Overlay: TypeAlias = dict[Point, Paint]
"""Single cells that are painted over the drawing."""


class _Lines(NamedTuple):
    across: str
    down: str
    corners: str
    """Upper left, upper right, lower left, lower right."""
    dot: str
    end: str


_LINES: Final[Mapping[Charset, _Lines]] = {
    "unicode": _Lines("╌", "╎", "┌┐└┘", "·", "•"),
    "ascii": _Lines("-", ":", "++++", ".", "o"),
}


def ghost(painted: Overlay, at: Rectangle, text: str, charset: Charset = "unicode") -> None:
    """Paints a dashed box with a name in it."""
    _dashed(painted, at, charset)
    for row in range(at.row + 1, at.bottom):
        for column in range(at.column + 1, at.right):
            painted[column, row] = Paint(" ", "ghost")
    column, row = at.column + 2, at.row + at.height // 2
    for glyph, wide in clusters(text):
        if column + wide > at.right:
            break
        painted[column, row] = Paint(glyph, "ghost")
        if wide == 2:
            painted[column + 1, row] = Paint("", "ghost")
        column += wide


def band_painted(painted: Overlay, at: Rectangle, charset: Charset = "unicode") -> None:
    """Paints a rubber band; what lies in it stays in sight."""
    if at.width > 1 or at.height > 1:
        _dashed(painted, at, charset)


def _dashed(painted: Overlay, at: Rectangle, charset: Charset) -> None:
    lines = _LINES[charset]
    for column in range(at.column + 1, at.right):
        for row in (at.row, at.bottom):
            painted[column, row] = Paint(lines.across, "ghost")
    for row in range(at.row + 1, at.bottom):
        painted[at.column, row] = painted[at.right, row] = Paint(lines.down, "ghost")
    corners(painted, at, charset)


def corners(painted: Overlay, at: Rectangle, charset: Charset = "unicode") -> None:
    """Paints the corners of a dashed box alone."""
    places = ((at.column, at.row), (at.right, at.row), (at.column, at.bottom), (at.right, at.bottom))
    for place, glyph in zip(places, _LINES[charset].corners, strict=True):
        painted[place] = Paint(glyph, "ghost")


def trail(painted: Overlay, start: Point, end: Point, charset: Charset = "unicode") -> None:
    """Paints the dotted way of a connection that is being pulled."""
    lines = _LINES[charset]
    steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
    for step in range(steps + 1):
        column = start[0] + round((end[0] - start[0]) * step / steps)
        row = start[1] + round((end[1] - start[1]) * step / steps)
        painted[max(column, 0), max(row, 0)] = Paint(lines.end if step == steps else lines.dot, "ghost")


# Carried patterns ----------------------------------------------------------------------------------------------------


def carried_painted(painted: Overlay, scene: Scene, mode: Carrying, charset: Charset = "unicode") -> None:
    """Paints the pattern that is carried."""
    ghost(painted, ghost_of(scene, mode), mode.cargo.name, charset)


def ghost_of(scene: Scene, mode: Carrying) -> Rectangle:
    """Where the ghost of a carried pattern is drawn."""
    wide = columns_of(mode.cargo.name) + 4
    if mode.at is not None:
        place = (mode.at[0] + 1, mode.at[1] + 1)
    elif mode.over is not None and is_drawn(scene, mode.over):
        place = _beside(scene, mode.over, wide)
    else:
        place = (2, 1)
    return Rectangle(place[0], place[1], wide, 3)


def _beside(scene: Scene, address: Address, wide: int) -> Point:
    """Where a ghost stands beside what it would be applied to: at the right, else below, wherever least is covered."""
    bounds = bounds_of(scene, address)
    places = [
        (bounds.right + 2, bounds.row),
        (max(bounds.column - wide - 1, 0), bounds.row),
        (bounds.column, bounds.bottom + 1),
        (bounds.column, max(bounds.row - 3, 0)),
    ]
    taken = [box.rectangle for box in scene.boxes.values()]
    return min(places, key=lambda place: sum(Rectangle(place[0], place[1], wide, 3).overlaps(other) for other in taken))
