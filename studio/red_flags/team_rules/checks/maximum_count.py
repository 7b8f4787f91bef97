"""A design may have only so many parts of a sort.

Keys: `most`, 0 for none at all; `section`, components when not given; `where`.
"""

from studio.catalogue.tables import Table
from studio.model.design import Design
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Verdict, failed, passed, unknown
from studio.red_flags.team_rules.counting import counted_in
from studio.red_flags.team_rules.making import Made
from studio.red_flags.team_rules.numbers import whole_in
from studio.text import listed

MOST_NAMED = 12


def made(table: Table) -> Made:
    """Fails a design that has more."""
    what, most = counted_in(table), whole_in(table, "most")

    def check(_: Design, facts: Facts) -> Verdict:
        found = what.found_in(facts)
        number = len(found.ids)
        if number > most:
            some = f"{listed(found.ids[:MOST_NAMED])}{' …' if number > MOST_NAMED else ''}"
            return failed(
                f"there {'is' if number == 1 else 'are'} {what.named(number)}"
                + (f", more than {most}" if most else ""),
                evidence={"count": number, "most": most, "found": list(found.ids)},
                fix=(f"at most {most} of {some}" if most else f"a design without {some}",),
                field="components" if what.section == "endpoints" else _table(what.section),
            )
        return unknown(*found.missing) if number + found.perhaps > most else passed(count=number)

    words = f"there are at most {what.named(most)}" if most else f"there is no {what.named(1)[2:]}"
    return Made("design", check, words)


def _table(section: str) -> str:
    return "requirements.functional" if section == "functional" else section
