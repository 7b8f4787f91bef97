from collections.abc import Callable

import pytest

from studio.estimates.engine import Estimates, estimate
from studio.estimates.laws.queueing import sojourn
from studio.estimates.results import ComponentFigures
from studio.model.design import Design

Estimated = Callable[..., Estimates]


def _text(fields: str, *, rps: float = 694.4444444444445, reads_per_write: float = 1, kind: str = "service") -> str:
    return f"""
[requirements.scale]
daily_active_users = {rps}
requests_per_user_per_day = 86400
peak_factor = 1
reads_per_write = {reads_per_write}
[components.user]
kind = "client"
[components.x]
kind = "{kind}"
{fields}
[connections.user-x]
from = "user"
to = "x"
"""


def _x(
    estimated: Estimated, fields: str, *, rps: float = 694.4444444444445, reads_per_write: float = 1
) -> ComponentFigures:
    return estimated(_text(fields, rps=rps, reads_per_write=reads_per_write)).components["x"]


def test_four_instances_of_two_hundred(estimated: Estimated) -> None:
    found = _x(estimated, 'instances = 4\ncapacity_rps = 200\nlatency = "20 ms"')
    assert found.capacity_rps == 800
    assert found.utilisation == pytest.approx(0.868, abs=1e-3)
    assert (found.instances, found.instances_needed, found.instances_recommended) == (4, 4, 6)
    assert found.breaks_at == pytest.approx(1.152)


@pytest.mark.parametrize(
    ("fields", "utilisation", "capacity"),
    [
        ("instances = 4", (60 + 40) / 4 / 100, 400),
        ("read_replicas = 2", (40 + 60 / 3) / 100, 100 / 60 * 100),
        ("shards = 4", (60 + 40) / 4 / 100, 400),
        ("shards = 4\nhot_share = 0.5", 0.5, 200),
        ("shards = 4\nhot_share = 0.1", 0.25, 400),
        ("hot_share = 0.5", 1.0, 100),
        ("shards = 4\nread_replicas = 1\nhot_share = 0.5", 0.5 * (40 + 30) / 100, 100 / 35 * 100),
        ("shards = 2\nread_replicas = 1\ninstances = 2", 0.5 * (20 + 15) / 100, 100 / 17.5 * 100),
    ],
)
def test_the_busiest_copy_decides(estimated: Estimated, fields: str, utilisation: float, capacity: float) -> None:
    found = _x(estimated, f"capacity_rps = 100\n{fields}", rps=100, reads_per_write=1.5)
    assert found.utilisation == pytest.approx(utilisation)
    assert found.capacity_rps == pytest.approx(capacity)


def test_every_copy_costs(estimated: Estimated) -> None:
    found = _x(estimated, "instances = 2\nshards = 4\nread_replicas = 2\ncost_per_month = 10")
    assert found.cost_per_month == 2 * 4 * 3 * 10


def test_zones_raise_what_is_recommended(estimated: Estimated) -> None:
    assert _x(estimated, "instances = 4\nzones = 2\ncapacity_rps = 200").instances_recommended == 10


@pytest.mark.parametrize(
    ("fields", "servers", "service", "rate"),
    [
        ('instances = 4\ncapacity_rps = 200\nlatency = "20 ms"', 4, 0.02, 694.4444444444445 / 4),
        ('instances = 4\ncapacity_rps = 200\nlatency = "20 ms"\nworkers = 8', 8, 0.04, 694.4444444444445 / 4),
        ('instances = 4\ncapacity_rps = 200\nlatency = "20 ms"\npooled = true', 16, 0.02, 694.4444444444445),
        ('capacity_rps = 1000\nlatency = "0.1 ms"', 1, 0.001, 694.4444444444445),
    ],
)
def test_an_instance_is_a_queue_with_its_workers(
    estimated: Estimated, fields: str, servers: int, service: float, rate: float
) -> None:
    found, law = _x(estimated, fields), sojourn(rate, service, servers)
    assert law is not None
    assert found.mean_ms == pytest.approx(law.mean * 1000)
    assert found.p50_ms == pytest.approx(law.percentile(0.5) * 1000)
    assert found.p95_ms == pytest.approx(law.percentile(0.95) * 1000)
    assert found.p99_ms == pytest.approx(law.percentile(0.99) * 1000)


def test_steadier_service_waits_less(estimated: Estimated) -> None:
    fields = 'instances = 4\ncapacity_rps = 200\nlatency = "5 ms"\nservice_variation = {}'
    times = [_x(estimated, fields.format(variation)).p99_ms or 0 for variation in (0, 0.3, 1, 2)]
    assert times == sorted(times)
    assert 0 < times[0] < 0.7 * times[2]


def test_without_a_latency_the_response_time_is_unknown_never_zero(estimated: Estimated) -> None:
    found = estimated(_text("capacity_rps = 1000\nworkers = 4"))
    assert found.components["x"].p99_ms is None
    assert found.unknown["components.x.p99_ms"] == "latency of x is not given"
    assert found.components["x"].utilisation == pytest.approx(0.694, abs=1e-3)


def test_without_a_capacity_utilisation_and_waiting_are_unknown(estimated: Estimated) -> None:
    found = estimated(_text('latency = "20 ms"\ninstances = 3\navailability = 0.99'))
    x = found.components["x"]
    assert (x.utilisation, x.p99_ms, x.instances_needed, x.breaks_at, x.availability) == (None,) * 5
    for figure in ("utilisation", "p99_ms", "instances_needed", "breaks_at", "capacity_rps"):
        assert found.unknown[f"components.x.{figure}"] == "capacity_rps of x is not given"
    assert "capacity_rps of x is not given" in found.unknown["components.x.availability"]


@pytest.mark.parametrize("kind", ["external", "object-store"])
def test_a_vendor_without_a_stated_capacity_makes_nobody_wait(estimated: Estimated, kind: str) -> None:
    found = estimated(_text('managed = true\nlatency = "80 ms"', kind=kind)).components["x"]
    assert found.mean_ms == pytest.approx(80)
    assert found.utilisation is None


def test_overload_is_named_with_its_backlog(estimated: Estimated) -> None:
    found = estimated(_text('capacity_rps = 600\nlatency = "5 ms"'))
    assert found.components["x"].mean_ms is None
    assert found.components["x"].utilisation == pytest.approx(1.157, abs=1e-3)
    assert found.unknown["components.x.mean_ms"] == (
        "x is overloaded: 694 requests/s arrive and it serves 600, so its backlog grows by 94.4 requests/s"
    )
    assert found.unknown["components.x.mean_ms"] in found.notes


@pytest.mark.parametrize(
    ("fields", "availability"),
    [
        ("instances = 1", 0.995),
        ("instances = 3\ncapacity_rps = 1000", 0.999999875),
        ("instances = 3\ncapacity_rps = 1000\ncommon_cause = 0.05", 0.9997499),
        ("instances = 3\ncapacity_rps = 400\ncommon_cause = 0.05", 0.9996825),
        ("instances = 3\ncapacity_rps = 250", 0.9850749),
        ("instances = 3\ncapacity_rps = 100", 0.0),
        ("managed = true\ninstances = 3", 0.995),
        ("shards = 2\ncapacity_rps = 1000\nread_replicas = 1", 0.999975**2),
    ],
)
def test_availability_is_k_of_n_with_k_from_the_load(estimated: Estimated, fields: str, availability: float) -> None:
    assert _x(estimated, f"availability = 0.995\n{fields}", rps=700).availability == pytest.approx(
        availability, abs=6e-8
    )


def test_a_client_takes_no_time_never_fails_and_costs_nothing(estimated: Estimated) -> None:
    found = estimated(_text("")).components["user"]
    assert (found.mean_ms, found.p99_ms, found.availability, found.cost_per_month) == (0, 0, 1, 0)


def test_load_it_makes_itself_brings_the_breaking_point_nearer(estimated: Estimated) -> None:
    found = _x(estimated, "capacity_rps = 1000\ngenerates_rps = 200", rps=400)
    assert found.utilisation == pytest.approx(0.6)
    assert found.breaks_at == pytest.approx(2.0)


def test_what_users_never_load_breaks_at_no_multiple(estimated: Estimated) -> None:
    found = estimated(_text("capacity_rps = 1000") + '[components.idle]\nkind = "service"\ncapacity_rps = 10\n')
    assert found.components["idle"].breaks_at is None
    assert found.unknown["components.idle.breaks_at"] == "no load of users reaches idle"
    assert found.breaks_first is not None
    assert found.breaks_first.component == "x"
    assert found.breaks_first.at == pytest.approx(1.44)


def test_the_breaking_point_is_a_multiple_of_todays_peak_whatever_the_load(estimated: Estimated) -> None:
    text = _text("capacity_rps = 1000")
    assert estimated(text, load=5).components["x"].breaks_at == estimated(text).components["x"].breaks_at


def test_a_range_stands_for_its_median(estimated: Estimated) -> None:
    assert _x(estimated, "capacity_rps = [100, 300]").capacity_rps == pytest.approx(173.2050808)


class _Source:
    title = "A benchmark"


class _Figure:
    def __init__(self, point: float) -> None:
        self.point, self.source, self.date = point, _Source(), "2026-03"


class _Technology:
    managed = False

    def __init__(self, **figures: float) -> None:
        self.figures = {name: _Figure(point) for name, point in figures.items()}


def test_a_technology_fills_what_a_component_leaves_out(design: Callable[[str], Design]) -> None:
    given = design(_text('technology = "postgresql"\ncapacity_rps = 900'))
    known = {"postgresql": _Technology(capacity_rps=5000, latency=0.001, availability=0.99, cost_per_month=120)}
    found = estimate(given, technologies=known).components["x"]
    assert found.capacity_rps == 900
    assert found.mean_ms is not None
    assert found.availability == pytest.approx(0.99)
    assert found.cost_per_month == 120
    assert estimate(given).components["x"].mean_ms is None


def test_failures_and_repairs_give_the_availability_that_is_not_given(estimated: Estimated) -> None:
    """Published pairs: 720 h and 1 h, 4380 h and half an hour."""
    times = 'time_between_failures = "720 h"\ntime_to_repair = "1 h"'
    assert estimated(_text(times)).components["x"].availability == pytest.approx(0.9986130374479889, rel=1e-12)
    times = 'time_between_failures = "4380 h"\ntime_to_repair = "30 min"\navailability = 0.9'
    assert estimated(_text(times)).components["x"].availability == pytest.approx(0.9, rel=1e-12)
