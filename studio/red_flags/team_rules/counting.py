"""What the checks that count parts share."""

from typing import NamedTuple

from studio.catalogue.tables import Table
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Scope
from studio.red_flags.team_rules.fields import noun, section_in
from studio.red_flags.team_rules.selecting import Selector, where


class Count(NamedTuple):
    """The parts of a design that are meant, by address, and those of which nobody can tell."""

    ids: tuple[str, ...]
    perhaps: int
    missing: tuple[str, ...]


class Counted(NamedTuple):
    """What is counted."""

    section: Scope
    chosen: Selector

    def found_in(self, facts: Facts) -> Count:
        """How many there are, and how many more there may be."""
        answers = [(s.address[-1], self.chosen.choose(s.part, facts)) for s in facts.subjects(self.section)]
        ids = tuple(id_ for id_, answer in answers if answer.yes)
        unsure = [answer for _, answer in answers if answer.yes is None]
        return Count(ids, len(unsure), tuple(field for answer in unsure for field in answer.missing))

    def named(self, number: int) -> str:
        """`3 components with kind = “service”`."""
        what = f"1 {noun(self.section)}" if number == 1 else noun(self.section, number)
        return f"{what} with {self.chosen.words}" if self.chosen.words else what


def counted_in(table: Table) -> Counted:
    """What the keys `section` and `where` say is to be counted."""
    section = section_in(table)
    if section == "design":
        table.complain("section", "there is one design only", 'count its parts: section = "components"')
    return Counted(section, where(table, section))
