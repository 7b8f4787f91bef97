"""«Fast» is agreed on by everybody until somebody measures.

## Why it matters
A word without a number is read by each reader as what they would have built anyway. Fast is 50 ms for one and two
seconds for the other, and both find out in the acceptance test. No test can fail on a vague word, so none is written.

## What to do
Replace the word by what is measured, where, and for how many: «the search answers within 300 ms for 99 of 100
requests, measured at the gateway». If the number stands elsewhere in the design, take the word out.

## When it is fine
When the sentence itself carries a number, or when the quality it names has its number in the requirements or on a
journey that realises it: a response time for «fast», a growth for «scalable», an availability for «reliable», a threat
model for «secure».
"""

from functools import cache
from re import IGNORECASE, Pattern
from re import compile as compiled

from studio.model.requirements import FunctionalRequirement
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import listed

VAGUE = {
    "speed": r"fast(?![- ](?:forward|food|track))|quickly|snappy|responsive(?! (?:design|layout|web))|instantly|"
    "low[- ]latency|real[- ]time|performant|high[- ]performance|without delay",
    "load": "scalable|scales (?:to|with|up|out|well)|scale well|high[- ]throughput|high load|heavy load|many users|"
    "massive|web[- ]scale",
    "availability": "highly available|high availability|always available|reliable|reliably|robust|resilient|"
    "fault[- ]tolerant|never down|no downtime|without downtime",
    "security": "secure|securely",
    "cost": "cheap|cheaply|cost[- ]effective|cost[- ]efficient|inexpensive|low[- ]cost",
    "ease": "user[- ]friendly|easy to use|intuitive|seamless|seamlessly|state[- ]of[- ]the[- ]art|flexible|efficient|"
    "efficiently|simple to use",
}
"""Words by the quality they name; what counts as vague is a judgement of ours."""
NUMBER = compiled(r"(?<![\w/.-])(?<!oauth )(?<!openid )(?<!tls )(?<!iso )(?<!soc )(?<!http )\d", IGNORECASE)
"""A figure, not one that belongs to a name: `OAuth 2.0`, `S3`, `HTTP/2`, `ISO 27001`."""
INSTEAD = {
    "speed": "a time and a share of requests: «within 300 ms for 99 of 100»",
    "load": "a rate and a horizon: «ten times today's peak within 24 months»",
    "availability": "a share and a longest outage: «99.9 % of requests, never down for more than 1 h»",
    "security": "whom it must stand up to: requirements.security.threat_model",
    "cost": "an amount: «below 5,000 a month»",
    "ease": "what a new user achieves, and in which time: «a first order within 3 min, without help»",
}


def check(requirement: FunctionalRequirement, facts: Facts) -> Verdict:
    """Fails a requirement that names a quality without any number to measure it by."""
    if requirement.priority == "wont":
        return not_applicable()
    if requirement.text is None:
        return unknown(f"requirements.functional.{requirement.id}.text")
    found = {quality: match.group() for quality in VAGUE if (match := _pattern(quality).search(requirement.text))}
    measured = NUMBER.search(requirement.text) is not None
    open_ = {} if measured else {q: word for q, word in found.items() if not _is_measured(q, requirement, facts)}
    if not open_:
        return passed(words=list(found.values()))
    said, have = listed(f"«{word.lower()}»" for word in open_.values()), "has" if len(open_) == 1 else "have"
    return failed(
        f"{said} {have} no number anywhere in the design",
        evidence={"words": list(open_.values())},
        fix=tuple(INSTEAD[quality] for quality in open_),
        field="text",
    )


@cache
def _pattern(quality: str) -> Pattern[str]:
    return compiled(rf"(?<![\w-])(?:{VAGUE[quality]})(?![\w-])", IGNORECASE)


def _is_measured(quality: str, requirement: FunctionalRequirement, facts: Facts) -> bool:
    """Whether the quality has its number in the requirements, or on a journey that realises this one."""
    wanted = facts.design.requirements
    journeys = [journey for journey in facts.design.journeys if journey.id in requirement.realised_by]
    match quality:
        case "speed":
            return wanted.performance.p99 is not None or any(journey.p99 is not None for journey in journeys)
        case "load":
            return wanted.scale.growth is not None
        case "availability":
            own = any(journey.availability is not None for journey in journeys)
            return wanted.availability.target is not None or own
        case "security":
            return bool(wanted.security.threat_model)
        case "cost":
            return wanted.cost.budget_per_month is not None
    return False


RULE = Rule(
    id="REQ002",
    title="Quality word without a number",
    severity=Severity.WARNING,
    scope="functional",
    check=check,
    sources=(
        "ISO/IEC/IEEE 29148, Requirements engineering, 5.2.7 on unbounded and ambiguous terms (2018)",
        "Len Bass, Paul Clements and Rick Kazman, Software Architecture in Practice, 4th edition, chapter 3 (2021)",
    ),
)

FLAGGED = """
[requirements.functional.search]
text = "Search is fast and user-friendly"
"""

FINE = """
[requirements.functional.search]
text = "Search answers within 300 ms for 99 of 100 requests"
"""

UNKNOWN = """
[requirements.functional.search]
priority = "must"
"""
