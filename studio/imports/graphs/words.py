"""The words of the DOT language: ids, signs, comments left out (graphviz.org, The DOT Language)."""

import re
from typing import Final, NamedTuple

from studio.imports.frame.fences import Block

_SPACE: Final = re.compile(r"(?:\s|//[^\n]*|/\*.*?\*/|#[^\n]*)+", re.DOTALL)
_NAME: Final = re.compile(r"[A-Za-z\u0080-\U0010ffff_][\w\u0080-\U0010ffff]*")
_NUMBER: Final = re.compile(r"-?(?:\.\d+|\d+(?:\.\d*)?)")
_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_SIGN: Final = re.compile(r"->|--|[{}\[\];,=:+]")


class Word(NamedTuple):
    """One word, with its place."""

    text: str
    kind: str
    """`id`, `sign`, `html`, `quoted`, `end`, or `bad` for what is no word of the language."""
    line: int
    column: int

    @property
    def is_id(self) -> bool:
        """Whether it can name something."""
        return self.kind in ("id", "html", "quoted")

    def says(self, keyword: str) -> bool:
        """Whether it is that keyword, in any case; a quoted word is none."""
        return self.kind == "id" and self.text.casefold() == keyword


def words(block: Block) -> list[Word]:
    """All words of a text; the last is its end."""
    found: list[Word] = []
    text = block.text
    place, line, start = 0, block.first_line, 0
    while True:
        space = _SPACE.match(text, place)
        place, (line, start) = space.end() if space else place, _passed(text, place, space, line, start)
        if place >= len(text):
            return [*found, Word("", "end", line, place - start + 1 + block.indent)]
        word, end = _word(text, place, line, place - start + 1 + block.indent)
        newlines = text.count("\n", place, end)
        if newlines:
            line, start = line + newlines, text.rindex("\n", place, end) + 1
        place = end
        found.append(word)


def _passed(text: str, place: int, space: re.Match[str] | None, line: int, start: int) -> tuple[int, int]:
    if space is None or "\n" not in space[0]:
        return line, start
    return line + space[0].count("\n"), text.rindex("\n", place, space.end()) + 1


def _word(text: str, place: int, line: int, column: int) -> tuple[Word, int]:
    if found := _SIGN.match(text, place):
        return Word(found[0], "sign", line, column), found.end()
    if found := _QUOTED.match(text, place):
        return Word(re.sub(r"\\\n", "", found[1]).replace('\\"', '"'), "quoted", line, column), found.end()
    if found := _NAME.match(text, place) or _NUMBER.match(text, place):
        return Word(found[0], "id", line, column), found.end()
    if text[place] == "<":
        end = _closing(text, place)
        if end is None:  # nothing behind a tag that stays open can be told apart
            return Word("<", "bad", line, column), len(text)
        return Word(text[place + 1 : end - 1], "html", line, column), end
    return Word(text[place], "bad", line, column), place + 1


def _closing(text: str, place: int) -> int | None:
    """Where the HTML text that begins here ends: its brackets are balanced."""
    depth = 0
    for found in re.compile(r"[<>]").finditer(text, place):
        depth += 1 if found[0] == "<" else -1
        if depth == 0:
            return found.end()
    return None
