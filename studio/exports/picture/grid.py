"""From cells to pixels: a cell is 8 × 20, and a place is the middle of its cell. All coordinates are whole numbers."""

from typing import Final

from studio.diagrams.measure import clusters
from studio.diagrams.scene import Point

CELL: Final = (8, 20)
"""Width and height of a cell: a capital letter of the names is about as wide, and two lines fit into a box of one."""
MARGIN: Final = 24
"""Paper round the drawing."""


def x(column: int) -> int:
    """The middle of a column."""
    return column * CELL[0]


def y(row: int) -> int:
    """The middle of a row."""
    return row * CELL[1]


def place(point: Point) -> Point:
    """The middle of a cell."""
    return x(point[0]), y(point[1])


def widest(text: str, size: int) -> float:
    """Pixels that a text takes at most in an ordinary sans-serif face of that size.

    Shares of the size are those of DejaVu Sans, the widest face usually found: 0.64 for small letters, 0.8 for
    capitals, 1 for M, W and the like, 1.4 for emoji and 1 for other wide characters.
    """
    return sum(size * _share(glyph, columns) for glyph, columns in clusters(text))


def _share(glyph: str, columns: int) -> float:
    if columns == 2:
        return 1.4 if ord(glyph[0]) > 0x1F000 else 1.0
    if glyph in "ilIj.,:;'|!()[]ft ":
        return 0.4
    if glyph in "MWmw@%—…":
        return 1.0
    return 0.8 if glyph.isupper() else 0.64
