"""A catalogue pattern drawn onto a design: one edit, and what it would change before it is made."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from studio.analysis import Analysis, requirement_figure
from studio.catalogue.application import Application, apply
from studio.catalogue.draft import FieldChange
from studio.catalogue.entries import Pattern
from studio.catalogue.needs import NeedResult, needs_of
from studio.catalogue.said import said, worded
from studio.edits.edit import Add, Change, Several, applied
from studio.estimates.figures import figure
from studio.model.address import Address, part_at
from studio.text import listed


class Difference(NamedTuple):
    """One figure before and after; None is unknown."""

    name: str
    before: float | None
    after: float | None


class Preview(NamedTuple):
    """What applying a pattern would do."""

    edit: Several
    after: Analysis
    components: tuple[str, ...]
    """Ids of the components it adds."""
    connections: tuple[str, ...]
    moves: tuple[str, ...]
    """Connections that lead elsewhere, in words: `users-api leads to api-lb instead of api`."""
    changes: tuple[str, ...]
    """Fields that get another value, in words: `instances of api: 1 → 3`."""
    sets: tuple[str, ...]
    """Fields that get a value where nothing was said, in words: `zones of api: 2`."""
    journeys: tuple[str, ...]
    """Journeys that take other steps, in words: `journey buy also takes api-lb-api`."""
    notes: tuple[str, ...]
    """What was left alone, because the person had said it."""
    figures: tuple[Difference, ...]
    resolved: tuple[str, ...]
    """Findings that go, as `RULE subject`."""
    introduced: tuple[str, ...]
    """Findings that come."""
    needs: tuple[NeedResult, ...]


def preview(
    before: Analysis, pattern: Pattern, on: Sequence[str] | Mapping[str, tuple[str, ...]], parameters: Mapping[str, Any]
) -> Preview:
    """What the design would be with the pattern. Raises `EditRefused` when it cannot be applied to these targets."""
    application = apply(pattern, before.design, on, parameters)
    edit = as_edit(application, pattern)
    after = before.instead(applied(edit, before.design))
    was, will = _flags(before), _flags(after)
    return Preview(
        edit,
        after,
        tuple(component.id for component in application.components),
        tuple(connection.id for connection in application.connections),
        tuple(map(_moved, application.moves)),
        tuple(f"{_field(c.address, c.key)}: {worded(c.before)} → {worded(c.after)}" for c in application.changes),
        tuple(f"{_field(field.address, field.key)}: {worded(field.value)}" for field in application.sets),
        tuple(_walked(change) for change in application.journeys if change.key == "steps"),
        tuple(application.notes),
        _figures(before, after),
        tuple(flag for flag in was if flag not in will),
        tuple(flag for flag in will if flag not in was),
        needs_of(pattern, lambda name: value_behind(before, name), application.targets),
    )


def as_edit(application: Application, pattern: Pattern) -> Several:
    """The application as one undoable edit: parts first, then fields, moves and journeys, last the note of it."""
    adds = [Add(address, part) for address, part in application.parts]
    fields = [Change(field.address, field.key, field.value) for field in application.fields]
    return Several(f"apply {pattern.name}", (*adds[:-1], *fields, adds[-1]))


def _moved(change: FieldChange) -> str:
    verb = "leads to" if change.key == "to" else "comes from"
    return f"{change.address[1]} {verb} {change.after} instead of {change.before}"


def _field(address: Address, key: str) -> str:
    return f"{'.'.join((*address[2:], key))} of {address[1]}"


def _walked(change: FieldChange) -> str:
    """What is new among the steps of a journey; what is gone has given up its place to it."""
    new = listed(dict.fromkeys(step for step in change.after if step not in change.before))
    gone = listed(dict.fromkeys(step for step in change.before if step not in change.after))
    return f"journey {change.address[1]} {f'takes {new} instead of {gone}' if gone else f'also takes {new}'}"


def value_behind(analysis: Analysis, name: str) -> float | str | bool | None:
    """The value behind a name in a need: a figure of the design, or `components.ID.FIELD` of a chosen target.

    A field is read from the design where no figure has its name, quantities as one number in base units, and with what
    it means when nobody gave it (`mode` is `sync`). None when it is not known.
    """
    section, dot, rest = name.partition(".")
    if not dot:
        return requirement_figure(analysis, name)
    id_, _, field = rest.partition(".")
    try:
        return figure(analysis.estimates, name)
    except LookupError:
        part = part_at(analysis.design, (section, id_))
        return said(part, field) if part is not None else None


def _flags(analysis: Analysis) -> tuple[str, ...]:
    return tuple(f"{finding.rule.id} {finding.on}" for finding in analysis.report.findings if finding.accepted is None)


def _figures(before: Analysis, after: Analysis) -> tuple[Difference, ...]:
    names = ("p99_ms", "availability", "cost_per_month", "complexity")
    return tuple(
        Difference(name, _number(requirement_figure(before, name)), _number(requirement_figure(after, name)))
        for name in names
    )


def _number(value: float | str | None) -> float | None:
    return value if isinstance(value, float | int) else None
