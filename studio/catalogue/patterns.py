"""The table of a file as a pattern: each key read, and whether the names in it fit together."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from studio.catalogue import parameters
from studio.catalogue.entries import (
    CONNECTION,
    AddedComponent,
    FailureMode,
    Need,
    Parameter,
    Pattern,
    Target,
)
from studio.catalogue.places import condition, connection, move, setting, two_roles, without
from studio.catalogue.tables import Table
from studio.catalogue.technologies import entry_format, sources
from studio.catalogue.trial import complaints
from studio.comparisons import Comparison, ComparisonError, parse
from studio.errors import EditRefused
from studio.model.kinds import KINDS
from studio.text import listed, width

SKETCH_LINES: Final = 12
SKETCH_COLUMNS: Final = 60


def pattern(table: Table, *, id_: str, folder: str) -> Pattern:
    """The pattern a file describes; what is wrong lands in `table.wrong`, and then the result means nothing."""
    entry_format(table)
    adds = table.inner("adds")
    roles = _ids(table, "targets")
    ends = (*roles, *_ids(adds, "components"))
    found = Pattern(
        id=id_,
        name=table.text("name"),
        family=table.text("family"),
        summary=table.text("summary", most=120),
        sketch=_sketch(table),
        needs=tuple(_need(name, inner) for name, inner in table.tables("needs")),
        targets=tuple(_target(name, inner) for name, inner in table.tables("targets")),
        parameters=tuple(_parameter(name, inner) for name, inner in table.tables("parameters")),
        components=tuple(_component(name, inner) for name, inner in adds.tables("components")),
        connections=tuple(connection(name, inner, ends) for name, inner in adds.tables("connections")),
        moves=tuple(move(name, inner, roles) for name, inner in table.tables("moves")),
        changes=MappingProxyType({role: setting(inner) for role, inner in table.tables("changes")}),
        sets=MappingProxyType({role: setting(inner) for role, inner in table.tables("sets")}),
        sets_between=MappingProxyType(dict(_between(table))),
        failure_modes=tuple(_failure_mode(name, inner) for name, inner in table.tables("failure_modes")),
        sources=sources(table),
        **_points(table),
    )
    if found.family and found.family != folder:
        table.complain("family", f"family is {found.family} and the folder is {folder}", "make them the same")
    adds.closed()
    table.closed()
    if not table.wrong:
        table.wrong.extend(complaints(found))
    return found


def _ids(table: Table, key: str) -> tuple[str, ...]:
    inside = table.values.get(key)
    return tuple(inside) if isinstance(inside, dict) else ()


def _points(table: Table) -> dict[str, tuple[str, ...]]:
    """The lists of an entry: those that must say something, and those that may be empty."""
    full = ("when_to_use", "when_not_to_use", "pros", "cons", "questions", "implementation")
    free = ("aliases", "tags", "requires", "conflicts_with", "related", "resolves", "introduces")
    return {key: table.texts(key, least=1) for key in full} | {key: table.texts(key) for key in free}


def _sketch(table: Table) -> str:
    lines = [line.rstrip() for line in table.text("sketch", lines=True).strip("\n").split("\n")]
    if len(lines) > SKETCH_LINES:
        table.complain("sketch", f"the sketch has {len(lines)} lines", f"use at most {SKETCH_LINES}")
    if max(map(width, lines)) > SKETCH_COLUMNS:
        table.complain(
            "sketch", f"the sketch is {max(map(width, lines))} columns wide", f"use at most {SKETCH_COLUMNS}"
        )
    return "\n".join(lines)


def _need(name: str, table: Table) -> Need:
    text, advice = table.text("check"), table.text("advice")
    table.closed()
    try:
        check = parse(text)
    except ComparisonError as error:
        check = Comparison(text, ())
        if text:
            table.complain("check", str(error).partition("; ")[0], "write it like reads_per_write >= 5")
    return Need(name, check, advice)


def _target(role: str, table: Table) -> Target:
    kinds = table.texts("kinds", least=1)
    for kind in kinds:
        if kind not in KINDS and kinds != (CONNECTION,):
            advice = f"write some of {listed(KINDS)}, or connection alone"
            table.complain("kinds", f"“{kind}” is no kind of component", advice)
    target = Target(
        role=role,
        ask=table.text("ask"),
        kinds=kinds,
        skeleton=table.fields("skeleton") if table.has("skeleton") else None,
        several=table.flag("several", default=False),
        optional=table.flag("optional", default=False),
        shared=table.flag("shared", default=False),
    )
    if target.shared and "kind" not in (target.skeleton or {}):
        table.complain(
            "shared", "shared says nothing without a skeleton of a kind", "add the skeleton, or leave it out"
        )
    table.closed()
    return target


def _parameter(name: str, table: Table) -> Parameter:
    kind = table.choice("kind", parameters.KINDS)
    parameter = Parameter(
        id=name,
        ask=table.text("ask"),
        kind=kind,
        default=table.raw("default"),
        low=table.raw("low") if table.has("low") else None,
        high=table.raw("high") if table.has("high") else None,
        choices=table.texts("choices", least=2) if kind == "choice" else (),
    )
    table.closed()
    _check_values(table, parameter)
    return parameter


def _check_values(table: Table, parameter: Parameter) -> None:
    """Whether bounds and default are values of the parameter's kind, the default within the bounds."""
    unbound = Parameter(parameter.id, parameter.ask, parameter.kind, None, None, None, parameter.choices)
    if parameter.kind not in parameters.KINDS:
        return
    for key, value in (("low", parameter.low), ("high", parameter.high)):
        if value is not None and not _is_value(table, key, unbound, value):
            return
    if parameter.default is not None:
        _is_value(table, "default", parameter, parameter.default)


def _is_value(table: Table, key: str, parameter: Parameter, value: Any) -> bool:
    try:
        parameters.checked(parameter, value)
    except EditRefused as error:
        what, _, advice = str(error).partition("; ")
        table.complain(key, f"{key} does not fit: {what}", advice or "correct it")
        return False
    return True


def _component(name: str, table: Table) -> AddedComponent:
    table.choice("kind", KINDS)
    id_ = table.text("id") if table.has("id") else name
    fields = without(table, "id", "when", "shared")
    return AddedComponent(name, id_, fields, condition(table), table.flag("shared", default=False))


def _between(table: Table) -> Iterator[tuple[tuple[str, str], Mapping[str, Any]]]:
    """The fields set between two roles."""
    roles = _ids(table, "targets")
    for key, inner in table.tables("sets_between"):
        pair = two_roles(key, roles)
        if pair is None:
            inner.complain(None, f"“{key}” is not two roles", f"write ROLE-ROLE of {listed(roles) or 'no role yet'}")
        else:
            yield pair, inner.values


def _failure_mode(name: str, table: Table) -> FailureMode:
    mode = FailureMode(name, *(table.text(key) for key in ("mode", "effect", "detection", "mitigation")))
    table.closed()
    return mode
