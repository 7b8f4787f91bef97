"""An overlay in a picture: a small label on a border or a wire, and below the drawing what the labels mean."""

from collections.abc import Sequence
from typing import Final

from studio.diagrams.measure import columns_of
from studio.diagrams.overlays import Mark, Overlay, PlacedMark
from studio.diagrams.scene import Scene
from studio.exports.picture.grid import CELL, x, y
from studio.exports.picture.words import spoken, words

MARK_SIZE: Final = 11
_HEIGHT: Final = 16
_OUT: Final = 5
"""How far the middle of a mark lies outside of a border, in pixels."""
LEGEND_LINE: Final = 18
"""From line to line of the legend, in pixels."""


def mark(placed: PlacedMark, scene: Scene) -> str:
    """One mark where the text drawing has it; on a border a little outwards, so that it hides no word."""
    column, row = placed.at
    wide = columns_of(placed.written) * CELL[0] + 6
    centre = y(row) + _outwards(placed, scene)
    left, top = x(column) - 7, centre - _HEIGHT // 2
    kind = level_class(placed.mark)
    back = f'<rect class="mark {kind}" x="{left}" y="{top}" width="{wide}" height="{_HEIGHT}" rx="{_HEIGHT // 2}"/>'
    middle = (left + wide // 2, centre + 4)
    text = words(middle, placed.written, f"mark-text {kind}", size=MARK_SIZE, room=wide - 4, anchor="middle")
    return f"<g>{spoken(placed.mark.about or placed.mark.text)}{back}{text}</g>"


def _outwards(placed: PlacedMark, scene: Scene) -> int:
    if placed.on == "route":
        return 0
    return -_OUT if placed.at[1] == scene.boxes[placed.owner].rectangle.row else _OUT


def level_class(shown: Mark) -> str:
    """The class of a mark's level in the sheet."""
    return "level-unknown" if shown.level is None else f"level-{shown.level}"


def legend(overlay: Overlay, more: Sequence[str], top: int, room: int) -> tuple[str, int]:
    """What the marks mean and what found no room, from a height on; with the height where it ends."""
    said = overlay.key if overlay.boxes or overlay.routes else ("nothing is marked",)
    lines = [words((0, top), overlay.title, "legend-title", size=12, room=room)]
    lines += [
        words((0, top + LEGEND_LINE * number), line, "legend", size=12, room=room)
        for number, line in enumerate((*said, *more), start=1)
    ]
    return "".join(lines), top + LEGEND_LINE * (len(lines) - 1) + 6
