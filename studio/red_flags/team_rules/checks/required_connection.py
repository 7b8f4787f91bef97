"""Some components must call, or be called by, a component of a certain sort.

Keys: `where`, the components that must; either `to`, what each must call, or `from`, what must call it: a pattern of
ids or a selector of components. Unknown where a neighbour does not say enough to tell.
"""

from studio.catalogue.tables import Table
from studio.model.component import Component
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Verdict, failed, passed, unknown
from studio.red_flags.team_rules.fields import label_of
from studio.red_flags.team_rules.making import Made, component, every
from studio.red_flags.team_rules.selecting import Selector, asked_of, end, where


def made(table: Table) -> Made:
    """Fails a component that has no such connection."""
    callees, callers, chosen = end(table, "to"), end(table, "from"), where(table, "components")
    if (callees is None) == (callers is None):
        table.complain(None, "either to or from is wanted", 'add to = { kind = "…" }, or from')
    other = callees or callers or Selector((), "")
    what = ("calls a" if callees else "is called by a") + f" {component(other)}"

    def check(caller: Component, facts: Facts) -> Verdict:
        answers = [other.choose(neighbour, facts) for neighbour in _neighbours(caller, facts, calls=bool(callees))]
        if any(answer.yes for answer in answers):
            return passed()
        silent = tuple(field for answer in answers for field in answer.missing)
        if silent:
            return unknown(*silent)
        return failed(
            f"{label_of(caller, facts)} {'calls no' if callees else 'is called by no'} {component(other)}",
            evidence={"neighbours": len(answers)},
            fix=(f"a connection {'from' if callees else 'to'} {caller.id}, so that it {what}",),
        )

    return Made("components", asked_of(chosen, check), f"{every('component', chosen)} {what}")


def _neighbours(of: Component, facts: Facts, *, calls: bool) -> list[Component]:
    design = facts.design
    over = design.calls_of[of.id] if calls else design.callers_of[of.id]
    names = dict.fromkeys(call.target if calls else call.source for call in over)
    return [design.component[name] for name in names]
