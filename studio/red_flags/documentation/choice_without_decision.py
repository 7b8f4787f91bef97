"""What is dear to change later deserves a page that says why it is so.

## Why it matters
A database, a broker, the provider of a model, a vendor one cannot do without: changing one is a project. The reasons
are lost first, usually within a year, together with who knew them. Then nobody dares to change what was once chosen
for a week.

## What to do
A decision about the component: what forced it, two alternatives, why this one, and the figure or the day at which to
look again. Half an hour now; one page for several parts is fine.

## When it is fine
A prototype. What is decided together: a decision about the data in a store, or about a connection to it, counts for
it. A technology that constraints name was decided elsewhere.
"""

from studio.model.component import Component
from studio.model.kinds import DURABLE_STORES, MESSAGING
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed

DEAR = DURABLE_STORES | MESSAGING | {"llm"}
WORDS = {"external": "a vendor users cannot do without", "llm": "the model and its provider", "queue": "a broker",
         "stream": "a broker"}  # fmt: skip


def check(component: Component, facts: Facts) -> Verdict:
    """Warns about a store, a broker, a model or an indispensable vendor that no decision is about."""
    vendor = component.kind == "external" and component.id in facts.hard_path
    if facts.stage == "prototype" or not (component.kind in DEAR or vendor):
        return not_applicable()
    given = " ".join(facts.design.constraints.technology).casefold()
    if component.technology and component.technology.casefold() in given:
        return passed(given=component.technology)
    calls = (*facts.design.callers_of[component.id], *facts.design.calls_of[component.id])
    around = (*(d.id for d in facts.design.data if d.store == component.id), *(call.id for call in calls))
    patterns = (p.id for p in facts.design.patterns if component.id in p.on)
    decided = facts.decisions_about(component.id, *around, *patterns)
    if decided:
        return passed(decisions=[decision.id for decision in decided])
    what = WORDS.get(component.kind, "where data live")
    return failed(
        f"no decision is about {component.label}, {what}",
        evidence={"technology": component.technology},
        fix=(f'a decision with about = ["{component.id}"], two options and the figure at which to look again',),
        field="technology",
    )


RULE = Rule(
    id="DOC005",
    title="Significant choice without a decision",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    sources=(
        "Michael Nygard, Documenting Architecture Decisions (2011)",
        "AWS Well-Architected, Operational Excellence Pillar, OPS01-BP06 (2024)",
    ),
)

_STORE = """
[components.db]
kind = "database"
technology = "postgresql"
{decision}
"""

FLAGGED = _STORE.format(decision="")

FINE = _STORE.format(decision='[decisions.store]\ntitle = "Which database?"\nabout = ["db"]')
