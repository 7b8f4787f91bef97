from collections.abc import Callable

import pytest

from studio.estimates.as_json import plain
from studio.estimates.engine import Estimates
from studio.estimates.what_breaks.cascade import blast_radius, cascade

Estimated = Callable[..., Estimates]

DESIGN = """
[requirements.scale]
daily_active_users = 864
requests_per_user_per_day = 100
peak_factor = 1000
[components.user]
kind = "client"
[components.api]
kind = "service"
capacity_rps = 2000
latency = "5 ms"
[components.cache]
kind = "cache"
hit_ratio = 0.9
[components.db]
kind = "database"
capacity_rps = 500
latency = "2 ms"
[components.spare]
kind = "database"
capacity_rps = 5000
[components.stock]
kind = "service"
capacity_rps = 3000
[components.jobs]
kind = "queue"
[components.worker]
kind = "worker"
capacity_rps = {worker}
[connections]
user-api = {{ from = "user", to = "api" }}
user-stock = {{ from = "user", to = "stock" }}
api-cache = {{ from = "api", to = "cache", hard = false }}
api-db = {{ from = "api", to = "db", on_miss_of = "cache", fallback = "the spare" }}
stock-db = {{ from = "stock", to = "db", calls_per_request = 0.1 }}
api-jobs = {{ from = "api", to = "jobs", mode = "async" }}
jobs-worker = {{ from = "jobs", to = "worker", mode = "async" }}
[journeys.read]
share = 0.7
traffic = "reads"
steps = ["user-api", "api-cache", "api-db"]
[journeys.check]
share = 0.2
steps = ["user-stock", "stock-db"]
[journeys.order]
share = 0.1
traffic = "writes"
steps = ["user-api", "api-jobs", "jobs-worker"]
"""


def _text(worker: int = 1000) -> str:
    return DESIGN.format(worker=worker)


def test_a_lost_cache_overloads_the_store_and_the_store_stops_what_needs_it(estimated: Estimated) -> None:
    (fallen,) = cascade(estimated(_text(), down=("cache",)).working)
    assert (fallen.round, fallen.component) == (1, "db")
    assert fallen.utilisation == pytest.approx((700 + 20) / 500)
    assert fallen.stopped == ("check",)
    assert "db is overloaded" in fallen.why


def test_the_rounds_follow_each_other(estimated: Estimated) -> None:
    text = _text().replace("capacity_rps = 3000", "capacity_rps = 210") + (
        "[components.front]\nkind = 'service'\ninstances = 2\ncapacity_rps = 400\n"
    )
    text = text.replace('to = "stock" }', 'to = "front" }').replace(
        "stock-db =", 'front-stock = { from = "front", to = "stock", calls_per_request = 1.1 }\nstock-db ='
    )
    text = text.replace('steps = ["user-stock", "stock-db"]', 'steps = ["user-stock", "front-stock", "stock-db"]')
    found = cascade(estimated(text, down=("cache",)).working)
    assert [(fallen.round, fallen.component) for fallen in found] == [(1, "db"), (1, "stock")]
    assert [fallen.stopped for fallen in found] == [("check",), ("check",)]


def test_what_carries_the_rest_does_not_fall(estimated: Estimated) -> None:
    text = _text().replace("capacity_rps = 500\n", "capacity_rps = 800\n")
    assert cascade(estimated(text, down=("cache",)).working) == ()
    assert cascade(estimated(_text()).working) == ()


def test_a_second_round_falls_over_what_the_first_sends_it(estimated: Estimated) -> None:
    text = _text().replace("capacity_rps = 500\n", "capacity_rps = 60\n").replace(
        'on_miss_of = "cache", fallback = "the spare" }',
        'on_miss_of = "cache", fallback = "the spare" }\n'
        'api-near = { from = "api", to = "near", hard = false }\n'
        'api-spare = { from = "api", to = "spare", on_miss_of = "near", fallback = "nothing" }',
    )  # fmt: skip
    text += '[components.near]\nkind = "cache"\nhit_ratio = 0.99\ncapacity_rps = 500\nlatency = "1 ms"\n'
    text = text.replace("capacity_rps = 5000", "capacity_rps = 300")
    text = text.replace('"api-db"]', '"api-db", "api-near", "api-spare"]')
    found = cascade(estimated(text).working)
    assert [(fallen.round, fallen.component) for fallen in found] == [(1, "db"), (1, "near"), (2, "spare")]


def test_nobody_waits_for_a_worker_so_it_does_not_fall(estimated: Estimated) -> None:
    assert cascade(estimated(_text(worker=10)).working) == ()


def test_the_blast_radius_weighs_what_stops_and_what_goes_on_with_less(estimated: Estimated) -> None:
    found = blast_radius(estimated(_text(), down=("db", "cache")).working)
    assert [(stopped.journey, stopped.because) for stopped in found.stopped] == [("check", ("db",))]
    assert [(degraded.journey, degraded.lost) for degraded in found.degraded] == [("read", ("api-cache", "api-db"))]
    assert found.stopped_share == pytest.approx(0.2)
    assert found.degraded_share == pytest.approx(0.7)
    assert found.stopped_rps == pytest.approx(200)


def test_nothing_down_stops_nothing(estimated: Estimated) -> None:
    found = blast_radius(estimated(_text()).working)
    assert found == ((), (), 0.0, 0.0, 0.0)


def test_a_lost_worker_leaves_the_journey_that_feeds_it_degraded(estimated: Estimated) -> None:
    found = blast_radius(estimated(_text(), down=("worker",)).working)
    assert [degraded.journey for degraded in found.degraded] == ["order"]
    assert not found.stopped


def test_a_journey_without_a_share_makes_the_share_unknown(estimated: Estimated) -> None:
    text = _text().replace("share = 0.2\n", "")
    assert blast_radius(estimated(text, down=("db",)).working).stopped_share is None


def test_a_lost_zone_overloads_what_stood_in_it(estimated: Estimated) -> None:
    text = _text().replace("capacity_rps = 2000", "capacity_rps = 450\ninstances = 2\nzones = 2")
    found = cascade(estimated(text, zone_lost=True).working)
    assert [fallen.component for fallen in found] == ["api"]
    assert set(found[0].stopped) == {"read", "order"}


def test_the_data_are_plain(estimated: Estimated) -> None:
    working = estimated(_text(), down=("cache",)).working
    assert list(plain(cascade(working))[0]) == [
        "round", "component", "utilisation", "peak_rps", "why", "stopped",
    ]  # fmt: skip
    assert plain(blast_radius(working))["degraded"] == [{"journey": "read", "share": 0.7, "lost": ["api-cache"]}]
