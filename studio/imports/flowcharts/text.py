"""Words inside Mermaid: labels freed of quotes, entities, icons and tags; a text with places for defects."""

import html
import re
from collections.abc import Iterator
from typing import Final

from studio.imports.frame.fences import Block
from studio.imports.frame.imported import MOST_DEFECTS, Defect
from studio.text import one_line, shortened

_BETWEEN: Final = re.compile(r"(?:[\s;]+|%%[^\n]*)+")
"""Blanks, ends of statements and comments."""
_ENTITY: Final = re.compile(r"#(\d{1,7});")
_NAMED: Final = re.compile(r"#(\w{2,8});")
_BREAK: Final = re.compile(r"<br\s*/?>|\\n", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")
_ICON: Final = re.compile(r"\bfa[bklrs]?:fa-[\w-]+")
_LONGEST: Final = 40


def label(text: str) -> str:
    """A label as a person reads it, on one line."""
    bare = text.strip()
    if len(bare) > 1 and bare[0] == bare[-1] == '"':
        bare = bare[1:-1]
    if len(bare) > 1 and bare[0] == bare[-1] == "`":
        bare = re.sub(r"(\*\*|__|\*|_)(\S(?:.*?\S)?)\1", r"\2", bare[1:-1])
    bare = _ICON.sub("", _TAG.sub("", _BREAK.sub(" ", bare)))
    return one_line(_NAMED.sub(_by_name, html.unescape(_ENTITY.sub(_by_number, bare)))).strip("\u200b")


def _by_number(found: re.Match[str]) -> str:
    code = int(found[1])
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _by_name(found: re.Match[str]) -> str:
    known = html.unescape(f"&{found[1]};")
    return known if not known.startswith("&") or found[1] == "amp" else found[0]


class Chart:
    """The text of a diagram, read from left to right, and what in it was not understood."""

    def __init__(self, block: Block, file: str) -> None:
        self.text = block.text
        self.place = 0
        self.first_line = block.first_line
        self._indent = block.indent
        self.file = file
        self.defects: list[Defect] = []

    @property
    def is_done(self) -> bool:
        """Whether everything was read."""
        return self.place >= len(self.text)

    def statements(self, header: re.Pattern[str]) -> Iterator[int]:
        """Stops at the start of each statement behind the header; whoever reads one takes it away."""
        self.match(header)
        self.match(_BETWEEN)
        while not self.is_done:
            yield self.place
            self.match(_BETWEEN)

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The pattern at this place, passed when it is there."""
        found = pattern.match(self.text, self.place)
        if found:
            self.place = found.end()
        return found

    def rest_of_line(self) -> str:
        """What stands up to the end of the line, passed."""
        end = self.text.find("\n", self.place)
        end = len(self.text) if end < 0 else end
        found, self.place = self.text[self.place : end], end
        return found

    def defect(self, what: str, advice: str, place: int | None = None) -> None:
        """Something that was not understood, at this place or another."""
        if len(self.defects) >= MOST_DEFECTS:
            return
        at = self.place if place is None else place
        line = self.text.count("\n", 0, at)
        column = at - (self.text.rfind("\n", 0, at) + 1) + 1 + self._indent
        self.defects.append(Defect(self.file, self.first_line + line, column, what, advice))

    def quoted(self, text: str) -> str:
        """A text shortened for a message."""
        return shortened(one_line(text), _LONGEST)
