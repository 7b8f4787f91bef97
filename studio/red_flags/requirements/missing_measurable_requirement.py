"""A design can only be wrong about a number somebody wrote down.

## Why it matters
Without a target every design meets it. The argument that should take an hour at the start is then held at three in the
morning: is an hour of outage a disaster or a nuisance, may the last five minutes of orders be gone? And whoever
answers it then has no time to build the answer.

## What to do
Give the five numbers other answers hang on: how many people and requests a day, the response time 99 of 100 stay
below, the share of requests that must succeed, the longest outage, the most data that may be lost. A range with a
source is an answer; what today's system does is a good first guess.

## When it is fine
A prototype owes none. Without a store there is nothing to lose, without users nobody to wait. Targets that every
journey states for itself need no other.
"""

from collections.abc import Iterator

from studio.model.design import Design
from studio.red_flags.facts import ENTERING_LOAD, Facts
from studio.red_flags.owed import owes
from studio.red_flags.rule import Rule, Severity, Verdict

WORDS = {
    "requirements.scale.daily_active_users": "people a day",
    "requirements.scale.requests_per_user_per_day": "requests of each",
    "requirements.performance.p99": "response time",
    "requirements.availability.target": "availability",
    "requirements.availability.recovery_time": "longest outage",
    "requirements.availability.recovery_point": "most data lost",
}
EXAMPLES = {
    "requirements.scale.daily_active_users": "100_000",
    "requirements.scale.requests_per_user_per_day": "20",
    "requirements.performance.p99": '"300 ms"',
    "requirements.availability.target": "0.999",
    "requirements.availability.recovery_time": '"1 h"',
    "requirements.availability.recovery_point": '"5 min"',
}


def check(design: Design, facts: Facts) -> Verdict:
    """Fails a design that leaves out a number by which it could be judged."""
    return owes(design, _lacking(design, facts), WORDS, EXAMPLES, "nothing says how much is enough for")


def _lacking(design: Design, facts: Facts) -> Iterator[str]:
    wanted, journeys = design.requirements, design.journeys
    driven = any(component.generates_rps is not None for component in design.components)
    has_users = any(component.kind == "client" for component in design.components) or not driven
    if has_users:
        yield from (f"requirements.scale.{name}" for name in ENTERING_LOAD if getattr(wanted.scale, name) is None)
    timed = journeys and all(journey.p99 is not None for journey in facts.must_journeys)
    if has_users and wanted.performance.p99 is None and not timed:
        yield "requirements.performance.p99"
    promised = journeys and all(journey.availability is not None for journey in facts.must_journeys)
    if wanted.availability.target is None and not promised:
        yield "requirements.availability.target"
    if wanted.availability.recovery_time is None:
        yield "requirements.availability.recovery_time"
    if wanted.availability.recovery_point is None and facts.stores:
        yield "requirements.availability.recovery_point"


RULE = Rule(
    id="REQ001",
    title="Missing measurable requirement",
    severity=Severity.WARNING,
    scope="design",
    check=check,
    sources=(
        "AWS Well-Architected, Reliability Pillar, REL13-BP01 (2024)",
        "Microsoft Azure Well-Architected, Reliability, RE:04 (2024)",
    ),
)

_SHOP = """
[requirements.scale]
daily_active_users = 10_000
requests_per_user_per_day = 20
{said}
[components.web]
kind = "client"
[components.orders]
kind = "database"
[connections.web-orders]
from = "web"
to = "orders"
"""

FLAGGED = _SHOP.format(said="")

FINE = _SHOP.format(
    said="""
[requirements.performance]
p99 = "300 ms"
[requirements.availability]
target = 0.999
recovery_time = "1 h"
recovery_point = "5 min"
"""
)
