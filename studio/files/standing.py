"""Where a session stands: a design, and the person's text that saving starts from."""

from functools import lru_cache
from typing import NamedTuple, Self

from studio.files.differences import Document
from studio.files.loading import toml_document, validated
from studio.files.remembering import Moment, Remembered
from studio.model.design import Design


class Basis(NamedTuple):
    """A text as a person wrote it, and what it says. Saving changes it so that it says what the design says."""

    text: str
    design: Design


class Stand:
    """A design and its basis. One that comes from a journal is read only when somebody asks for it."""

    __slots__ = ("_basis", "_design", "_document", "text")

    def __init__(self, design: Design | None, text: str, basis: Basis | None, document: Document | None = None) -> None:
        self._design = design
        self._basis = basis
        self._document = document
        self.text = text
        """Of the basis."""

    @classmethod
    def on(cls, design: Design, text: str, says: Design) -> Self:
        """A design that is to be written into a text."""
        return cls(design, text, Basis(text, says))

    @classmethod
    def at(cls, moment: Moment) -> Self:
        """A moment of a journal."""
        return cls(None, moment.text, None, moment.document)

    def now(self, design: Design) -> "Stand":
        """Another design on the same basis."""
        return Stand(design, self.text, self._basis)

    @property
    def design(self) -> Design:
        """The design. Raises `pydantic.ValidationError` when the document of the journal was none."""
        if self._design is None:
            self._design = validated(self._document or {})
        return self._design

    @property
    def basis(self) -> Basis:
        """The text, read."""
        if self._basis is None:
            self._basis = _basis(self.text)
        return self._basis

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Stand):
            return NotImplemented
        return self is other or (self.text == other.text and self.design == other.design)

    __hash__ = None  # type: ignore[assignment]  # designs are compared, not hashed: that would walk through all of them


@lru_cache(maxsize=4)
def _basis(text: str) -> Basis:
    return Basis(text, validated(toml_document(text, "journal")))


def is_sound(found: Remembered) -> bool:
    """Whether what a journal says now, and what it says the file said, are designs."""
    try:
        for moment in (found.saved, found.now):
            _ = Stand.at(moment).design
    except ValueError:
        return False
    return True
