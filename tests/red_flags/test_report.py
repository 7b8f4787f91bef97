"""Findings, coverage, acceptance and the next question, on rules made for the purpose."""

from collections.abc import Callable
from datetime import date

import pytest

from studio.estimates.engine import estimate
from studio.files.loading import parse
from studio.model.component import Component
from studio.red_flags.facts import Facts
from studio.red_flags.library import rules
from studio.red_flags.report import Report, report
from studio.red_flags.rule import Outcome, Rule, Severity, Verdict, failed, not_applicable, passed, unknown

TODAY = date(2026, 11, 21)
HEAD = 'format = 1\n[design]\nname = "Example"\n'
PARTS = """
[components.api]
kind = "service"
[components.db]
kind = "database"
[components.cache]
kind = "cache"
"""


def a_rule(
    id_: str,
    check: Callable[[Component, Facts], Verdict],
    severity: Severity = Severity.ERROR,
    *,
    acceptable: bool = True,
) -> Rule:
    return Rule(id_, f"Rule {id_}", severity, "components", check, may_be_accepted=acceptable)


def by_kind(**verdicts: Verdict) -> Callable[[Component, Facts], Verdict]:
    """A check that answers by the kind of the component."""
    return lambda component, _: verdicts.get(component.kind, not_applicable())


BROKEN = failed("it is broken", fix=("mend it",))


def judged(text: str, *asked: Rule, today: date = TODAY) -> Report:
    design = parse(HEAD + text if "[design]" not in text else text, "example.toml")
    return report(Facts(design, estimate(design), today=today), asked)


@pytest.mark.parametrize(
    ("verdicts", "outcome"),
    [
        ({"service": passed(), "database": BROKEN, "cache": unknown("components.cache.ttl")}, "failed"),
        ({"service": passed(), "cache": unknown("components.cache.ttl")}, "unknown"),
        ({"service": passed()}, "passed"),
        ({}, "not_applicable"),
    ],
)
def test_coverage_counts_a_rule_by_its_worst_subject(verdicts: dict[str, Verdict], outcome: str) -> None:
    found = judged(PARTS, a_rule("REL901", by_kind(**verdicts)))
    expected = dict.fromkeys(("failed", "passed", "not_applicable", "unknown"), 0) | {outcome: 1}
    assert found.coverage() == expected


def test_coverage_counts_every_rule_once() -> None:
    assert sum(judged(PARTS, *rules()).coverage().values()) == len(rules())


def test_findings_are_sorted_by_severity_rule_and_place_in_the_file() -> None:
    everywhere = by_kind(service=BROKEN, database=BROKEN)
    asked = [
        a_rule("ZZZ901", everywhere),
        a_rule("REL902", everywhere, Severity.NOTE),
        a_rule("REL901", everywhere, Severity.WARNING),
        a_rule("AAA901", everywhere),
    ]
    found = [(f.severity.value, f.rule.id, f.on) for f in judged(PARTS, *asked).findings]
    assert found == [
        ("error", "AAA901", "components.api"),
        ("error", "AAA901", "components.db"),
        ("error", "ZZZ901", "components.api"),
        ("error", "ZZZ901", "components.db"),
        ("warning", "REL901", "components.api"),
        ("warning", "REL901", "components.db"),
        ("note", "REL902", "components.api"),
        ("note", "REL902", "components.db"),
    ]


ACCEPTED = (
    PARTS
    + """
[accepted.single]
flag = "REL901"
on = "{on}"
why = "we can wait"
by = "Ada"
until = {until}
"""
)


@pytest.mark.parametrize("on", ["db", "components.db"])
def test_an_acceptance_marks_the_finding_and_does_not_hide_it(on: str) -> None:
    found = judged(ACCEPTED.format(on=on, until="2027-06-01"), a_rule("REL901", by_kind(database=BROKEN)))
    (finding,) = found.findings
    assert finding.accepted is not None
    assert finding.accepted.by == "Ada"
    assert found.outcomes["REL901"] is Outcome.FAILED
    assert found.open(Severity.NOTE) == ()


@pytest.mark.parametrize(("until", "holds"), [("2026-11-20", False), ("2026-11-21", True), ("2026-11-22", True)])
def test_an_acceptance_holds_to_the_end_of_its_last_day(until: str, holds: bool) -> None:
    found = judged(ACCEPTED.format(on="db", until=until), a_rule("REL901", by_kind(database=BROKEN)))
    assert (found.findings[0].accepted is not None) is holds


def test_an_acceptance_covers_no_other_subject_and_no_other_rule() -> None:
    both = by_kind(database=BROKEN, service=BROKEN)
    text = ACCEPTED.format(on="db", until="2027-06-01")
    found = judged(text, a_rule("REL901", both), a_rule("REL902", both))
    assert [(f.rule.id, f.on) for f in found.findings if f.accepted] == [("REL901", "components.db")]
    assert len(found.open(Severity.ERROR)) == 3


def test_a_rule_that_may_not_be_accepted_is_not() -> None:
    text = ACCEPTED.format(on="db", until="2027-06-01")
    found = judged(text, a_rule("REL901", by_kind(database=BROKEN), acceptable=False))
    assert found.findings[0].accepted is None


def test_the_next_question_is_the_field_that_settles_most_rules() -> None:
    found = judged(
        PARTS,
        a_rule("REL901", by_kind(cache=unknown("components.cache.ttl"), service=unknown("components.api.zones"))),
        a_rule("REL902", by_kind(service=unknown("components.api.zones"))),
        a_rule("REL903", by_kind(cache=unknown("components.cache.ttl"), service=unknown("components.api.zones"))),
    )
    assert found.next_question is not None
    assert found.next_question.field == "components.api.zones"
    assert found.next_question.unblocks == ("REL901", "REL902", "REL903")


def test_the_next_question_names_the_part_by_its_label_and_says_what_the_field_means() -> None:
    text = '[components.db]\nkind = "database"\nname = "Orders"\n'
    missing = unknown("components.db.failover.mode")
    found = judged(text, a_rule("REL901", by_kind(database=missing)))
    assert found.next_question is not None
    assert found.next_question.ask == "Orders, failover, mode: who decides?"


def test_nothing_unknown_asks_nothing() -> None:
    assert judged(PARTS, a_rule("REL901", by_kind(service=passed()))).next_question is None


@pytest.mark.parametrize(
    ("rule", "severity"),
    [("REL901", "warning"), ("CAP901", "warning"), ("SEC901", "error"), ("DAT901", "error")],
)
def test_a_prototype_is_judged_gently_but_not_where_data_are_real(rule: str, severity: str) -> None:
    text = 'format = 1\n[design]\nname = "Example"\nstage = "prototype"\n' + PARTS
    assert judged(text, a_rule(rule, by_kind(database=BROKEN))).findings[0].severity == severity


def test_a_prototype_leaves_warnings_and_notes_as_they_are() -> None:
    text = 'format = 1\n[design]\nname = "Example"\nstage = "prototype"\n' + PARTS
    asked = [a_rule(f"REL90{place}", by_kind(service=BROKEN), severity) for place, severity in enumerate(Severity)]
    assert [f.severity.value for f in judged(text, *asked).findings] == ["warning", "warning", "note"]


def fingerprints(text: str) -> set[str]:
    rule = a_rule("REL901", by_kind(database=BROKEN, service=BROKEN))
    return {finding.fingerprint for finding in judged(text, rule).findings}


def test_fingerprints_stay_when_something_else_changes() -> None:
    edited = PARTS.replace('kind = "database"', 'kind = "database"\nname = "Orders"\ncost_per_month = 9')
    added = edited + '[components.search]\nkind = "search"\n'
    assert fingerprints(PARTS) == fingerprints(edited) == fingerprints(added)


def test_fingerprints_stay_when_the_file_is_put_in_another_order() -> None:
    tables = [f"[components{table}" for table in PARTS.split("[components")[1:]]
    assert fingerprints("".join(tables)) == fingerprints("\n".join(reversed(tables)))


def test_fingerprints_differ_by_rule_and_by_subject() -> None:
    both = by_kind(database=BROKEN, service=BROKEN)
    found = judged(PARTS, a_rule("REL901", both), a_rule("REL902", both)).findings
    assert len({finding.fingerprint for finding in found}) == 4


def test_all_rules_give_an_answer_about_an_empty_design() -> None:
    found = judged("", *rules())
    assert found.findings == ()
    assert found.unknown == ()


def test_the_same_design_gets_the_same_report() -> None:
    text = PARTS + '[connections.api-db]\nfrom = "api"\nto = "db"\n'
    first, second = judged(text, *rules()), judged(text, *rules())
    assert [(f.rule.id, f.on, f.verdict.message) for f in first.findings] == [
        (f.rule.id, f.on, f.verdict.message) for f in second.findings
    ]
    assert first.next_question == second.next_question
