"""A vendor's quota is a wall, and it stands where the vendor put it.

## Why it matters
What one runs oneself gets slow when it is full; a vendor refuses. The refusals come at the peak, are retried, and count
against the quota too. More of it is a form, a negotiation or a credit check: days at best, for telephone numbers and
mail reputation weeks.

## What to do
Ask for more before it is needed; keep the lead time in scaling. Batch what can be batched, cache what repeats, put a
queue in front of what can wait so that peaks are spread under the ceiling. An alert at six tenths of it.

## When it is fine
Up to eight tenths at peak. Vendors that promise none: say a generous quota_rps with the contract's words beside
it. Work from a queue that may wait is judged at its peak all the same: accept the flag where it does wait.
"""

from studio.model.component import Component
from studio.red_flags import missing
from studio.red_flags.countable import limit_at
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import percent, rate, rounded_up
from studio.units import grouped

OWE_A_QUOTA = frozenset({"external", "llm"})
"""Kinds whose vendor always has one, whether one knows it or not."""


def check(component: Component, facts: Facts) -> Verdict:
    """Fails what has a quota that is nearly used up at peak."""
    quota = limit_at(f"components.{component.id}.quota_rps", facts)
    if quota is None and not facts.is_managed(component):
        return not_applicable()
    if quota is None:
        owed = component.kind in OWE_A_QUOTA and facts.numbers(component).capacity is None
        asked = (
            owed and facts.design.callers_of[component.id] and facts.estimates.components[component.id].peak_rps != 0
        )
        return unknown(f"components.{component.id}.quota_rps") if asked else not_applicable()
    if quota.used is None:
        return unknown(*missing.of_peak(component, facts))
    evidence = {"peak_rps": quota.used, "quota_rps": quota.most}
    share = facts.thresholds_for(component).quota_share
    if quota.used <= share * quota.most:
        return passed(**evidence)
    return failed(
        f"{component.label} gets {rate(quota.used)} at peak, {percent(quota.used / quota.most)} of its quota of "
        f"{grouped(quota.most)}",
        evidence=evidence,
        fix=(
            f"a quota of {rate(rounded_up(quota.used / share))} or more, with its lead time",
            f"or {percent(1 - share * quota.most / quota.used)} fewer calls: batches or a cache",
            "or a queue in front that spreads the peak",
        ),
        field="quota_rps",
    )


RULE = Rule(
    id="CAP009",
    title="Quota of a vendor nearly used up",
    severity=Severity.ERROR,
    scope="components",
    check=check,
    patterns=("batching", "async-processing", "rate-limiting-token-bucket", "model-routing"),
    sources=(
        "AWS Well-Architected, Reliability Pillar, REL01-BP03 and REL01-BP06 (2024)",
        "Michael T. Nygard, Release It!, 2nd edition, chapter 4, Integration Points (2018)",
    ),
)

_VENDOR = """
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = 18
peak_factor = 1
[components.web]
kind = "client"
[components.shop]
kind = "service"
[components.tax]
kind = "external"
{quota}
[connections.web-shop]
from = "web"
to = "shop"
[connections.shop-tax]
from = "shop"
to = "tax"
"""

FLAGGED = _VENDOR.format(quota="quota_rps = 20")

FINE = _VENDOR.format(quota="quota_rps = 30")

UNKNOWN = _VENDOR.format(quota="")
