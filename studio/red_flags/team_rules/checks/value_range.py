"""A number of the design must lie between two bounds; one that nobody gave is unknown.

Keys: `field`; `least`, `most` or both, written as in the design (`"2 s"`, `0.999`); `section`, components when not
given; `where`. Of a range its middle is compared.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from studio.catalogue.tables import Table
from studio.model.fields import FieldShape
from studio.model.values import Measure
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Check, Verdict, failed, passed, unknown
from studio.red_flags.team_rules.fields import Field, field_in, label_of, meant, noun, place_of, section_in, type_of
from studio.red_flags.team_rules.making import Made, every
from studio.red_flags.team_rules.selecting import asked_of, where
from studio.red_flags.team_rules.values import quantity
from studio.units import Dimension, grouped, point, shown

ROUNDING = 1e-9


class Bounds(NamedTuple):
    """What a number must lie between, in base units; None where there is no bound."""

    least: float | None
    most: float | None
    show: Callable[[float], str]

    def hold(self, value: float) -> bool:
        """Whether the number lies between them; one that only rounding keeps out does."""
        above = self.least is None or value >= self.least - abs(self.least) * ROUNDING
        return above and (self.most is None or value <= self.most + abs(self.most) * ROUNDING)

    @property
    def words(self) -> str:
        """`at least 2 and at most 10`."""
        found = (("at least", self.least), ("at most", self.most))
        return " and ".join(f"{side} {self.show(bound)}" for side, bound in found if bound is not None)


def made(table: Table) -> Made:
    """Fails a part whose number lies outside."""
    section = section_in(table)
    path = table.text("field")
    field = field_in(table, "field", path, type_of(section)) if path else None
    bounds, chosen = _bounds(table, field), where(table, section)
    words = f"{path} of {every(noun(section), chosen)} is {bounds.words}"

    def check(part: Any, facts: Facts) -> Verdict:
        place, value = place_of(part, section, facts), meant(part, field) if field else None
        if value is None:
            return unknown(place + path)
        number = point(value) * 1.0
        if bounds.hold(number):
            return passed(**{path: number})
        return failed(
            f"{label_of(part, facts)} has {path} {bounds.show(number)}, and it must be {bounds.words}",
            evidence={path: number, "least": bounds.least, "most": bounds.most},
            fix=(f"{place}{path}: {bounds.words}",),
            field=path.partition(".")[0] if place else path,
        )

    looked: Check = check
    return Made(section, asked_of(chosen, looked), words)


def _bounds(table: Table, field: Field | None) -> Bounds:
    asked = [key for key in ("least", "most") if table.has(key)]
    if not asked:
        table.complain(None, "least and most are missing", "add least = …, most = …, or both")
    if field is None:
        return Bounds(None, None, str)
    if field.shape.measure is None and not field.shape.is_whole:
        table.complain("field", f"{field.path} is no number", "name a field that holds one, or use allowed-value")
        return Bounds(None, None, str)
    measure = field.shape.measure or Measure(Dimension.COUNT)
    read = {key: next(quantity(table, key, table.values[key], measure), None) for key in asked}
    found = Bounds(read.get("least"), read.get("most"), lambda number: _shown(number, field.shape))
    if found.least is not None and found.most is not None and found.least > found.most:
        table.complain("least", "least is more than most: nothing would pass", "swap them")
    return found


def _shown(number: float, shape: FieldShape) -> str:
    dimension = shape.measure.dimension if shape.measure else Dimension.COUNT
    if dimension in (Dimension.DURATION, Dimension.SIZE, Dimension.RATIO):
        return shown(number, dimension)
    return grouped(number)
