"""Somebody will notice that it is broken; the plan says whether it is you.

## Why it matters
Without measurements users are the monitoring, and they report by leaving. Without alerts the measurements are read
afterwards. What is not planned with the design is added after the first outage, for the cause of the first outage.

## What to do
Say what is watched and who looks: rate, errors, duration and saturation of what users touch, an alert on the error
budget that burns too fast, and a person it reaches. Then give the components their metrics and alerts.

## When it is fine
A design without any component of its own. A plan and alerts in words without any metric named is a warning.
"""

from studio.model.design import Design
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed
from studio.text import says_something

NOT_WATCHED = frozenset({"client", "external"})


def check(design: Design, _: Facts) -> Verdict:
    """Fails a design without a monitoring plan, or with one that no component carries out."""
    own = [c for c in design.components if c.kind not in NOT_WATCHED]
    if not own:
        return not_applicable()
    measured = [c.id for c in own if c.observe and c.observe.metrics]
    alerted = [c.id for c in own if c.observe and c.observe.alerts]
    has_alerts = bool(alerted) or says_something(design.operations.alerting)
    has_plan = says_something(design.operations.monitoring)
    lacking = [
        *([] if has_plan else ["a plan of what is watched and by whom"]),
        *([] if measured else ["metrics on any component"]),
        *([] if has_alerts else ["an alert"]),
    ]
    if not lacking:
        return passed(measured=len(measured), alerted=len(alerted))
    fixes = {
        "a plan of what is watched and by whom": "operations.monitoring: rate, errors, duration, saturation; who looks",
        "metrics on any component": "observe.metrics on the components users touch first",
        "an alert": "observe.alerts, or operations.alerting: what wakes whom, on which figure",
    }
    return failed(
        f"there is no {', no '.join(part.removeprefix('a ').removeprefix('an ') for part in lacking)}",
        evidence={"components": len(own), "measured": len(measured), "alerted": len(alerted)},
        fix=tuple(fixes[part] for part in lacking),
        severity=Severity.WARNING if has_plan and has_alerts else None,
        field="operations.monitoring",
    )


RULE = Rule(
    id="OPS001",
    title="No monitoring plan",
    severity=Severity.ERROR,
    scope="design",
    check=check,
    patterns=("metrics", "slo-error-budget", "synthetic-probes"),
    sources=(
        "Google, Site Reliability Engineering, chapter 6, Monitoring Distributed Systems (2016)",
        "AWS Well-Architected, Reliability Pillar, REL06-BP01 (2024)",
    ),
)

FLAGGED = """
[components.api]
kind = "service"
"""

FINE = """
[operations]
monitoring = "four golden signals of the API on one board; the team on call looks each morning"
[components.api]
kind = "service"
observe = { metrics = ["rate", "errors", "duration"], alerts = ["5 % of the error budget in an hour"] }
"""
