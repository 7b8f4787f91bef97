"""Whichever way a thing is drawn or promised, it is judged alike: consumers that ask, promises of single journeys."""

from collections.abc import Callable

import pytest

from studio.red_flags.facts import Facts
from studio.red_flags.promises import are_kept, promise_of, strictest_promise
from studio.red_flags.report import Finding

Answer = Callable[..., str]

WEB = '[components.web]\nkind = "client"\n'


def part(id_: str, kind: str = "service", more: str = "") -> str:
    return f'[components.{id_}]\nkind = "{kind}"\n{more}\n'


def call(source: str, target: str, more: str = "") -> str:
    return f'[connections.{source}-{target}]\nfrom = "{source}"\nto = "{target}"\n{more}\n'


def journey(*steps: str, more: str = "") -> str:
    return f"[journeys.go]\nsteps = {list(steps)}\n{more}\n".replace("'", '"')


def queued(consumer: str) -> str:
    parts = part("api") + part("jobs", "queue") + part("worker", "worker") + part("db", "database")
    calls = call("web", "api") + call("api", "jobs", 'mode = "async"') + call("worker", "db")
    return WEB + parts + calls + consumer + journey("web-api", "api-jobs")


@pytest.mark.parametrize(
    ("consumer", "expected"),
    [
        (call("jobs", "worker", 'mode = "async"'), "passed"),
        (call("worker", "jobs", 'traffic = "reads"'), "passed"),  # drawn towards the queue it reads from
        ("", "warning components.db, warning components.worker"),
    ],
)
def test_a_consumer_is_needed_however_its_arrow_is_drawn(answer: Answer, consumer: str, expected: str) -> None:
    assert answer(queued(consumer), "REQ004") == expected


PULLED = part("jobs", "queue") + part("worker", "worker") + call("worker", "jobs", 'traffic = "reads"\n{said}')
PUSHED = part("jobs", "queue") + part("worker", "worker") + call("jobs", "worker", 'mode = "async"\n{said}')
AGAIN = 'delivery = "at-least-once"\n'


@pytest.mark.parametrize("text", [PULLED, PUSHED])
@pytest.mark.parametrize(
    ("rule", "said", "expected"),
    [
        ("REL012", AGAIN + "dead_letter = false", "error"),
        ("REL012", AGAIN + "dead_letter = true", "passed"),
        ("REL013", AGAIN + "mutating = true\nidempotent = false", "error"),
        ("REL013", AGAIN + "mutating = true\nidempotent = true", "passed"),
        ("REL013", 'delivery = "exactly-once"\nmutating = true\nidempotent = false', "-"),
    ],
)
def test_a_message_is_delivered_whoever_begins(answer: Answer, text: str, rule: str, said: str, expected: str) -> None:
    assert answer(text.replace("{said}", said), rule).split()[0] == expected


def test_a_message_comes_out_of_the_queue_whoever_begins(finding: Callable[..., Finding]) -> None:
    found = finding(PULLED.replace("{said}", AGAIN + "dead_letter = false"), "REL012")
    assert found.verdict.message.startswith("a message from jobs that worker cannot handle")


PAYING = (
    WEB + part("api", more="instances = 1") + part("pay", "external", "availability = 0.999")
    + call("web", "api") + call("api", "pay")
)  # fmt: skip
OWN = journey("web-api", "api-pay", more="availability = 0.9999")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("REL001", "error components.api, error components.pay"),
        ("REL003", "warning components.pay"),
        ("REL019", "? components.api.regions"),
        ("TEA004", "? constraints.on_call"),
    ],
)
def test_a_promise_of_a_journey_counts_as_one_of_the_design(answer: Answer, rule: str, expected: str) -> None:
    assert answer(PAYING + OWN, rule) == expected


def test_a_part_is_held_to_the_strictest_journey_it_lies_on(facts_of: Callable[..., Facts]) -> None:
    lax = '[journeys.see]\nsteps = ["web-api"]\navailability = 0.99\n'
    facts = facts_of(PAYING + lax + OWN)
    known = facts.design.component
    assert strictest_promise(facts) == 0.9999
    assert promise_of(known["api"], facts) == promise_of(known["pay"], facts) == 0.9999
    alone = facts_of("[requirements.availability]\ntarget = 0.999\n" + PAYING + lax)
    assert promise_of(alone.design.component["api"], alone) == 0.99  # its own promise goes before the design's
    assert promise_of(alone.design.component["pay"], alone) == 0.999  # on no journey
    assert not are_kept(facts)
