"""Compose files laid over each other, and services that extend others, by the rules of the Compose Specification."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from studio.imports.containers.tree import Node

_REPLACED: Final = frozenset({"command", "entrypoint", "test"})
"""Lists of which the later one stands alone (Compose Specification, §Merge)."""
_KEYED: Final = frozenset({"environment", "labels", "depends_on", "networks", "annotations", "args", "sysctls"})
"""Lists that are another way to write a table."""


def laid_over(lower: Node, upper: Node, key: str = "") -> Node:
    """What two files say together: tables merge, lists follow each other, of two texts the upper one holds."""
    if upper.tag == "!override" or key in _REPLACED or upper.is_null:
        return lower if upper.is_null and upper.tag != "!reset" else upper
    if key in _KEYED:
        lower, upper = as_table(lower), as_table(upper)
    if isinstance(lower.value, Mapping) and isinstance(upper.value, Mapping):
        return _tables(lower, upper)
    if isinstance(lower.value, tuple) and isinstance(upper.value, tuple):
        known = {item.text for item in lower.value if item.text is not None}
        added = tuple(item for item in upper.value if item.text is None or item.text not in known)
        return replace(upper, value=(*lower.value, *added), line=lower.line)
    return upper


def _tables(lower: Node, upper: Node) -> Node:
    entries, lines = dict(lower.table), dict(lower.lines)
    for key, value in upper.table.items():
        if value.tag == "!reset":
            entries.pop(key, None)
            continue
        entries[key] = laid_over(entries[key], value, key) if key in entries else value
        lines[key] = lines.get(key, upper.line_of(key))
    return replace(lower, value=entries, lines=lines)


def as_table(node: Node) -> Node:
    """A list of `NAME=value` or names as the table it stands for; anything else as it is."""
    if not isinstance(node.value, tuple):
        return node
    entries: dict[str, Node] = {}
    lines: dict[str, int] = {}
    for item in node.value:
        if item.text is not None:
            name, equals, value = item.text.partition("=")
            entries[name] = replace(item, value=value if equals else None)
            lines[name] = item.line
    return replace(node, value=entries, lines=lines)
