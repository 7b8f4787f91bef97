"""A user who waits for a call inside a call inside a call waits for all of them, and needs all of them.

## Why it matters
Each hop adds its time, its tail and its failures: five services of 99.9 % in a row are 99.5 %, and one slow answer in
a hundred at each becomes one slow page in twenty. Nobody can say any more which timeout belongs where, and a fault at
the bottom shows first at the top.

## What to do
Merge hops that always change together. Call several side by side from one place instead of one through the other. Hand
over what the user need not wait for. Keep a copy of what is read often where it is read.

## When it is fine
CDNs and load balancers only pass a request on and are not counted, nor is what happens behind a queue. The limit of
four is a judgement of ours, and can be set.
"""

from studio.edits.mend import mend
from studio.model.behaviour import Journey
from studio.model.connection import Connection
from studio.model.design import Design
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.shape_of_calls import Requests, longest_ways

PASSING_ON = frozenset({"cdn", "load-balancer"})


def check(subject: Journey | Design, facts: Facts) -> Verdict:
    """Fails a journey with more calls one inside the other than a request should wait for."""
    if isinstance(subject, Journey) and not subject.steps:
        return unknown(f"journeys.{subject.id}.steps")
    name = subject.id if isinstance(subject, Journey) else None
    ways = [_deepest(requests, facts) for requests in facts.requests if requests.journey == name and requests.calls]
    if not ways:
        return not_applicable()
    deepest = max(ways, key=lambda way: sum(_counts(call, facts) for call in way))
    hops = [call for call in deepest if _counts(call, facts)]
    most = facts.thresholds_for(subject).synchronous_hops
    if len(hops) <= most:
        return passed(hops=len(hops))
    names = [deepest[0].source, *(call.target for call in deepest)]
    later = hops[most].id
    who = f"{subject.label} waits" if isinstance(subject, Journey) else "users wait"
    return failed(
        f"{who} for {len(hops)} calls one inside the other, more than {most}: "
        f"{' → '.join(facts.design.component[name].label for name in names)}",
        evidence={"hops": len(hops), "most": most, "way": [call.id for call in deepest]},
        fix=(
            f'mode = "async" on one of them, such as connections.{later}, where nobody needs the answer at once',
            f"or {len(hops) - most} hop{'s' if len(hops) - most > 1 else ''} less: parts that change together in one",
        ),
        mends=(mend(f"connections.{later}", mode="async"),),
        field="steps",
    )


def _counts(call: Connection, facts: Facts) -> bool:
    return facts.design.component[call.target].kind not in PASSING_ON


def _deepest(requests: Requests, facts: Facts) -> tuple[Connection, ...]:
    ways = longest_ways(requests, lambda call: 1.0 if _counts(call, facts) else 0.0)
    return ways.to(max(ways.length, key=lambda name: (ways.length[name], name)))


RULE = Rule(
    id="REL010",
    title="Synchronous chain too deep",
    severity=Severity.WARNING,
    scope="flows",
    check=check,
    patterns=("async-processing", "modular-monolith", "cqrs", "event-driven"),
    sources=(
        "Jeffrey Dean and Luiz André Barroso, The Tail at Scale, Communications of the ACM (2013)",
        "Davide Taibi and Valentina Lenarduzzi, On the Definition of Microservice Bad Smells, IEEE Software (2018)",
    ),
)

_CALLS = "".join(
    f'[connections.{source}-{target}]\nfrom = "{source}"\nto = "{target}"\n'
    for source, target in ("wa", "ab", "bc", "cd", "de")
)
_PARTS = '[components.w]\nkind = "client"\n' + "".join(f'[components.{name}]\nkind = "service"\n' for name in "abcde")

FLAGGED = _PARTS + _CALLS + '[journeys.buy]\nsteps = ["w-a", "a-b", "b-c", "c-d", "d-e"]'

FINE = _PARTS + _CALLS + '[journeys.buy]\nsteps = ["w-a", "a-b", "b-c", "c-d"]'

UNKNOWN = _PARTS + _CALLS + "[journeys.buy]\nshare = 1"
