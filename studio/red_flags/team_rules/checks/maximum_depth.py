"""A request may wait for only so many calls one inside the other.

Keys: `most`, the calls; `counts`, a selector of the components a call of which counts (all but CDNs and load balancers
when not given); `where`, for the journeys. Where a design has no journeys its calls are looked at as a whole.
"""

from studio.catalogue.tables import Table
from studio.model.behaviour import Journey
from studio.model.connection import Connection
from studio.model.design import Design
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.shape_of_calls import Requests, longest_ways
from studio.red_flags.team_rules.fields import label_of
from studio.red_flags.team_rules.making import Made, every
from studio.red_flags.team_rules.numbers import whole_in
from studio.red_flags.team_rules.selecting import Selector, end, where
from studio.red_flags.words import counted

PASSING_ON = frozenset({"cdn", "load-balancer"})


def made(table: Table) -> Made:
    """Fails a journey with more calls one inside the other."""
    most, counts, chosen = whole_in(table, "most"), end(table, "counts"), where(table, "journeys")

    def check(subject: Journey | Design, facts: Facts) -> Verdict:
        name = subject.id if isinstance(subject, Journey) else None
        answer = chosen.choose(subject, facts) if name is not None else None
        if answer is not None and answer.yes is False:
            return not_applicable()
        if isinstance(subject, Journey) and not subject.steps:
            return unknown(f"journeys.{subject.id}.steps")
        ways = [_longest(r, counts, facts) for r in facts.requests if r.journey == name and r.calls]
        deepest = max(ways, key=lambda way: sum(_counts(call, counts, facts) for call in way), default=())
        hops = [call for call in deepest if _counts(call, counts, facts)]
        if len(hops) <= most:
            return passed(hops=len(hops)) if ways else not_applicable()
        if answer is not None and answer.yes is None:
            return unknown(*answer.missing)
        who = f"{subject.label} waits" if isinstance(subject, Journey) else "users wait"
        parts = facts.design.component
        names = [deepest[0].source, *(call.target for call in deepest)]
        return failed(
            f"{who} for {counted(len(hops), 'call')} one inside the other, more than {most}: "
            f"{' → '.join(label_of(parts[id_], facts) for id_ in names)}",
            evidence={"hops": len(hops), "most": most, "way": [call.id for call in deepest]},
            fix=(f'mode = "async" on one of them, such as connections.{hops[-1].id}, where nobody needs the answer',),
            field="steps" if name is not None else "connections",
        )

    on = f" of {counts.words}" if counts and counts.words else ""
    return Made("flows", check, f"{every('journey', chosen)} waits for at most {most} calls{on} one inside the other")


def _counts(call: Connection, counts: Selector | None, facts: Facts) -> bool:
    callee = facts.design.component[call.target]
    if counts is None:
        return callee.kind not in PASSING_ON
    return counts.choose(callee, facts).yes is True


def _longest(requests: Requests, counts: Selector | None, facts: Facts) -> tuple[Connection, ...]:
    ways = longest_ways(requests, lambda call: 1.0 if _counts(call, counts, facts) else 0.0)
    return ways.to(max(ways.length, key=lambda name: (ways.length[name], name)))
