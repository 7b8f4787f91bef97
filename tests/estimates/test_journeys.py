from collections.abc import Callable

import pytest

from studio.estimates.engine import Estimates

Estimated = Callable[..., Estimates]

# One request a second and capacities in the millions: nobody waits, so a component's time is exponential.
PARTS = """
[requirements.scale]
daily_active_users = 1
requests_per_user_per_day = 86400
peak_factor = 1
reads_per_write = 4
[components.user]
kind = "client"
[components.api]
kind = "service"
capacity_rps = 1e6
latency = "20 ms"
workers = 20_000
availability = 0.999
[components.cache]
kind = "cache"
capacity_rps = 1e6
latency = "1 ms"
workers = 1_000
hit_ratio = 0.9
availability = 0.99
[components.db]
kind = "database"
capacity_rps = 1e6
latency = "10 ms"
workers = 10_000
availability = 0.9995
[components.queue]
kind = "queue"
capacity_rps = 1e6
latency = "1 ms"
availability = 0.9999
[components.worker]
kind = "worker"
capacity_rps = 1e6
latency = "50 ms"
availability = 0.9
[connections]
user-api = { from = "user", to = "api", network = "40 ms" }
api-cache = { from = "api", to = "cache" }
api-db = { from = "api", to = "db", on_miss_of = "cache" }
api-fill = { from = "api", to = "cache", on_miss_of = "cache" }
api-write = { from = "api", to = "db", traffic = "writes" }
api-queue = { from = "api", to = "queue", mode = "async" }
queue-worker = { from = "queue", to = "worker", mode = "async" }
worker-db = { from = "worker", to = "db" }
"""


def _journey(estimated: Estimated, steps: str, more: str = "", text: str = PARTS, **options: object) -> Estimates:
    return estimated(f"{text}\n[journeys.j]\nsteps = {steps}\n{more}", **options)


def _mean(estimated: Estimated, steps: str, more: str = "", text: str = PARTS) -> float:
    mean = _journey(estimated, steps, more, text).journeys["j"].mean_ms
    assert mean is not None
    return mean


@pytest.mark.parametrize(
    ("steps", "more", "mean"),
    [
        ('["user-api"]', "", 40 + 20),
        ('["user-api", "api-cache"]', "", 60 + 1 + 1),
        ('["user-api", "api-cache", "api-db"]', "", 62 + 0.1 * 11),
        ('["user-api", "api-cache", "api-db", "api-fill"]', "", 62 + 0.1 * (11 + 2)),
        ('["user-api", "api-write"]', "", 60 + 0.2 * 11),
        ('["user-api", "api-write"]', 'traffic = "writes"', 60 + 11),
        ('["user-api", "api-write"]', 'traffic = "reads"', 60),
        ('["user-api", "api-queue", "queue-worker", "worker-db"]', "", 60),
        ('["api-cache"]', "", 20 + 2),
    ],
)
def test_means_add_over_what_the_user_waits_for(estimated: Estimated, steps: str, more: str, mean: float) -> None:
    assert _mean(estimated, steps, more) == pytest.approx(mean, rel=1e-6)


def test_several_calls_follow_each_other_or_run_at_once(estimated: Estimated) -> None:
    steps = '["user-api", "api-cache"]'
    in_turn = PARTS.replace('to = "cache" }', 'to = "cache", calls_per_request = 2.5 }')
    assert _mean(estimated, steps, text=in_turn) == pytest.approx(60 + 2.5 * 2)
    at_once = PARTS.replace('to = "cache" }', 'to = "cache", calls_per_request = 2, parallel = true }')
    assert _mean(estimated, steps, text=at_once) == pytest.approx(60 + 1 + 1.5, rel=1e-4)


def test_steps_at_once_take_as_long_as_the_slowest(estimated: Estimated) -> None:
    steps, more = '["user-api", "api-cache", "api-write"]', 'traffic = "writes"\nat_once = [["api-cache", "api-write"]]'
    slowest_of_both = 1 + (1 + 10 - 1 / (1 / 1 + 1 / 10))
    assert _mean(estimated, steps, more) == pytest.approx(60 + slowest_of_both, rel=2e-3)


def test_a_timeout_cuts_a_call_off_with_all_that_lies_below(estimated: Estimated) -> None:
    text = PARTS.replace('network = "40 ms"', 'network = "40 ms", timeout = "100 ms"')
    found = _journey(estimated, '["user-api", "api-cache"]', text=text).journeys["j"]
    free = _journey(estimated, '["user-api", "api-cache"]').journeys["j"]
    assert found.p99_ms == pytest.approx(100)
    assert free.p99_ms is not None
    assert free.p99_ms > 100
    assert found.mean_ms is not None
    assert free.mean_ms is not None
    assert found.mean_ms < free.mean_ms


def test_a_journey_nobody_waits_for_has_no_time(estimated: Estimated) -> None:
    found = _journey(estimated, '["queue-worker"]')
    assert found.journeys["j"].mean_ms is None
    assert "nobody waits" in found.unknown["journeys.j.mean_ms"]


def test_a_missing_latency_makes_the_journey_unknown(estimated: Estimated) -> None:
    found = _journey(estimated, '["user-api", "api-cache"]', text=PARTS.replace('latency = "1 ms"\n', ""))
    assert found.journeys["j"].p99_ms is None
    assert found.unknown["journeys.j.p99_ms"] == found.unknown["p99_ms"] == "latency of cache is not given"


API, CACHE, DB, QUEUE = 0.999, 0.99, 0.9995, 0.9999


@pytest.mark.parametrize(
    ("steps", "change", "availability"),
    [
        ('["user-api"]', ("", ""), API),
        ('["user-api", "api-cache", "api-db"]', ("", ""), API * CACHE * DB),
        ('["user-api", "api-cache", "api-db", "api-fill"]', ("", ""), API * CACHE * DB),
        ('["user-api", "api-cache", "api-db"]', ('to = "cache" }', 'to = "cache", hard = false }'), API * DB),
        ('["user-api", "api-cache", "api-db"]', ('to = "cache" }', 'to = "cache", fallback = "db" }'), API * DB),
        ('["user-api", "api-queue", "queue-worker", "worker-db"]', ("", ""), API * QUEUE),
        ('["api-cache"]', ("", ""), API * CACHE),
    ],
)
def test_a_journey_multiplies_its_hard_parts_once_each(
    estimated: Estimated, steps: str, change: tuple[str, str], availability: float
) -> None:
    found = _journey(estimated, steps, text=PARTS.replace(*change))
    assert found.journeys["j"].availability == pytest.approx(availability, rel=1e-12)
    assert found.availability == found.journeys["j"].availability
    assert found.downtime_minutes_per_month == pytest.approx((1 - availability) * 43_200)


def test_a_hard_part_that_is_down_fails_the_journey(estimated: Estimated) -> None:
    found = _journey(estimated, '["user-api", "api-write"]', 'traffic = "writes"', down=("db",))
    assert found.journeys["j"].availability == 0
    assert found.journeys["j"].p99_ms is None
    assert found.unknown["journeys.j.p99_ms"] == "db is down and j needs it"


def test_a_soft_part_that_is_down_is_left_out(estimated: Estimated) -> None:
    text = PARTS.replace('traffic = "writes" }', 'traffic = "writes", hard = false }')
    found = _journey(estimated, '["user-api", "api-write"]', 'traffic = "writes"', text=text, down=("db",))
    assert found.journeys["j"].availability == pytest.approx(API)
    assert found.journeys["j"].mean_ms == pytest.approx(60)


def test_a_soft_cache_that_is_down_sends_everything_to_the_store(estimated: Estimated) -> None:
    text = PARTS.replace('to = "cache" }', 'to = "cache", hard = false }')
    found = _journey(estimated, '["user-api", "api-cache", "api-db"]', text=text, down=("cache",))
    assert found.journeys["j"].availability == pytest.approx(API * DB)
    assert found.journeys["j"].mean_ms == pytest.approx(60 + 1 + 11)


TWO = """
[journeys.good]
steps = ["user-api"]
[journeys.bad]
steps = ["user-api", "api-cache", "api-db"]
"""


def test_the_worst_journey_is_the_whole_design(estimated: Estimated) -> None:
    found = estimated(PARTS + TWO)
    assert found.availability == found.journeys["bad"].availability
    assert found.p99_ms == found.journeys["bad"].p99_ms
    assert found.p50_ms == found.journeys["bad"].p50_ms


def test_only_journeys_that_realise_a_must_requirement_count(estimated: Estimated) -> None:
    text = '[requirements.functional.f]\npriority = "must"\nrealised_by = ["good", "api"]\n' + PARTS + TWO
    found = estimated(text)
    assert found.availability == found.journeys["good"].availability
    assert found.p99_ms == found.journeys["good"].p99_ms


@pytest.mark.parametrize(
    ("fields", "worst", "amplified"),
    [
        ('timeout = "1 s"', 1000, 1),
        ('timeout = "800 ms", attempts = 3, backoff = "exponential"', 2700, 3),
        ('timeout = "800 ms", attempts = 3, backoff = "fixed"', 2600, 3),
        ('timeout = "800 ms", attempts = 3', 2400, 3),
        ("attempts = 2", None, 2),
    ],
)
def test_the_worst_case_of_a_connection(estimated: Estimated, fields: str, worst: float | None, amplified: int) -> None:
    found = estimated(PARTS.replace('network = "40 ms"', fields)).connections["user-api"]
    assert found.worst_case_ms == (worst if worst is None else pytest.approx(worst))
    assert found.retry_amplification == amplified


def test_retries_multiply_over_layers_until_nobody_waits(estimated: Estimated) -> None:
    text = PARTS
    for start in ('to = "api", ', 'to = "db", on', 'to = "queue", ', 'from = "worker", '):
        text = text.replace(start, f"attempts = 4, {start}")
    found = estimated(text).connections
    assert found["user-api"].retry_amplification == 4
    assert found["api-db"].retry_amplification == 16
    assert found["api-queue"].retry_amplification == 4
    assert found["worker-db"].retry_amplification == 4


def test_retries_in_a_circle_do_not_multiply_without_end(estimated: Estimated) -> None:
    text = PARTS + 'db-api = { from = "db", to = "api", attempts = 2, calls_per_request = 0.1 }\n'
    assert estimated(text).connections["db-api"].retry_amplification == 2
