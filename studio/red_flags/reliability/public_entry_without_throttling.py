"""What anybody may call must be able to say: not so fast.

## Why it matters
One script, one crawler, one client with a bug in its retry loop sends more than all users together. Without a limit
for each caller, the only limit is the capacity of the system, and everybody shares the outage.

## What to do
A limit for each caller (token, address, tenant) where requests come in, answered with 429 and a time to come back.
Behind it, shedding of the least important load, so that the limit may be generous.

## When it is fine
A CDN or load balancer in front may leave the limit to what is right behind it. A CDN that serves files only needs
none, nor does what a vendor runs as a product of its own, such as a sign-in page.
"""

from studio.model.component import Component
from studio.model.kinds import ENTRANCES
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed
from studio.text import listed, says_something

PASSING_ON = frozenset({"cdn", "load-balancer"})
LIMITING = ("rate-limiting-token-bucket", "rate-limiting-sliding-window", "load-shedding")


def check(component: Component, facts: Facts) -> Verdict:
    """Fails an entrance that limits no caller and passes requests on to code that does not either."""
    if component.kind not in ENTRANCES or component.id not in facts.entrance_ids:
        return not_applicable()
    if _limits(component, facts):
        return passed(rate_limit=component.rate_limit)
    behind = _code_behind(component, facts)
    if not behind:
        return not_applicable()
    open_ = [c for c in behind if not _limits(c, facts)]
    if not open_:
        return passed(limited_behind=[c.id for c in behind])
    way = "" if component in open_ else f" on the way to {listed(c.label for c in open_)}"
    return failed(
        f"clients call {component.label} and no caller is limited{way}",
        evidence={"unlimited": [c.id for c in open_]},
        fix=(f"a limit for each caller in rate_limit of components.{component.id}, such as 100 requests/s per user",),
        field="rate_limit",
    )


def _limits(component: Component, facts: Facts) -> bool:
    return says_something(component.rate_limit) or facts.has_pattern(*LIMITING, on=component.id)


def _code_behind(component: Component, facts: Facts) -> tuple[Component, ...]:
    """The code that requests reach through an entrance: itself, or what lies behind what only passes them on."""
    found: dict[str, Component] = {}
    seen, waiting = {component.id}, [component]
    while waiting:
        here = waiting.pop(0)
        if here.kind not in PASSING_ON:
            found[here.id] = here
            continue
        callees = (facts.design.component[c.target] for c in facts.design.calls_of[here.id])
        for callee in callees:
            if callee.id not in seen and callee.kind in ENTRANCES:
                seen.add(callee.id)
                waiting.append(callee)
    return tuple(found.values())


RULE = Rule(
    id="REL018",
    title="Public entry without throttling",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    patterns=("rate-limiting-token-bucket", "rate-limiting-sliding-window", "load-shedding"),
    sources=(
        "AWS Well-Architected, Reliability Pillar, REL05-BP02 (2024)",
        "OWASP API Security Top 10, API4: Unrestricted Resource Consumption (2023)",
    ),
)

_ENTRY = """
[components.web]
kind = "client"
[components.balancer]
kind = "load-balancer"
[components.api]
kind = "service"
{said}
[connections.web-balancer]
from = "web"
to = "balancer"
[connections.balancer-api]
from = "balancer"
to = "api"
"""

FLAGGED = _ENTRY.format(said="")

FINE = _ENTRY.format(said='rate_limit = "100 requests/s per user"')
