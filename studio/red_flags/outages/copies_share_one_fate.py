"""Copies that have one thing in common are one copy on the day that thing fails.

## Why it matters
Three copies at 99.5 % are down together for four seconds a year by the arithmetic. If one failure in twenty is one
they have in common (the same rack, certificate or configuration push, the same vendor behind two names) it is two
hours. The availability worked out from independent copies is then wrong by a factor of two thousand, and wrong in the
direction that lets you sleep.

## What to do
Give them different fates where that is cheap: zones, accounts, a staged push, another provider for the stand-in. For
what stays in common, say how often it strikes: common_cause = 0.05 counts one failure in twenty as one that hits all
copies, which is what is seen in practice (5 to 10 % for copies of one version).

## When it is fine
When common_cause is stated: the estimates then count it. What a vendor promises as a whole. What no must journey
needs.
"""

from studio.edits.mend import mend
from studio.model.component import Component
from studio.red_flags.facts import Facts
from studio.red_flags.headroom import most_instances
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import counted
from studio.text import listed
from studio.units import point

COMMON = 0.05
"""Share of failures that copies have in common, where nobody measured it: the beta factors of IEC 61508-6 lie between
0.01 and 0.1."""


def check(component: Component, facts: Facts) -> Verdict:
    """Fails copies, or stand-ins, whose redundancy is counted although they are said to fail together."""
    if component.id not in facts.hard_path:
        return not_applicable()
    twin = _stand_in_of_the_same_fate(component, facts)
    if twin is not None:
        return _failed_together(component, *twin)
    copies = max(component.copies, most_instances(component))
    if copies == 1 or facts.is_managed(component):
        return not_applicable()
    if component.common_cause is not None and point(component.common_cause) > 0:
        return passed(common_cause=point(component.common_cause))
    shared = component.shares_fate_with
    if not shared:
        return passed() if component.common_cause is not None else unknown(f"components.{component.id}.common_cause")
    return failed(
        f"all {counted(copies, 'copy')} of {component.label} share {listed(shared)}, and count as if they did not",
        evidence={"copies": copies, "shares_fate_with": list(shared), "common_cause": component.common_cause},
        fix=(
            f"common_cause = {COMMON} on components.{component.id}: availability is then what is left of it",
            f"or copies that do not share {listed(shared, 'or')}; then take it out of shares_fate_with",
        ),
        mends=(
            mend(f"components.{component.id}", "the usual share of failures that hit all copies", common_cause=COMMON),
        ),
        field="shares_fate_with",
    )


def _stand_in_of_the_same_fate(component: Component, facts: Facts) -> tuple[Component, list[str]] | None:
    """A later component of the file that takes its place when it is gone, and what both have in common."""
    if component.id in facts.indispensable or not component.shares_fate_with:
        return None
    mine = {name.casefold() for name in component.shares_fate_with}
    components = facts.design.components
    for other in components[components.index(component) + 1 :]:
        if other.kind != component.kind or other.id not in facts.hard_path:
            continue
        common = [name for name in other.shares_fate_with if name.casefold() in mine]
        if common and other.id not in facts.indispensable:
            return other, common
    return None


def _failed_together(component: Component, other: Component, common: list[str]) -> Verdict:
    return failed(
        f"{component.label} and {other.label} stand in for each other and share {listed(common)}",
        evidence={"stand_in": other.id, "shared": common},
        fix=(f"a stand-in for {component.label} that does not share {listed(common, 'or')}",),
        field="shares_fate_with",
    )


RULE = Rule(
    id="OUT001",
    title="Copies that share one fate",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    patterns=("redundancy-across-zones", "canary", "active-passive-failover"),
    sources=(
        "Karl N. Fleming, A Reliability Model for Common Mode Failures in Redundant Safety Systems (1975)",
        "Daniel Ford and others, Availability in Globally Distributed Storage Systems, OSDI (2010)",
        "Google Cloud, Incident Report: Cloud Networking Incident 19009 (2019)",
    ),
)

_API = """
[components.api]
kind = "service"
tier = 1
instances = 3
zones = 3
{said}
"""

FLAGGED = _API.format(said='shares_fate_with = ["configuration push"]')

FINE = _API.format(said='shares_fate_with = ["configuration push"]\ncommon_cause = 0.05')

UNKNOWN = _API.format(said="")
