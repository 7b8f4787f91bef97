import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from studio.estimates.engine import Estimates
from studio.estimates.explaining.explanation import Lookup
from studio.estimates.explaining.of_backlogs import BACKLOG_RULES
from studio.estimates.sides.backlog import backlog_notes, backlogs
from studio.estimates.sides.results import Backlog

Estimated = Callable[..., Estimates]
_GOLDEN = Path(__file__).parent.parent / "data" / "golden" / "retry_backlog_scaling.json"
_ROWS: list[dict[str, Any]] = json.loads(_GOLDEN.read_text())["backlog"]

DESIGN = """
[requirements.scale]
daily_active_users = {users}
requests_per_user_per_day = 1
peak_factor = {factor}
peak_duration = "10 min"
[components.user]
kind = "client"
[components.jobs]
kind = "queue"
{queue}
[components.worker]
kind = "worker"
capacity_rps = {capacity}
{worker}
[connections.in]
from = "user"
to = "jobs"
mode = "async"
[connections.out]
from = "jobs"
to = "worker"
mode = "async"
"""


def _text(average: float = 50, factor: float = 3, capacity: float = 100, queue: str = "", worker: str = "") -> str:
    return DESIGN.format(users=average * 86_400, factor=factor, capacity=capacity, queue=queue, worker=worker)


def _found(estimates: Estimates) -> tuple[Mapping[str, Backlog], dict[str, str]]:
    unknown = dict(estimates.unknown)
    return backlogs(estimates.working, unknown), unknown


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: f"{row['peak_rate']}-into-{row['capacity']}")
def test_a_whole_design_leaves_the_backlog_of_its_peak(estimated: Estimated, row: dict[str, Any]) -> None:
    text = _text(row["after_rate"], row["peak_rate"] / row["after_rate"], row["capacity"])
    found, unknown = _found(estimated(text.replace('"10 min"', f'"{row["peak_s"]} s"')))
    jobs = found["jobs"]
    assert jobs.messages_after_peak == pytest.approx(row["backlog"], rel=1e-9)
    assert jobs.oldest_minutes == pytest.approx(row["max_wait_s"] / 60, rel=1e-9)
    if row["drain_s"] is None:
        assert jobs.drain_minutes is None
        assert unknown["backlogs.jobs.drain_minutes"].startswith("jobs never drains: on average 100 messages/s come")
    else:
        assert jobs.drain_minutes == pytest.approx(row["drain_s"] / 60, rel=1e-9)


def test_a_peak_nobody_times_lasts_an_hour(estimated: Estimated) -> None:
    found, _ = _found(estimated(_text().replace('peak_duration = "10 min"\n', "")))
    assert found["jobs"].messages_after_peak == pytest.approx(50 * 3600)


def test_what_comes_what_is_taken_and_what_piles_up(estimated: Estimated) -> None:
    jobs = _found(estimated(_text()))[0]["jobs"]
    assert (jobs.waits_for, jobs.arrival_rps, jobs.drain_rps, jobs.growth_rps) == ("worker", 150, 100, 50)


def test_an_overloaded_component_has_a_backlog_without_any_queue(estimated: Estimated) -> None:
    direct = _text().replace(
        '[connections.in]\nfrom = "user"\nto = "jobs"', '[connections.in]\nfrom = "user"\nto = "worker"'
    )
    found, unknown = _found(estimated(direct))
    assert found["worker"].messages_after_peak == pytest.approx(30_000)
    assert "neither queue nor stream" in unknown["backlogs.worker.holds_outage_minutes"]
    assert "worker" not in _found(estimated(direct, load=0.5))[0]


def test_partitions_cap_the_consumers_and_the_others_are_idle(estimated: Estimated) -> None:
    text = _text(capacity=25, queue="shards = 4", worker="instances = 6")
    jobs = _found(estimated(text))[0]["jobs"]
    assert (jobs.working_consumers, jobs.idle_consumers) == (4, 2)
    assert jobs.drain_rps == pytest.approx(100)
    unbounded = _found(estimated(text.replace("shards = 4", "")))[0]["jobs"]
    assert (unbounded.working_consumers, unbounded.idle_consumers, unbounded.drain_rps) == (6, 0, 150)


def test_idle_consumers_and_lost_messages_are_named(estimated: Estimated) -> None:
    queue = "shards = 4\nmax_length = 9_000"
    working = estimated(_text(capacity=25, queue=queue, worker="instances = 6")).working
    assert backlog_notes(working, backlogs(working, {})) == (
        "2 of the copies of worker get nothing: jobs has 4 partitions",
        "jobs loses 21,000 messages in a peak: max_length is 9,000",
    )
    calm = estimated(_text()).working
    assert backlog_notes(calm, backlogs(calm, {})) == ()


SECOND = """
[components.mail]
kind = "worker"
capacity_rps = 60
[connections.to-mail]
from = "jobs"
to = "mail"
mode = "stream"
"""


def test_the_consumer_that_falls_behind_most_decides(estimated: Estimated) -> None:
    jobs = _found(estimated(_text() + SECOND))[0]["jobs"]
    assert (jobs.waits_for, jobs.growth_rps, jobs.working_consumers) == ("mail", 90, 2)


def test_a_broker_that_takes_less_than_comes_decides_too(estimated: Estimated) -> None:
    jobs = _found(estimated(_text(queue="capacity_rps = 40")))[0]["jobs"]
    assert (jobs.waits_for, jobs.growth_rps) == ("jobs", 110)


DIRECT = """
[connections.direct]
from = "user"
to = "worker"
calls_per_request = {}
"""


def test_a_consumer_takes_what_its_other_work_leaves(estimated: Estimated) -> None:
    busy = _text(average=20, capacity=100) + DIRECT.format(0.5)
    jobs = _found(estimated(busy))[0]["jobs"]
    assert jobs.arrival_rps == pytest.approx(60)
    assert jobs.drain_rps == pytest.approx(100 - 30)


def test_where_all_its_work_is_too_much_each_kind_gets_its_share(estimated: Estimated) -> None:
    jobs = _found(estimated(_text() + DIRECT.format(1)))[0]["jobs"]
    assert jobs.drain_rps == pytest.approx(50)
    assert jobs.growth_rps == pytest.approx(100)


@pytest.mark.parametrize(
    ("queue", "held", "lost"),
    [("max_length = 90_000", 10, 0), ("max_length = 9_000", 1, 21_000), ('max_age = "2 min"', 2, 18_000),
     ('max_length = 9_000\nmax_age = "30 s"', 0.5, 27_000)],
)  # fmt: skip
def test_a_queue_holds_an_outage_until_it_is_full_or_too_old(
    estimated: Estimated, queue: str, held: float, lost: float
) -> None:
    jobs = _found(estimated(_text(queue=queue)))[0]["jobs"]
    assert jobs.holds_outage_minutes == pytest.approx(held)
    assert jobs.lost_messages == pytest.approx(lost)


def test_a_queue_without_limits_says_so(estimated: Estimated) -> None:
    found, unknown = _found(estimated(_text()))
    assert found["jobs"].holds_outage_minutes is None
    assert unknown["backlogs.jobs.holds_outage_minutes"] == "max_length of jobs is not given, nor is max_age"


def test_at_eighty_percent_an_hour_without_consumers_takes_four_to_catch_up(estimated: Estimated) -> None:
    jobs = _found(estimated(_text(average=80 / 3)))[0]["jobs"]
    assert jobs.catch_up_minutes == pytest.approx(240)


def test_a_lost_consumer_takes_nothing(estimated: Estimated) -> None:
    found, unknown = _found(estimated(_text(), down=("worker",)))
    jobs = found["jobs"]
    assert (jobs.drain_rps, jobs.growth_rps, jobs.working_consumers) == (0, 150, 0)
    assert jobs.oldest_minutes is None
    assert unknown["backlogs.jobs.oldest_minutes"] == "worker takes nothing, so the oldest waits for ever"
    assert "worker" not in found


def test_a_lost_queue_has_no_backlog(estimated: Estimated) -> None:
    found, unknown = _found(estimated(_text(), down=("jobs",)))
    assert found["jobs"].arrival_rps is None
    assert unknown["backlogs.jobs.arrival_rps"] == "jobs is down"


def test_a_vendors_consumer_that_states_no_capacity_is_never_behind(estimated: Estimated) -> None:
    text = _text().replace("capacity_rps = 100", "managed = true")
    found, unknown = _found(estimated(text))
    jobs = found["jobs"]
    assert (jobs.growth_rps, jobs.messages_after_peak, jobs.drain_minutes, jobs.drain_rps) == (0, 0, 0, None)
    assert "nothing limits worker" in unknown["backlogs.jobs.drain_rps"]


def test_a_consumer_of_unknown_capacity_leaves_the_backlog_unknown(estimated: Estimated) -> None:
    found, unknown = _found(estimated(_text().replace("capacity_rps = 100", "")))
    assert found["jobs"].growth_rps is None
    assert unknown["backlogs.jobs.growth_rps"] == "capacity_rps of worker is not given"


def test_unknown_load_is_named(estimated: Estimated) -> None:
    _, unknown = _found(estimated(_text().replace("requests_per_user_per_day = 1\n", "")))
    reason = "requirements.scale.requests_per_user_per_day is not given"
    assert unknown["backlogs.jobs.messages_after_peak"] == reason


def test_load_a_component_makes_itself_does_not_fall_after_the_peak(estimated: Estimated) -> None:
    text = """
[components.user]
kind = "client"
[components.clock]
kind = "scheduler"
generates_rps = 150
[components.jobs]
kind = "queue"
[components.worker]
kind = "worker"
capacity_rps = 100
[connections.in]
from = "clock"
to = "jobs"
[connections.out]
from = "jobs"
to = "worker"
"""
    jobs = _found(estimated(text))[0]["jobs"]
    assert (jobs.growth_rps, jobs.drain_minutes) == (50, None)


BLOCKING = """
[components.vendor]
kind = "external"
managed = true
latency = "100 ms"
[connections.worker-vendor]
from = "worker"
to = "vendor"
network = "0 s"
"""


def test_a_worker_held_by_its_calls_takes_less(estimated: Estimated) -> None:
    """One worker, 10 ms of its own and 100 ms held: 1 ÷ 0.11 s = 9.09/s, not the 100/s its capacity says."""
    text = _text(average=2, worker='latency = "10 ms"\nworkers = 1\nblocking = true') + BLOCKING
    assert _found(estimated(text))[0]["jobs"].drain_rps == pytest.approx(1 / 0.11, rel=1e-6)


@pytest.mark.parametrize("more", ["", SECOND, DIRECT.format(1)])
@pytest.mark.parametrize("asked", [{}, {"load": 0.1}, {"load": 100.0}, {"down": ("worker",)}, {"down": ("jobs",)}])
def test_every_unknown_figure_has_its_reason(estimated: Estimated, more: str, asked: dict[str, Any]) -> None:
    found, unknown = _found(estimated(_text() + more, **asked))
    for name, figures in found.items():
        for figure in BACKLOG_RULES:
            assert (getattr(figures, figure) is None) == bool(unknown.get(f"backlogs.{name}.{figure}"))


def test_every_figure_explains_itself(estimated: Estimated) -> None:
    lookup = Lookup(estimated(_text(queue="shards = 4\nmax_length = 9_000")))
    assert set(BACKLOG_RULES) == set(Backlog._fields) - {"waits_for"}
    for name in ("jobs", "worker"):
        for rule in BACKLOG_RULES.values():
            explained = rule(lookup, name)
            assert explained.formula
            assert explained.source
            assert all(given.origin for given in explained.inputs)
    inputs = {given.name: given.value for given in BACKLOG_RULES["growth_rps"](lookup, "jobs").inputs}
    assert inputs == {"arrival λ at peak": 150, "taken C by worker at peak": 100}
