"""What an import takes, and what it gives."""

from typing import NamedTuple

from studio.model.design import Design


class Source(NamedTuple):
    """A text to be read."""

    text: str
    file: str
    """Its name, for messages."""
    title: str
    """What the design is called where the text itself does not say."""
    number: int = 1
    """Which of several things in it, from 1."""


class Defect(NamedTuple):
    """Something in the text that was not understood: where, what, and what to do."""

    file: str
    line: int
    column: int
    """Characters from the left, from 1."""
    what: str
    advice: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.what}; {self.advice}"


class Imported(NamedTuple):
    """A skeleton of a design."""

    design: Design
    unknown: tuple[str, ...]
    """What the format cannot know or this text does not say, a sentence each, the most useful to settle first."""
    defects: tuple[Defect, ...] = ()
    """In the order of the text."""
    others: str = ""
    """What else there is in the text to be imported; empty when that was all."""

    @property
    def size(self) -> str:
        """How much was found: «2 components, 1 connection»."""
        parts = (("component", self.design.components), ("connection", self.design.connections))
        return ", ".join(f"{len(found)} {word}{'s' if len(found) != 1 else ''}" for word, found in parts)
