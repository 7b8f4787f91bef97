"""The parts of an entry that speak of connections that are there: conditions, moves, and places in the journeys."""

from collections.abc import Collection, Mapping
from typing import Any

from studio.catalogue.entries import AddedConnection, Fields, Move, Place, Setting, Step
from studio.catalogue.tables import Table
from studio.comparisons import Comparison, ComparisonError, parse
from studio.text import listed


def two_roles(key: str, roles: Collection[str]) -> tuple[str, str] | None:
    """The roles in `ROLE-ROLE`; such a key as `a-b-c` is split where both halves are roles."""
    halves = ((key[:place], key[place + 1 :]) for place, sign in enumerate(key) if sign == "-")
    return next(((one, other) for one, other in halves if one in roles and other in roles), None)


def condition(table: Table) -> Comparison | None:
    """The comparison in `when`; None when it is left out."""
    if not table.has("when"):
        return None
    text = table.text("when")
    try:
        return parse(text) if text else None
    except ComparisonError as error:
        table.complain("when", str(error).partition("; ")[0], 'write it like when = "read.traffic == all"')
        return None


def setting(table: Table) -> Setting:
    """Fields of a role, and when they are set."""
    when = condition(table)
    return Setting(without(table, "when"), when)


def connection(local_name: str, table: Table, ends: Collection[str]) -> AddedConnection:
    """A connection that is brought, with its place in the journeys and what it is like; `ends` are all components."""
    return AddedConnection(
        local_name=local_name,
        id=table.text("id") if table.has("id") else None,
        source=table.text("from").removeprefix("$"),
        target=table.text("to").removeprefix("$"),
        fields=without(table, "id", "from", "to", "when", "step", "like", "copies"),
        when=condition(table),
        step=_step(table, ends) if table.has("step") else None,
        like=_place("like", table.text("like"), table, ends) if table.has("like") else None,
        copies=table.texts("copies", least=1) if table.has("copies") else (),
    )


def move(id_: str, table: Table, roles: Collection[str]) -> Move:
    """A move: which connections, which end of them, and to where."""
    ends = {key: table.text(key).removeprefix("$") for key in ("from", "to") if table.has(key)}
    if len(ends) != 1:
        table.complain(None, f"{'two ends are' if ends else 'no end is'} moved", 'write to = "$…" or from = "$…"')
    found = Move(
        id=id_,
        place=_of_move(table, roles),
        source=ends.get("from"),
        target=ends.get("to"),
        changes=table.fields("changes"),
        when=condition(table),
    )
    table.closed()
    return found


def _of_move(table: Table, roles: Collection[str]) -> Place:
    keys = [key for key in ("between", "connection") if table.has(key)]
    if len(keys) != 1:
        table.complain(None, "which connections are moved is not clear", 'write between = "ROLE-ROLE" or connection')
        return Place(None, None)
    return _place(keys[0], table.text(keys[0]), table, roles)


def _step(table: Table, ends: Collection[str]) -> Step:
    side, _, place = table.text("step").partition(" ")
    if side not in ("before", "after"):
        table.complain("step", "a step says where it stands", 'write step = "before $read" or "after caller-store"')
    return Step(side == "before", _place("step", place.strip(), table, ends))


def _place(key: str, text: str, table: Table, known: Collection[str]) -> Place:
    """`$name` of a connection, or the names of the two components it joins."""
    if text.startswith("$"):
        return Place(text.removeprefix("$"), None)
    ends = two_roles(text, known)
    if ends is None and text:
        advice = f"write $ and a connection, or ROLE-ROLE of {listed(known) or 'no role yet'}"
        table.complain(key, f"“{text}” names no connections", advice)
    return Place(None, ends)


def without(table: Table, *keys: str) -> Fields:
    """The fields of a table, those with these keys left out."""
    values: Mapping[str, Any] = table.values
    return {key: value for key, value in values.items() if key not in keys}
