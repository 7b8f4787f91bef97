"""Rows of a list as plain data, and how they fall onto lines of a given width. No screen is needed here."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from studio.diagrams.measure import clusters
from studio.text import one_line, width


class Span(NamedTuple):
    """Some text and the part it plays: a role of `studio.tui.roles`, or nothing for plain text."""

    text: str
    role: str = ""


class Row(NamedTuple):
    """One entry of a list."""

    key: str
    """What the list calls it; unique in its list."""
    spans: tuple[Span, ...]
    right: tuple[Span, ...] = ()
    """Stands at the right edge of the first line."""
    can_be_chosen: bool = True
    wraps: bool = False
    """Whether it may take several lines; else it is cut with an ellipsis."""
    indent: int = 0
    """Columns before its continuation lines."""


class ScreenLine(NamedTuple):
    """One line on the screen: which row it belongs to, and its spans, together at most as wide as the list."""

    row: int
    spans: tuple[Span, ...]


def row(key: str, *spans: Span | str, right: Iterable[Span] = (), wraps: bool = False, indent: int = 0) -> Row:
    """A row that can be chosen; plain texts become spans without a role."""
    return Row(key, _spans(spans), tuple(right), wraps=wraps, indent=indent)


def words(key: str, *spans: Span | str, right: Iterable[Span] = (), wraps: bool = False, indent: int = 0) -> Row:
    """A row that is only read: the cursor steps over it."""
    return Row(key, _spans(spans), tuple(right), can_be_chosen=False, wraps=wraps, indent=indent)


def _spans(parts: Iterable[Span | str]) -> tuple[Span, ...]:
    spans = (part if isinstance(part, Span) else Span(part) for part in parts)
    return tuple(Span(safe(span.text), span.role) for span in spans)


def safe(text: str) -> str:
    """Text that cannot act on a terminal and stays on its line; blanks at its ends are kept."""
    if text.isascii() and text.isprintable():
        return text
    before, after = len(text) - len(text.lstrip(" ")), len(text) - len(text.rstrip(" "))
    return " " * before + one_line(text) + " " * after if text.strip() else text


def fallen(rows: Sequence[Row], columns: int) -> list[ScreenLine]:
    """The rows on lines of at most `columns` columns."""
    lines: list[ScreenLine] = []
    for index, found in enumerate(rows):
        if found.wraps:
            lines += (ScreenLine(index, spans) for spans in _wrapped(found.spans, columns, found.indent))
        else:
            lines.append(ScreenLine(index, _with_right(found, columns)))
    return lines


def _with_right(found: Row, columns: int) -> tuple[Span, ...]:
    right = cut(found.right, columns)
    taken = columns_of(right)
    left = cut(found.spans, columns - taken - (1 if taken else 0))
    if not taken:
        return left
    return (*left, Span(" " * max(columns - taken - columns_of(left), 0)), *right)


def columns_of(spans: Iterable[Span]) -> int:
    """How many columns spans take together."""
    return sum(width(span.text) for span in spans)


def cut(spans: Iterable[Span], columns: int) -> tuple[Span, ...]:
    """Spans in at most `columns` columns; an ellipsis says that something was cut."""
    kept = tuple(spans)
    if columns_of(kept) <= columns:
        return kept
    left, found = max(columns - 1, 0), []
    for span in kept:
        text = _first(span.text, left)
        found.append(Span(text, span.role))
        left -= width(text)
        if text != span.text:
            break
    if columns > 0:
        found.append(Span("…", found[-1].role if found else ""))
    return tuple(found)


def _first(text: str, columns: int) -> str:
    if text.isascii():
        return text[:columns]
    kept, used = [], 0
    for part, taken in clusters(text):
        if used + taken > columns:
            break
        kept.append(part)
        used += taken
    return "".join(kept)


def _wrapped(spans: Iterable[Span], columns: int, indent: int) -> list[tuple[Span, ...]]:
    """Spans broken at blanks; a word wider than the line is broken where the line ends."""
    lines: list[list[Span]] = [[]]
    used = 0
    for span in spans:
        for piece in _pieces(span.text, max(columns - indent, 1)):
            wide = width(piece)
            if used + wide > columns and used > indent:
                lines.append([Span(" " * indent)] if indent else [])
                used = indent
                piece = piece.lstrip(" ")
                wide = width(piece)
            lines[-1].append(Span(piece, span.role))
            used += wide
    return [_joined(line) for line in lines]


def _pieces(text: str, columns: int) -> Iterable[str]:
    """Words, each with the blanks before it, none wider than `columns`."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or (text[place] == " " and text[place - 1] != " "):
            piece = text[start:place]
            start = place
            while width(piece) > columns and piece.strip(" ") and (head := _first(piece, columns)):
                yield head
                piece = piece[len(head) :]
            yield piece


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].role == span.role:
            joined[-1] = Span(joined[-1].text + span.text, span.role)
        else:
            joined.append(span)
    return tuple(joined)
