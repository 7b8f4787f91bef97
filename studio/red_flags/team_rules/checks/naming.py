"""Ids, or the words of another field, must follow a pattern.

Keys: `pattern`, one or a list of which one must fit: `*` any characters, `?` one, `[a-z]` one of these, `[!0-9]` one
that is none of these; capitals count. `field`, the id when not given; `section`, components when not given; `where`.
"""

from collections.abc import Callable
from typing import Any

from studio.catalogue.tables import Table
from studio.model.part import Part
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Scope, Verdict, failed, passed, unknown
from studio.red_flags.team_rules.fields import field_in, noun, place_of, section_in, shown, type_of, value_of
from studio.red_flags.team_rules.globs import fits_exactly
from studio.red_flags.team_rules.making import Made, every
from studio.red_flags.team_rules.selecting import asked_of, where
from studio.red_flags.team_rules.values import globs_in


def made(table: Table) -> Made:
    """Fails a part whose name fits none of the patterns."""
    section = section_in(table)
    path = table.text("field") if table.has("field") else "id"
    patterns, chosen, say = globs_in(table, "pattern"), where(table, section), _said(table, path, section)
    globs = [glob for glob in patterns.values if isinstance(glob, str)]

    def check(part: Any, facts: Facts) -> Verdict:
        name = say(part)
        if name is None:
            return unknown(place_of(part, section, facts) + path)
        if any(fits_exactly(glob, name) for glob in globs):
            return passed(name=shown(name))
        return failed(
            f"the {path} “{shown(name)}” of a {noun(section)} is not of the form {patterns.words}",
            evidence={path: shown(name), "patterns": globs},
            fix=(f"{path} of the form {patterns.words}",),
            field=None if path == "id" else path.partition(".")[0],
        )

    return Made(section, asked_of(chosen, check), f"the {path} of {every(noun(section), chosen)} is {patterns.words}")


def _said(table: Table, path: str, section: Scope) -> Callable[[Part], str | None]:
    if path == "id" and section != "design":
        return lambda part: str(getattr(part, "id", ""))
    field = field_in(table, "field", path, type_of(section)) if path else None
    if field is not None and (field.shape.words is None or field.shape.listed):
        table.complain("field", f"{path} holds no words", "name a field that does, such as name")
    return lambda part: value_of(part, field) if field is not None else None
