"""What an import takes, and what it gives."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from studio.model.address import Address
from studio.model.design import Design
from studio.text import one_line

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_NOWHERE: Final[Mapping[Address, str]] = MappingProxyType({})


MOST_DEFECTS: Final = 100
"""Defects told of one text; who has mended these reads it again."""


class Source(NamedTuple):
    """A text to be read."""

    text: str
    file: str
    """Its name, for messages."""
    title: str
    """What the design is called where the text itself does not say."""
    number: int = 1
    """Which of several things in it, from 1."""
    also: tuple["Source", ...] = ()
    """Further files of the same thing, in order: what a later one says overrides the earlier."""
    folder: Path | None = None
    """Files inside this folder may be read too where the text names them; None: no other file is read."""
    variables: Mapping[str, str] = _NOTHING
    """Values for variables that the text leaves open."""


class Defect(NamedTuple):
    """Something in the text that was not understood: where, what, and what to do."""

    file: str
    line: int
    column: int
    """Characters from the left, from 1."""
    what: str
    advice: str

    def __str__(self) -> str:
        return one_line(f"{self.file}:{self.line}:{self.column}: {self.what}; {self.advice}")


class Imported(NamedTuple):
    """A skeleton of a design."""

    design: Design
    unknown: tuple[str, ...]
    """What the format cannot know or this text does not say, a sentence each, the most useful to settle first."""
    defects: tuple[Defect, ...] = ()
    """In the order of the text."""
    others: str = ""
    """What else there is in the text to be imported; empty when that was all."""
    keys: Mapping[Address, str] = _NOWHERE
    """What each part is called in the text, so that a later import finds it again; none where a format has no names."""
    remarks: tuple[str, ...] = ()
    """What a person should know of the text beside that, such as secrets in it: a sentence each."""
    asks: tuple[str, ...] = ()
    """Fields of the design that nobody gave, those first that settle most rules."""

    @property
    def size(self) -> str:
        """How much was found: «2 components, 1 connection»."""
        parts = [("component", len(self.design.components)), ("connection", len(self.design.connections))]
        if self.design.decisions:
            decisions = ("decision", len(self.design.decisions))
            parts = [decisions] if not self.design.components else [*parts, decisions]
        return ", ".join(f"{count} {word}{'s' if count != 1 else ''}" for word, count in parts)
