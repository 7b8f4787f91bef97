"""What a pattern says it resolves is resolved: on a design that raises the flag, by the rules themselves."""

from datetime import date

import pytest

from studio.analysis import Analysis
from studio.applying import preview
from studio.catalogue.library import shipped
from studio.red_flags.library import rules
from tests.catalogue.claims import CASES

TODAY = date(2026, 11, 21)
RULES = frozenset(rule.id for rule in rules())
CLAIMS = [(pattern.id, rule) for pattern in shipped().patterns() for rule in pattern.resolves]


def test_every_claim_has_a_case_and_every_case_a_claim() -> None:
    assert sorted(CASES) == sorted(CLAIMS)


@pytest.mark.parametrize(("pattern", "rule"), [claim for claim in sorted(CASES) if claim[1] in RULES])
def test_a_pattern_resolves_what_it_says(pattern: str, rule: str) -> None:
    case = CASES[pattern, rule]
    before = Analysis(case.design, shipped(), today=TODAY)
    raised = [finding.on for finding in before.report.findings if finding.rule.id == rule]
    assert raised, "the design does not raise the flag"
    seen = preview(before, shipped().pattern(pattern), case.on, case.parameters)
    assert [finding.on for finding in seen.after.report.findings if finding.rule.id == rule] == []
    assert {f"{rule} {on}" for on in raised} <= set(seen.resolved)
