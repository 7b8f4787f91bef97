"""The `$names` in the texts of a pattern: which are there, and how they are filled in.

A name is a role, a parameter or the local name of a component the pattern brings. In `$store-cache` the longest known
name counts: the component `store-cache` if there is one, else the role `store` followed by `-cache`.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any

from studio.text import listed


class AbsentName(LookupError):
    """A name that stands for nothing here: unknown, or an optional role nobody filled."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"${name} stands for nothing here")


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(r"\$([a-z][a-z0-9_-]*)")


def named(text: str, known: Collection[str]) -> str | None:
    """The longest known name that `text`, the part behind a `$`, begins with; None when there is none."""
    fitting = (name for name in known if text == name or text.startswith(f"{name}-"))
    return max(fitting, key=len, default=None)


def unknown_names(value: object, known: Collection[str]) -> Iterator[str]:
    """The names in the texts of a value, however deep, that are not known."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from unknown_names(inner, known)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from unknown_names(inner, known)
    elif isinstance(value, str):
        yield from (found for found in _pattern().findall(value) if named(found, known) is None)


def filled(value: Any, names: Mapping[str, Any]) -> Any:
    """The value with every name in it filled in, however deep.

    A text that is a name alone takes the value with its type; a role with several ids becomes several items where it
    stands in a list. Raises `AbsentName` for a name without a value.
    """
    if isinstance(value, Mapping):
        return {key: filled(inner, names) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [item for inner in value for item in _items(filled(inner, names))]
    if not isinstance(value, str):
        return value
    alone = _pattern().fullmatch(value)
    if alone is not None and named(alone[1], names) == alone[1]:
        return _value(alone[1], names)
    return _pattern().sub(lambda match: _in_words(match[1], names), value)


def filled_id(template: str, names: Mapping[str, Any]) -> str:
    """A template of an id, filled in; a role with several ids gives its first."""
    firsts = {name: value[0] if isinstance(value, tuple) and value else value for name, value in names.items()}
    return str(filled(template, firsts))


def _items(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def _value(name: str, names: Mapping[str, Any]) -> Any:
    value = names[name]
    if value in (None, ()):
        raise AbsentName(name)
    return value[0] if isinstance(value, tuple) and len(value) == 1 else value


def _in_words(found: str, names: Mapping[str, Any]) -> str:
    name = named(found, names)
    if name is None:
        raise AbsentName(found)
    value = _value(name, names)
    return (listed(value) if isinstance(value, tuple) else str(value)) + found[len(name) :]
