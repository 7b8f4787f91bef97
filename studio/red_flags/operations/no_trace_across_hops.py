"""A request that crosses three processes leaves three logs; only a trace makes one story of them.

## Why it matters
Somebody says «it was slow at ten past nine». Each service has a fine average and thousands of lines for that minute.
With one id that travels along, the answer is one look: which hop, which call, how often. Without, it is an afternoon
and three teams, and for an agent that chose its own steps there is no second way to know what it did.

## What to do
One id made at the entrance and handed on with every call and in every message, spans in the format of OpenTelemetry. A
sample of the traffic is enough, with all errors and all slow ones.

## When it is fine
Journeys through one or two deployables of your own. Managed stores and vendors need no span of their own: the caller's
span shows them. Traces that operations.monitoring names, or the pattern distributed-traces, count for all that does not
say otherwise.
"""

import re

from studio.edits.mend import mend, together
from studio.model.behaviour import Journey
from studio.model.component import Component
from studio.model.design import Design
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import listed

TRACED = re.compile(r"\btrac(e|es|ed|ing)\b|open ?telemetry|\botel\b|jaeger|zipkin|x-ray", re.IGNORECASE)
UNTRACED = re.compile(r"\b(no|not|never|without)\b[^.;,]*\b(trac|open ?telemetry)", re.IGNORECASE)


def check(subject: Journey | Design, facts: Facts) -> Verdict:
    """Warns about a journey over three deployables or an agent of which none, or not every one, is traced."""
    if isinstance(subject, Design) or facts.stage == "prototype":
        return not_applicable()
    hops = _hops(subject, facts)
    if len(hops) < facts.thresholds_for(subject).hops_to_trace and not any(hop.kind == "agent" for hop in hops):
        return not_applicable()
    said = {hop.id: hop.observe.traces if hop.observe else None for hop in hops}
    everywhere = facts.has_pattern("distributed-traces") or _is_planned(facts)
    dark = [hop for hop in hops if said[hop.id] is False or not (any(said.values()) or everywhere)]
    if dark:
        return failed(
            f"{subject.label} runs through {listed(hop.label for hop in hops)}, and nothing follows a request through "
            f"{'them' if dark == hops else listed(hop.label for hop in dark)}",
            evidence={"hops": [hop.id for hop in hops], "untraced": [hop.id for hop in dark]},
            fix=(f"observe.traces = true on {listed(f'components.{hop.id}' for hop in dark)}, one id from end to end",),
            mends=(together(*(mend(f"components.{hop.id}.observe", traces=True) for hop in dark)),),
            field="steps",
        )
    silent = () if everywhere else tuple(f"components.{name}.observe.traces" for name in said if said[name] is None)
    return unknown(*silent) if silent else passed(hops=[hop.id for hop in hops])


def _is_planned(facts: Facts) -> bool:
    """Whether the plan for all says that requests are traced."""
    plan = facts.design.operations.monitoring or ""
    return TRACED.search(plan) is not None and UNTRACED.search(plan) is None


def _hops(journey: Journey, facts: Facts) -> list[Component]:
    """The team's own deployables on the journey, in the order of the steps."""
    steps = (facts.design.connection[step] for step in journey.steps)
    names = dict.fromkeys(end for step in steps for end in (step.source, step.target))
    own = {component.id: component for component in facts.deployables}
    return [own[name] for name in names if name in own]


RULE = Rule(
    id="OPS003",
    title="No trace across hops",
    severity=Severity.WARNING,
    scope="flows",
    check=check,
    patterns=("distributed-traces", "structured-logs"),
    sources=(
        "Benjamin H. Sigelman and others, Dapper, a Large-Scale Distributed Systems Tracing Infrastructure (2010)",
        "AWS Well-Architected, Operational Excellence Pillar, OPS04-BP05 (2024)",
    ),
)

_ORDER = """
[components.shop]
kind = "service"
observe = {{ traces = {first} }}
[components.stock]
kind = "service"
observe = {{ {second} }}
[components.bill]
kind = "worker"
observe = {{ traces = {first} }}
[connections.shop-stock]
from = "shop"
to = "stock"
[connections.stock-bill]
from = "stock"
to = "bill"
mode = "async"
[journeys.order]
steps = ["shop-stock", "stock-bill"]
"""

FLAGGED = _ORDER.format(first="true", second="traces = false")

FINE = _ORDER.format(first="true", second="traces = true")

UNKNOWN = _ORDER.format(first="true", second="logs = true")
