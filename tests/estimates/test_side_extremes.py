"""No valid design makes the side figures fail: every number is finite, every unknown one has its reason."""

import math
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from studio.estimates.engine import Estimates
from studio.estimates.explaining.explanation import Lookup
from studio.estimates.explaining.of_backlogs import BACKLOG_RULES
from studio.estimates.explaining.of_cost import UNIT_COST_RULES, component_cost_rule, total_cost_rule
from studio.estimates.explaining.of_error_budget import ERROR_BUDGET_RULES
from studio.estimates.sides.backlog import backlogs
from studio.estimates.sides.error_budget import dependencies_below, error_budget
from studio.estimates.sides.unit_cost import unit_cost

Estimated = Callable[..., Estimates]

BASE = """
[requirements.scale]
daily_active_users = {users}
requests_per_user_per_day = 20
peak_factor = {factor}
{scale}
[requirements.availability]
target = {target}
[requirements.cost]
budget_per_month = {budget}
[components.user]
kind = "client"
[components.jobs]
kind = "stream"
{queue}
[components.worker]
kind = "worker"
capacity_rps = {capacity}
availability = 0.99
cost_per_month = {cost}
{worker}
[connections]
in = {{ from = "user", to = "jobs"{call} }}
out = {{ from = "jobs", to = "worker", mode = "async" }}
[journeys.j]
share = 1
steps = ["in", "out"]
"""
_USUAL: Mapping[str, object] = {
    "users": 1000, "factor": 3, "scale": "", "target": 0.999, "budget": 1000, "queue": "", "capacity": 100,
    "cost": 1, "worker": "", "call": "",
}  # fmt: skip
_CASES: dict[str, dict[str, object]] = {
    "as usual": {},
    "no users": {"users": 0, "queue": "max_length = 10"},
    "next to no users": {"users": "1e-300", "queue": "max_length = 1e300"},
    "more users than atoms": {"users": "1e300"},
    "next to no capacity": {"capacity": "1e-300"},
    "a huge capacity": {"capacity": "1e300"},
    "next to no budget": {"budget": "1e-300", "cost": "1e300"},
    "no money at all": {"budget": 0, "cost": 0},
    "a peak of nothing": {"scale": 'peak_duration = "0 s"', "users": 10_000_000},
    "a peak of a million years": {"scale": 'peak_duration = "1000000 years"', "users": 10_000_000},
    "a peak below the average": {"factor": 0.5, "users": 10_000_000},
    "next to no peak": {"factor": "1e-300"},
    "a queue of nothing": {"queue": 'max_length = 0\nmax_age = "0 s"', "users": 10_000_000},
    "a queue of nothing without limit": {"queue": 'max_age = "0 s"', "worker": "managed = true"},
    "a million partitions": {"queue": "shards = 1000000"},
    "paid beyond measure": {"worker": "cost_per_million_requests = 1e300", "users": "1e20"},
    "everything is free": {"worker": "cost_per_million_requests = 1\nfree_requests_per_month = 1e300"},
    "calls beyond number": {"call": ", calls_per_request = 1e300"},
    "no calls": {"call": ", calls_per_request = 0"},
    "never to fail": {"target": 1},
    "always to fail": {"target": 0},
    "nearly always": {"target": 0.9999999999999999},
    "retries": {"call": ', timeout = "1 ms", attempts = 5', "users": 10_000_000},
    "held workers": {"worker": 'blocking = true\nlatency = "10 ms"\nworkers = 1'},
}
_ASKED: tuple[dict[str, Any], ...] = (
    {}, {"load": 1e6}, {"load": 1e-9}, {"down": ("worker",)}, {"down": ("jobs", "user")}, {"zone_lost": True},
)  # fmt: skip


@pytest.mark.parametrize("asked", _ASKED, ids=str)
@pytest.mark.parametrize("case", _CASES.values(), ids=list(_CASES))
def test_every_figure_is_finite_or_has_its_reason(
    estimated: Estimated, case: dict[str, object], asked: dict[str, Any]
) -> None:
    found = estimated(BASE.format(**{**_USUAL, **case}), **asked)
    working, unknown = found.working, dict(found.unknown)
    parts: dict[str, tuple[Any, Any]] = {
        "unit_cost": (unit_cost(working, found.components, found.ai, found.cost_per_month, unknown), UNIT_COST_RULES),
        "error_budget": (error_budget(working, found.availability, unknown), ERROR_BUDGET_RULES),
    }
    for name, figures in backlogs(working, unknown).items():
        parts[f"backlogs.{name}"] = (figures, BACKLOG_RULES)
    for path, (figures, rules) in parts.items():
        for figure in rules:
            value = getattr(figures, figure)
            assert value is not None or unknown[f"{path}.{figure}"]
            assert value is None or (math.isfinite(value) and value >= 0)
    dependencies_below(working)


@pytest.mark.parametrize("case", _CASES.values(), ids=list(_CASES))
def test_every_figure_explains_itself(estimated: Estimated, case: dict[str, object]) -> None:
    lookup = Lookup(estimated(BASE.format(**{**_USUAL, **case})))
    rules = [rule(lookup) for rule in (*UNIT_COST_RULES.values(), *ERROR_BUDGET_RULES.values(), total_cost_rule)]
    rules += [rule(lookup, "jobs") for rule in BACKLOG_RULES.values()]
    rules += [component_cost_rule(lookup, name) for name in lookup.estimates.components]
    for rule in rules:
        assert rule.formula
        for given in rule.inputs:
            assert not isinstance(given.value, float) or math.isfinite(given.value)
