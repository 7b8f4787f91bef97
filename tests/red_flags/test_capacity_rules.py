"""What the capacity, cost, team and scenario rules say of designs that differ in one thing."""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from studio.red_flags.report import Finding

Answer = Callable[..., str]
Only = Callable[[str, str], Finding]


def served(load: int, said: str, kind: str = "service", growth: float | None = None, stage: str = "growth") -> str:
    """One component that gets `load` requests/s at peak, half of them reads."""
    more = "" if growth is None else f"growth = {growth}\n"
    return (
        f'format = 1\n[design]\nname = "Example"\nstage = "{stage}"\n'
        f"[requirements.scale]\ndaily_active_users = 86_400\nrequests_per_user_per_day = {load}\n"
        f"peak_factor = 1\n{more}"
        f'[components.web]\nkind = "client"\n[components.x]\nkind = "{kind}"\n{said}\n'
        '[connections.web-x]\nfrom = "web"\nto = "x"\n'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (served(700, "instances = 1\ncapacity_rps = 1000"), "passed"),
        (served(710, "instances = 1\ncapacity_rps = 1000"), "warning components.x"),
        (served(1000, "instances = 1\ncapacity_rps = 1000"), "error components.x"),
        (served(700, "instances = 1"), "? components.x.capacity_rps"),
        (served(900, 'capacity_rps = 100\nautoscale = { max = 13, metric = "CPU" }'), "passed"),
        (served(900, 'capacity_rps = 100\nautoscale = { max = 12, metric = "CPU" }'), "warning components.x"),
        (served(900, "managed = true", "queue"), "-"),
        (served(900, "managed = true\ncapacity_rps = 100", "queue"), "error components.x"),
        (served(900, "", "external"), "-"),
        (served(900, "managed = true", "database"), "? components.x.capacity_rps"),
        (served(0, "instances = 1"), "-"),
    ],
)
def test_seventy_per_cent_is_the_limit_at_peak(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "CAP001") == expected


def test_without_a_load_the_question_is_how_many_users(answer: Answer) -> None:
    text = served(700, "capacity_rps = 1000").replace("daily_active_users = 86_400\n", "")
    assert answer(text, "CAP001") == "? requirements.scale.daily_active_users"


def test_a_cache_without_a_hit_ratio_hides_the_load_behind_it(answer: Answer) -> None:
    text = served(100, "capacity_rps = 1000") + (
        '[components.cache]\nkind = "cache"\nmanaged = true\ncapacity_rps = 9000\n[components.db]\nkind = "database"\n'
        'capacity_rps = 500\n[connections.x-cache]\nfrom = "x"\nto = "cache"\n'
        '[connections.x-db]\nfrom = "x"\nto = "db"\non_miss_of = "cache"\n'
    )
    assert answer(text, "CAP001") == "? components.cache.hit_ratio"


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        (served(900, "shards = 4\ncapacity_rps = 250", "database"), "6 shards instead of 4"),
        (served(900, "shards = 4\nhot_share = 0.5\ncapacity_rps = 250", "database"), "at most 19.4 % of the load"),
        (served(900, "read_replicas = 1\ncapacity_rps = 900", "database"), "2 read replicas beside each primary"),
        (served(900, "capacity_rps = 1000", "external"), "a plan or quota of the vendor for 1,286 requests/s"),
    ],
)
def test_the_fix_is_of_the_kind_that_helps(finding: Only, text: str, fix: str) -> None:
    assert fix in finding(text, "CAP001").verdict.fix[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (served(700, "instances = 3\ncapacity_rps = 400"), "passed"),
        (served(900, "instances = 3\ncapacity_rps = 400\ntier = 2"), "warning components.x"),
        (served(900, "instances = 3\ncapacity_rps = 400\ntier = 1"), "error components.x"),
        (
            served(700, "instances = 4\nzones = 2\ncapacity_rps = 300\ntier = 2"),
            "warning components.x",
        ),  # two go at once
        (served(600, "instances = 4\nzones = 2\ncapacity_rps = 300"), "passed"),
        (served(700, "instances = 1\ncapacity_rps = 400"), "-"),
        (served(700, "instances = 2"), "? components.x.capacity_rps"),
        (served(900, 'capacity_rps = 100\nautoscale = { max = 20, metric = "CPU" }'), "passed"),
        (served(900, "read_replicas = 1\ncapacity_rps = 700\ntier = 2", "database"), "warning components.x"),
        (served(900, "read_replicas = 2\ncapacity_rps = 700", "database"), "passed"),
        (served(900, "shards = 4\ncapacity_rps = 700", "database"), "-"),
    ],
)
def test_what_is_left_after_a_loss_must_carry_the_peak(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "CAP002") == expected


def test_a_lost_zone_is_named_with_its_instances_and_what_would_do(finding: Only) -> None:
    found = finding(served(700, "instances = 4\nzones = 2\ncapacity_rps = 300"), "CAP002")
    assert "one zone (2 instances)" in found.verdict.message
    assert found.verdict.fix == ("6 instances instead of 4",)


DECIDED = '[decisions.later]\nabout = ["x"]\nrevisit_when = "peak_rps > 500"\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (served(300, "capacity_rps = 400", growth=10), "warning design"),
        (served(300, "capacity_rps = 400"), "warning design"),
        (served(300, "capacity_rps = 400", stage="prototype"), "-"),
        (served(300, "capacity_rps = 400", growth=10, stage="prototype"), "warning design"),
        (served(300, "capacity_rps = 400", growth=1.2), "passed"),
        (served(300, 'capacity_rps = 400\nautoscale = { max = 8, metric = "CPU" }', growth=10), "passed"),
        (served(300, 'capacity_rps = 400\nautoscale = { max = 7, metric = "CPU" }', growth=10), "warning design"),
        (served(300, "capacity_rps = 400", growth=10) + DECIDED, "note design"),
        (served(300, "", growth=10), "? components.x.capacity_rps"),
        (served(300, "managed = true", "queue", growth=10), "-"),
    ],
)
def test_the_first_to_break_before_the_planned_growth_is_flagged(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "CAP003") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (served(300, "capacity_rps = 400", growth=10), "warning components.x"),
        (served(300, "capacity_rps = 4000", growth=10), "passed"),
        (served(300, "capacity_rps = 400", growth=1.5), "-"),
        (served(300, 'capacity_rps = 400\nautoscale = { max = 8, metric = "CPU" }', growth=10), "passed"),
        (served(300, "capacity_rps = 400\nautoscale = { max = 8 }", growth=10), "warning components.x"),
        (served(300, 'capacity_rps = 400\nautoscale = { metric = "CPU" }', growth=10), "warning components.x"),
        (served(300, 'capacity_rps = 400\nscaling = "a larger machine at 250/s"', "database", 10), "passed"),
        (served(300, 'capacity_rps = 400\nscaling = "horizontal"', "database", 10), "warning components.x"),
        (served(300, 'capacity_rps = 400\nscaling = "horizontal, by shards"', "database", 10), "passed"),
        (served(300, 'capacity_rps = 400\nshards = 2\nscaling = "horizontal"', "database", 10), "passed"),
        (served(300, "managed = true", "object-store", growth=10), "-"),
    ],
)
def test_what_must_grow_says_how(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "CAP004") == expected


def journey(p99: str, said: str, own: str = "") -> str:
    text = served(300, said) + f'[journeys.use]\nshare = 1\nsteps = ["web-x"]\n{own}\n'
    return text + (f'[requirements.performance]\np99 = "{p99}"\n' if p99 else "")


FAST = 'instances = 4\ncapacity_rps = 400\nlatency = "10 ms"'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (journey("200 ms", FAST), "passed"),
        (journey("20 ms", FAST), "error journeys.use"),
        (journey("44 ms", FAST), "warning journeys.use"),
        (journey("20 ms", FAST, 'p99 = "100 ms"'), "passed"),
        (journey("", FAST), "? requirements.performance.p99"),
        (journey("200 ms", "instances = 4\ncapacity_rps = 400"), "? components.x.latency"),
        (journey("200 ms", 'capacity_rps = 200\nlatency = "10 ms"'), "error journeys.use"),
        (served(300, FAST) + '[requirements.performance]\np99 = "1 s"\n', "? journeys"),
        (served(300, FAST), "-"),
    ],
)
def test_a_journey_keeps_its_latency_budget(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "CAP010") == expected


@pytest.mark.parametrize(
    ("expect", "expected"),
    [
        ("components.x.utilisation <= 0.5", "passed"),
        ("components.x.utilisation <= 0.3", "error scenarios.double"),
        ("components.x.p99_ms <= 100", "? components.x.latency"),
        ("cost_per_month < 100", "? components.x.cost_per_month"),
        ("peak_rps == 600", "passed"),
        ("availability >= 0.99", "? journeys"),
        ("components.y.utilisation < 1", "error scenarios.double"),
        ("it is fast enough", "error scenarios.double"),
    ],
)
def test_a_scenario_is_the_design_worked_out_again(answer: Answer, expect: str, expected: str) -> None:
    text = served(300, "instances = 4\ncapacity_rps = 400") + f'[scenarios.double]\nload = 2\nexpect = ["{expect}"]\n'
    assert answer(text, "SCN001") == expected


def test_a_scenario_that_expects_nothing_is_asked_what(answer: Answer) -> None:
    assert answer(served(300, "") + "[scenarios.double]\nload = 2\n", "SCN001") == "? scenarios.double.expect"


def test_what_is_down_does_not_hold_and_is_no_missing_field(finding: Only) -> None:
    text = journey("", FAST) + '[scenarios.gone]\ndown = ["x"]\nexpect = ["journeys.use.p99_ms <= 100"]\n'
    found = finding(text, "SCN001")
    assert found.on == "scenarios.gone"
    assert found.verdict.message.startswith("without x, journeys.use.p99_ms <= 100 does not hold")


def priced(cost: str, budget: str = "budget_per_month = 1000", more: str = "") -> str:
    return f'[requirements.cost]\n{budget}\n[components.x]\nkind = "service"\ninstances = 2\n{cost}\n{more}'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (priced("cost_per_month = 500"), "passed"),
        (priced("cost_per_month = 501"), "error design"),
        (priced("cost_per_month = [300, 600]"), "warning design"),  # 849 in the middle, above 1,000 in one case of ten
        (priced("cost_per_month = [300, 500]"), "passed"),
        (priced(""), "? components.x.cost_per_month"),
        (priced("cost_per_month = 9", ""), "? requirements.cost.budget_per_month"),
        (priced("cost_per_month = 400", more="[operations]\nsupport_cost_per_month = 300\n"), "error design"),
        (priced("cost_per_month = 600", more='[components.y]\nkind = "cache"\n'), "error design"),
    ],
)
def test_a_budget_is_kept_in_nine_of_ten_cases(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "CST001") == expected


COUNTED = '[components.watch]\nkind = "monitoring"\ncost_per_month = 9\n[operations]\nsupport_cost_per_month = 9\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (priced("cost_per_month = 0", more=COUNTED), "passed"),
        (priced("", more=COUNTED), "warning design"),
        (priced("cost_per_month = 0"), "warning design"),
        (priced("cost_per_month = 0", more=COUNTED + '[components.m]\nkind = "llm"\n'), "warning design"),
        (priced("cost_per_month = 0", more=COUNTED + '[components.web]\nkind = "client"\n'), "passed"),
    ],
)
def test_what_nobody_counted_is_named(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "CST002") == expected


@pytest.mark.parametrize(
    ("technology", "skills", "said", "expected"),
    [
        ("postgresql", '["PostgreSQL"]', "", "passed"),
        ("PostgreSQL 17 with pgvector", '["postgresql"]', "", "passed"),
        ("cassandra", '["postgresql"]', "", "warning components.x"),
        ("cassandra", '["postgresql"]', "tier = 1", "error components.x"),
        ("cassandra", '["postgresql"]', "managed = true", "-"),
        ("cassandra", "[]", "", "? constraints.skills"),
        ("go", '["golang"]', "", "warning components.x"),
    ],
)
def test_somebody_knows_the_technology(answer: Answer, technology: str, skills: str, said: str, expected: str) -> None:
    text = f'[constraints]\nskills = {skills}\n[components.x]\nkind = "database"\ntechnology = "{technology}"\n{said}\n'
    assert answer(text, "TEA001") == expected


def test_a_phase_in_which_it_is_learnt_is_enough(answer: Answer) -> None:
    text = '[constraints]\nskills = ["go"]\n[components.x]\nkind = "database"\ntechnology = "cassandra"\n'
    assert answer(text + '[plan.first]\ngoal = "Two of us learn Cassandra in a spike"\n', "TEA001") == "passed"
    assert answer(text + '[plan.first]\ngoal = "Cassandra runs in production"\n', "TEA001") == "warning components.x"


class Entry(NamedTuple):
    """A technology of the catalogue, as far as rules look at it."""

    name: str = "PostgreSQL"
    aliases: tuple[str, ...] = ("postgres",)
    skills: tuple[str, ...] = ("sql",)
    managed: bool = False
    cap: str = "cp"


@pytest.mark.parametrize("skill", ["sql", "Postgres", "postgresql"])
def test_the_catalogue_knows_other_names_and_the_skills_it_takes(answer: Answer, skill: str) -> None:
    text = f'[constraints]\nskills = ["{skill}"]\n[components.x]\nkind = "database"\ntechnology = "pg"\n'
    assert answer(text, "TEA001") == "warning components.x"
    assert answer(text, "TEA001", pg=Entry()) == "passed"


@pytest.mark.parametrize(
    ("count", "team", "more", "expected"),
    [
        (4, "team_size = 2", "", "passed"),
        (5, "team_size = 2", "", "warning design"),
        (4, "team_size = 4", '[patterns.micro]\nuse = "microservices"\n', "warning design"),
        (4, "team_size = 8", '[patterns.micro]\nuse = "microservices"\n', "passed"),
        (1, "", "", "? constraints.team_size"),
        (0, "team_size = 1", "", "-"),
    ],
)
def test_two_deployables_for_each_engineer(answer: Answer, count: int, team: str, more: str, expected: str) -> None:
    parts = "".join(f'[components.s{place}]\nkind = "service"\n' for place in range(count))
    vendor = '[components.v]\nkind = "service"\nmanaged = true\n'
    assert answer(f"[constraints]\n{team}\n{parts}{vendor}{more}", "TEA002") == expected
