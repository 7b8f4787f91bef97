"""What nothing is connected with was forgotten, by one side or the other.

## Why it matters
Either it is dead, and costs attention in every review; or it is alive, and the arrows that are missing are those nobody
thought about: who feeds it, who reads it, what happens when it is gone. Data without a place are data somebody will put
somewhere.

## What to do
Draw the arrows, or take the box out. Name the store of the data and the connections that carry them, or take them out.

## When it is fine
A design of one box. Monitoring, identity and secrets, which serve everything. Where there are journeys, what none of
them reaches is another flag (REQ004).
"""

from studio.model.component import Component
from studio.model.design import Design
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed
from studio.text import listed

SERVES_ALL = frozenset({"monitoring", "identity", "secrets"})
SHOWN = 5


def check(design: Design, facts: Facts) -> Verdict:
    """Warns about components without any connection, and about data that no store keeps and no connection carries."""
    alone = [component for component in design.components if _is_alone(component, facts)]
    nowhere = [data.id for data in design.data if data.store is None and not facts.carrying[data.id]]
    if not alone and not nowhere:
        return passed() if design.connections or design.data else not_applicable()
    names = [*(component.label for component in alone), *nowhere]
    shown = names if len(names) <= SHOWN else [*names[:SHOWN], f"{len(names) - SHOWN} more"]
    first = f"components.{alone[0].id}" if alone else f"data.{nowhere[0]}"
    return failed(
        f"nothing touches {listed(shown)}",
        evidence={"components": [component.id for component in alone], "data": nowhere},
        fix=(
            *([f"connections from or to {listed(c.label for c in alone[:SHOWN])}, or take them out"] if alone else []),
            *([f"store, or data of a connection, for {listed(nowhere[:SHOWN])}, or take them out"] if nowhere else []),
        ),
        field=first,
    )


def _is_alone(component: Component, facts: Facts) -> bool:
    """Whether nothing is said of what it has to do with the rest; with journeys that is another rule's question."""
    design = facts.design
    if len(design.components) < 2 or design.journeys or component.kind in SERVES_ALL:
        return False
    met = design.calls_of[component.id] or design.callers_of[component.id] or component.needs_to_start
    named = component.id in design.operations.runs_on or any(d.store == component.id for d in design.data)
    needed = any(component.id in other.needs_to_start for other in design.components)
    return not met and not named and not needed


RULE = Rule(
    id="DOC003",
    title="Disconnected element",
    severity=Severity.WARNING,
    scope="design",
    check=check,
    sources=(
        "Structurizr, inspection model.element.disconnected (2024)",
        "Threagile, rules unnecessary-technical-asset and unnecessary-data-asset (2020)",
    ),
)

FLAGGED = """
[components.api]
kind = "service"
[components.db]
kind = "database"
[components.reports]
kind = "service"
[connections.api-db]
from = "api"
to = "db"
"""

FINE = """
[components.api]
kind = "service"
[components.db]
kind = "database"
[connections.api-db]
from = "api"
to = "db"
"""
