"""Everything must run in some regions only; a component that says none runs where the constraints of the design say.

Keys: `regions`, patterns such as `"eu-*"`; `where`. Unknown where neither says a region.
"""

from studio.catalogue.tables import Table
from studio.model.component import Component
from studio.red_flags.facts import Facts
from studio.red_flags.team_rules.fields import label_of
from studio.red_flags.team_rules.making import Made, every
from studio.red_flags.team_rules.membership import Said, allowed
from studio.red_flags.team_rules.selecting import asked_of, where
from studio.red_flags.team_rules.values import globs_in


def made(table: Table) -> Made:
    """Fails a component that runs in another region."""
    wanted, chosen = globs_in(table, "regions"), where(table, "components")

    def say(component: Component, facts: Facts) -> Said:
        regions = component.regions or facts.design.constraints.regions
        return Said(regions, "regions", f"components.{component.id}.", label_of(component, facts))

    words = f"the regions of {every('component', chosen)} must be {wanted.words}"
    return Made("components", asked_of(chosen, allowed(say, wanted)), words)
