"""Parts must say something in a field; saying nothing is the fault, not an unknown.

Keys: `field`, one or a list, dots leading into tables (`owner`, `backup.every`, `failures`); `section`, components when
not given; `where`.
"""

from typing import Any

from studio.catalogue.tables import Table
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Verdict, failed, passed
from studio.red_flags.team_rules.fields import (
    Field,
    field_in,
    label_of,
    noun,
    place_of,
    section_in,
    type_of,
    value_of,
)
from studio.red_flags.team_rules.making import Made, every
from studio.red_flags.team_rules.selecting import asked_of, where
from studio.text import listed


def made(table: Table) -> Made:
    """Fails a part that says nothing in one of the fields."""
    section = section_in(table)
    named = (table.text("field"),) if isinstance(table.values.get("field"), str) else table.texts("field", least=1)
    read = (field_in(table, "field", path, type_of(section)) for path in named if path)
    fields = tuple(field for field in read if field is not None)
    chosen = where(table, section)

    def check(part: Any, facts: Facts) -> Verdict:
        empty = [field for field in fields if value_of(part, field) is None]
        if not empty:
            return passed(said=[field.path for field in fields])
        place, names = place_of(part, section, facts), [field.path for field in empty]
        return failed(
            f"{label_of(part, facts)} does not say {listed(names)}",
            evidence={"missing": names},
            fix=tuple(f"{place}{field.path}: {_meaning(field)}" for field in empty),
            field=names[0] if section == "design" else names[0].partition(".")[0],
        )

    said = listed(field.path for field in fields)
    return Made(section, asked_of(chosen, check), f"{every(noun(section), chosen)} says {said}")


def _meaning(field: Field) -> str:
    words = field.shape.description
    return words[:1].lower() + words[1:]
