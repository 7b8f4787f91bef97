"""Where everything lies in the text of a TOML document: tables, entries, comments, and the lines they begin on.

The text must be valid TOML (`tomllib` has accepted it); then every offset is exact. Nothing here recurses, so a
document that `tomllib` could read cannot exhaust the stack.
"""

import re
from collections.abc import Iterator
from enum import Enum
from typing import Final, NamedTuple

from studio.errors import TenfoldError
from studio.model.address import Address

BYTE_ORDER_MARK: Final = "\ufeff"

_KEY: Final = re.compile(r"[A-Za-z0-9_-]+|\"(?:[^\"\\\n]|\\.)*+\"|'[^'\n]*'")
_STRING: Final = (
    r"\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*+\"\"\"\"{0,2}|'''(?:[^']|'(?!''))*+''''{0,2}"
    r"|\"(?:[^\"\\\n]|\\.)*+\"|'[^'\n]*'"
)
_SCALAR: Final = re.compile(rf"(?s:{_STRING})|\d{{4}}-\d\d-\d\d \d\d:[^\s,\]}}#]*|[^\s,\]}}#]+")
_TOKEN: Final = re.compile(rf"(?s:{_STRING})|#[^\r\n]*|[\[\]{{}}]")
_SPACE: Final = re.compile(r"[ \t]*")
_FILLING: Final = re.compile(r"(?:[ \t\r\n,]|#[^\r\n]*)*+")
_COMMENT: Final = re.compile(r"#[^\r\n]*")
_SIMPLE: Final = re.compile(
    r"[ \t]*([A-Za-z0-9_-]+)[ \t]*=[ \t]*(\"(?!\"\")[^\"\\\n]*+\"|[\w.:+-]+)[ \t]*(#[^\r\n]*)?\r?(?:\n|\Z)"
)
"""Most lines: a bare key and a value without escapes; read in one step."""
_LINE: Final = re.compile(r"[^\n]*\n?")


class Kind(Enum):
    """What a statement is."""

    HEADER = "header"
    ENTRY = "entry"
    COMMENT = "comment"
    BLANK = "blank"


class Span(NamedTuple):
    """A stretch of the text: offsets, the end excluded."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The stretch itself."""
        return text[self.start : self.end]


class Statement(NamedTuple):
    """One statement with the whole lines it takes; the statements of a text follow each other without a gap."""

    kind: Kind
    path: Address
    """Of a header its table, of an entry its key with that of its table; of the rest the table they lie in."""
    line: int
    """The line it begins on, counted from 1."""
    whole: Span
    """All its lines, with white space and line ends."""
    keys: tuple[Span, ...] = ()
    """The parts of the key as written here: the last elements of the path."""
    value: Span | None = None
    comment: Span | None = None
    """The comment: behind a header or an entry, or the statement itself; without white space."""
    is_array: bool = False
    """Whether a header opens one of an array of tables."""


class Item(NamedTuple):
    """One entry of an inline table."""

    path: Address
    """The key, relative to the inline table."""
    keys: tuple[Span, ...]
    value: Span


class Piece(NamedTuple):
    """One item or one comment inside an array."""

    span: Span
    is_comment: bool


def statements(text: str) -> Iterator[Statement]:
    """The statements of a valid TOML document, in order, covering the whole text.

    Raises `TenfoldError` for a text that begins with a byte order mark.
    """
    if text.startswith(BYTE_ORDER_MARK):
        raise TenfoldError("the text begins with a byte order mark; save it as UTF-8 without one")
    position, line = 0, 1
    table: Address = ()
    while position < len(text):
        found = _statement(text, position, line, table)
        yield found
        position = found.whole.end
        line += text.count("\n", found.whole.start, position)
        if found.kind is Kind.HEADER:
            table = found.path


def _statement(text: str, start: int, line: int, table: Address) -> Statement:
    simple = _SIMPLE.match(text, start)
    if simple is not None:
        comment = Span(*simple.span(3)) if simple[3] is not None else None
        key, value = Span(*simple.span(1)), Span(*simple.span(2))
        return Statement(Kind.ENTRY, (*table, simple[1]), line, Span(*simple.span()), (key,), value, comment)
    position = _after_space(text, start)
    first = text[position : position + 1]
    if first == "[":
        return _header(text, start, position, line)
    if first == "#":
        comment, whole = _rest(text, start, position)
        return Statement(Kind.COMMENT, table, line, whole, comment=comment)
    if first in ("", "\n", "\r"):
        return Statement(Kind.BLANK, table, line, _rest(text, start, position)[1])
    path, keys, position = _key(text, position)
    position = _after_space(text, position + 1)  # the equals sign
    value = Span(position, _value_end(text, position))
    comment, whole = _rest(text, start, value.end)
    return Statement(Kind.ENTRY, (*table, *path), line, whole, keys, value, comment)


def _header(text: str, start: int, position: int, line: int) -> Statement:
    is_array = text.startswith("[[", position)
    path, keys, position = _key(text, _after_space(text, position + 1 + is_array))
    comment, whole = _rest(text, start, position + 1 + is_array)
    return Statement(Kind.HEADER, path, line, whole, keys, comment=comment, is_array=is_array)


def _rest(text: str, start: int, position: int) -> tuple[Span | None, Span]:
    """The comment behind `position`, and all lines from `start` to the end of the line it is on."""
    position = _after_space(text, position)
    found = _COMMENT.match(text, position)
    line = _LINE.match(text, position)
    end = line.end() if line else len(text)
    return Span(*found.span()) if found else None, Span(start, end)


def _after_space(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position


def _key(text: str, position: int) -> tuple[Address, tuple[Span, ...], int]:
    """The path, its parts and the offset of what follows, white space skipped."""
    spans: list[Span] = []
    while True:
        found = _KEY.match(text, position)
        if found is None:
            raise ValueError(f"no key at offset {position}: the text is not valid TOML")
        spans.append(Span(*found.span()))
        position = _after_space(text, found.end())
        if text[position : position + 1] != ".":
            return tuple(key_named(span.of(text)) for span in spans), tuple(spans), position
        position = _after_space(text, position + 1)


def key_named(written: str) -> str:
    """The key that a bare or quoted key of the file means."""
    if written[0] not in "\"'":
        return written
    if written[0] == "'" or "\\" not in written:
        return written[1:-1]
    import tomllib

    return str(tomllib.loads(f"key = {written}")["key"])


def _value_end(text: str, position: int) -> int:
    if text[position : position + 1] not in ("[", "{"):
        found = _SCALAR.match(text, position)
        if found is None:
            raise ValueError(f"no value at offset {position}: the text is not valid TOML")
        return found.end()
    depth = 0
    for found in _TOKEN.finditer(text, position):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found.group(), 0)
        if depth == 0:
            return found.end()
    raise ValueError(f"no end of the value at offset {position}: the text is not valid TOML")


def inline_items(text: str, table: Span) -> Iterator[Item]:
    """The entries of the inline table at `table`, not of those inside it."""
    position = _after_filling(text, table.start + 1)
    while position < table.end - 1:
        path, keys, position = _key(text, position)
        position = _after_space(text, position + 1)  # the equals sign
        value = Span(position, _value_end(text, position))
        yield Item(path, keys, value)
        position = _after_filling(text, value.end)


def array_pieces(text: str, array: Span) -> Iterator[Piece]:
    """The items and the comments of the array at `array`, in order, not of those inside it."""
    position = array.start + 1
    while position < array.end - 1:
        if text[position] in " \t\r\n,":
            position += 1
            continue
        comment = _COMMENT.match(text, position)
        span = Span(*comment.span()) if comment else Span(position, _value_end(text, position))
        yield Piece(span, is_comment=comment is not None)
        position = span.end


def _after_filling(text: str, position: int) -> int:
    found = _FILLING.match(text, position)
    return found.end() if found else position


class Lines:
    """The line of every key of a document: of tables, entries, and keys inside inline tables (that of the entry)."""

    def __init__(self, text: str) -> None:
        self._written: dict[Address, int] = {}
        self._implied: dict[Address, int] = {}
        for statement in statements(text):
            if statement.kind in (Kind.HEADER, Kind.ENTRY):
                self._remember(statement.path, statement.line)
            if statement.value is not None:
                self._remember_inside(text, statement.path, statement.value, statement.line)

    def _remember(self, path: Address, line: int) -> None:
        self._written.setdefault(path, line)
        for length in range(len(path) - 1, 0, -1):
            if self._implied.setdefault(path[:length], line) != line:
                break

    def _remember_inside(self, text: str, path: Address, value: Span, line: int) -> None:
        waiting = [(path, value)]
        while waiting:
            table, span = waiting.pop()
            if text[span.start] == "{":
                for item in inline_items(text, span):
                    self._remember((*table, *item.path), line)
                    waiting.append(((*table, *item.path), item.value))

    def line(self, path: Address) -> int:
        """The line of the key at `path`, or of the nearest table around it that is there; 1 when none is."""
        for length in range(len(path), 0, -1):
            found = self._written.get(path[:length]) or self._implied.get(path[:length])
            if found:
                return found
        return 1
