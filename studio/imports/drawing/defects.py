"""What in a drawing could not be read, each at its place in the file."""

from collections.abc import Iterator
from typing import Final

from studio.diagrams.reading import Reading
from studio.diagrams.scene import Point
from studio.imports.drawing.finding import Drawing
from studio.imports.frame.imported import Defect
from studio.text import one_line, shortened

_LINES: Final = frozenset("─│┬┴├┤┼╭╮╰╯┄┆▲▼◄►┌┐└┘╌╎")
_PLAIN_LINES: Final = frozenset("-|+.:=<>^v")
_LONGEST: Final = 40
"""Columns of a quoted text."""


def defects(drawing: Drawing, reading: Reading, file: str) -> tuple[Defect, ...]:
    """Boxes and frames without a name, lines that lead nowhere, words that belong to nothing; in reading order."""
    found = [*_nameless(drawing, reading, file), *_unread(drawing, reading, file)]
    return tuple(sorted(found, key=lambda defect: (defect.line, defect.column)))


def _nameless(drawing: Drawing, reading: Reading, file: str) -> Iterator[Defect]:
    for box in reading.boxes:
        if not box.lines:
            place = drawing.place(box.rectangle.column, box.rectangle.row)
            yield Defect(file, *place, "this box says nothing", "write a name into it")
    for frame in reading.frames:
        if not frame.title:
            place = drawing.place(frame.rectangle.column, frame.rectangle.row)
            yield Defect(
                file, *place, "this frame has no title, so it groups nothing", "write one into its upper border"
            )


def _unread(drawing: Drawing, reading: Reading, file: str) -> Iterator[Defect]:
    cells = {point: _written(drawing, point) for point in reading.unread}
    lines = {point for point, text in cells.items() if _is_line(text)}
    for (column, row), text in cells.items():
        place = drawing.place(column, row)
        if (column, row) not in lines:
            quoted = shortened(one_line(text), _LONGEST)
            yield Defect(
                file, *place, f"“{quoted}” is on no line and in no box",
                "write a label on its line or two columns right of it, a name into a box",
            )  # fmt: skip
        elif (column, row - 1) not in lines:
            yield Defect(
                file, *place, "this line leads from no box to an arrowhead at a box",
                "begin it at a box and let its arrowhead touch one",
            )  # fmt: skip


def _written(drawing: Drawing, point: Point) -> str:
    """The text from a cell to the next two blanks."""
    line, column = drawing.place(*point)
    return drawing.rows[line - drawing.first_line][column - 1 :].split("  ")[0]


def _is_line(text: str) -> bool:
    signs = set(text.split(" ", maxsplit=1)[0])
    return bool(signs & _LINES) or signs <= _PLAIN_LINES
