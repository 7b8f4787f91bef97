"""What the checks about technologies share: their names in the design and in the catalogue."""

from collections.abc import Callable

from studio.catalogue.tables import Table
from studio.model.component import Component
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Verdict, failed, passed, unknown
from studio.red_flags.team_rules.fields import label_of, shown
from studio.red_flags.team_rules.making import Made, every
from studio.red_flags.team_rules.selecting import asked_of, technologies_of, where
from studio.red_flags.team_rules.values import Wanted, globs_in


def of_technologies(table: Table, is_fine: Callable[[Wanted, tuple[str, ...]], bool], verb: str) -> Made:
    """The check as the keys `technologies` and `where` say."""
    wanted, chosen = globs_in(table, "technologies"), where(table, "components")

    def check(component: Component, facts: Facts) -> Verdict:
        names = technologies_of(component, facts)
        if not names:
            return unknown(f"components.{component.id}.technology")
        if is_fine(wanted, names):
            return passed(technology=shown(names[0]))
        return failed(
            f"{label_of(component, facts)} uses {shown(names[0])}, and the technology {verb} {wanted.words}",
            evidence={"technology": shown(names[0]), "technologies": list(wanted.written)},
            fix=(f"components.{component.id}.technology: it {verb} {wanted.words}",),
            field="technology",
        )

    words = f"the technology of {every('component', chosen)} {verb} {wanted.words}"
    return Made("components", asked_of(chosen, check), words)
