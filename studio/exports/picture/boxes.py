"""Boxes and frames: the name, the kind in words where there is room, and an outline that tells kinds apart."""

from collections.abc import Iterator
from typing import Final

from studio.diagrams.measure import columns_of
from studio.diagrams.scene import Frame, PlacedBox, Rectangle
from studio.exports.picture.grid import CELL, widest, x, y
from studio.exports.picture.words import spoken, words
from studio.model.kinds import DURABLE_STORES, MESSAGING

NAME_SIZE: Final = 13
KIND_SIZE: Final = 10
TITLE_SIZE: Final = 12
_LINE: Final = 16
"""From base line to base line of a name."""
_KIND_LINE: Final = 13
"""From the last base line of the name to that of the kind."""
_CORNER: Final = 8
"""Radius of a corner of a frame."""
_INSET: Final = 5
"""Pixels kept free between a border and what is written."""
_INSET_OF_BARS: Final = 11
"""The same where bars stand beside the border."""
_IN_BACKGROUND: Final = frozenset({"worker", "function", "batch", "scheduler"})
_BARRED: Final = MESSAGING | _IN_BACKGROUND


def frame(drawn: Frame) -> str:
    """The border round a group, open behind its title."""
    left, top, wide, high = edges(drawn.rectangle)
    right, bottom, near = left + wide, top + high, x(drawn.title_column) - 4
    room = (columns_of(drawn.title) + 1) * CELL[0]
    far = near + min(round(widest(drawn.title, TITLE_SIZE)), room)
    title = words((near, top + 4), drawn.title, "frame-title", size=TITLE_SIZE, room=room)
    turn = f"a{_CORNER} {_CORNER} 0 0 1"
    border = (
        f"M{far + 4} {top}H{right - _CORNER}{turn} {_CORNER} {_CORNER}V{bottom - _CORNER}{turn} -{_CORNER} {_CORNER}"
        f"H{left + _CORNER}{turn} -{_CORNER} -{_CORNER}V{top + _CORNER}{turn} {_CORNER} -{_CORNER}H{near - 4}"
    )
    return f'<g>{spoken(" / ".join(drawn.path))}<path class="frame" d="{border}"/>{title}</g>'


def box(drawn: PlacedBox) -> str:
    """A component."""
    left, top, wide, high = edges(drawn.rectangle)
    radius = 16 if drawn.kind == "client" else 5
    outline = f'<rect class="box" x="{left}" y="{top}" width="{wide}" height="{high}" rx="{radius}"/>'
    about = spoken(f"{' '.join(drawn.lines)} ({drawn.kind})")
    return f"<g>{about}{outline}{_ornament(drawn)}{''.join(_written(drawn))}</g>"


def edges(area: Rectangle) -> tuple[int, int, int, int]:
    """Left, top, width and height of a border that runs through the middle of its cells."""
    return x(area.column), y(area.row), (area.width - 1) * CELL[0], (area.height - 1) * CELL[1]


def _written(drawn: PlacedBox) -> Iterator[str]:
    left, top, wide, high = edges(drawn.rectangle)
    room = wide - 2 * (_INSET_OF_BARS if drawn.kind in _BARRED else _INSET)
    shows_kind = widest(drawn.kind, KIND_SIZE) <= room
    tall = NAME_SIZE + _LINE * (len(drawn.lines) - 1) + (_KIND_LINE if shows_kind else 0)
    base = top + (high - tall) // 2 + NAME_SIZE - 1
    middle = left + wide // 2
    for index, line in enumerate(drawn.lines):
        yield words((middle, base + index * _LINE), line, "name", size=NAME_SIZE, room=room, anchor="middle")
    if shows_kind:
        last = base + _LINE * (len(drawn.lines) - 1)
        yield words((middle, last + _KIND_LINE), drawn.kind, "kind", size=KIND_SIZE, room=room, anchor="middle")


def _ornament(drawn: PlacedBox) -> str:
    """Strokes inside the border that show the family of a kind, wherever wires meet the border."""
    left, top, wide, high = edges(drawn.rectangle)
    right, bottom = left + wide, top + high
    if drawn.kind in DURABLE_STORES:
        return _stroke(_lid(left, top, right))
    if drawn.kind == "cache":
        return _stroke(_lid(left, top, right), "ornament passing")
    if drawn.kind in MESSAGING:
        return _stroke("".join(f"M{right - far} {top}V{bottom}" for far in (4, 8)))
    if drawn.kind in _IN_BACKGROUND:
        return _stroke(f"M{left + 4} {top}V{bottom}M{right - 4} {top}V{bottom}")
    if drawn.kind == "external":
        return _stroke(f"M{right - 10} {top}V{top + 10}H{right}")
    return ""


def _lid(left: int, top: int, right: int) -> str:
    return f"M{left} {top + 2}Q{(left + right) // 2} {top + 7} {right} {top + 2}"


def _stroke(drawn: str, kind: str = "ornament") -> str:
    return f'<path class="{kind}" d="{drawn}"/>'
