"""Checks that a value is one of some, or none of some: what the checks about values, technologies and regions share."""

from collections.abc import Callable
from typing import Any, NamedTuple

from studio.catalogue.tables import Table
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Check, Verdict, failed, passed, unknown
from studio.red_flags.team_rules.fields import field_in, label_of, meant, noun, place_of, section_in, type_of
from studio.red_flags.team_rules.making import Made, every
from studio.red_flags.team_rules.selecting import asked_of, where
from studio.red_flags.team_rules.values import Wanted, wanted_in
from studio.text import listed


class Said(NamedTuple):
    """What a part says in a field."""

    items: tuple[Any, ...]
    """The values, as the model holds them; nothing when nobody said."""
    field: str
    """The field, dotted from the part."""
    place: str
    """Where the part lies, with a dot behind it."""
    label: str


Say = Callable[[Any, Facts], Said]


def allowed(say: Say, wanted: Wanted) -> Check:
    """Fails a part that says something else than what is wanted; unknown when it says nothing."""

    def check(part: Any, facts: Facts) -> Verdict:
        said = say(part, facts)
        if not said.items:
            return unknown(said.place + said.field)
        odd = wanted.unfit(said.items)
        if not odd:
            return passed(said=_shown(said))
        return failed(
            f"{said.label} has {said.field} {listed(odd)}, and only {wanted.words} is allowed",
            evidence={"said": _shown(said), "allowed": list(wanted.written)},
            fix=(f"{said.place}{said.field}: {wanted.words}",),
            field=_key(said),
        )

    return check


def forbidden(say: Say, unwanted: Wanted) -> Check:
    """Fails a part that says what is not wanted; unknown when it says nothing."""

    def check(part: Any, facts: Facts) -> Verdict:
        said = say(part, facts)
        if not said.items:
            return unknown(said.place + said.field)
        odd = tuple(item for item in said.items if unwanted.fits(item))
        if not odd:
            return passed(said=_shown(said))
        return failed(
            f"{said.label} has {said.field} {listed(_words(odd))}, which is not allowed",
            evidence={"said": _shown(said), "forbidden": list(unwanted.written)},
            fix=(f"{said.place}{said.field}: anything but {unwanted.words}",),
            field=_key(said),
        )

    return check


def _key(said: Said) -> str:
    return said.field.partition(".")[0] if said.place else said.field


def _words(items: tuple[Any, ...]) -> list[str]:
    return list(Wanted((), ()).unfit(items))


def _shown(said: Said) -> list[str]:
    return _words(said.items)


def of_values(table: Table, judge: Callable[[Say, Wanted], Check], verb: str) -> Made:
    """The check of any field, as the keys `section`, `field`, `values` and `where` say."""
    section = section_in(table)
    field = field_in(table, "field", table.text("field"), type_of(section)) if table.values.get("field") else None
    if field is None and not table.values.get("field"):
        table.text("field")
    wanted = Wanted((), ())
    if not table.has("values"):
        table.complain(None, "values is missing", 'add values = ["…"]')
    elif field is not None:
        wanted = wanted_in(table, "values", field.shape)
    chosen = where(table, section)
    path = field.path if field else ""

    def say(part: Any, facts: Facts) -> Said:
        value = meant(part, field) if field is not None else None
        items = value if isinstance(value, tuple) else () if value is None else (value,)
        return Said(items, path, place_of(part, section, facts), label_of(part, facts))

    words = f"{path} of {every(noun(section), chosen)} {verb} {wanted.words}"
    return Made(section, asked_of(chosen, judge(say, wanted)), words)
