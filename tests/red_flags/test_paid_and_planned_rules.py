"""What the rules about cost, time, people, patterns and boundaries say of designs that differ in one thing."""

from collections.abc import Callable

import pytest

from studio.red_flags.report import Finding

Answer = Callable[..., str]
Only = Callable[[str, str], Finding]


def served(load: int, said: str, scale: str = "", more: str = "") -> str:
    return (
        f"[requirements.scale]\ndaily_active_users = 86_400\nrequests_per_user_per_day = {load}\npeak_factor = 1\n"
        f'{scale}\n[components.web]\nkind = "client"\n[components.x]\nkind = "service"\n{said}\n'
        f'[connections.web-x]\nfrom = "web"\nto = "x"\n{more}'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (served(100, "capacity_rps = 150\ncost_per_month = 100", "growth = 10"), "passed"),
        (served(100, "capacity_rps = 150\ncost_per_month = 100\ncontention = 0.05", "growth = 10"), "warning design"),
        (served(100, "capacity_rps = 150\ncost_per_month = 100\ncontention = 0.05"), "-"),
        (served(100, "capacity_rps = 150\ncost_per_month = 100\ncontention = 0.05", "growth = 1.2"), "-"),
        (served(100, "capacity_rps = 150", "growth = 10"), "? components.x.cost_per_month"),
    ],
)
def test_the_cost_grows_with_the_load_at_most(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "CST003") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (served(100, "capacity_rps = 400\ninstances = 8\ncost_per_month = 70"), "note components.x"),
        (served(100, "capacity_rps = 400\ninstances = 8\ncost_per_month = 0"), "passed"),
        (served(100, "capacity_rps = 400\ninstances = 3\nzones = 3\ncost_per_month = 70"), "passed"),
        (served(100, "capacity_rps = 400\ninstances = 2"), "-"),
        (served(800, "capacity_rps = 400\ninstances = 8"), "passed"),
        (served(100, "capacity_rps = 400\ninstances = 3\nreplication = { mode = 'quorum' }"), "passed"),
    ],
)
def test_copies_beyond_peak_loss_and_zones_are_a_note(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "CST004") == expected


def test_the_note_says_how_many_would_do_and_what_it_saves(finding: Only) -> None:
    text = served(100, "capacity_rps = 400\ninstances = 8\ncost_per_month = 70")
    assert finding(text, "CST004").verdict.fix[0] == "2 instances would do, 420 a month less"


@pytest.mark.parametrize(
    ("target", "asked", "expected"),
    [
        ("target = 0.99", "", "warning components.db"),
        ("target = 0.999", "", "-"),
        ("target = 0.99", 'regions = ["eu", "us"]', "-"),
        ("", "", "? requirements.availability.target"),
    ],
)
def test_a_second_region_has_a_reason(answer: Answer, target: str, asked: str, expected: str) -> None:
    text = f'[requirements.availability]\n{target}\n[constraints]\n{asked}\n[components.db]\nkind = "database"\n'
    assert answer(text + 'regions = ["eu", "us"]\n', "CST004") == expected


def planned(effort: str, more: str = "", team: str = 'team_size = 3\ntimeline = "10 weeks"') -> str:
    return f'[constraints]\n{team}\n[components.api]\nkind = "service"\n{effort}\n{more}'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (planned('effort = "18 weeks"'), "passed"),  # three people, ten weeks, six tenths
        (planned('effort = "18.1 weeks"'), "error design"),
        (planned('effort = ["8 weeks", "30 weeks"]'), "warning design"),
        (planned('effort = "9 weeks"', '[plan.a]\nduration = "6 weeks"\n[plan.b]\nduration = "5 weeks"\n'),
         "warning design"),
        (planned(""), "? components.api.effort"),
        (planned('effort = "9 weeks"', team="team_size = 3"), "? constraints.timeline"),
        ("", "-"),
    ],
)  # fmt: skip
def test_the_work_fits_into_the_time(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "TEA003") == expected


def test_the_finding_says_how_much_must_go(finding: Only) -> None:
    verdict = finding(planned('effort = "24 weeks"'), "TEA003").verdict
    assert verdict.fix[0].startswith("6 weeks of work less")
    assert "13.3 weeks instead of 10, or 4 people" in verdict.fix[1]


@pytest.mark.parametrize(
    ("target", "people", "said", "expected"),
    [
        (0.999, "on_call = 6", "", "passed"),
        (0.999, "on_call = 5", "", "warning design"),
        (0.99, "on_call = 1", "", "-"),
        (0.999, "", "", "? constraints.on_call"),
        (0.999, "on_call = 1", "managed = true", "-"),
    ],
)
def test_six_share_a_pager(answer: Answer, target: float, people: str, said: str, expected: str) -> None:
    text = f"[requirements.availability]\ntarget = {target}\n[constraints]\n{people}\n"
    assert answer(f'{text}[components.api]\nkind = "service"\n{said}\n', "TEA004") == expected


def applied(use: str, on: str = "x", why: str = "") -> str:
    return f'[patterns.p]\nuse = "{use}"\non = ["{on}"]\n{why}\n'


CACHE = '[components.c]\nkind = "cache"\n{said}\n[connections.x-c]\nfrom = "x"\nto = "c"\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (served(9, "", "reads_per_write = 1", applied("cqrs")), "warning patterns.p"),
        (served(9, "", "reads_per_write = 1", applied("cqrs", why='why = "the reports have a model of their own"')),
         "note patterns.p"),
        (served(9, "", "reads_per_write = 20", applied("cqrs")), "passed"),
        (served(9, "", "", applied("read-replicas")), "? requirements.scale.reads_per_write"),
        (served(9, "", "", applied("cache-aside") + CACHE.format(said="hit_ratio = 0.9")), "warning patterns.p"),
        (served(90, "", "", applied("cache-aside") + CACHE.format(said="hit_ratio = 0.9")), "passed"),
        (served(90, "", "", applied("cache-aside") + CACHE.format(said="hit_ratio = 0.3")), "warning patterns.p"),
        (served(90, "", "", applied("cache-aside") + CACHE.format(said="")), "? components.c.hit_ratio"),
        (served(90, "capacity_rps = 4000\nshards = 4", "", applied("sharding")), "warning patterns.p"),
        (served(900, "capacity_rps = 400\nshards = 4", "", applied("sharding")), "passed"),
        (served(90, 'regions = ["eu-west-1"]', "", applied("global-load-balancing")), "warning patterns.p"),
        (served(90, "", "", applied("circuit-breaker")), "-"),
    ],
)  # fmt: skip
def test_a_pattern_has_the_need_it_is_for(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "CPX002") == expected


def hop(said: str, first: str = "service", last: str = "service") -> str:
    return (
        f'[components.a]\nkind = "{first}"\n[components.b]\nkind = "service"\n{said}\n[components.c]\nkind = "{last}"\n'
        '[connections.a-b]\nfrom = "a"\nto = "b"\n[connections.b-c]\nfrom = "b"\nto = "c"\n'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (hop(""), "note components.b"),
        (hop('responsibilities = ["Which price holds"]'), "passed"),
        (hop('state = "memory"'), "passed"),
        (hop("", "client"), "passed"),
        (hop("", "service", "database"), "passed"),
    ],
)
def test_a_hop_does_something(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "CPX003") == expected


@pytest.mark.parametrize(("count", "expected"), [(10, "passed"), (11, "note components.hub")])
def test_ten_neighbours_are_enough(answer: Answer, count: int, expected: str) -> None:
    parts = "".join(f'[components.n{place}]\nkind = "external"\n' for place in range(count))
    calls = "".join(f'[connections.e{place}]\nfrom = "hub"\nto = "n{place}"\n' for place in range(count))
    assert answer(f'[components.hub]\nkind = "service"\n{parts}{calls}', "CPX003") == expected


def test_eight_kinds_of_data_are_enough(answer: Answer) -> None:
    data = [f"d{place}" for place in range(9)]
    text = '[components.hub]\nkind = "service"\n[components.db]\nkind = "database"\n[connections.e]\nfrom = "hub"\n'
    text += 'to = "db"\n'
    kinds = "".join(f"[data.{name}]\n" for name in data)
    assert answer(f"{text}mutating = true\ndata = {data}\n{kinds}", "CPX003") == "note components.hub"
    assert answer(f"{text}mutating = true\ndata = {data[1:]}\n{kinds}", "CPX003") == "passed"
