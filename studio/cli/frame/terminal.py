"""How commands print: safe text, colour only where it is welcome, columns that line up."""

import os
import sys
from collections.abc import Iterable, Sequence
from typing import Final

from studio.text import visible, width

COLOURS: Final = {"red": "31", "yellow": "33", "green": "32", "cyan": "36", "dim": "2", "bold": "1"}


def say(text: str = "") -> None:
    """Prints data to stdout, with nothing in it that could act on the terminal."""
    print("\n".join(visible(line) for line in text.split("\n")))


def flush() -> None:
    """Lets what was said be seen, when somebody looks on."""
    if sys.stdout.isatty():
        sys.stdout.flush()


def talk(text: str) -> None:
    """Prints talk to stderr, as safely."""
    print(visible(text), file=sys.stderr)


def is_colour_welcome() -> bool:
    """Whether stdout is a terminal that may be coloured."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def coloured(text: str, colour: str, *, welcome: bool) -> str:
    """Safe text in a colour, where colour is welcome."""
    return f"\x1b[{COLOURS[colour]}m{visible(text)}\x1b[0m" if welcome else visible(text)


def table(rows: Iterable[Sequence[str]], *, right: frozenset[int] = frozenset()) -> list[str]:
    """Rows as lines of columns two blanks apart; the columns in `right` are set to the right. Blanks end no line."""
    cells = [tuple(visible(cell) for cell in row) for row in rows]
    widths = [
        max((width(row[column]) for row in cells), default=0) for column in range(max(map(len, cells), default=0))
    ]
    lines = []
    for row in cells:
        parts = []
        for column, cell in enumerate(row):
            blanks = " " * (widths[column] - width(cell))
            parts.append(blanks + cell if column in right else cell + blanks)
        lines.append("  ".join(parts).rstrip())
    return lines
