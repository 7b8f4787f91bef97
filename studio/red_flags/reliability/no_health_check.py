"""Traffic goes to every copy that nobody has taken out, dead ones included.

## Why it matters
One of four copies that hangs is not an outage; it is a quarter of all requests for as long as it takes a person to
notice. The opposite is worse: a check that asks the database makes every copy unhealthy in the same second the
database hiccups, the balancer takes all of them out, and a blip becomes an outage with cold starts at its end.

## What to do
Two questions: is the process alive (shallow, restarts it) and may it have traffic now (may look at what only this copy
depends on). What all copies share belongs into neither. And when all copies look sick at once, send traffic anyway.

## When it is fine
A single copy that nothing balances. What a vendor runs is checked by the vendor, except copies of your own code on a
vendor's platform: that asks what you tell it to. Functions, batches and schedulers have no traffic to be taken from.
Copies of a store that take over by themselves, or agree by quorum, find out who of them is gone.
"""

from studio.model.component import Component
from studio.model.kinds import DURABLE_STORES, OWN_CODE
from studio.red_flags.facts import Facts
from studio.red_flags.headroom import most_instances
from studio.red_flags.paths_of_calls import is_hard
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed
from studio.red_flags.words import counted
from studio.text import says_something

BALANCING = frozenset({"load-balancer", "gateway"})
CODE_ON_A_PLATFORM = frozenset({"service", "worker", "agent"})
"""Kinds whose copies a vendor's platform runs and restarts, but asks what their team tells it to ask."""
JUDGED = (OWN_CODE - {"function", "batch", "scheduler"}) | {"load-balancer", "cache"} | DURABLE_STORES
TELLING_APART = ("readi", "ready", "liveness", "shallow", "startup")
"""Words by which a check says that it does not take a copy out for what all copies share."""


def _finds_out_itself(component: Component) -> bool:
    """Whether its copies notice who of them is gone: by a takeover of their own, or because a majority must agree."""
    takes_over = component.failover is not None and component.failover.mode == "automatic"
    return takes_over or (component.replication is not None and component.replication.mode == "quorum")


def check(component: Component, facts: Facts) -> Verdict:
    """Fails one of several copies that nothing checks, and a check that fails in all copies at once."""
    copies = max(most_instances(component), component.copies)
    balanced = any(facts.design.component[c.source].kind in BALANCING for c in facts.design.callers_of[component.id])
    checked_by_vendor = facts.is_managed(component) and (copies == 1 or component.kind not in CODE_ON_A_PLATFORM)
    if component.kind not in JUDGED or checked_by_vendor or not (copies > 1 or balanced):
        return not_applicable()
    is_checked = says_something(component.health_check)
    if not is_checked and _finds_out_itself(component):
        return passed(failover=True)
    if not is_checked:
        many = f"runs {counted(copies, 'copy')}" if copies > 1 else "stands behind a balancer"
        return failed(
            f"{component.label} {many}, and nothing tells which of them works",
            evidence={"copies": copies},
            fix=(f"health_check on components.{component.id}: what is asked, how often, and what then happens",),
            field="health_check",
        )
    shared = _asked_for(component, facts)
    if shared is None or copies == 1:
        return passed(health_check=component.health_check)
    return failed(
        f"the health check of {component.label} asks {shared.label}: when that hiccups, all {copies} copies are taken "
        "out at once",
        evidence={"copies": copies, "asks": shared.id},
        fix=(f"a health check that asks {component.label} alone", "or one for readiness, apart from the shallow one"),
        field="health_check",
    )


def _asked_for(component: Component, facts: Facts) -> Component | None:
    """What all copies depend on and the check names; none when it tells liveness and readiness apart."""
    said = (component.health_check or "").casefold()
    if component.kind not in OWN_CODE or any(word in said for word in TELLING_APART):
        return None
    words = set(said.replace("/", " ").replace(",", " ").replace(".", " ").split())
    called = (facts.design.component[c.target] for c in facts.design.calls_of[component.id] if is_hard(c))
    return next((c for c in called if c.id in words or (c.name and c.name.casefold() in said)), None)


RULE = Rule(
    id="REL021",
    title="Copies without a health check",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    patterns=("health-checks", "load-balancer-l7"),
    sources=(
        "David Yanacek, Implementing health checks, Amazon Builders' Library (2019)",
        "AWS Well-Architected, Reliability Pillar, REL11-BP01 (2024)",
    ),
)

_API = """
[components.api]
kind = "service"
instances = 3
{said}
"""

FLAGGED = _API.format(said="")

FINE = _API.format(said='health_check = "/healthz every 5 s, two failures take it out"')
