"""What a careful reader would call noise is not told, and what differs from it in one thing still is."""

from collections.abc import Callable

import pytest

from studio.text import says_something

Answer = Callable[..., str]

WEB = '[components.web]\nkind = "client"\n'
STRICT = "[requirements.availability]\ntarget = 0.9999\n"


def part(id_: str, kind: str = "service", more: str = "") -> str:
    return f'[components.{id_}]\nkind = "{kind}"\n{more}\n'


def call(source: str, target: str, more: str = "") -> str:
    return f'[connections.{source}-{target}]\nfrom = "{source}"\nto = "{target}"\n{more}\n'


def balanced(kind: str, soft: str) -> str:
    """A balancer that asks a store beside the service it balances."""
    parts = WEB + part("lb", "load-balancer") + part("api") + part("store", kind)
    return parts + call("web", "lb") + call("lb", "api") + call("lb", "store", soft)


def asked(by: str) -> str:
    """Somebody waits a second for a service that may wait three for its store."""
    parts = part("asker", by) + part("api") + part("db", "database")
    return parts + call("asker", "api", 'timeout = "1 s"') + call("api", "db", 'timeout = "3 s"')


def one(more: str) -> str:
    return WEB + part("api", more=more) + call("web", "api")


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("SEC004", balanced("database", "hard = false"), "passed"),  # which hosts there are
        ("SEC004", balanced("cache", ""), "passed"),  # how often somebody called
        ("SEC004", balanced("database", ""), "error components.store"),
        ("SEC004", WEB + part("lb", "load-balancer") + part("store", "cache") + call("web", "lb")
         + call("lb", "store"), "error components.store"),  # it has nothing else to pass requests on to
        ("REL005", asked("monitoring"), "-"),
        ("REL005", asked("service"), "warning connections.asker-api"),
        ("REL019", STRICT + one('regions = ["worldwide"]'), "passed"),
        ("REL019", STRICT + one('regions = ["west"]'), "warning design"),
        ("CON002", part("db", "database", 'zones = 3\nreplication = { mode = "quorum" }'), "passed"),
        ("CON002", part("db", "database", "zones = 3\nmanaged = true"), "passed"),  # the vendor's choice
        ("CON002", part("db", "database", 'zones = 3\nreplication = { mode = "async" }'), "warning components.db"),
        ("CON002", part("db", "database", 'regions = ["a", "b"]\nmanaged = true'), "warning components.db"),
        ("REL021", part("db", "database", 'read_replicas = 2\nfailover = { mode = "automatic" }'), "passed"),
        ("REL021", part("db", "database", 'instances = 3\nreplication = { mode = "quorum" }'), "passed"),
        ("REL021", part("db", "database", 'read_replicas = 2\nfailover = { mode = "manual" }'),
         "warning components.db"),
        ("REL001", one("zones = 3"), "? components.api.instances"),  # three zones are no single copy
        ("REL001", STRICT + one("instances = 3\nzones = 1"), "error components.api"),  # however many the peak needs
        ("DOC003", part("a") + part("b", more='needs_to_start = ["c"]') + part("c", "external") + call("a", "b"),
         "passed"),
        ("CPX003", part("a") + part("b") + part("c") + call("a", "b") + call("b", "c", "hard = false"), "passed"),
        ("OPS001", part("a") + '[operations]\nmonitoring = "rate, errors"\nalerting = "errors page"', "warning design"),
        ("OPS001", part("a") + '[operations]\nmonitoring = "none"\nalerting = "errors page"', "error design"),
    ],
)  # fmt: skip
def test_what_a_careful_reader_would_not_say_is_not_said(answer: Answer, rule: str, text: str, expected: str) -> None:
    assert answer(text, rule) == expected


NOTHING = ["none", "None.", " no ", "n/a", "-", "none: nobody built one", "not yet", "?", " ", ""]


@pytest.mark.parametrize("words", NOTHING)
def test_words_that_say_that_there_is_nothing(words: str) -> None:
    assert not says_something(words)


@pytest.mark.parametrize("words", ["no card needed below 20", "nothing but cached pages", "none but two may", "x"])
def test_words_that_only_begin_like_nothing(words: str) -> None:
    assert says_something(words)


def test_nothing_said_is_nothing() -> None:
    assert not says_something(None)
