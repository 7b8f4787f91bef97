"""Most outages begin with a change; the shortest end with taking it back.

## Why it matters
A change that goes to all copies at once meets all users at once. Whoever then wonders how to undo it, repairs forward,
at night, with the next change. It is the best minute of an outage that is lost, and it comes with every release.

## What to do
A few percent first, watched by a machine that stops by itself. Then the rest. A way back that is one command and was
used this month, which needs schemas that the old version understands too: expand first, contract later.

## When it is fine
Components of tier 3, and what a vendor runs. A prototype. What deploy of a component leaves open, operations.rollout
may say for all. Blue-green and canary are as good as rolling here; in-place is not.
"""

import re

from studio.edits.mend import mend
from studio.model.component import Component
from studio.model.kinds import OWN_CODE
from studio.red_flags.facts import Facts
from studio.red_flags.rollouts import is_one_step
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed
from studio.text import listed, says_something

BY_HAND = re.compile(r"\s*(stop and start|manual(ly)?|none|by hand)\b", re.IGNORECASE)
WAY_BACK = re.compile(r"\broll(s|ed|ing)?[ -]?back|\bback\b|\brever(t|s)|\bundo|\bprevious\b", re.IGNORECASE)
NO_WAY_BACK = re.compile(r"\b(no|not|never|without|cannot)\b[^.;,]*\b(roll|back|rever|undo)", re.IGNORECASE)
GRADUAL = ("canary", "blue-green", "rolling-update", "feature-flags")


def check(component: Component, facts: Facts) -> Verdict:
    """Warns about an important deployable that changes everywhere at once, or that has no way back."""
    important = component.tier == 2 or facts.is_of_tier_one(component)
    own = component.kind in OWN_CODE and not component.managed
    if not own or not important or facts.stage == "prototype":
        return not_applicable()
    deploy = component.deploy
    strategy, rollback = (deploy.strategy, deploy.rollback) if deploy else (None, None)
    plan = facts.design.operations.rollout
    if says_something(plan):
        strategy, rollback = strategy or plan, rollback or _way_back(plan or "")
    gradual = any(facts.has_pattern(use, on=component.id) for use in GRADUAL)
    faults, place = {}, f"components.{component.id}.deploy"
    if strategy is not None and (BY_HAND.match(strategy) or is_one_step(strategy)):
        faults["changes in all copies at once"] = f"{place}.strategy: canary, blue-green or rolling"
    elif strategy is None and not gradual:
        faults["does not say how a change reaches it"] = f"{place}.strategy: canary, blue-green or rolling"
    if not says_something(rollback):
        faults["has no way back"] = f"{place}.rollback: one command, and the schema that both versions understand"
    if not faults:
        return passed(strategy=strategy, rollback=rollback)
    return failed(
        f"{component.label} {listed(faults)}",
        evidence={"strategy": strategy, "rollback": rollback},
        fix=tuple(faults.values()),
        mends=(mend(place, strategy="rolling" if component.copies > 1 else "blue-green"),) if rollback else (),
        field="deploy",
    )


def _way_back(plan: str) -> str | None:
    """The plan for all, where its words name a way back."""
    return plan if WAY_BACK.search(plan) and not NO_WAY_BACK.search(plan) else None


RULE = Rule(
    id="OPS004",
    title="No safe rollout or no way back",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    patterns=GRADUAL,
    sources=(
        "AWS Well-Architected, Operational Excellence Pillar, OPS06-BP01 and OPS06-BP03 (2024)",
        "Jez Humble and David Farley, Continuous Delivery, chapter 10 (2010)",
    ),
)

_API = """
[components.api]
kind = "service"
tier = 1
{deploy}
"""

FLAGGED = _API.format(deploy='deploy = { strategy = "in-place" }')

FINE = _API.format(deploy='deploy = { strategy = "canary", rollback = "the previous image, one command" }')
