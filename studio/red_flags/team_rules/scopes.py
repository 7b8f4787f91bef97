"""The tables of a setting: for all parts, `tier-1`, and `components.ID` or another section."""

import re
from collections.abc import Callable, Collection, Iterator
from typing import TypeVar

from studio.catalogue.tables import Table
from studio.model.values import ID_PATTERN
from studio.red_flags.settings import Scoped
from studio.red_flags.team_rules.fields import shown

Value = TypeVar("Value")
ReadOne = Callable[[Table, str, str], Value | None]
"""Reads the value at a key of a table of this scope (`""`, `tier-1`, `components`); None and a complaint otherwise."""

_TIER = re.compile(r"tier-([1-3])")
_LOOKS_LIKE_A_TIER = re.compile(r"tier[-_ ]?\w*", re.IGNORECASE)


def scoped(table: Table, sections: Collection[str], read: ReadOne[Value]) -> Scoped[Value]:
    """All values of a setting, those for tiers and for single parts included."""
    everywhere: dict[str, Value] = {}
    tiers: dict[int, dict[str, Value]] = {}
    parts: dict[tuple[str, ...], dict[str, Value]] = {}
    for key in table.values:
        tier = _TIER.fullmatch(key)
        if tier is not None:
            tiers[int(tier[1])] = dict(_values(table.inner(key), key, read))
        elif key in sections:
            parts.update(_of_parts(table, key, read))
        elif _LOOKS_LIKE_A_TIER.fullmatch(key):
            table.has(key)
            table.complain(key, f"there is no tier {shown(key)}", "write tier-1, tier-2 or tier-3")
        else:
            everywhere.update(_one(table, key, "", read))
    return Scoped(everywhere, tiers, parts)


def _of_parts(table: Table, section: str, read: ReadOne[Value]) -> Iterator[tuple[tuple[str, ...], dict[str, Value]]]:
    for id_, inner in table.tables(section):
        if ID_PATTERN.fullmatch(id_) is None:
            inner.complain(None, f"“{shown(id_)}” is no id", "use lower-case letters, digits, - and _")
        yield (section, id_), dict(_values(inner, section, read))


def _values(table: Table, scope: str, read: ReadOne[Value]) -> Iterator[tuple[str, Value]]:
    for key in table.values:
        yield from _one(table, key, scope, read)


def _one(table: Table, key: str, scope: str, read: ReadOne[Value]) -> Iterator[tuple[str, Value]]:
    table.has(key)
    value = read(table, key, scope)
    if value is not None:
        yield key, value
