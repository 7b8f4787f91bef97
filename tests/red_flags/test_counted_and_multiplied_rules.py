"""What the rules about connections, shards, calls, pages, quotas and consumers say."""

from collections.abc import Callable

import pytest

from studio.red_flags.report import Finding

Answer = Callable[..., str]
Only = Callable[[str, str], Finding]


def loaded(load: int, parts: str, peak: int = 1) -> str:
    return (
        f"[requirements.scale]\ndaily_active_users = 86_400\nrequests_per_user_per_day = {load}\npeak_factor = {peak}\n"
        f'[components.web]\nkind = "client"\n{parts}'
    )


def pooled(api: str, db: str) -> str:
    return loaded(
        900,
        f'[components.api]\nkind = "service"\ncapacity_rps = 400\nlatency = "10 ms"\n{api}\n[components.db]\n'
        f'kind = "database"\ncapacity_rps = 4000\nlatency = "25 ms"\n{db}\n'
        '[connections.web-api]\nfrom = "web"\nto = "api"\n'
        '[connections.api-db]\nfrom = "api"\nto = "db"\n',
    )


@pytest.mark.parametrize(
    ("api", "db", "expected"),
    [
        ("instances = 12\npool_size = 20", "max_connections = 100", "error components.db"),
        ("instances = 4\npool_size = 20", "max_connections = 100", "passed"),
        ('instances = 4\npool_size = 20\nautoscale = { max = 12, metric = "CPU" }', "max_connections = 100",
         "error components.db"),
        ("instances = 4\npool_size = 2", "max_connections = 100", "error components.db"),
        ("instances = 4", "", "? components.api.pool_size components.db.max_connections"),
        ("instances = 4", "managed = true", "-"),
        ("instances = 4\npool_size = 20", "managed = true", "passed"),
    ],
)  # fmt: skip
def test_pools_times_instances_stay_below_what_the_store_accepts(
    answer: Answer, api: str, db: str, expected: str
) -> None:
    assert answer(pooled(api, db), "CAP005") == expected


def test_twelve_pools_of_twenty_are_more_than_a_hundred_connections(finding: Only) -> None:
    verdict = finding(pooled("instances = 12\npool_size = 20", "max_connections = 100"), "CAP005").verdict
    assert "240 of its 100 connections: 12 instances of api with 20 each" in verdict.message
    assert verdict.fix[0] == "pool_size of at most 6 on components.api"


def sharded(said: str, key: str = "person") -> str:
    return f'[components.db]\nkind = "database"\n{said}\n[data.event]\nstore = "db"\npartition_key = "{key}"\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (sharded(""), "-"),
        (sharded("shards = 16\nhot_share = 0.07"), "passed"),
        (sharded("shards = 16\nhot_share = 0.2"), "warning components.db"),
        (sharded("shards = 16\nhot_share = 0.07", "created_at"), "warning components.db"),
        (sharded("shards = 16\nhot_share = 0.07", "hash of created_at"), "passed"),
        (sharded("shards = 16\nkeys = 100"), "warning components.db"),
        (sharded("shards = 16"), "? components.db.hot_share"),
    ],
)
def test_a_key_spreads_the_load_or_is_named(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "CAP006") == expected


def test_a_full_shard_among_idle_ones_is_an_error(answer: Answer) -> None:
    text = loaded(
        1000,
        '[components.db]\nkind = "database"\ncapacity_rps = 150\nshards = 10\nhot_share = 0.2\n'
        '[connections.web-db]\nfrom = "web"\nto = "db"\n',
    )
    assert answer(text, "CAP006") == "error components.db"


CHAIN = """
[components.web]
kind = "client"
[components.page]
kind = "service"
[components.list]
kind = "service"
[components.price]
kind = "service"
[connections.web-page]
from = "web"
to = "page"
[connections.page-list]
from = "page"
to = "list"
calls_per_request = {first}
[connections.list-price]
from = "list"
to = "price"
calls_per_request = {second}
[journeys.look]
steps = ["web-page", "page-list", "list-price"]
"""


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (1, 20, "passed"),
        (5, 5, "warning connections.list-price"),
        (0.1, 100, "warning connections.list-price"),  # one time in ten it is a hundred
    ],
)
def test_calls_multiply_along_a_journey(answer: Answer, first: float, second: float, expected: str) -> None:
    assert answer(CHAIN.format(first=first, second=second), "CAP007") == expected


@pytest.mark.parametrize(("said", "expected"), [("", "note connections.a-e"), ("parallel = true", "passed")])
def test_four_calls_one_after_the_other_are_a_note(answer: Answer, said: str, expected: str) -> None:
    parts = "".join(f'[components.{name}]\nkind = "service"\n' for name in "abcde")
    calls = "".join(f'[connections.a-{name}]\nfrom = "a"\nto = "{name}"\n{said}\n' for name in "bcde")
    assert answer(f'{parts}{calls}[journeys.go]\nsteps = ["a-b", "a-c", "a-d", "a-e"]\n', "CAP007") == expected


def test_a_call_for_each_item_is_fine_when_batched(answer: Answer) -> None:
    text = (
        '[components.a]\nkind = "service"\n[components.b]\nkind = "service"\n[connections.a-b]\nfrom = "a"\nto = "b"\n'
        "per_item = true\n"
    )
    assert answer(text, "CAP007") == "warning connections.a-b"
    assert answer(text + '[patterns.many]\nuse = "batching"\non = ["b"]\n', "CAP007") == "passed"


def listing(said: str) -> str:
    return (
        '[components.web]\nkind = "client"\n[components.api]\nkind = "service"\n[components.api.endpoints.list]\n'
        f'method = "GET"\npath = "/orders"\n{said}\n[connections.web-api]\nfrom = "web"\nto = "api"\n'
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("returns_collection = true\npaginated = false", "warning components.api.endpoints.list"),
        ('returns_collection = true\npaginated = false\nauth = "none: public"', "error components.api.endpoints.list"),
        ('returns_collection = true\npaginated = false\nresponse = "at most 200 countries"', "passed"),
        ('returns_collection = true\npaginated = false\nresponse = "at most 5_000 rows"',
         "warning components.api.endpoints.list"),
        ("returns_collection = true", "? components.api.endpoints.list.paginated"),
        ("", "? components.api.endpoints.list.returns_collection"),
        ("returns_collection = false", "-"),
    ],
)  # fmt: skip
def test_a_list_comes_in_pages_or_is_short(answer: Answer, said: str, expected: str) -> None:
    assert answer(listing(said), "CAP008") == expected


def vendor(said: str, kind: str = "external") -> str:
    return loaded(18, f'[components.tax]\nkind = "{kind}"\n{said}\n[connections.web-tax]\nfrom = "web"\nto = "tax"\n')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (vendor("quota_rps = 22.5"), "passed"),
        (vendor("quota_rps = 22"), "error components.tax"),
        (vendor(""), "? components.tax.quota_rps"),
        (vendor("capacity_rps = 20"), "-"),
        (vendor("quota_rps = 1", "service"), "error components.tax"),  # said is said, whoever runs it
        (vendor("", "service"), "-"),
        (vendor("quota_rps = 1", "llm"), "error components.tax"),
        (vendor("", "identity"), "-"),
    ],
)
def test_eight_tenths_of_a_quota_are_enough(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "CAP009") == expected


def queued(worker: str, queue: str = "", peak: int = 3) -> str:
    return loaded(
        100,
        f'[components.mail]\nkind = "queue"\nmanaged = true\n{queue}\n[components.out]\nkind = "worker"\n{worker}\n'
        '[connections.web-mail]\nfrom = "web"\nto = "mail"\nmode = "async"\n'
        '[connections.mail-out]\nfrom = "mail"\nto = "out"\nmode = "async"\n',
        peak,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (queued("instances = 3\ncapacity_rps = 100"), "passed"),
        (queued("instances = 2\ncapacity_rps = 100"), "warning components.mail"),
        (queued("instances = 2\ncapacity_rps = 50"), "error components.mail"),
        (queued('capacity_rps = 100\nautoscale = { max = 3, metric = "age" }'), "passed"),
        (queued('capacity_rps = 100\nautoscale = { max = 3, metric = "age" }', "shards = 2"), "error components.mail"),
        (queued("instances = 3"), "? components.out.capacity_rps"),
    ],
)
def test_a_consumer_keeps_up_with_the_peak(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "CAP011") == expected
