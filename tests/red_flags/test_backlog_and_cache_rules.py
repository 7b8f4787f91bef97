"""What the rules say of queues and caches that must live through an outage, and through what comes after it."""

from collections.abc import Callable

import pytest

from studio.red_flags.report import Finding

Answer = Callable[..., str]
Only = Callable[[str, str], Finding]

WEB = '[components.web]\nkind = "client"\n'
USERS = "[requirements.scale]\ndaily_active_users = 86_400\nrequests_per_user_per_day = 100\npeak_factor = 3\n"


def part(id_: str, kind: str = "service", more: str = "") -> str:
    return f'[components.{id_}]\nkind = "{kind}"\n{more}\n'


def call(source: str, target: str, more: str = "") -> str:
    return f'[connections.{source}-{target}]\nfrom = "{source}"\nto = "{target}"\n{more}\n'


def queued(bound: str, out: str = "", back: str = "1 h", capacity: int = 1000) -> str:
    longest = f'[requirements.availability]\nrecovery_time = "{back}"\n' if back else ""
    ends = part("jobs", "queue", bound) + part("work", "worker", f"capacity_rps = {capacity}")
    calls = call("web", "jobs", 'mode = "async"') + call("jobs", "work", f'mode = "async"\n{out}')
    return USERS + longest + WEB + ends + calls  # 300 messages/s: an hour is 1,080,000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (queued("max_length = 1_080_000"), "passed"),
        (queued("max_length = 1_000_000"), "warning components.jobs"),
        (queued('max_age = "59 min"'), "warning components.jobs"),
        (queued('max_age = "1 h"'), "passed"),
        (queued(""), "-"),  # no bound is another flag's question
        (queued("max_length = 1", 'delivery = "at-most-once"'), "-"),
        (queued("max_length = 1", back=""), "? requirements.availability.recovery_time"),
        (queued("max_length = 1") + '[patterns.slow]\nuse = "backpressure"\non = ["jobs"]', "passed"),
    ],
)
def test_a_buffer_holds_what_comes_during_an_outage(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "OUT012") == expected


def test_a_short_buffer_says_how_long_it_must_be(finding: Only) -> None:
    found = finding(queued("max_length = 500_000"), "OUT012")
    assert found.verdict.fix[0] == "max_length of 1,100,000 instead of 500,000"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (queued('max_age = "1 day"', capacity=600), "passed"),  # an hour of 300/s is worked off by the other 300/s
        (queued('max_age = "1 day"', capacity=590), "warning components.jobs"),
        (queued('max_age = "30 min"', capacity=400), "passed"),  # what is older is dropped
        (queued('max_age = "1 day"', capacity=200), "-"),  # never: consumers too slow, another flag
        (queued("", capacity=900), "? components.jobs.max_age components.jobs.max_length"),
        (queued('max_age = "1 day"', back=""), "? requirements.availability.recovery_time"),
        (queued('max_age = "1 day"', capacity=400) + '[patterns.s]\nuse = "load-shedding"\non = ["jobs"]', "passed"),
    ],
)
def test_a_backlog_is_gone_before_the_next_outage_may_be_over(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "REL015") == expected


def test_two_hundred_and_sixty_take_three_hours_and_twenty_minutes_for_an_hour_of_two_hundred(finding: Only) -> None:
    text = queued('max_age = "1 day"', capacity=260).replace("peak_factor = 3", "peak_factor = 2")
    found = finding(text, "REL015")
    assert found.verdict.evidence["catch_up_minutes"] == pytest.approx(200)
    assert found.verdict.fix[0] == "work for 400 requests/s instead of 260 requests/s"


def cached(store: str, more: str = "", kind: str = "cache", hits: str = "hit_ratio = 0.95") -> str:
    """3,000 reads a second, of which 150 reach the store."""
    users = USERS.replace("= 100\n", "= 1_000\n") + "reads_per_write = 1_000_000\n"
    parts = WEB + part("api", more="capacity_rps = 9_000") + part("near", kind, hits) + part("db", "database", store)
    calls = call("web", "api") + call("api", "near", "hard = false") + call("api", "db", 'on_miss_of = "near"')
    return users + parts + calls + more


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (cached("capacity_rps = 400"), "error components.near"),
        (cached("capacity_rps = 3_100"), "passed"),
        (cached("capacity_rps = 400\ninstances = 8"), "passed"),
        (cached("capacity_rps = 400\nrecovery_admission = 'limited'"), "passed"),
        (cached("capacity_rps = 400", '[patterns.c]\nuse = "request-coalescing"\non = ["near"]'), "passed"),
        (
            cached("capacity_rps = 400", '[patterns.c]\nuse = "request-coalescing"\non = ["web"]'),
            "error components.near",
        ),
        (cached("capacity_rps = 400", kind="cdn"), "warning components.near"),
        (cached("capacity_rps = 400", hits="hit_ratio = 0.95\nttl_jitter = true"), "warning components.near"),
        (cached("capacity_rps = 400", hits="hit_ratio = 0"), "-"),
        (cached("capacity_rps = 400", hits=""), "? components.near.hit_ratio"),
        (cached(""), "? components.db.capacity_rps"),
    ],
)
def test_a_store_lives_through_an_empty_cache(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "REL016") == expected


def test_a_stampede_is_told_in_numbers(finding: Only) -> None:
    found = finding(cached("capacity_rps = 400"), "REL016").verdict
    assert found.evidence["utilisation_cold"] == pytest.approx(7.5)
    assert "3,000 requests/s reach db, 7.5× what it can do; today it is 38 % busy" in found.message


def test_a_stampede_is_seen_where_retries_make_it_worse(answer: Answer) -> None:
    text = cached("capacity_rps = 400\nlatency = '5 ms'").replace(
        'on_miss_of = "near"', 'on_miss_of = "near"\ntimeout = "50 ms"\nattempts = 3'
    )
    assert answer(text, "REL016") == "error components.near"


def two_caches(capacity: int, more: str = "", hits: float = 0.9) -> str:
    """3,000 reads a second: 600 pass the edge, 60 the cache behind it; 300 or 600 with one of them empty."""
    users = USERS.replace("= 100\n", "= 1_000\n") + "reads_per_write = 1_000_000\n"
    parts = WEB + part("edge", "cdn", "hit_ratio = 0.8") + part("api", more="capacity_rps = 9_000")
    parts += part("near", "cache", f"hit_ratio = {hits}") + part("db", "database", f"capacity_rps = {capacity}\n{more}")
    calls = call("web", "edge") + call("edge", "api") + call("api", "near", "hard = false")
    return users + parts + calls + call("api", "db", 'on_miss_of = "near"')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (two_caches(700), "warning design"),
        (two_caches(3_100), "passed"),
        (two_caches(700, "recovery_admission = 'limited'"), "passed"),
        (two_caches(700).replace("hit_ratio = 0.8", "hit_ratio = 0.8\nrecovery_admission = 'limited'"), "passed"),
        (two_caches(400), "passed"),  # one of them is enough: that is a stampede, said there
        (two_caches(700, hits=0), "-"),
        (cached("capacity_rps = 400"), "-"),
    ],
)
def test_a_system_can_be_started_with_all_caches_empty(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "OUT006") == expected
