"""No valid design makes the engine fail: slips of the pen, half-filled tables, absurd sizes."""

from collections.abc import Callable

import pytest

from studio.estimates.as_json import as_json
from studio.estimates.conditions import Conditions
from studio.estimates.engine import Estimates, estimate
from studio.estimates.explaining.explain import explain
from studio.estimates.figures import all_figures
from studio.model.design import Design

Estimated = Callable[..., Estimates]

BASE = """
[requirements.scale]
daily_active_users = {users}
requests_per_user_per_day = 20
[requirements.performance]
p99 = "100 ms"
[requirements.availability]
target = 0.9999
recovery_time = "1 h"
[components.user]
kind = "client"
[components.api]
kind = "service"
capacity_rps = 200
latency = "20 ms"
availability = 0.99
cost_per_month = 1
{api}
[components.db]
kind = "database"
{db}
[connections]
user-api = {{ from = "user", to = "api"{call} }}
api-db = {{ from = "api", to = "db"{more} }}
[journeys.j]
share = 1
steps = ["user-api", "api-db"]
{journey}
"""
_EMPTY = {"users": 1000, "api": "", "db": "", "call": "", "more": "", "journey": ""}
_CASES: dict[str, dict[str, object]] = {
    "nothing given": {},
    "no users": {"users": 0},
    "more users than atoms": {"users": "1e300"},
    "a million shards": {"api": "shards = 1000000\nread_replicas = 3"},
    "a million instances, all needed": {"users": 4_000_000_000, "api": "instances = 1000000\nzones = 3"},
    "pooled by the million": {"users": 100_000_000, "api": "instances = 1000000\npooled = true"},
    "a huge capacity": {"db": 'capacity_rps = 1e300\nlatency = "1000 years"'},
    "no time at all": {"db": 'managed = true\nlatency = "0 s"'},
    "no time at all, for uncertain users": {"users": "[1000, 3000]", "db": 'managed = true\nlatency = "0 s"'},
    "next to no time": {"users": "[1000, 3000]", "db": 'managed = true\nlatency = "1e-300 s"'},
    "retries of a certain callee by an uncertain caller": {
        "call": ', network = ["1 ms", "9 ms"]',
        "db": 'capacity_rps = 90\nlatency = "20 ms"',
        "more": ', timeout = "50 ms", attempts = 2',
    },
    "endless retries": {"call": ', timeout = "1 ms", attempts = 1000000, backoff = "exponential"'},
    "a timeout of nothing": {"call": ', timeout = "0 s"'},
    "calls beyond number": {"call": ", calls_per_request = 1e300"},
    "thousands at once": {"call": ", calls_per_request = 1000.5, parallel = true"},
    "no calls": {"more": ", calls_per_request = 0"},
    "misses of a cache that is none": {"more": ', on_miss_of = "db"'},
    "a step that is not there": {"journey": 'at_once = [["user-api", "ghost"], ["api-db"]]'},
    "an end that is not there": {"more": '}\napi-ghost = { from = "api", to = "ghost"'},
    "a share of nothing": {"journey": "availability = 1\np99 = '1 ns'"},
    "fixed service": {
        "api": "service_variation = 0",
        "db": 'capacity_rps = 90\nlatency = "1 ms"\nservice_variation = 0',
    },
    "wild service": {"api": "service_variation = 1000"},
    "certain failure": {"api": "common_cause = 1\ninstances = 3"},
}


@pytest.mark.parametrize("case", _CASES.values(), ids=_CASES.keys())
@pytest.mark.parametrize(("load", "down"), [(1.0, ()), (1e6, ()), (1.0, ("db",)), (1.0, ("api", "user"))])
def test_whatever_is_given_every_figure_is_a_number_or_has_a_reason(
    design: Callable[[str], Design], case: dict[str, object], load: float, down: tuple[str, ...]
) -> None:
    given = design(BASE.format(**(_EMPTY | case)))
    found = estimate(given, Conditions(load, frozenset(down)))
    assert as_json(found)
    for name, value in all_figures(found):
        reason = explain(given, found, name).reason
        assert (value is None) == bool(reason), name
        assert value is None or value >= 0, name


def test_a_connection_into_nowhere_carries_an_unknown_load(estimated: Estimated) -> None:
    found = estimated(BASE.format(**(_EMPTY | _CASES["an end that is not there"])))
    assert found.connections["api-ghost"].peak_rps is None
    assert "not there" in found.unknown["connections.api-ghost.peak_rps"]
    assert found.components["api"].peak_rps == pytest.approx(1000 * 20 / 86_400 * 3)


def test_an_id_in_down_that_names_nothing_is_ignored(estimated: Estimated) -> None:
    assert estimated(BASE.format(**_EMPTY), down=("ghost",)).down == ()
