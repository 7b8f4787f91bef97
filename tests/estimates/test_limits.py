"""What runs out besides capacity, and workers that wait for the calls they make."""

from collections.abc import Callable

import pytest

from studio.estimates.engine import Estimates
from studio.estimates.explaining.explain import explain
from studio.estimates.laws.queueing import erlang_c
from studio.estimates.sides.limits import Limit
from studio.model.design import Design

Estimated = Callable[..., Estimates]

_SHOP = """
[requirements.scale]
daily_active_users = {rate}
requests_per_user_per_day = 86_400
peak_factor = 1
[components.user]
kind = "client"
[components.api]
kind = "service"
instances = 2
workers = 4
capacity_rps = 200
latency = "20 ms"
{api}
[components.db]
kind = "database"
managed = true
latency = "29 ms"
{db}
[connections]
user-api = {{ from = "user", to = "api" }}
api-db = {{ from = "api", to = "db", calls_per_request = {calls}, network = "1 ms" }}
"""


def _shop(**changes: object) -> str:
    return _SHOP.format(**{"rate": 100, "api": "", "db": "", "calls": 1, **changes})


def _limit(found: Estimates, path: str) -> Limit:
    return next(limit for limit in found.limits if limit.path == path)


def test_a_blocking_worker_is_held_for_its_own_work_and_its_calls(estimated: Estimated) -> None:
    """4 workers, 20 ms own and 30 ms waited: 50 requests/s of an instance hold 2.5 workers."""
    found = estimated(_shop(api="blocking = true"))
    limit = _limit(found, "components.api.workers")
    assert limit.used == pytest.approx(2.5)
    assert limit.most == 4
    assert limit.breaks_at == pytest.approx(1.6)


def test_held_workers_lengthen_the_wait_of_others_and_not_the_own_work(estimated: Estimated) -> None:
    waits = erlang_c(4, 2.5)
    spare = 4 / 0.05 - 50
    found = estimated(_shop(api="blocking = true")).components["api"]
    assert found.mean_ms == pytest.approx(1000 * (0.02 + waits / spare), rel=1e-9)
    assert found.utilisation == pytest.approx(0.25)
    free = estimated(_shop()).components["api"]
    assert free.mean_ms == pytest.approx(1000 * (0.02 + erlang_c(4, 1) / (200 - 50)), rel=1e-9)


def test_workers_that_are_all_held_are_an_overload_below_full_capacity(estimated: Estimated) -> None:
    found = estimated(_shop(rate=180, api="blocking = true"))
    assert found.components["api"].utilisation == pytest.approx(0.45)
    assert found.components["api"].p99_ms is None
    assert "workers of api are all held" in found.unknown["components.api.p99_ms"]
    assert found.notes


def test_how_long_workers_are_held_is_unknown_when_a_callee_is(estimated: Estimated) -> None:
    found = estimated(_shop(api="blocking = true").replace('latency = "29 ms"', ""))
    assert "latency of db is not given" in found.unknown["components.api.p99_ms"]
    assert "latency of db is not given" in found.unknown["limits.components.api.workers"]


def test_a_pool_holds_what_is_in_flight(estimated: Estimated) -> None:
    """Little: 100 requests/s × 3 calls × 30 ms = 9 connections of 2 × 10."""
    limit = _limit(estimated(_shop(api="pool_size = 10", calls=3)), "components.api.pool_size → db")
    assert limit.used == pytest.approx(9)
    assert limit.most == 20
    assert limit.breaks_at == pytest.approx(20 / 9)


def test_open_pools_count_against_the_connections_of_a_store_busy_or_not(estimated: Estimated) -> None:
    found = estimated(_shop(api="pool_size = 30", db="max_connections = 50"))
    limit = _limit(found, "components.db.max_connections")
    assert (limit.used, limit.most, limit.breaks_at) == (60, 50, None)


def test_callers_without_a_pool_count_by_what_is_in_flight(estimated: Estimated) -> None:
    limit = _limit(estimated(_shop(db="max_connections = 50")), "components.db.max_connections")
    assert limit.used == pytest.approx(3)
    assert limit.breaks_at == pytest.approx(50 / 3)


@pytest.mark.parametrize(("load", "used"), [(1, 100), (3, 300)])
def test_a_quota_is_used_by_the_load(estimated: Estimated, load: float, used: float) -> None:
    limit = _limit(estimated(_shop(db="quota_rps = 500"), load=load), "components.db.quota_rps")
    assert limit.used == pytest.approx(used)
    assert limit.breaks_at == pytest.approx(5)


@pytest.mark.parametrize(("grows", "breaks"), [("load", 2.5), ("data", None)])
def test_a_stated_limit_moves_with_what_it_grows_with(estimated: Estimated, grows: str, breaks: float | None) -> None:
    text = _shop(db=f'limits.partitions = {{ now = 40, max = 100, grows_with = "{grows}" }}')
    limit = _limit(estimated(text), "components.db.limits.partitions")
    assert (limit.used, limit.most, limit.breaks_at) == (40, 100, breaks)


def test_every_limit_explains_itself(design: Callable[[str], Design], estimated: Estimated) -> None:
    text = _shop(
        api="blocking = true\npool_size = 10",
        db="max_connections = 50\nquota_rps = 500\nlimits.rows = { now = 1, max = 2 }",
    )
    found = estimated(text)
    assert len(found.limits) == 5
    for limit in found.limits:
        told = explain(design(text), found, f"limits.{limit.path}")
        assert told.value == limit.used
        assert told.formula
        assert told.inputs
