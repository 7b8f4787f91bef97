"""What holds of the rules about requirements, reliability and outages on every design that fills in their fields."""

import json
from datetime import date
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from studio.estimates.engine import estimate
from studio.model.address import part_at, type_at
from studio.model.design import Design
from studio.model.fields import shapes
from studio.red_flags.facts import Facts
from studio.red_flags.library import rules
from studio.red_flags.report import Report, report

QUICKLY = settings(max_examples=60, deadline=None, phases=(Phase.reuse, Phase.generate))
"""Without making a failing design smaller: the message names the rule and the field."""
JUDGED = tuple(rule for rule in rules() if rule.id[:3] in ("REQ", "REL", "OUT"))
KINDS = (
    "client", "cdn", "load-balancer", "service", "worker", "database", "cache", "queue", "secrets", "monitoring",
    "external",
)  # fmt: skip
NAMES = ("a", "b", "c", "d")
FLAG = st.booleans()
DAY = st.sampled_from([date(2020, 1, 1), date(2026, 11, 30), date(2030, 1, 1)])

Table = dict[str, Any]


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Table]:
    """A table in which any of these fields may be missing."""
    return st.fixed_dictionaries({}, optional=fields)


COUNT = st.sampled_from([0, 7, 100])
LIMIT = some(now=COUNT, max=COUNT, grows_with=st.sampled_from(["fleet", "load", "data", "time"]))
COMPONENT = st.fixed_dictionaries(
    {"kind": st.sampled_from(KINDS)},
    optional={
        "tier": st.sampled_from([1, 3]),
        "instances": st.integers(1, 3),
        "autoscale": some(max=st.integers(1, 9)),
        "managed": FLAG,
        "capacity_rps": st.sampled_from([10, 4_000]),
        "availability": st.sampled_from([0.9995, 0.99999]),
        "hit_ratio": st.sampled_from([0, 0.9, 1]),
        "read_replicas": st.integers(0, 2),
        "common_cause": st.sampled_from([0, 0.1]),
        "replication": some(mode=st.sampled_from(["sync", "async", "quorum"]), lag=st.just("1 s")),
        "failover": some(mode=st.sampled_from(["automatic", "manual"]), fence=FLAG, exercised=DAY),
        "needs_to_start": st.lists(st.sampled_from(NAMES), max_size=2, unique=True),
        "shares_fate_with": st.lists(st.sampled_from(["zone", "push"]), max_size=2, unique=True),
        "recovery_admission": st.sampled_from(["limited", "none"]),
        "limits": st.dictionaries(st.sampled_from(["files", "ids"]), LIMIT, max_size=2),
        "expires": st.dictionaries(st.sampled_from(["key", "name"]), some(on=DAY, watched=FLAG), max_size=2),
        "guard": st.sampled_from(["none", "two people"]),
        "max_length": st.sampled_from([0, 1_000_000]),
        "max_age": st.just("1 h"),
        "regions": st.lists(st.sampled_from(["eu", "us"]), max_size=2, unique=True),
        "health_check": st.sampled_from(["/healthz", "asks a and b"]),
        "deploy": some(strategy=st.just("in-place"), stages=st.lists(st.just("all"), max_size=2), automatic_halt=FLAG),
        "consumes": st.just(["Event"]),
        "generates_rps": st.just(3),
    },
)
CALL = some(
    mode=st.sampled_from(["sync", "async", "stream"]),
    traffic=st.sampled_from(["reads", "writes"]),
    calls_per_request=st.sampled_from([0.5, 1]),
    hard=FLAG,
    attempts=st.integers(1, 4),
    retry_budget=st.sampled_from([0, 0.1]),
    circuit_breaker=FLAG,
    mutating=FLAG,
    idempotent=FLAG,
    encrypted=FLAG,
    delivery=st.sampled_from(["at-most-once", "at-least-once"]),
    dead_letter=FLAG,
)
REQUIREMENTS = some(
    scale=some(
        daily_active_users=st.sampled_from([0, 90_000]), requests_per_user_per_day=st.just(100), growth=st.just(2)
    ),
    availability=some(
        target=st.sampled_from([0.9, 0.9999, 1]),
        recovery_time=st.sampled_from(["0 s", "1 h"]),
        recovery_point=st.sampled_from(["0 s", "1 h"]),
    ),
    functional=st.dictionaries(
        st.just("wish"),
        some(text=st.sampled_from(["Fast", "3 s"]), priority=st.just("must"), realised_by=st.just(["a"])),
    ),
)


@st.composite
def designs(draw: st.DrawFn) -> Design:
    parts = {name: draw(COMPONENT) for name in NAMES}
    ends = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES))
    calls: Table = {}
    for place, (source, target) in enumerate(draw(st.lists(ends, max_size=8))):
        miss = draw(some(on_miss_of=st.sampled_from(NAMES)))
        calls[f"e{place}"] = {"from": source, "to": target, **draw(CALL), **miss}
    steps = st.lists(st.sampled_from(list(calls) or ["none"]), max_size=6, unique=True)
    journeys = st.dictionaries(st.sampled_from(["one", "two"]), some(steps=steps, share=st.just(0.5)))
    return Design.model_validate(
        {
            "format": 1,
            "design": {"name": "Any"},
            "requirements": draw(REQUIREMENTS),
            "components": parts,
            "connections": calls,
            "data": draw(st.dictionaries(st.just("x"), some(store=st.just("a"), consistency=st.just("strong")))),
            "journeys": draw(journeys) if calls else {},
        }
    )


def judged(design: Design) -> Report:
    return report(Facts(design, estimate(design), today=date(2026, 11, 21)), JUDGED)


@QUICKLY
@given(designs())
def test_every_answer_has_words_a_fix_and_plain_figures(design: Design) -> None:
    for finding in judged(design).findings:
        verdict = finding.verdict
        assert verdict.message
        assert verdict.message == verdict.message.strip(" .")
        assert "None" not in verdict.message
        assert json.loads(json.dumps(verdict.evidence, allow_nan=False)) == verdict.evidence
        assert verdict.fix
        assert all(verdict.fix)


@QUICKLY
@given(designs())
def test_only_fields_that_exist_and_are_silent_are_asked_for(design: Design) -> None:
    if estimate(design).errors:
        return  # traffic that multiplies has no answer in any one field
    for unknown in judged(design).unknown:
        assert unknown.missing, unknown.rule.id
        for field in unknown.missing:
            *place, key = field.split(".")
            shape = shapes(type_at(tuple(place))).get(key)
            assert shape is not None, (unknown.rule.id, field)
            part = part_at(design, tuple(place))
            value = None if part is None else getattr(part, shape.name)
            assert value in (None, ()), (unknown.rule.id, field)


@QUICKLY
@given(designs())
def test_the_same_design_gets_the_same_answers(design: Design) -> None:
    assert judged(design) == judged(design)
