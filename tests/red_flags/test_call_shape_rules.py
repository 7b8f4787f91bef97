"""What the rules about the shape of calls, deliveries and regions say of designs that differ in one thing."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest

from studio.red_flags.report import Finding
from studio.red_flags.shape_of_calls import circles, way_round

Answer = Callable[..., str]


def part(id_: str, kind: str = "service", more: str = "") -> str:
    return f'[components.{id_}]\nkind = "{kind}"\n{more}\n'


def call(source: str, target: str, more: str = "") -> str:
    return f'[connections.{source}-{target}]\nfrom = "{source}"\nto = "{target}"\n{more}\n'


def journey(id_: str, *steps: str) -> str:
    return f"[journeys.{id_}]\nsteps = {list(steps)}\n"


def target(share: float) -> str:
    return f"[requirements.availability]\ntarget = {share}\n"


def chain(*parts: str, more: Sequence[str] = ()) -> str:
    said = dict(zip(pairwise(parts), [*more, *[""] * len(parts)], strict=False))
    kinds = {"web": "client", "cdn": "cdn", "lb": "load-balancer"}
    return "".join(part(name, kinds.get(name, "service")) for name in parts) + "".join(
        call(source, callee, words) for (source, callee), words in said.items()
    )


VENDOR = part("web", "client") + part("shop", more="instances = 2") + call("web", "shop")


@pytest.mark.parametrize(
    ("vendor", "on_the_call", "expected"),
    [
        ("availability = 0.9995", "", "warning components.pay"),
        ("availability = 0.9999", "", "passed"),  # a tenth of the budget, exactly
        ("availability = 0.9995", 'fallback = "later"', "-"),
        ("availability = 0.9995", "hard = false", "-"),
        ("availability = 0.9995", 'mode = "async"', "-"),
        ("", "", "? components.pay.availability"),
    ],
)
def test_a_dependency_may_spend_a_tenth_of_the_budget(
    answer: Answer, vendor: str, on_the_call: str, expected: str
) -> None:
    text = target(0.999) + VENDOR + part("pay", "external", vendor) + call("shop", "pay", on_the_call)
    assert answer(text, "REL003") == expected


def test_a_vendor_within_a_target_that_is_met_is_a_note(answer: Answer) -> None:
    text = target(0.999) + part("web", "client") + part("pay", "external", "availability = 0.9995") + call("web", "pay")
    journey = '[requirements.functional.buy]\npriority = "must"\nrealised_by = ["b"]\n[journeys.b]\nsteps = ["web-pay"]'
    assert answer(text, "REL003") == "warning components.pay"
    assert answer(text + journey, "REL003") == "note components.pay"


TWICE, THRICE, FOUR = (f"attempts = {tries}" for tries in (2, 3, 4))


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ((TWICE, TWICE), "warning connections.a-b"),
        ((TWICE, "", TWICE), "passed"),  # four, and not next to each other
        ((THRICE, "", TWICE), "warning connections.b-c"),
        ((FOUR, FOUR, FOUR), "error connections.b-c"),
        ((THRICE, THRICE + "\ncircuit_breaker = true"), "passed"),
        ((THRICE, THRICE, THRICE + "\ncircuit_breaker = true"), "warning connections.a-b"),
        ((THRICE, THRICE + "\nretry_budget = 0.1"), "passed"),
        ((THRICE, THRICE + "\nretry_budget = 9"), "warning connections.a-b"),
        ((THRICE, THRICE + '\nmode = "async"'), "passed"),
        (("", THRICE), "passed"),
        (("", ""), "-"),
    ],
)
def test_retries_multiply_from_layer_to_layer(answer: Answer, more: tuple[str, ...], expected: str) -> None:
    assert answer(chain("web", "a", "b", "c", more=more), "REL008") == expected


@pytest.mark.parametrize(("tries", "layers", "calls"), [(4, 3, 64), (3, 2, 9), (2, 2, 4)])
def test_calls_in_a_full_outage(finding: Callable[[str, str], Finding], tries: int, layers: int, calls: int) -> None:
    found = finding(chain("web", "a", "b", "c", more=[f"attempts = {tries}"] * layers), "REL008")
    assert found.verdict.evidence["calls"] == calls
    assert f"one request becomes {calls} calls" in found.verdict.message


def test_retries_on_ways_no_request_takes_together_do_not_multiply(answer: Answer) -> None:
    text = chain("web", "a", "b", more=(TWICE, TWICE))
    apart = '[journeys.x]\nsteps = ["web-a"]\n[journeys.y]\nsteps = ["a-b"]\n'
    together = '[journeys.x]\nsteps = ["web-a", "a-b"]\n'
    assert answer(text + apart, "REL008") == "passed"
    assert answer(text + together, "REL008") == "warning connections.a-b"


def test_reads_and_writes_do_not_multiply_each_other(answer: Answer) -> None:
    text = chain("web", "a", "b", more=(TWICE + '\ntraffic = "reads"', TWICE + '\ntraffic = "writes"'))
    assert answer(text, "REL008") == "passed"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (chain("web", "a", "b", "c", "d"), "passed"),
        (chain("web", "a", "b", "c", "d", "e"), "warning design"),
        (chain("web", "cdn", "lb", "a", "b", "c", "d"), "passed"),  # proxies only pass on
        (chain("web", "a", "b", "c", "d", "e", more=("", "", 'mode = "async"')), "passed"),
        (chain("web", "a", "b") + call("b", "a"), "passed"),
        (part("a"), "-"),
    ],
)
def test_a_request_waits_for_four_calls_inside_each_other_at_most(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "REL010") == expected


def test_the_deep_way_is_named(finding: Callable[[str, str], Finding]) -> None:
    found = finding(chain("web", "a", "b", "c", "d", "e"), "REL010")
    assert "5 calls one inside the other, more than 4: web → a → b → c → d → e" in found.verdict.message


RING = part("a") + part("b") + call("a", "b")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (RING + call("b", "a"), "error components.a"),
        (RING + call("b", "a", 'mode = "async"'), "passed"),
        (RING + call("b", "a", "hard = false"), "warning components.a"),
        (RING + call("b", "a") + journey("x", "a-b") + journey("y", "b-a"), "warning components.a"),
        (RING + call("b", "a") + journey("x", "a-b", "b-a"), "error components.a"),
        (part("a") + part("web", "client") + call("web", "a") + call("a", "web"), "passed"),
        (part("a") + part("pay", "external") + call("pay", "a") + call("a", "pay"), "passed"),  # a webhook
        (part("a") + call("a", "a"), "passed"),
        (part("a"), "-"),
        (RING + part("c") + call("b", "c") + call("c", "a") + part("d") + part("e") + call("d", "e") + call("e", "d"),
         "error components.a, error components.d"),
    ],
)  # fmt: skip
def test_a_circle_of_calls_is_found_once(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "REL011") == expected


def test_a_circle_is_walked_by_its_shortest_way() -> None:
    calls = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "a"), ("a", "e")]
    assert circles(calls) == (("a", "b", "c", "d"),)
    assert way_round(("a", "b", "c", "d"), calls) == ("a", "b", "c", "a")


MAIL = part("shop") + part("mail", "queue") + part("mailer", "worker")
ONCE = 'mode = "async"\ndelivery = "at-least-once"\n'


def mailed(into: str, out: str, more: str = "") -> str:
    return MAIL + call("shop", "mail", 'mode = "async"\n' + into) + call("mail", "mailer", out) + more


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (mailed("", ONCE + "dead_letter = false"), "error connections.mail-mailer"),
        (mailed("", ONCE + "dead_letter = true"), "passed"),
        (mailed("", ONCE), "? connections.mail-mailer.dead_letter"),
        (mailed("dead_letter = true", ONCE), "passed"),  # said where it goes in
        (mailed("", 'mode = "async"'), "? connections.mail-mailer.delivery"),
        (mailed("", 'mode = "async"\ndelivery = "at-most-once"'), "-"),
        (mailed("", "dead_letter = false"), "-"),  # somebody waits and is told
        (mailed("", ONCE + "dead_letter = false", '[patterns.d]\nuse = "dead-letter-queue"\non = ["mail"]'), "passed"),
    ],
)
def test_what_can_never_be_handled_is_set_aside(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "REL012") == expected


WRITES = ONCE + "mutating = true\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (mailed("", WRITES + "idempotent = false"), "error connections.mail-mailer"),
        (mailed("", WRITES + "idempotent = true"), "passed"),
        (mailed("", WRITES), "? connections.mail-mailer.idempotent"),
        (mailed("", ONCE + "mutating = false"), "-"),
        (mailed("", 'mode = "async"\ndelivery = "at-most-once"\nmutating = true'), "-"),
        (mailed("", WRITES, part("db", "database") + call("mailer", "db", "mutating = true\nidempotent = true")),
         "passed"),
        (mailed("", WRITES, part("db", "database") + call("mailer", "db", "mutating = true\nidempotent = false")),
         "? connections.mail-mailer.idempotent"),
    ],
)  # fmt: skip
def test_a_consumer_may_see_a_message_twice(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "REL013") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (mailed("", 'mode = "async"'), "passed"),
        (MAIL + call("shop", "mail", 'mode = "async"'), "error components.mail"),
        (MAIL + call("mail", "mailer", 'mode = "async"'), "warning components.mail"),
        (part("mail", "queue"), "error components.mail"),
        (part("shop") + part("mail", "queue") + part("mailer", "worker", 'consumes = ["Mail"]') + call("shop", "mail")
         + call("mailer", "mail"), "passed"),  # drawn from the consumer to what it reads
        (part("shop") + part("mail", "queue") + part("mailer", "worker") + call("shop", "mail")
         + call("mailer", "mail", 'traffic = "reads"'), "passed"),
        (part("mail", "queue") + part("mailer", "worker") + call("mailer", "mail", 'traffic = "reads"'),
         "warning components.mail"),
        (part("shop"), "-"),
    ],
)  # fmt: skip
def test_a_queue_has_two_ends(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "REL014") == expected


def placed(*regions: str, kind: str = "service", more: str = "") -> str:
    return part("web", "client") + part("shop", kind, f"regions = {list(regions)}\n{more}") + call("web", "shop")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (target(0.9999) + placed("eu"), "warning design"),
        (target(0.9999) + placed("eu", "us"), "passed"),
        (target(0.9999) + placed("eu", "EU"), "warning design"),
        (target(0.999) + placed("eu"), "-"),
        (target(0.9999) + placed(), "? components.shop.regions"),
        (target(0.9999) + placed() + '[constraints]\nregions = ["eu"]', "warning design"),
        (target(0.9999) + placed("eu", kind="cdn"), "-"),
        (target(0.9999) + placed("eu") + '[decisions.one]\nabout = ["shop"]\nstatus = "accepted"\n'
         'why = "One region: its loss is accepted"', "passed"),
        (target(0.9999) + placed("eu") + '[decisions.one]\nabout = ["shop"]\nwhy = "It is cheap"', "warning design"),
    ],
)  # fmt: skip
def test_four_nines_need_two_regions_or_a_decision(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "REL019") == expected


BALANCED = part("lb", "load-balancer", "managed = true") + call("lb", "api")
STORE = part("db", "database", "managed = true") + call("api", "db")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (part("api"), "-"),
        (part("api", more="instances = 2"), "warning components.api"),
        (part("api", more="autoscale = { max = 3 }"), "warning components.api"),
        (part("api") + BALANCED, "warning components.api"),
        (part("api", more='health_check = "/healthz"') + BALANCED, "passed"),
        (
            part("api", more="instances = 2\nmanaged = true"),
            "warning components.api",
        ),  # a platform asks what it is told
        (part("db", "database", "instances = 2\nmanaged = true"), "-"),
        (part("nightly", "batch", "instances = 2"), "-"),
        (part("api", more='instances = 2\nhealth_check = "/healthz asks db"') + STORE, "warning components.api"),
        (part("api", more='instances = 2\nhealth_check = "shallow; readiness asks db"') + STORE, "passed"),
        (part("api", more='instances = 2\nhealth_check = "/healthz of the dbms"') + STORE, "passed"),
    ],
)
def test_copies_are_checked_and_not_by_what_they_share(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "REL021") == expected
