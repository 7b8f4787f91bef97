"""Copies that can lose sight of each other must know in advance who goes on answering.

## Why it matters
When the network between two zones or regions parts, a store either refuses somebody (consistent) or answers everybody
and settles the contradictions later (available). There is no third way, and no time to choose: whoever does not,
leaves it to the default of a driver.

## What to do
Choose for the design, in requirements.consistency.during_partition, and write down for which data and why in a
decision about the store. Then test it: part the network and look who answers.

## When it is fine
One zone, one region: what cannot part needs no choice. A technology that allows only one of the two has chosen. Copies
that agree before a write counts (quorum, sync) have chosen: a minority cannot commit. Within one region a vendor
chooses for what it manages.
"""

from studio.model.component import Component
from studio.model.kinds import DURABLE_STORES
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import counted


def check(component: Component, facts: Facts) -> Verdict:
    """Fails a store spread over zones or regions for which nobody chose what gives way in a partition."""
    if component.kind not in DURABLE_STORES:
        return not_applicable()
    spread = max(component.zones or 1, len(component.regions))
    if spread < 2:
        silent = component.zones is None and _has_copies(component) and not facts.is_managed(component)
        return unknown(f"components.{component.id}.zones") if silent else not_applicable()
    over = counted(component.zones or 1, "zone") if (component.zones or 1) > 1 else counted(spread, "region")
    choice = facts.design.requirements.consistency.during_partition or _by_technology(component, facts)
    if choice is None and _is_chosen_by_others(component, facts):
        return passed(replication=component.replication.mode if component.replication else None)
    if choice is None:
        return failed(
            f"{component.label} is spread over {over}, and nobody chose what gives way when they lose each other",
            evidence={"zones": component.zones, "regions": list(component.regions)},
            fix=(
                'requirements.consistency.during_partition = "consistent" (refuse) or "available" (answer and settle)',
                f"and a decision about {component.id} that says for which data, and why",
            ),
            field="replication",
        )
    if not facts.decisions_about(component.id, *(data.id for data in facts.data_in(component))):
        return failed(
            f"{component.label} is spread over {over} and would be {choice} in a partition; no decision says why",
            evidence={"zones": component.zones, "regions": list(component.regions), "during_partition": choice},
            fix=(f"a decision about {component.id}: {choice} against the alternative, with what users notice",),
            severity=Severity.NOTE,
            field="replication",
        )
    return passed(during_partition=choice)


def _is_chosen_by_others(component: Component, facts: Facts) -> bool:
    """Whether the way its copies agree decides it (a minority cannot commit), or a vendor does within one region."""
    agrees = component.replication is not None and component.replication.mode in ("quorum", "sync")
    alone = len(component.regions) < 2 and not component.read_replicas
    return agrees or (alone and facts.is_managed(component))


def _has_copies(component: Component) -> bool:
    return (component.instances or 1) > 1 or bool(component.read_replicas)


def _by_technology(component: Component, facts: Facts) -> str | None:
    technology = facts.technologies.get(component.technology or "")
    return {"cp": "consistent", "ap": "available"}.get(getattr(technology, "cap", None) or "")


RULE = Rule(
    id="CON002",
    title="CAP choice not made",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    patterns=("active-passive-failover", "leader-election"),
    sources=(
        "Seth Gilbert and Nancy Lynch, Brewer's Conjecture and the Feasibility of CAP Web Services (2002)",
        "Daniel Abadi, Consistency Tradeoffs in Modern Distributed Database System Design, IEEE Computer (2012)",
    ),
)

_STORE = """
{choice}
[components.db]
kind = "database"
instances = 3
{zones}
[decisions.partition]
about = ["db"]
"""

FLAGGED = _STORE.format(choice="", zones="zones = 3")

FINE = _STORE.format(choice='[requirements.consistency]\nduring_partition = "consistent"', zones="zones = 3")

UNKNOWN = _STORE.format(choice="", zones="")
