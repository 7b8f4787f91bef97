"""Texts of a language inside a file: in the fences of Markdown that name it, or the whole file."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from studio.errors import TenfoldError
from studio.imports.frame.imported import Source
from studio.text import listed

_FENCE: Final = re.compile(r"^([ \t>]*)(`{3,}|~{3,}|:{3,})[ \t]*\{?[ \t]*\.?([\w-]*)")

MOST_CHARACTERS: Final = 2**20
"""A drawing somebody could look at has a hundredth of it."""


class Block(NamedTuple):
    """A text, and where in the file it stands."""

    text: str
    first_line: int
    """From 1."""
    indent: int = 0
    """Characters before each of its lines."""


def chosen(source: Source, languages: Iterable[str], what: str) -> tuple[Block, str]:
    """The block of that number, and a sentence about the others. Raises TenfoldError when there is none of it."""
    found = fences(source.text, frozenset(languages)) or (Block(source.text, 1),)
    if not 1 <= source.number <= len(found):
        raise TenfoldError(
            f"{source.file}:1: it has {len(found)} {what}{'s'[: len(found) != 1]}; --number counts them from 1"
        )
    block = found[source.number - 1]
    if len(block.text) > MOST_CHARACTERS:
        raise TenfoldError(f"{source.file}:{block.first_line}: it is too large for a {what}; cut it into several")
    lines = listed(f"line {block.first_line}" for block in found)
    others = f"{len(found)} {what}s, on {lines}; --number chooses one" if len(found) > 1 else ""
    return block, others


def fences(text: str, languages: frozenset[str]) -> tuple[Block, ...]:
    """The insides of the fences that name one of the languages, their indentation and quote marks taken off."""
    found: list[Block] = []
    fence, inside, first, prefix = "", False, 0, ""
    rows: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        mark = _FENCE.match(line)
        if mark and not fence:
            prefix, fence, inside, first, rows = mark[1], mark[2], mark[3].casefold() in languages, number + 1, []
        elif mark and mark[2].startswith(fence) and not line.strip("`~:> \t"):
            if inside:
                found.append(Block("\n".join(rows), first, len(prefix)))
            fence, inside = "", False
        elif inside:
            rows.append(line.removeprefix(prefix))
    if inside:
        found.append(Block("\n".join(rows), first, len(prefix)))
    return tuple(found)
