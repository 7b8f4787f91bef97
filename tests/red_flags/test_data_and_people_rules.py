"""What the rules about data, security, operations, documents and language models say of designs that differ in one
thing."""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from studio.red_flags.report import Finding

Answer = Callable[..., str]
Only = Callable[[str, str], Finding]

SEATS = """
[components.booking]
kind = "service"
[components.db]
kind = "database"
{db}
[components.copy]
kind = "{copy}"
[data.seat]
store = "db"
{need}
[connections.booking-db]
from = "booking"
to = "db"
data = ["seat"]
{read}
[connections.booking-copy]
from = "booking"
to = "copy"
{carried}
"""


def seats(
    copy: str = "cache",
    need: str = 'consistency = "strong"',
    carried: str = 'data = ["seat"]',
    db: str = "",
    read: str = "",
) -> str:
    return SEATS.format(copy=copy, need=need, carried=carried, db=db, read=read)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (seats(), "error data.seat"),
        (seats("search"), "error data.seat"),
        (seats("external"), "passed"),
        (seats(need='consistency = "eventual"'), "-"),
        (seats(need=""), "? data.seat.consistency"),
        (seats(need="", carried=""), "-"),
        (seats(carried=""), "passed"),
        (seats(carried="", read='on_miss_of = "copy"'), "error data.seat"),
        (seats(carried='data = ["seat"]\nmode = "async"'), "passed"),  # that feeds it
        (seats(carried='data = ["seat"]\ntraffic = "writes"'), "passed"),
        (seats(carried="", db='read_replicas = 1\nreplication = { mode = "async" }'), "error data.seat"),
        (seats(carried="", db='read_replicas = 1\nreplication = { mode = "quorum" }'), "passed"),
        (seats(carried="", db="read_replicas = 1"), "? components.db.replication.mode"),
        (seats(need="") + '[requirements.consistency]\nneed = "strong"\n', "error data.seat"),
        (seats(need="") + '[requirements.consistency]\nneed = "mixed"\n', "? data.seat.consistency"),
    ],
)
def test_strong_data_are_not_read_from_what_runs_behind(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "CON001") == expected


@pytest.mark.parametrize(
    ("need", "expected"),
    [("strong", "error design"), ("eventual", "-"), ("", "? requirements.consistency.need")],
)
def test_without_data_the_whole_design_is_asked(answer: Answer, need: str, expected: str) -> None:
    text = '[components.api]\nkind = "service"\n[components.cache]\nkind = "cache"\n'
    text += '[connections.api-cache]\nfrom = "api"\nto = "cache"\n'
    text += f'[requirements.consistency]\nneed = "{need}"\n' if need else ""
    assert answer(text, "CON001") == expected


class Entry(NamedTuple):
    """A technology of the catalogue, as far as rules look at it."""

    cap: str
    name: str = "Store"
    aliases: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    managed: bool = False


def test_a_store_that_prefers_to_answer_is_no_home_of_strong_data(answer: Answer) -> None:
    text = seats(carried="", db='technology = "some-store"')
    assert answer(text, "CON001", **{"some-store": Entry("ap")}) == "error data.seat"
    assert answer(text, "CON001", **{"some-store": Entry("cp")}) == "passed"


CHOSEN = '[requirements.consistency]\nduring_partition = "available"\n'
DECIDED = '[decisions.d]\nabout = ["db"]\n'


@pytest.mark.parametrize(
    ("said", "more", "expected"),
    [
        ("zones = 3", "", "warning components.db"),
        ("zones = 3", CHOSEN, "note components.db"),
        ("zones = 3", CHOSEN + DECIDED, "passed"),
        ("zones = 3", CHOSEN + DECIDED + 'status = "rejected"\n', "note components.db"),
        ('regions = ["a", "b"]', "", "warning components.db"),
        ("zones = 1\ninstances = 3", "", "-"),
        ("instances = 3", "", "? components.db.zones"),
        ("", "", "-"),
    ],
)
def test_a_store_spread_out_has_made_its_choice(answer: Answer, said: str, more: str, expected: str) -> None:
    assert answer(f'{more}[components.db]\nkind = "database"\n{said}\n', "CON002") == expected


def test_a_technology_that_allows_one_choice_has_chosen(answer: Answer) -> None:
    text = f'{DECIDED}[components.db]\nkind = "database"\ntechnology = "store"\nzones = 3\n'
    assert answer(text, "CON002", store=Entry("cp")) == "passed"
    assert answer(text, "CON002", store=Entry("configurable")) == "warning components.db"


HELD = '[data.order]\nstore = "db"\n'


@pytest.mark.parametrize(
    ("kind", "said", "data", "expected"),
    [
        ("database", "", HELD, "error components.db"),
        ("database", "", "", "error components.db"),
        ("object-store", "", "", "error components.db"),
        ("search", "", "", "-"),
        ("search", "", HELD, "error components.db"),
        ("cache", "", "", "-"),
        ("database", 'read_replicas = 2\nreplication = { mode = "sync" }', HELD, "error components.db"),
        ("database", 'backup = { every = "1 h" }', HELD, "passed"),
        ("database", "backup = { offsite = true }", HELD, "? components.db.backup.every"),
        ("database", "", "[data.order]\n", "-"),
        ("database", "managed = true", HELD, "error components.db"),
        ("external", "", HELD, "-"),
    ],
)
def test_a_system_of_record_has_a_backup(answer: Answer, kind: str, said: str, data: str, expected: str) -> None:
    assert answer(f'[components.db]\nkind = "{kind}"\n{said}\n{data}', "DAT001") == expected


@pytest.mark.parametrize(
    ("kind", "said", "classified", "expected"),
    [
        ("database", "", "personal", "error components.db"),
        ("database", "encrypted_at_rest = false", "secret", "error components.db"),
        ("database", "encrypted_at_rest = true", "payment", "passed"),
        ("database", "", "internal", "-"),
        ("database", "", "", "? data.order.classification"),
        ("database", "encrypted_at_rest = true", "", "-"),
        ("cache", "", "health", "error components.db"),
    ],
)
def test_sensitive_data_are_encrypted_at_rest(
    answer: Answer, kind: str, said: str, classified: str, expected: str
) -> None:
    data = HELD + (f'classification = "{classified}"\n' if classified else "")
    assert answer(f'[components.db]\nkind = "{kind}"\n{said}\n{data}', "DAT004") == expected


def test_data_that_pass_through_a_queue_lie_in_it(answer: Answer) -> None:
    text = """
[components.api]
kind = "service"
[components.jobs]
kind = "queue"
[data.order]
classification = "personal"
[connections.api-jobs]
from = "api"
to = "jobs"
mode = "async"
data = ["order"]
"""
    assert answer(text, "DAT004") == "error components.jobs"


PLAN = """[requirements.security]
authentication = "a"
authorization = "b"
data_protection = "c"
"""
DOOR = (
    '[components.web]\nkind = "client"\n[components.x]\nkind = "service"\n[connections.web-x]\nfrom = "web"\nto = "x"\n'
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (DOOR, "error design"),
        (DOOR + PLAN, "error design"),
        (DOOR + PLAN + 'threat_model = "d"\n', "passed"),
        ('[components.x]\nkind = "service"\n', "-"),
        ('[data.order]\nclassification = "personal"\n', "error design"),
    ],
)
def test_an_entrance_or_sensitive_data_want_a_security_plan(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "SEC001") == expected


def endpoint(path: str, said: str = "", owned: str = "user_owned = true", method: str = "GET") -> str:
    return f"""
[components.api]
kind = "service"
[components.api.endpoints.e]
method = "{method}"
{path}
{said}
[components.db]
kind = "database"
[connections.api-db]
from = "api"
to = "db"
[data.invoice]
store = "db"
{owned}
[data.country]
store = "db"
user_owned = false
"""


ON = "components.api.endpoints.e"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (endpoint('path = "/invoices/{id}"'), f"error {ON}"),
        (endpoint('path = "/invoices/:id"'), f"error {ON}"),
        (endpoint('path = "/invoices?invoice_id=7"'), f"error {ON}"),
        (endpoint('path = "/invoices/{id}"', 'authorization = "owner"'), "passed"),
        (endpoint('path = "/invoices/{id}"', 'authorization = "none"'), "passed"),
        (endpoint('path = "/invoices/{id}"', 'authorization = "none"', method="DELETE"), f"error {ON}"),
        (endpoint('path = "/invoices"'), "-"),
        (endpoint('path = "/countries/{code}"'), "-"),
        (endpoint('path = "/invoices/{id}"', owned="tenant_scoped = true"), f"error {ON}"),
        (endpoint('path = "/invoices/{id}"', owned=""), "? data.invoice.user_owned"),
        (endpoint('path = "/invoices/{id}"', owned='classification = "public"'), "-"),
        (endpoint(""), f"? {ON}.path"),
    ],
)
def test_an_endpoint_checks_whose_thing_an_id_names(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "SEC003") == expected


def test_a_write_open_to_all_is_named_as_such(finding: Only) -> None:
    found = finding(endpoint('path = "/invoices/{id}"', 'authorization = "none"', method="PUT"), "SEC003")
    assert "lets anybody change it" in found.verdict.message


def exposed(kind: str, through: str = "", said: str = "", call: str = "") -> str:
    door = "web" if not through else "mid"
    middle = (
        f'[components.mid]\nkind = "{through}"\n[connections.web-mid]\nfrom = "web"\nto = "mid"\n' if through else ""
    )
    return (
        f'[components.web]\nkind = "client"\n{middle}[components.s]\nkind = "{kind}"\n{said}\n'
        f'[connections.door]\nfrom = "{door}"\nto = "s"\n{call}\n'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (exposed("database"), "error components.s"),
        (exposed("cache"), "error components.s"),
        (exposed("database", "load-balancer"), "error components.s"),
        (exposed("database", "service"), "passed"),
        (exposed("database", "gateway"), "passed"),
        (exposed("object-store"), "error components.s"),
        (exposed("object-store", "cdn"), "passed"),
        (exposed("object-store", call='auth = "signed URL"'), "passed"),
        (exposed("database", "cdn"), "error components.s"),
        (exposed("database", said='tenancy = "row policy"', call='auth = "JWT"'), "warning components.s"),
        ('[components.s]\nkind = "database"\n', "-"),
    ],
)
def test_a_store_is_not_reached_past_the_rules(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "SEC004") == expected


OBSERVED = 'observe = { metrics = ["rate"], alerts = ["errors"], slo = "99.9 %" }'


@pytest.mark.parametrize(
    ("said", "operations", "expected"),
    [
        (OBSERVED, 'monitoring = "golden signals"', "passed"),
        ("", 'monitoring = "golden signals"', "error design"),
        (OBSERVED, "", "error design"),
        ('observe = { metrics = ["rate"] }', 'monitoring = "m"\nalerting = "budget burn"', "passed"),
        ('observe = { metrics = ["rate"] }', 'monitoring = "m"', "error design"),
    ],
)
def test_a_plan_is_carried_out_by_components(answer: Answer, said: str, operations: str, expected: str) -> None:
    assert answer(f'[operations]\n{operations}\n[components.x]\nkind = "service"\n{said}\n', "OPS001") == expected


@pytest.mark.parametrize(
    ("kind", "said", "expected"),
    [
        ("service", "tier = 1\n" + OBSERVED, "passed"),
        ("service", 'tier = 1\nobserve = { metrics = ["rate"], alerts = ["errors"] }', "warning components.x"),
        ("database", 'tier = 1\nobserve = { metrics = ["pool"], alerts = ["pool full"] }', "passed"),
        ("queue", "", "warning components.x"),
        ("service", "tier = 2", "-"),
        ("service", "", "-"),
        ("monitoring", "tier = 1", "-"),
    ],
)
def test_critical_components_have_signals(answer: Answer, kind: str, said: str, expected: str) -> None:
    assert answer(f'[components.x]\nkind = "{kind}"\n{said}\n', "OPS002") == expected
