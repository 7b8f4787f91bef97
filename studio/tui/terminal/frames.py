"""Frames for a terminal, reduced to what differs from what it shows.

A frame is a string of cursor moves (`CSI row;column H`), styles (`CSI … m`) and printable text, as Textual writes it.
`Shown` keeps what the terminal shows and answers with the cells that differ, and with what differs in their styles:
a moved cursor in a list is some hundred bytes instead of some thousand. What is no frame goes through as it is.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import repeat
from typing import Final, NamedTuple, TypeAlias

from studio.diagrams.measure import clusters, is_plain

_TOKEN: Final = re.compile(r"\x1b\[([0-9;]*)([mH])|([^\x1b]+)|(\x1b)")
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_BRIDGE: Final = 4
"""Equal cells between two differing ones that are cheaper to write again than to jump over."""


Cell: TypeAlias = tuple[str, str]
"""A character and its style; the right half of a wide character has an empty text. A bare tuple: a frame has many."""

Rows: TypeAlias = dict[int, dict[int, Cell]]
"""Cells by row and column, from 1."""


class Style(NamedTuple):
    """The parts of a style that change independently."""

    marks: str
    """Bold, italic, underlined …"""
    front: str
    back: str


class Shown:
    """What a terminal shows, cell by cell, as far as that is known."""

    def __init__(self) -> None:
        self._rows: Rows = {}

    def forget(self) -> None:
        """Nothing is known any more: the next frame is written whole."""
        self._rows.clear()

    def reduced(self, data: str) -> str | None:
        """What must be written so that the terminal shows the frame; None when `data` is no frame."""
        read = _read(data)
        return None if read is None else self.brought(*read)

    def takes_for_shown(self, picture: str) -> None:
        """Knows that the terminal shows a picture."""
        read = _read(picture)
        self._rows = read[0] if read else {}

    def lost(self, row: int, column: int) -> None:
        """A cell was written on by somebody else."""
        self._rows.get(row, {}).pop(column, None)

    def picture(self) -> str:
        """All that is known to be shown, as one frame."""
        writer = _Writer()
        for row, cells in sorted(self._rows.items()):
            for first, last in _unbroken(cells):
                writer.write(row, first, [cells[column] for column in range(first, last + 1)])
        return writer.ended((1, 1))

    def brought(self, rows: Rows, cursor: tuple[int, int]) -> str:
        """What must be written so that the terminal shows these cells and has its cursor there."""
        writer = _Writer()
        for row, cells in sorted(rows.items()):
            known = self._rows.setdefault(row, {})
            for first, last in _runs(known, cells):
                writer.write(row, first, [cells[column] for column in range(first, last + 1)])
            known.update(cells)
        return writer.ended(cursor)


class Curtain:
    """Frames that are not shown yet: each lies over those before it."""

    def __init__(self) -> None:
        self.rows: Rows = {}
        self.cursor = (1, 1)

    def took(self, data: str) -> bool:
        """Whether `data` is a frame; it is kept then."""
        read = _read(data)
        if read is None:
            return False
        for row, cells in read[0].items():
            self.rows.setdefault(row, {}).update(cells)
        self.cursor = read[1]
        return True


def _read(data: str) -> tuple[Rows, tuple[int, int]] | None:
    """The cells a frame writes, by row and column (from 1), and where it leaves the cursor."""
    if not data.startswith("\x1b[") or _CONTROL.search(data.replace("\x1b", "")):
        return None
    rows: Rows = {}
    row = column = 1
    style = ""
    for found in _TOKEN.finditer(data):
        numbers, kind, text, stray = found.groups()
        if stray:
            return None
        if kind == "H":
            ends = numbers.split(";")
            if len(ends) != 2 or not all(ends):
                return None
            row, column = int(ends[0]), int(ends[1])
        elif kind == "m":
            style = "" if numbers in ("", "0") else f"{style};{numbers}".lstrip(";")
        else:
            column = _put(rows.setdefault(row, {}), column, text.replace("\n", ""), _in_order(style))
    return rows, (row, column)


def _put(cells: dict[int, Cell], column: int, text: str, style: str) -> int:
    if is_plain(text):
        end = column + len(text)
        cells.update(zip(range(column, end), zip(text, repeat(style)), strict=False))
        return end
    for part, width in clusters(text):
        cells[column] = (part, style)
        if width == 2:
            cells[column + 1] = ("", style)
        column += width
    return column


def _runs(known: dict[int, Cell], cells: dict[int, Cell]) -> Iterator[tuple[int, int]]:
    """The runs of cells to write: those that differ, joined over short gaps, never beginning or ending in a half."""
    differing = [column for column, cell in cells.items() if known.get(column) != cell]
    if not differing:
        return
    if _has_odd(list(cells.values())) or _has_odd([known[column] for column in cells if column in known]):
        yield from _unbroken(cells)
        return
    first = last = 0
    for column in sorted(differing):
        if first and (column - last > _BRIDGE or any(place not in cells for place in range(last, column))):
            yield first, last
            first = 0
        first = first or column
        last = column
    yield first, last


def _has_odd(cells: list[Cell]) -> bool:
    """Whether a cell takes part in something wider or narrower than one column: terminals differ about these."""
    texts = [text for text, _ in cells]
    joined = "".join(texts)
    if len(joined) == len(texts) and is_plain(joined):
        return False
    return any(len(text) != 1 or (text > "\u02ff" and _width(text) != 1) for text in texts)


@lru_cache(maxsize=4096)
def _width(text: str) -> int:
    return sum(width for _, width in clusters(text))


def _unbroken(cells: dict[int, Cell]) -> Iterator[tuple[int, int]]:
    first = last = 0
    for column in sorted(cells):
        if first and column != last + 1:
            yield first, last
            first = 0
        first = first or column
        last = column
    if first:
        yield first, last


class _Writer:
    """Writes runs of cells with as few moves and styles as it takes."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._style = ""

    def write(self, row: int, column: int, cells: list[Cell]) -> None:
        self._out.append(f"\x1b[{row};{column}H")
        for text, style in cells:
            if style != self._style:
                self._out.append(_change(self._style, style))
                self._style = style
            self._out.append(text)

    def ended(self, cursor: tuple[int, int]) -> str:
        if not self._out:
            return ""
        reset = "\x1b[0m" if self._style else ""
        return "".join(self._out) + f"{reset}\x1b[{cursor[0]};{cursor[1]}H"


@lru_cache(maxsize=4096)
def _change(before: str, after: str) -> str:
    """The shortest way from one style to another."""
    one, other = _style(before), _style(after)
    if one.marks != other.marks or (one.front and not other.front) or (one.back and not other.back):
        return f"\x1b[0;{after}m" if after else "\x1b[0m"
    parts = [part for was, part in ((one.front, other.front), (one.back, other.back)) if part != was]
    return f"\x1b[{';'.join(parts)}m"


@lru_cache(maxsize=4096)
def _in_order(written: str) -> str:
    """The same style however it came about: marks, front, back."""
    style = _style(written)
    return ";".join(filter(None, (style.marks, style.front, style.back)))


@lru_cache(maxsize=4096)
def _style(written: str) -> Style:
    """A style taken apart; later parts of one kind stand for earlier ones."""
    numbers = written.split(";") if written else []
    marks, front, back = "", "", ""
    while numbers:
        size = {"2": 5, "5": 3}.get(numbers[1], 1) if numbers[0] in ("38", "48") and len(numbers) > 1 else 1
        part, numbers = ";".join(numbers[:size]), numbers[size:]
        code = int(part.split(";")[0] or 0)
        if code == 0:
            marks = front = back = ""
        elif 30 <= code <= 39 or 90 <= code <= 97:
            front = part
        elif 40 <= code <= 49 or 100 <= code <= 107:
            back = part
        else:
            marks = f"{marks};{part}".lstrip(";")
    return Style(marks, front, back)
