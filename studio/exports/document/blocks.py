"""What a document is built of, before it is Markdown or HTML: headings, paragraphs, lists, tables, code, drawings.

Text in a block is plain: writers escape it for their language, whoever wrote it. What is to stand out is a `Span`.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple, TypeAlias

Style: TypeAlias = Literal["plain", "strong", "emphasis", "code", "mark"]


class Span(NamedTuple):
    """Words inside a line with a look, a place they lead to, or a name by which they are found."""

    text: str
    style: Style = "plain"
    to: str = ""
    """The anchor it leads to in this document."""
    anchor: str = ""
    """Its own name; both match `[a-z0-9_-]*`."""


Words: TypeAlias = str | Span | tuple[str | Span, ...]
"""A line of text, of a person or ours."""


class Heading(NamedTuple):
    """A heading inside a section."""

    text: str
    level: int = 3
    anchor: str = ""


class Paragraph(NamedTuple):
    """A paragraph; `missing` is one that stands where something is not stated."""

    words: Words
    kind: Literal["", "missing", "note"] = ""


class Prose(NamedTuple):
    """A person's text, several paragraphs perhaps; nothing in it is markup."""

    text: str


class Points(NamedTuple):
    """A list, numbered where the order counts."""

    items: tuple[Words, ...]
    numbered: bool = False


class Table(NamedTuple):
    """A table; an empty cell is shown as a dash."""

    header: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    figures: frozenset[int] = frozenset()
    """Columns that hold figures, from 0: they stand right."""


class Code(NamedTuple):
    """Text that keeps its lines."""

    text: str
    language: str = ""


class Drawing(NamedTuple):
    """The drawing of the design; each writer makes the one it needs."""

    as_text: Callable[[], str]
    as_picture: Callable[[], str]
    """SVG, harmless as it is."""


Block: TypeAlias = Heading | Paragraph | Prose | Points | Table | Code | Drawing


class Section(NamedTuple):
    """A numbered section."""

    number: int
    title: str
    blocks: tuple[Block, ...]

    @property
    def name(self) -> str:
        """Of its part in a document people write into: `non-goals`."""
        return self.title.lower().replace(" ", "-")

    @property
    def anchor(self) -> str:
        """By which it is found, whatever the parts of a design are called."""
        return f"section-{self.number}"


class Document(NamedTuple):
    """A title and the sections."""

    title: str
    sections: tuple[Section, ...]


def table(header: Sequence[str], rows: Iterable[Sequence[Words]], figures: Iterable[int] = ()) -> tuple[Block, ...]:
    """A table without the columns in which nobody said anything; nothing at all without rows.

    The first column always stays. `figures` are the columns that hold figures, from 0.
    """
    cells = [tuple(row) for row in rows]
    if not cells:
        return ()
    kept = [index for index in range(len(header)) if index == 0 or any(row[index] for row in cells)]
    right = frozenset(place for place, index in enumerate(kept) if index in set(figures))
    return (Table(tuple(header[i] for i in kept), tuple(tuple(row[i] for i in kept) for row in cells), right),)


def points(items: Iterable[Words]) -> tuple[Block, ...]:
    """A list; nothing at all without items."""
    found = tuple(items)
    return (Points(found),) if found else ()


def missing(*fields: str) -> tuple[Block, ...]:
    """What nobody has said yet, and where to say it."""
    named: list[str | Span] = []
    for field in fields:
        named += [", " if named else "", Span(field, "code")]
    return (Paragraph(("Not stated yet. To fill it, give ", *named, " in the design."), "missing"),)


def said(text: str | None, field: str) -> tuple[Block, ...]:
    """A person's words, or what is missing."""
    return (Prose(text),) if text else missing(field)


def line(*parts: Words) -> Words:
    """Words one after the other."""
    return joined(parts, "")


def joined(parts: Iterable[Words], between: str = ", ") -> Words:
    """Several words as one line."""
    found: list[str | Span] = []
    for part in parts:
        if part:
            found += [between] if found else []
            found += part if isinstance(part, tuple) and not isinstance(part, Span) else [part]
    return tuple(found)
