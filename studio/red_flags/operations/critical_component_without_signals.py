"""What a must journey cannot do without must be the last thing to fail silently.

## Why it matters
The parts everything rests on deserve the most precise signals, and they differ by kind: the age of the oldest message
tells a queue's trouble, the use of its pool a database's, the hit ratio a cache's, the rate of refusals a vendor's.
A process that is up says nothing about any of them.

## What to do
For each component of tier 1, each external system on a hard path and each queue: the metric that shows its trouble
first and an alert on it. For what users call, an objective the alert serves, in their words: 99.9 % under 200 ms.

## When it is fine
Components of tier 2 and 3. Stores, queues and vendors need no objective of their own; they serve that of the entrance.
"""

from studio.model.component import Component
from studio.model.kinds import ENTRANCES, MESSAGING
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed
from studio.text import listed, says_something

FIRST_SIGNS = {
    "cache": "hit ratio, evictions",
    "database": "pool use, slow queries, replication lag",
    "external": "rate of refusals, response time as seen from here",
    "llm": "tokens, refusals, time to the first token",
    "queue": "age of the oldest message, length",
    "stream": "consumer lag, age of the oldest message",
}


def check(component: Component, facts: Facts) -> Verdict:
    """Fails a critical component without metrics, without an alert, or, where users call it, without an objective."""
    critical = facts.is_of_tier_one(component) or component.kind in MESSAGING
    if component.kind in ("client", "monitoring") or not critical:
        return not_applicable()
    observed = component.observe
    lacking = [
        *([] if observed and observed.metrics else ["metrics"]),
        *([] if observed and observed.alerts else ["alerts"]),
        *(["slo"] if component.kind in ENTRANCES and not (observed and says_something(observed.slo)) else []),
    ]
    if not lacking:
        return passed(slo=observed.slo if observed else None)
    signs = FIRST_SIGNS.get(component.kind, "rate, errors, duration, saturation")
    words = {
        "metrics": f"observe.metrics on components.{component.id}: {signs}",
        "alerts": f"observe.alerts on components.{component.id}: the figure that wakes somebody",
        "slo": f'observe.slo on components.{component.id}, such as "99.9 % under 200 ms"',
    }
    names = {"metrics": "metrics", "alerts": "an alert", "slo": "an objective"}
    return failed(
        f"{component.label} is critical and lacks {listed(names[part] for part in lacking)}",
        evidence={"lacking": lacking},
        fix=tuple(words[part] for part in lacking),
        field="observe",
    )


RULE = Rule(
    id="OPS002",
    title="Critical component without signals",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    patterns=("metrics", "slo-error-budget"),
    sources=(
        "AWS Well-Architected, Operational Excellence Pillar, OPS04-BP04 and OPS08-BP04 (2024)",
        "Google, The Site Reliability Workbook, chapter 5, Alerting on SLOs (2018)",
    ),
)

_API = """
[components.api]
kind = "service"
tier = 1
{observe}
"""

FLAGGED = _API.format(observe='observe = { metrics = ["rate"] }')

FINE = _API.format(
    observe='observe = { metrics = ["rate", "errors"], alerts = ["budget burns 14×"], slo = "99.9 % under 200 ms" }'
)
