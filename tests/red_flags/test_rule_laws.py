"""What holds of every rule on every design: it answers, it says what is wrong and what to do, and it asks only for
fields that exist and that nobody filled in."""

import json
from datetime import date
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from studio.estimates.engine import estimate
from studio.model.address import part_at, type_at
from studio.model.design import Design
from studio.model.fields import shapes
from studio.model.kinds import KINDS
from studio.model.references import dangling
from studio.red_flags.facts import Facts
from studio.red_flags.library import rules
from studio.red_flags.report import Report, report

QUICKLY = settings(max_examples=60, deadline=None, phases=(Phase.reuse, Phase.generate))
"""Without making a failing design smaller: that takes minutes here, and the message names the rule and the field."""

Table = dict[str, Any]
FLAG = st.booleans()


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Table]:
    """A table in which any of these fields may be missing."""
    return st.fixed_dictionaries({}, optional=fields)


COMPONENT = st.fixed_dictionaries(
    {"kind": st.sampled_from(KINDS)},
    optional={
        "name": st.just("A part"),
        "technology": st.sampled_from(["go", "postgresql"]),
        "owner": st.sampled_from(["a", "b"]),
        "tier": st.sampled_from([1, 2, 3]),
        "instances": st.integers(1, 4),
        "zones": st.integers(1, 3),
        "managed": FLAG,
        "capacity_rps": st.sampled_from([10, 400, [100, 300]]),
        "latency": st.sampled_from(["1 ms", "300 ms"]),
        "availability": st.sampled_from([0.99, 0.9999]),
        "cost_per_month": st.sampled_from([0, 400, [100, 900]]),
        "state": st.sampled_from(["none", "memory", "external"]),
        "hit_ratio": st.just(0.9),
        "read_replicas": st.integers(0, 2),
        "shards": st.integers(1, 3),
        "hot_share": st.just(0.6),
        "autoscale": some(max=st.integers(1, 9), metric=st.just("CPU 60 %")),
        "replication": some(mode=st.sampled_from(["sync", "async", "quorum"])),
        "failover": some(mode=st.sampled_from(["automatic", "manual"])),
        "backup": some(every=st.just("1 h")),
        "observe": some(metrics=st.just(["rate"]), alerts=st.just(["errors"]), slo=st.just("99 %")),
        "limits_of_agent": some(steps=st.just(9), cost=st.just(1), deadline=st.just("1 min")),
        "scaling": st.sampled_from(["horizontal", "by shards"]),
        "rate_limit": st.just("10 requests/s"),
        "encrypted_at_rest": FLAG,
        "endpoints": st.fixed_dictionaries(
            {},
            optional={"get": some(path=st.just("/things/{id}"), method=st.just("GET"), authorization=st.just("own"))},
        ),
        "failures": st.fixed_dictionaries({}, optional={"gone": some(mode=st.just("gone"), effect=st.just("none"))}),
    },
)
CALL = some(
    mode=st.sampled_from(["sync", "async", "stream", "batch"]),
    traffic=st.sampled_from(["all", "reads", "writes"]),
    calls_per_request=st.sampled_from([0, 0.5, 1, 3]),
    hard=FLAG,
    timeout=st.sampled_from(["50 ms", "1 s"]),
    attempts=st.integers(1, 3),
    backoff=st.sampled_from(["none", "fixed", "exponential"]),
    jitter=FLAG,
    mutating=FLAG,
    idempotent=FLAG,
    circuit_breaker=FLAG,
    fallback=st.just("yesterday"),
    parallel=FLAG,
    data=st.just(["thing"]),
)
DATA = some(
    classification=st.sampled_from(["public", "personal"]),
    consistency=st.sampled_from(["strong", "eventual", "mixed"]),
    user_owned=FLAG,
    store=st.just("c0"),
)
REQUIREMENTS = some(
    scale=some(
        daily_active_users=st.sampled_from([0, 10_000, [1_000, 90_000]]),
        requests_per_user_per_day=st.just(100),
        growth=st.sampled_from([1, 20]),
    ),
    availability=some(target=st.sampled_from([0.9, 0.999, 1.0])),
    performance=some(p99=st.sampled_from(["1 ms", "2 s"])),
    cost=some(budget_per_month=st.sampled_from([0, 1000])),
    consistency=some(need=st.sampled_from(["strong", "mixed"]), during_partition=st.just("available")),
    ai=some(requests_per_user_per_day=st.just(1), input_tokens=st.just(10), output_tokens=st.just(5),
            price_per_million_tokens=st.just(3)),
)  # fmt: skip


@st.composite
def designs(draw: st.DrawFn) -> Design:
    parts = {f"c{place}": draw(COMPONENT) for place in range(draw(st.integers(0, 5)))}
    names = list(parts)
    calls: Table = {}
    for place in range(draw(st.integers(0, 7)) if names else 0):
        ends = {"from": draw(st.sampled_from(names)), "to": draw(st.sampled_from(names))}
        miss = draw(st.sampled_from([{}, {"on_miss_of": draw(st.sampled_from(names))}]))
        calls[f"e{place}"] = {**draw(CALL), **ends, **miss}
    journeys = st.dictionaries(
        st.sampled_from(["one", "two"]),
        some(share=st.just(0.4), steps=st.lists(st.sampled_from(list(calls) or ["none"]), max_size=5, unique=True),
             p99=st.just("80 ms"), availability=st.just(0.99)),
    )  # fmt: skip
    expects = st.lists(
        st.sampled_from(["availability >= 0.99", "p99_ms < 99", "cost_per_month < 9", "components.c0.utilisation < 1",
                         "nothing", "traffic.bytes_per_day > 1"]),
    )  # fmt: skip
    scenario = some(load=st.just(3), expect=expects, down=st.just(names[:1]))
    return Design.model_validate(
        {
            "format": 1,
            "design": {"name": "Any", **draw(some(stage=st.sampled_from(["prototype", "growth", "critical"])))},
            "requirements": draw(REQUIREMENTS),
            "constraints": draw(some(team_size=st.sampled_from([0, 1, 9]), skills=st.just(["go"]))),
            "components": parts,
            "connections": calls,
            "data": {"thing": draw(DATA)} if names else {},
            "journeys": draw(journeys) if calls else {},
            "decisions": draw(st.dictionaries(st.just("why"), some(about=st.just(names[:1]), chosen=st.just("a")))),
            "scenarios": draw(st.dictionaries(st.just("bad-day"), scenario)),
        }
    )


def judged(design: Design) -> Report:
    return report(Facts(design, estimate(design), today=date(2026, 11, 21)), rules())


@QUICKLY
@given(designs())
def test_every_rule_answers_with_words_or_with_the_fields_it_misses(design: Design) -> None:
    found = judged(design)
    assert set(found.outcomes) == {rule.id for rule in rules()}
    for finding in found.findings:
        verdict = finding.verdict
        assert verdict.message == verdict.message.strip()
        assert verdict.message
        assert not verdict.message.endswith(".")
        assert "None" not in verdict.message
        assert json.loads(json.dumps(verdict.evidence, allow_nan=False)) == verdict.evidence
        assert all(verdict.fix)
        assert verdict.fix
    for unknown in found.unknown:
        assert unknown.missing, unknown.rule.id
        assert len(set(unknown.missing)) == len(unknown.missing)


@QUICKLY
@given(designs())
def test_a_rule_asks_for_fields_that_exist_and_that_nobody_filled_in(design: Design) -> None:
    known = estimate(design)
    if known.errors or dangling(design):
        return  # traffic that multiplies has no answer in any one field
    for unknown in judged(design).unknown:
        for field in unknown.missing:
            *place, key = field.split(".")
            shape = shapes(type_at(tuple(place))).get(key)
            assert shape is not None, field
            part = part_at(design, tuple(place))
            value = None if part is None else getattr(part, shape.name)
            assert value in (None, ()), (unknown.rule.id, field)
