"""What mends promise: the rule no longer fails there, the file still loads, and what is safe overrules nobody."""

from datetime import date

import pytest
from hypothesis import Phase, given, settings

from studio.analysis import Analysis
from studio.catalogue.library import shipped
from studio.edits.edit import applied
from studio.edits.history import History
from studio.edits.mend import Mend, literal, mend, together
from studio.estimates.engine import estimate
from studio.files.loading import parse
from studio.files.saving import merged
from studio.mending import mended
from studio.model.address import part_at
from studio.model.design import Design
from studio.model.document import document
from studio.red_flags.facts import Facts
from studio.red_flags.library import RulePage, pages, rules
from studio.red_flags.report import Finding, report
from studio.red_flags.rule import Rule, Severity
from tests.red_flags.test_rule_laws import designs

TODAY = date(2026, 11, 21)
HEAD = 'format = 1\n[design]\nname = "Example"\n'
QUICKLY = settings(max_examples=40, deadline=None, phases=(Phase.reuse, Phase.generate))


def text_of(page: RulePage) -> str:
    text = page.flagged if "[design]" in page.flagged else HEAD + page.flagged
    return text if text.lstrip().startswith("format") else "format = 1\n" + text


def findings(design: Design, *wanted: Rule) -> tuple[Finding, ...]:
    return report(Facts(design, estimate(design), today=TODAY), wanted).findings


def offered() -> list[tuple[RulePage, Finding, Mend]]:
    """Every mend of every rule's own example."""
    found = []
    for page in pages():
        design = parse(text_of(page), f"{page.rule.id}.toml")
        found += [(page, one, offer) for one in findings(design, page.rule) for offer in one.verdict.mends]
    return found


OFFERED = offered()


def named(case: object) -> str:
    if isinstance(case, RulePage):
        return case.rule.id
    return case.on if isinstance(case, Finding) else case.does if isinstance(case, Mend) else ""


def overrules(offer: Mend, design: Design) -> bool:
    """Whether it sets a field that somebody filled in."""
    parts = [(part_at(design, setting.address), setting.key) for setting in offer.settings]
    return any(part is not None and document(part).get(key) is not None for part, key in parts)


# Each mend by itself --------------------------------------------------------------------------------------------------


def test_most_rules_whose_fault_is_a_field_offer_a_mend() -> None:
    assert len({page.rule.id for page, _, _ in OFFERED}) >= 40


@pytest.mark.parametrize(("page", "finding", "offer"), OFFERED, ids=named)
def test_a_mend_settles_its_finding_and_nothing_else_of_the_file_is_touched(
    page: RulePage, finding: Finding, offer: Mend
) -> None:
    text = text_of(page)
    design = parse(text, "example.toml")
    changed = applied(offer.edit, design)
    assert changed != design
    assert finding.on not in {found.on for found in findings(changed, page.rule)}
    saved = merged(text, design, changed)
    assert parse(saved, "example.toml") == changed
    touched = {word for setting in offer.settings for word in (setting.key, setting.address[-1])}
    lost = [line for line in text.splitlines() if line not in saved and not any(word in line for word in touched)]
    assert lost == []
    history = History[Design]()
    history.did(offer.edit.label, design, changed)
    step = history.undo()
    assert step is not None
    assert merged(text, design, step.before) == text


@pytest.mark.parametrize(("page", "finding", "offer"), OFFERED, ids=named)
def test_a_mend_that_is_safe_fills_empty_fields_at_no_cost_and_brings_no_error(
    page: RulePage, finding: Finding, offer: Mend
) -> None:
    design = parse(text_of(page), "example.toml")
    if not offer.is_safe:
        return
    changed = applied(offer.edit, design)
    assert not overrules(offer, design)
    assert estimate(changed).cost_per_month == estimate(design).cost_per_month
    errors = {(found.rule.id, found.on) for found in findings(design, *rules()) if found.severity is Severity.ERROR}
    after = {(found.rule.id, found.on) for found in findings(changed, *rules()) if found.severity is Severity.ERROR}
    assert after <= errors


NEVER_SAFE = (
    "instances", "zones", "max", "shards", "read_replicas", "pool_size", "idempotent", "encrypted", "encrypted_at_rest",
    "validated", "authorization", "watched", "fence", "dead_letter", "paginated", "every", "pinned",
)  # fmt: skip


def test_what_costs_money_or_claims_work_is_never_safe() -> None:
    claiming = [offer for _, _, offer in OFFERED if {setting.key for setting in offer.settings} & set(NEVER_SAFE)]
    assert len(claiming) > 20
    assert not any(offer.is_safe for offer in claiming)


@pytest.mark.parametrize("never", ["restore_tested", "exercised", "evaluated", "owner", "why", "purpose", "target"])
def test_no_mend_invents_what_only_a_person_knows(never: str) -> None:
    assert not [offer.does for _, _, offer in OFFERED for setting in offer.settings if setting.key == never]


@QUICKLY
@given(designs())
def test_safe_mends_hold_on_any_design(design: Design) -> None:
    for finding in findings(design, *rules()):
        for offer in finding.verdict.mends:
            if offer.is_safe:
                assert not overrules(offer, design)
                changed = applied(offer.edit, design)
                assert finding.on not in {found.on for found in findings(changed, finding.rule)}


@QUICKLY
@given(designs())
def test_mending_never_brings_an_error_back_or_in(design: Design) -> None:
    before = Analysis(design, shipped(), today=TODAY)
    done = mended(before, lambda rule: rule.id in ("REL004", "REL007", "REL008", "REL009", "REL001"), unsafe=True)
    there = {finding.fingerprint for finding in done.after.report.findings}
    assert not there & {kept.finding.fingerprint for kept in done.kept}
    errors = {finding.fingerprint for finding in before.report.open(Severity.ERROR)}
    assert {finding.fingerprint for finding in done.after.report.open(Severity.ERROR)} <= errors
    assert applied(done.edit, design) == done.after.design


# Where the example of a rule is settled by words, and another fault of it by fields ----------------------------------


def part(id_: str, kind: str, more: str = "") -> str:
    return f'[components.{id_}]\nkind = "{kind}"\n{more}\n'


def call(source: str, target: str, more: str = "") -> str:
    return f'[connections.{source}-{target}]\nfrom = "{source}"\nto = "{target}"\n{more}\n'


USERS = "[requirements.scale]\ndaily_active_users = 86_400\nrequests_per_user_per_day = 100\n"
SIZED = 'capacity_rps = 200\nlatency = "20 ms"\ninstances = 2\navailability = 0.99\ncost_per_month = 100'
LEAN = USERS + part("web", "client") + part("api", "service", SIZED) + call("web", "api")
BUY = '[journeys.buy]\nshare = 1\nsteps = ["web-api"]\n'
NOTHING_LOST = '[requirements.availability]\nrecovery_point = "10 min"\n'
ORDERS = '[data.orders]\nstore = "db"\n'
MODEL = part("web", "client") + part("api", "service") + part("model", "llm") + call("web", "api")
BEHIND = 'read_replicas = 1\nreplication = { mode = "async" }'
AGAIN = '[connections.again]\nfrom = "api"\nto = "db"\ndata = ["orders"]\n[journeys.buy]\nsteps = ["api-db", "again"]'
RECORDS = 'mutating = true\ndata = ["orders"]'


@pytest.mark.parametrize(
    ("rule", "text", "does"),
    [
        ("AIX007", MODEL + call("api", "model") + '[patterns.f]\nuse = "fallback"\non = ["api-model"]',
         'timeout = "800 ms" on connections.api-model'),
        ("CAP007", part("api", "service") + part("other", "service") + call("api", "other", "per_item = true"),
         "per_item = false on connections.api-other"),
        ("CAP010", LEAN + BUY + 'p99 = "100 ms"', "instances = "),
        ("REL002", LEAN + BUY + "availability = 0.9999", "instances = "),
        ("SCN001", LEAN + BUY + '[scenarios.full]\nload = 1\nexpect = ["availability >= 99.99%"]', "instances = "),
        ("CST001", LEAN.replace("instances = 2", "instances = 9") + "[requirements.cost]\nbudget_per_month = 800",
         "instances = 8 on components.api"),
        ("DAT003", NOTHING_LOST + part("db", "database", 'backup = { every = "1 h" }'),
         'every = "10 min" on components.db.backup'),
        ("DAT003", NOTHING_LOST + part("db", "database", 'replication = { mode = "async", lag = "1 h" }'),
         'mode = "sync" on components.db.replication'),
        ("OPS004", part("api", "service", 'tier = 1\ninstances = 2\ndeploy = { rollback = "one command" }'),
         'strategy = "rolling" on components.api.deploy'),
        ("SEC007", part("pay", "external") + part("api", "service")
         + call("pay", "api", 'mutating = true\nidempotent = false\nauth = "signature"'),
         "idempotent = true on connections.pay-api"),
        ("CON006", part("api", "service") + part("db", "database", BEHIND) + ORDERS + call("api", "db", RECORDS)
         + AGAIN, 'mode = "sync" on components.db.replication'),
    ],
)  # fmt: skip
def test_a_mend_settles_what_its_rule_says(rule: str, text: str, does: str) -> None:
    design, judge = parse(HEAD + text, "example.toml"), next(one for one in rules() if one.id == rule)
    (finding,) = findings(design, judge)
    assert does in finding.verdict.mends[0].does
    for offer in finding.verdict.mends:
        assert not findings(applied(offer.edit, design), judge)


# Numbers of the design decide ---------------------------------------------------------------------------------------

CALL = """
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = 100
[components.web]
kind = "client"
[components.api]
kind = "service"
capacity_rps = 1000
latency = "2 ms"
instances = 2
[components.db]
kind = "database"
{db}
[connections.web-api]
from = "web"
to = "api"
{outer}
[connections.api-db]
from = "api"
to = "db"
{inner}
"""
FAST = 'capacity_rps = 5000\nlatency = "4 ms"'


@pytest.mark.parametrize(
    ("db", "outer", "inner", "whole", "timeout", "because", "safe"),
    [
        (FAST, "", "", "", "29 ms", "1.5 × the p99 of db, 18.4 ms, and the way there", True),
        (FAST, 'timeout = "20 ms"', "", "", "29 ms", ": more than 80 % of the 20 ms that web-api waits", False),
        (FAST, 'timeout = "30 ms"', "", "", "24 ms", "80 % of the 30 ms that web-api waits", True),
        (FAST, "", "", '[requirements.performance]\np99 = "9 ms"\n', "29 ms", "1.5 × the p99 of db", True),
        (FAST.replace("4 ms", "1 ms"), "", "", "", "10 ms", "below 10 ms a pause of the caller", True),
        ("", 'timeout = "500 ms"', "", "", "400 ms", "80 % of the 500 ms that web-api waits", True),
        ("", "", "", '[requirements.performance]\np99 = "200 ms"\n', "160 ms", "80 % of the 200 ms promised", True),
        ("", 'timeout = "2 s"', "attempts = 2", "", "750 ms", "for 2 tries and their pauses", True),
        ("", 'timeout = "90 ms"', "attempts = 2", "", "36 ms", "for 2 tries without their pauses", False),
        ("", "", "", "", "800 ms", "a guess; components.db.latency would tell how long db takes", False),
    ],
)
def test_a_timeout_comes_from_the_callee_or_from_those_who_wait(
    db: str, outer: str, inner: str, whole: str, timeout: str, because: str, *, safe: bool
) -> None:
    design = parse(HEAD + whole + CALL.format(db=db, outer=outer, inner=inner), "example.toml")
    rule = next(rule for rule in rules() if rule.id == "REL004")
    offers = [offer for finding in findings(design, rule) for offer in finding.verdict.mends]
    (offer,) = offers
    assert offer.settings[0].value == timeout
    assert because in offer.because
    assert offer.is_safe is safe


# As data ------------------------------------------------------------------------------------------------------------


def test_a_mend_says_what_it_does_and_what_undo_will_call_it() -> None:
    found = together(mend("components.db", instances=2, zones=2), mend("components.db.backup", every="1 h"))
    assert found.does == 'instances = 2 and zones = 2 on components.db and every = "1 h" on components.db.backup'
    assert found.label == "instances, zones and every of db and backup"
    assert found.as_data()["fields"][2] == {"on": "components.db.backup", "key": "every", "value": "1 h"}


@pytest.mark.parametrize(
    ("value", "said"),
    [(True, "true"), (0.1, "0.1"), (3, "3"), ('a "b"', '"a \\"b\\""'), (("one", "all"), '["one", "all"]')],
)
def test_values_are_said_as_the_file_says_them(value: object, said: str) -> None:
    assert literal(value) == said
