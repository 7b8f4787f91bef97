"""A design must have so many parts of a sort.

Keys: `least`; `section`, components when not given; `where`.
"""

from studio.catalogue.tables import Table
from studio.model.design import Design
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Verdict, failed, passed, unknown
from studio.red_flags.team_rules.counting import counted_in
from studio.red_flags.team_rules.making import Made
from studio.red_flags.team_rules.numbers import whole_in


def made(table: Table) -> Made:
    """Fails a design that has fewer."""
    what, least = counted_in(table), whole_in(table, "least")
    if table.values.get("least") == 0:
        table.complain("least", "every design has 0 of them", "write least = 1 or more")

    def check(_: Design, facts: Facts) -> Verdict:
        found = what.found_in(facts)
        number = len(found.ids)
        if number >= least:
            return passed(count=number)
        if number + found.perhaps >= least:
            return unknown(*found.missing)
        have = f"there are only {what.named(number)}" if number > 1 else f"there is only {what.named(1)}"
        return failed(
            (f"there is no {what.named(1)[2:]}" if number == 0 else have) + f", and {least} must be there",
            evidence={"count": number, "least": least, "found": list(found.ids)},
            fix=(f"{what.named(least - number)} more",),
        )

    return Made("design", check, f"there are at least {what.named(least)}")
