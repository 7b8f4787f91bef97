"""The text drawings in a file: in fences of Markdown, in comments of code, or standing freely."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from studio.diagrams.measure import clusters
from studio.text import visible

TAB: Final = 8
MOST_COLUMNS: Final = 5_000
MOST_CORNERS: Final = 20_000
"""Three hundred boxes with their lines have a sixth of it; far more is no drawing, and slow to find out."""

_FENCE: Final = re.compile(r"^[ >]*(`{3,}|~{3,})")
_COMMENT: Final = re.compile(r"^[ \t]*(//+!?|#+:?|--+(?=\s)|;+|%+|\*(?!/)|>)(?=\s|$)")
_GLYPHS: Final = frozenset("─│┌┐└┘┬┴├┤┼╭╮╰╯╌╎┄┆▲▼◄►")
_UNICODE_BOX: Final = re.compile(r"┌[─┴╌]")
_ASCII_BOX: Final = re.compile(r"\+[-+]*-[-+]*\+")
_ASCII_GLYPH: Final = re.compile(r"[|+]|(?:^|\s)[v^:](?:\s|$)|<-|->|<\.|\.>|-{4}|\.{4}")


class Drawing(NamedTuple):
    """Lines of a file that are a drawing, with comment marks blanked."""

    first_line: int
    """The line of the file, from 1, its first row stands on."""
    rows: tuple[str, ...]

    @property
    def is_too_large(self) -> bool:
        """Whether it is wider, or has more corners, than anything somebody could look at."""
        corners = sum(row.count("+") + row.count("┌") for row in self.rows)
        return corners > MOST_CORNERS or max(map(len, self.rows)) > MOST_COLUMNS

    @property
    def text(self) -> str:
        """The drawing as it is read."""
        return "\n".join(self.rows)

    def place(self, column: int, row: int) -> tuple[int, int]:
        """Line and column in the file, in characters from 1, of a cell of the drawing."""
        passed = 0
        for number, (_, wide) in enumerate(clusters(self.rows[row]) if row < len(self.rows) else ()):
            if passed + wide > column:
                return self.first_line + row, _characters(self.rows[row], number) + 1
            passed += wide
        return self.first_line + row, column + 1


def drawings(text: str) -> tuple[Drawing, ...]:
    """All drawings, in order. Blank lines do not end one; a line without any sign of a drawing does.

    Tabs are blanks up to the next eighth column, control characters are `�`.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = [visible(line).expandtabs(TAB) for line in plain.split("\n")]
    found = (_trimmed(block) for block in _blocks(lines))
    return tuple(drawing for drawing in found if drawing is not None)


def _characters(row: str, cells: int) -> int:
    """How many characters the first so many clusters of a row are."""
    return sum(len(glyphs) for glyphs, _ in clusters(row)[:cells])


def _blocks(lines: Sequence[str]) -> Iterator[list[tuple[int, str]]]:
    """Runs of numbered lines that may be a drawing each: the inside of a fence, or neighbours with signs of one."""
    block: list[tuple[int, str]] = []
    fence = ""
    for number, line in enumerate(lines, start=1):
        mark = _FENCE.match(line)
        if mark and (not fence or (mark[1].startswith(fence) and not line.strip("`~> "))):
            yield block
            block, fence = [], "" if fence else mark[1]
        elif fence or not line.strip() or _is_drawn(line):
            block.append((number, line))
        else:
            yield block
            block = []
    yield block


def _is_drawn(line: str) -> bool:
    bare = _COMMENT.sub("", line)
    return not bare.strip() or not _GLYPHS.isdisjoint(bare) or _ASCII_GLYPH.search(bare) is not None


def _trimmed(block: Sequence[tuple[int, str]]) -> Drawing | None:
    """The block from its first to its last line that is not blank, without comment marks; None when it has no box."""
    bare = list(zip((number for number, _ in block), _uncommented([line for _, line in block]), strict=True))
    while bare and not bare[0][1].strip():
        bare.pop(0)
    while bare and not bare[-1][1].strip():
        bare.pop()
    has_box = any(_UNICODE_BOX.search(line) for _, line in bare) or _has_ascii_box([line for _, line in bare])
    return Drawing(bare[0][0], tuple(line.rstrip() for _, line in bare)) if has_box else None


def _has_ascii_box(lines: Sequence[str]) -> bool:
    """Whether there is the top of a box with a side below it."""
    for line, below in pairwise(lines):
        for found in _ASCII_BOX.finditer(line):
            if below[found.start() : found.start() + 1] == "|":
                return True
    return False


def _uncommented(lines: Sequence[str]) -> list[str]:
    """The lines with the comment mark they all begin with blanked; as they are when they do not."""
    marks = [_COMMENT.match(line) for line in lines if line.strip()]
    kinds = {mark[1] if mark else "" for mark in marks}
    if len(kinds) != 1 or kinds == {""}:
        return list(lines)
    return [_COMMENT.sub(lambda mark: " " * len(mark[0]), line) for line in lines]
