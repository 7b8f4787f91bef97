"""YAML as a tree that knows its lines: nothing is constructed, depth and aliases are bounded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeAlias

from studio.errors import TenfoldError
from studio.text import one_line, shortened

DEEPEST: Final = 64
MOST_NODES: Final = 200_000
"""Values of one document, aliases counted as often as they are used."""
MOST_DOCUMENTS: Final = 20
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_LONGEST: Final = 60
"""Columns of a quoted text."""

Value: TypeAlias = "str | tuple[Node, ...] | Mapping[str, Node] | None"


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A value of a YAML file: a text, nothing, a list or a table."""

    file: str
    line: int
    column: int
    value: Value
    tag: str = ""
    """A tag of its own that somebody gave it: `!reset`."""
    size: int = 1
    """Values in it, itself included, aliases written out."""
    depth: int = 0
    """Lists and tables inside each other in it, aliases written out."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """The line of each key of a table."""

    @property
    def text(self) -> str | None:
        """The text; None when it is none."""
        return self.value if isinstance(self.value, str) else None

    @property
    def is_null(self) -> bool:
        """Whether nothing is said."""
        return self.value is None

    @property
    def items(self) -> tuple["Node", ...]:
        """The values of a list; of a text that one; else none."""
        if isinstance(self.value, tuple):
            return self.value
        return (self,) if isinstance(self.value, str) else ()

    @property
    def table(self) -> Mapping[str, "Node"]:
        """The entries of a table; none when it is none."""
        return self.value if isinstance(self.value, Mapping) else {}

    def get(self, *path: str) -> "Node | None":
        """The value below these keys, None when there is none or it is null."""
        found: Node | None = self
        for key in path:
            found = found.table.get(key) if found is not None else None
        return None if found is None or found.is_null else found

    def line_of(self, key: str) -> int:
        """The line a key stands on."""
        return self.lines.get(key, self.line)


def documents(text: str, file: str) -> tuple[Node, ...]:
    """The documents of a YAML text, empty ones left out. Raises TenfoldError at the line that cannot be read."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        builder = _Builder(file)
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = shortened(one_line(error.problem or "it is no YAML"), _LONGEST)
        raise TenfoldError(
            f"{file}:{mark.line + 1 if mark else 1}: this is no YAML ({what}); mend the line or the one above it"
        ) from None
    except (yaml.YAMLError, UnicodeError):
        raise TenfoldError(f"{file}:1: this is no YAML, a character in it is not allowed; save it as UTF-8") from None
    return tuple(document for document in builder.documents if not document.is_null)


class _Open:
    """A list or table whose end was not read yet."""

    def __init__(self, event: Any, *, is_table: bool) -> None:
        self.event = event
        self.is_table = is_table
        self.items: list[Node] = []
        self.size = 1
        self.depth = 1


class _Builder:
    """Puts the events of a parser together, without recursion."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.documents: list[Node] = []
        self._open: list[_Open] = []
        self._anchors: dict[str, Node | None] = {}

    def take(self, event: Any) -> None:
        """One event more."""
        name = type(event).__name__
        if name == "DocumentStartEvent":
            self._anchors = {}
            if len(self.documents) >= MOST_DOCUMENTS:
                raise self._refused(event, f"it has more than {MOST_DOCUMENTS} documents", "import one at a time")
        elif name in ("MappingStartEvent", "SequenceStartEvent"):
            self._begin(event, is_table=name.startswith("Map"))
        elif name in ("MappingEndEvent", "SequenceEndEvent"):
            self._end(self._open.pop())
        elif name == "ScalarEvent":
            self._scalar(event)
        elif name == "AliasEvent":
            self._alias(event)

    def _begin(self, event: Any, *, is_table: bool) -> None:
        if len(self._open) >= DEEPEST:
            raise self._refused(event, f"it is nested more than {DEEPEST} deep", "no compose file is")
        if event.anchor:
            self._anchors[event.anchor] = None
        self._open.append(_Open(event, is_table=is_table))

    def _scalar(self, event: Any) -> None:
        is_null = not event.style and event.implicit[0] and event.value in _NULLS
        self._add(event, self._node(event, None if is_null else event.value), event.anchor)

    def _alias(self, event: Any) -> None:
        found = self._anchors.get(event.anchor)
        if found is None:
            raise self._refused(event, f"the alias *{one_line(event.anchor)} names nothing above it", "name an anchor")
        self._add(event, found, None)

    def _end(self, done: _Open) -> None:
        value: Value = tuple(done.items)
        lines: dict[str, int] = {}
        if done.is_table:
            value, lines = self._table(done.items)
        node = replace(self._node(done.event, value, done.size, lines), depth=done.depth)
        self._add(done.event, node, done.event.anchor)

    def _table(self, items: list[Node]) -> tuple[dict[str, Node], dict[str, int]]:
        found: dict[str, Node] = {}
        lines: dict[str, int] = {}
        merged: list[Node] = []
        for key, value in zip(items[::2], items[1::2], strict=True):
            name = key.text if key.text is not None else "null" if key.is_null else None
            if name is None:
                raise TenfoldError(f"{self.file}:{key.line}: this key is a list or a table; a key must be a word")
            if name == "<<":
                merged += value.items if isinstance(value.value, tuple) else [value]
            elif name in found:
                said = shortened(one_line(name), _LONGEST)
                raise TenfoldError(f"{self.file}:{key.line}: “{said}” is there twice; keep one of the two")
            else:
                found[name], lines[name] = value, key.line
        for table in merged:
            for name, value in table.table.items():
                if name not in found:
                    found[name], lines[name] = value, table.line_of(name)
        return found, lines

    def _node(self, event: Any, value: Value, size: int = 1, lines: Mapping[str, int] | None = None) -> Node:
        tag = event.tag if event.tag in ("!reset", "!override") else ""
        mark = event.start_mark
        return Node(self.file, mark.line + 1, mark.column + 1, value, tag, size, lines=lines or {})

    def _add(self, event: Any, node: Node, anchor: str | None) -> None:
        if anchor:
            self._anchors[anchor] = node
        if not self._open:
            self.documents.append(node)
            return
        around = self._open[-1]
        around.items.append(node)
        around.size += node.size
        around.depth = max(around.depth, node.depth + 1)
        if around.depth > DEEPEST:
            raise self._refused(event, f"it is nested more than {DEEPEST} deep", "no compose file is")
        if around.size > MOST_NODES:
            raise self._refused(
                event, f"it has more than {MOST_NODES:,} values when its aliases are written out", "no compose file has"
            )

    def _refused(self, event: Any, what: str, advice: str) -> TenfoldError:
        return TenfoldError(f"{self.file}:{event.start_mark.line + 1}: {what}; {advice}")


def walk(node: Node) -> Iterator[Node]:
    """All texts in a value, in order."""
    if node.text is not None:
        yield node
    for inner in (*node.table.values(), *(node.value if isinstance(node.value, tuple) else ())):
        yield from walk(inner)
