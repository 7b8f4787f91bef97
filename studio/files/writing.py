"""A design as canonical text.

Sections come in the order of the model, one blank line before each table. Small structures of a component
(`autoscale`, `deploy`, `limits.connections`, …) are written in braces where they fit on a line of 120 columns and no
comment lies inside them, as tables of their own where they do not; lists longer than 100 columns take a line an item.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from studio.model.address import Address
from studio.model.design import Design
from studio.model.document import document
from studio.model.fields import FieldShape, shapes
from studio.model.part import Named, Part

COLUMNS: Final = 100
"""A list that makes its line longer than this takes one line an item."""
_COLUMNS_IN_BRACES: Final = 120
"""A small structure in braces cannot be broken; one longer than this becomes a table of its own."""
_SMALL: Final = frozenset({"limits", "expires"})
"""Keys of a component whose tables are small enough for braces."""
_BRACED: Final = frozenset({"components", "connections"})
"""Sections whose parts have small structures of their own, written in braces."""


class AsWritten(NamedTuple):
    """A value in the words of the person who wrote it."""

    text: str


class Remarks(NamedTuple):
    """The comments of one table or entry, each beginning with `#`; an empty text is an empty line."""

    above: tuple[str, ...] = ()
    behind: str = ""
    below: tuple[str, ...] = ()
    """After the last entry of a table."""

    @property
    def comments(self) -> tuple[str, ...]:
        """All comments, without the empty lines."""
        return tuple(line for line in (*self.above, self.behind, *self.below) if line)


def new_text(design: Design) -> str:
    """The canonical text of a whole design: what it says and nothing more."""
    return written(document(design), {})


def written(tree: Mapping[str, Any], remarks: Mapping[Address, Remarks]) -> str:
    """The canonical text of a document as nested dictionaries, its values plain or `AsWritten`.

    Keys keep the order of the tree, sub-tables that of the model. Every comment in `remarks` is in the text: those of
    tables that are not there stand at its end.
    """
    writer = _Writer(remarks)
    writer.part((), Design, tree)
    return writer.text()


def tables_text(path: Address, part: type[Part], tree: Mapping[str, Any]) -> str:
    """The canonical text of one table and those below it."""
    writer = _Writer({})
    writer.part(path, part, tree)
    return writer.text()


def section_text(key: str, tree: Mapping[str, Any], remarks: Mapping[Address, Remarks]) -> str:
    """The canonical text of all tables of one section of the design; every comment in `remarks` is in it."""
    writer = _Writer(remarks)
    writer.inner((), shapes(Design)[key], tree)
    return writer.text()


def key_text(key: str) -> str:
    """A key as TOML text: bare where TOML allows it."""
    import tomli_w

    return tomli_w.dumps({key: 0})[: -len(" = 0\n")]


def inline_text(value: Any) -> str:
    """A value on one line, except where a person wrote more (`AsWritten`); dictionaries in braces."""
    if isinstance(value, AsWritten):
        return value.text
    if isinstance(value, Mapping):
        inside = ", ".join(f"{key_text(key)} = {inline_text(inner)}" for key, inner in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(inline_text(item) for item in value)}]"
    return _scalar(value)


def _scalar(value: object, *, lines: bool = False) -> str:
    import tomli_w

    return tomli_w.dumps({"k": value}, multiline_strings=lines)[len("k = ") : -1]


def entry_text(key: str, value: Any) -> str:
    """`key = value`, on one line where it fits; texts of several lines between three quotes."""
    if isinstance(value, str) and "\n" in value:
        return f"{key} = {_scalar(value, lines=True)}"
    return f"{key} = {value_text(value, COLUMNS - len(key) - 3)}"


def value_text(value: Any, columns: int) -> str:
    """A value, a list spread over lines when it takes more than `columns`."""
    text = inline_text(value)
    if not isinstance(value, list | tuple) or isinstance(value, AsWritten):
        return text
    if not value or (len(text) <= columns and "\n" not in text):
        return text
    return "[\n" + "".join(f"  {inline_text(item)},\n" for item in value) + "]"


def is_small_container(path: Address) -> bool:
    """Whether `path` is that of a component's `limits` or `expires`."""
    return len(path) == 3 and path[0] == "components" and path[2] in _SMALL


def is_own_table(path: Address, value: Any) -> bool:
    """Whether a value is canonically written under a header of its own, not as an entry."""
    if not isinstance(value, Mapping):
        return False
    if not is_small_container(path[:-1]) and not (path[0] in _BRACED and len(path) == 3):
        return True
    key = ".".join(path[2:])
    return not _fits_in_braces(key, value)


def _fits_in_braces(key: str, value: Mapping[str, Any]) -> bool:
    text = f"{key} = {inline_text(value)}"
    return len(text) <= _COLUMNS_IN_BRACES and "\n" not in text


class _Writer:
    """Lines of text, and the comments that still wait for their place."""

    def __init__(self, remarks: Mapping[Address, Remarks]) -> None:
        self._lines: list[str] = []
        self._is_fresh = True
        """Whether no entry follows the last header yet."""
        self._waiting = dict(remarks)
        self._commented = {path[:n] for path, found in remarks.items() if found.comments for n in range(len(path))}
        self._commented |= {path for path, found in remarks.items() if any(found.below)}
        """Tables with a comment inside them."""

    def text(self) -> str:
        """All lines, with the comments that found no place at the end."""
        for remarks in self._waiting.values():
            left = _stripped([*remarks.above, *filter(None, [remarks.behind]), *remarks.below])
            self._lines += ["", *left] if left and self._lines else left
        return "".join(f"{line}\n" for line in self._lines)

    def part(self, path: Address, part: type[Part], table: Mapping[str, Any]) -> None:
        """One table with its entries, then the tables below it."""
        known = shapes(part)
        inner = [known[key] for key in known if key in table and self._has_tables(path, part, known[key], table[key])]
        tables = {shape.key for shape in inner}
        entries = [key for key in table if key not in tables]
        shows_below = any(table[shape.key] or not shape.keyed for shape in inner)
        if path and (entries or not shows_below or self._is_commented(path)):
            self._header(path)
        for key in entries:
            self._entry(path, key, known.get(key), table[key])
        self._below(path)
        for shape in inner:
            self.inner(path, shape, table[shape.key])

    def inner(self, path: Address, shape: FieldShape, table: Mapping[str, Any]) -> None:
        """The tables of one key: one, or one for each id."""
        here, part = (*path, shape.key), shape.part or Part
        if not shape.keyed:
            self.part(here, part, table)
            return
        in_braces = shape.key in _SMALL and all(self._fits((*here, key), key, table[key]) for key in table)
        if self._is_commented(here):
            self._header(here)
            for key in table if in_braces else ():
                self._written_entry((*here, key), key_text(key), table[key])
            self._below(here)
        for key in () if in_braces else table:
            self.part((*here, key), part, table[key])

    def _has_tables(self, path: Address, part: type[Part], shape: FieldShape, value: Any) -> bool:
        """Whether a key is written as tables of its own, not as an entry."""
        if shape.part is None:
            return False
        here = (*path, shape.key)
        if not issubclass(part, Named):
            return True
        if not shape.keyed:
            return not self._fits(here, shape.key, value)
        if shape.key not in _SMALL or self._is_commented(here) or not value:
            return True
        return not all(self._fits((*here, key), f"{shape.key}.{key}", value[key]) for key in value)

    def _fits(self, path: Address, key: str, value: Mapping[str, Any]) -> bool:
        return path not in self._commented and _fits_in_braces(key, value)

    def _is_commented(self, path: Address) -> bool:
        return path in self._waiting and bool(self._waiting[path].comments)

    def _header(self, path: Address) -> None:
        remarks = self._waiting.get(path, Remarks())
        above = without_leading_blanks(remarks.above)
        self._lines += ["", *above] if self._lines else above
        self._lines.append(_with_comment(f"[{'.'.join(map(key_text, path))}]", remarks.behind))
        self._is_fresh = True
        self._waiting[path] = Remarks(below=remarks.below)

    def _entry(self, path: Address, key: str, shape: FieldShape | None, value: Any) -> None:
        if shape is not None and shape.keyed:
            for inner in value:
                self._written_entry((*path, key, inner), f"{key}.{key_text(inner)}", value[inner])
        else:
            self._written_entry((*path, key), key_text(key), value)

    def _written_entry(self, path: Address, key: str, value: Any) -> None:
        remarks = self._waiting.pop(path, Remarks())
        self._lines += without_leading_blanks(remarks.above) if self._is_fresh else remarks.above
        self._is_fresh = False
        self._lines += _with_comment(entry_text(key, value), remarks.behind).split("\n")

    def _below(self, path: Address) -> None:
        self._lines += self._waiting.pop(path, Remarks()).below


def _with_comment(text: str, comment: str) -> str:
    return f"{text}  {comment}" if comment else text


def without_leading_blanks(lines: Iterable[str]) -> list[str]:
    """The lines of a comment from the first that says something."""
    kept = list(lines)
    while kept and not kept[0]:
        kept.pop(0)
    return kept


def _stripped(lines: Iterable[str]) -> list[str]:
    kept = without_leading_blanks(lines)
    while kept and not kept[-1]:
        kept.pop()
    return kept
