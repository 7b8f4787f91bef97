"""Rules against numbers worked out by hand."""

from collections.abc import Callable

import pytest

from studio.red_flags.facts import Facts
from studio.red_flags.report import Finding, Report

FactsOf = Callable[..., Facts]
Only = Callable[[str, str], Finding]
Judge = Callable[..., Report]


def service(load: int, said: str) -> str:
    """One service that gets `load` requests/s at peak."""
    return f"""
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = {load}
peak_factor = 1
[components.web]
kind = "client"
[components.api]
kind = "service"
{said}
[connections.web-api]
from = "web"
to = "api"
"""


@pytest.mark.parametrize(
    ("instances", "load", "common_cause", "expected"),
    [
        (3, 300, 0, 0.9999999),
        (3, 300, 0.05, 0.9997499),
        (3, 700, 0, 0.9999252),
        (3, 700, 0.05, 0.9996825),
        (3, 1100, 0, 0.9850749),
        (3, 1100, 0.05, 0.9855711),
        (2, 500, 0.05, 0.9902749),
    ],
)
def test_copies_the_load_needs_are_no_spare_ones(
    facts_of: FactsOf, instances: int, load: int, common_cause: float, expected: float
) -> None:
    said = f"instances = {instances}\ncapacity_rps = 400\navailability = 0.995\ncommon_cause = {common_cause}"
    api = facts_of(service(load, said)).estimates.components["api"]
    assert api.availability == pytest.approx(expected, abs=6e-8)


def test_three_replicas_that_are_all_needed_are_a_single_point_of_failure(finding: Only) -> None:
    text = service(1100, "instances = 3\nzones = 3\ncapacity_rps = 400\navailability = 0.995")
    found = finding(text, "REL001")
    assert found.verdict.evidence["needed"] == 3
    assert "4 instances" in found.verdict.fix[0]


def chain(*availabilities: float) -> str:
    """Managed services that call one another, the first called by a client."""
    names = [f"part-{place}" for place in range(len(availabilities))]
    parts = [
        f'[components.{name}]\nkind = "service"\nmanaged = true\navailability = {availability}\n'
        for name, availability in zip(names, availabilities, strict=True)
    ]
    ends = list(zip(["web", *names], names, strict=False))
    calls = [f'[connections.to-{callee}]\nfrom = "{caller}"\nto = "{callee}"\n' for caller, callee in ends]
    steps = ", ".join(f'"to-{callee}"' for _, callee in ends)
    return (
        "[requirements.availability]\ntarget = 0.999\n"
        '[components.web]\nkind = "client"\n'
        + "".join((*parts, *calls))
        + f"[journeys.use]\nshare = 1\nsteps = [{steps}]\n"
    )


def test_serial_dependencies_multiply(finding: Only) -> None:
    found = finding(chain(0.9999, 0.9995, 0.9995, 0.999), "REL002")
    assert found.verdict.evidence["availability"] == pytest.approx(0.9979014, abs=5e-8)
    assert "90.7 minutes down a month" in found.verdict.message


def test_the_weakest_part_is_told_what_it_would_have_to_reach(finding: Only) -> None:
    found = finding(chain(0.9999, 0.995), "REL002")
    assert found.verdict.fix[0].startswith("part-1, the weakest of its 2 hard parts at 99.5 %, must reach 99.91")


CALLS = """
[components.edge]
kind = "gateway"
[components.orders]
kind = "service"
[components.db]
kind = "database"
[connections.edge-orders]
from = "edge"
to = "orders"
timeout = "1000 ms"
[connections.orders-db]
from = "orders"
to = "db"
timeout = "800 ms"
attempts = 3
backoff = "exponential"
"""


def test_retries_below_outlast_the_timeout_above(finding: Only) -> None:
    found = finding(CALLS, "REL005")
    assert found.verdict.evidence["worst_case_ms"] == pytest.approx(2700)
    assert found.verdict.evidence["timeout_ms"] == pytest.approx(1000)


def test_the_proposed_timeout_fits_and_a_larger_one_does_not(finding: Only, judge: Judge) -> None:
    assert "orders-db to 230 ms" in finding(CALLS, "REL005").verdict.fix[0]
    assert not judge(CALLS.replace("800 ms", "230 ms"), "REL005").findings
    assert judge(CALLS.replace("800 ms", "234 ms"), "REL005").findings


@pytest.mark.parametrize(("load", "left"), [(900, 1.125), (700, 0.875)])
def test_a_lost_instance_leaves_its_load_to_the_rest(judge: Judge, load: int, left: float) -> None:
    found = judge(service(load, "instances = 3\ncapacity_rps = 400"), "CAP002").findings
    assert bool(found) is (left > 1)
    for finding in found:
        assert finding.verdict.evidence["utilisation_after_loss"] == pytest.approx(left)
        assert finding.verdict.fix == ("4 instances instead of 3",)


@pytest.mark.parametrize(
    ("load", "capacity", "instances", "fix"),
    [
        (900, 250, 4, "6 instances instead of 4"),  # 900 ÷ (250 × 0.7) = 5.1
        (700, 200, 4, "5 instances instead of 4"),  # 700 ÷ (200 × 0.7) = 5
        (950, 200, 4, "7 instances instead of 4"),  # 950 ÷ (200 × 0.7) = 6.8
    ],
)
def test_the_proposed_instances_are_the_fewest_that_pass(
    judge: Judge, load: int, capacity: int, instances: int, fix: str
) -> None:
    def judged(count: int) -> Report:
        return judge(service(load, f"instances = {count}\ncapacity_rps = {capacity}"), "CAP001")

    assert judged(instances).findings[0].verdict.fix[0] == fix
    enough = int(fix.split(maxsplit=1)[0])
    assert not judged(enough).findings
    assert judged(enough - 1).findings


@pytest.mark.parametrize(("cached", "cost"), [(0.0, 85_536), (0.3, 59_875.2)])
def test_tokens_cost_what_they_cost(finding: Only, cached: float, cost: float) -> None:
    text = f"""
[requirements.scale]
daily_active_users = 172_800
[requirements.ai]
requests_per_user_per_day = 1
input_tokens = 3000
output_tokens = 500
input_price_per_million_tokens = 3
output_price_per_million_tokens = 15
cache_hit_ratio = {cached}
[requirements.cost]
budget_per_month = 50_000
"""
    found = finding(text, "AIX005")
    assert found.verdict.evidence["cost_per_month"] == pytest.approx(cost)
    assert found.severity == "error"


def test_the_proposed_cache_brings_tokens_into_their_share(judge: Judge) -> None:
    text = """
[requirements.scale]
daily_active_users = 1000
[requirements.ai]
requests_per_user_per_day = 10
input_tokens = 1000
output_tokens = 500
price_per_million_tokens = 3
cache_hit_ratio = {}
[requirements.cost]
budget_per_month = 2000
"""
    (found,) = judge(text.format(0), "AIX005").findings
    assert "55.6 % of the calls" in found.verdict.fix[0]  # 1 − 0.3 × 2,000 ÷ 1,350
    assert not judge(text.format(0.556), "AIX005").findings


def test_complexity_points_add_up(judge: Judge) -> None:
    text = """
[constraints]
team_size = {}
[components.api]
kind = "service"
technology = "go-service"
[components.mailer]
kind = "worker"
technology = "go-service"
[components.db]
kind = "database"
technology = "postgresql"
[components.jobs]
kind = "queue"
technology = "sqs"
[connections.api-db]
from = "api"
to = "db"
[connections.api-jobs]
from = "api"
to = "jobs"
mode = "async"
[connections.jobs-mailer]
from = "jobs"
to = "mailer"
mode = "async"
[patterns.box]
use = "transactional-outbox"
"""
    (found,) = judge(text.format(1), "CPX001").findings
    assert found.verdict.evidence["score"] == 2 * 2 + 3 * 2 + 3 * 1 + 1 + 2 * 2 + 2  # 20
    assert found.severity == "error"  # above 1.5 × 10
    assert not judge(text.format(2), "CPX001").findings


@pytest.mark.parametrize("copies", [2, 3])
def test_copies_that_are_never_short_fail_only_all_together(facts_of: FactsOf, copies: int) -> None:
    said = f"instances = {copies}\ncapacity_rps = 400\navailability = 0.995"
    api = facts_of(service(300, said)).estimates.components["api"]
    assert api.availability == pytest.approx(1 - 0.005**copies, abs=1e-12)  # 0.999975, 0.9999999


@pytest.mark.parametrize(("promised", "is_enough"), [(0.9999, True), (0.99989, False)])
def test_a_promise_of_three_nines_wants_four_of_each_dependency(judge: Judge, promised: float, is_enough: bool) -> None:
    found = judge(chain(promised), "REL003").findings
    assert not found if is_enough else found[0].verdict.evidence["wanted"] == pytest.approx(0.9999)


def test_a_pool_of_twenty_is_ten_times_what_is_in_flight(facts_of: FactsOf) -> None:
    text = (
        service(900, "instances = 12\ncapacity_rps = 400\npool_size = 20")
        + """
[components.db]
kind = "database"
instances = 1
capacity_rps = 100_000
latency = "24 ms"
max_connections = 100
[connections.api-db]
from = "api"
to = "db"
network = "1 ms"
"""
    )
    limits = {limit.path: limit for limit in facts_of(text).estimates.limits}
    assert limits["components.db.max_connections"].used == 240
    pool = limits["components.api.pool_size → db"]
    assert pool.used == pytest.approx(22.5)  # 900 requests/s × 25 ms
    assert pool.most == 240


@pytest.mark.parametrize(("drain", "minutes"), [(260, 200), (210, 1_200)])
def test_a_backlog_of_an_hour_takes_as_long_as_the_room_that_is_left(
    facts_of: FactsOf, drain: int, minutes: float
) -> None:
    text = service(200, f"capacity_rps = {drain}").replace('kind = "service"', 'kind = "worker"')
    text = (
        text.replace('from = "web"\nto = "api"', 'from = "web"\nto = "jobs"\nmode = "async"')
        + """
[components.jobs]
kind = "queue"
[connections.jobs-api]
from = "jobs"
to = "api"
mode = "async"
"""
    )
    assert facts_of(text).estimates.backlogs["jobs"].catch_up_minutes == pytest.approx(minutes)


def test_one_hot_key_of_a_fifth_makes_its_shard_four_times_as_busy_as_the_others(finding: Only) -> None:
    on_hottest = 0.2 + 0.8 / 16  # the key itself, and its shard's part of the rest: 2,500 of 10,000 requests/s
    said = f"instances = 1\nshards = 16\nhot_share = {on_hottest}\ncapacity_rps = 2_000"
    text = service(10_000, said).replace('kind = "service"', 'kind = "database"')
    found = finding(text, "CAP006")
    assert found.verdict.evidence["utilisation"] == pytest.approx(2_500 / 2_000)
    assert "spread evenly it were 31 %" in found.verdict.message  # 625 of 2,000
