"""A dependency you cannot do without should fail ten times less often than you promise.

## Why it matters
Failures of what you depend on come out of your own error budget, and they come in one piece: with 99.9 % promised and
99.95 % bought, one bad afternoon of the vendor is half of the month, and nothing your team does about its own releases
will matter. Three such vendors and there is nothing left to spend.

## What to do
Take it out of the way: a cached or default answer, a queue, a second provider for the day it is gone. Or buy more: a
plan whose promise has a nine more than yours. Or promise less, and say to whom.

## When it is fine
What has a fallback, what nobody waits for, and what stands in for another. A must journey's own target goes before that
of the design. When the availability of every must journey has been worked out and meets its target with the vendor in
it, this is a note: the budget holds, but one part of it is not yours to spend.
"""

from studio.model.component import Component
from studio.red_flags.facts import Facts
from studio.red_flags.promises import are_kept, promise_of
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import percent, ratio

ROUNDING = 1e-9


def check(component: Component, facts: Facts) -> Verdict:
    """Fails what a vendor runs and a must journey cannot do without, when it may spend too much of the error budget."""
    if component.id not in facts.indispensable or not facts.is_managed(component):
        return not_applicable()
    target = promise_of(component, facts)
    if target is None:
        return unknown("requirements.availability.target")
    promised = facts.numbers(component).availability
    if promised is None:
        return unknown(f"components.{component.id}.availability")
    share = facts.thresholds_for(component).budget_share_of_a_dependency
    wanted = 1 - (1 - target) * share
    if 1 - promised <= (1 - wanted) * (1 + ROUNDING) + ROUNDING:
        return passed(availability=promised, wanted=wanted)
    return failed(
        _message(component, promised, target),
        evidence={"availability": promised, "target": target, "wanted": wanted},
        fix=(
            f"a fallback on the calls to {component.label}: what to answer while it is down",
            f"or a plan that promises {ratio(wanted)}, or a second provider",
            "or a lower target for what needs it, by decision",
        ),
        severity=Severity.NOTE if are_kept(facts) else None,
        field="availability",
    )


def _message(component: Component, promised: float, target: float) -> str:
    if target >= 1:
        return f"{component.label} is promised for {ratio(promised)} of the time, and nothing may ever fail"
    spent = (1 - promised) / (1 - target)
    much = f"{percent(spent)} of what may fail" if spent < 1 else "all that may fail and more"
    return f"{component.label} alone, promised for {ratio(promised)}, may use up {much} at a target of {ratio(target)}"


RULE = Rule(
    id="REL003",
    title="Dependency without the extra nine",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    patterns=("fallback", "graceful-degradation", "async-processing"),
    sources=(
        "Ben Treynor, Mike Dahlin, Vivek Rau and Betsy Beyer, The Calculus of Service Availability, ACM Queue (2017)",
    ),
)

_SHOP = """
[requirements.availability]
{target}
[components.web]
kind = "client"
[components.shop]
kind = "service"
instances = 2
[components.payments]
kind = "external"
availability = 0.9995
[connections.web-shop]
from = "web"
to = "shop"
[connections.shop-payments]
from = "shop"
to = "payments"
"""

FLAGGED = _SHOP.format(target="target = 0.999")

FINE = _SHOP.format(target="target = 0.995")

UNKNOWN = _SHOP.format(target="")
