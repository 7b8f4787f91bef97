"""Severities as a team sets them: its word is the last one, and what it switches off is told."""

from collections.abc import Callable

import pytest

from studio.red_flags.report import Report
from studio.red_flags.rule import Outcome
from studio.red_flags.settings import SwitchedOff

Judged = Callable[..., Report]

CALLS = """
[components.web]
kind = "client"
[components.api]
kind = "service"
tier = 1
[components.jobs]
kind = "worker"
tier = 3
[components.db]
kind = "database"
tier = 3
[connections.web-api]
from = "web"
to = "api"
[connections.jobs-db]
from = "jobs"
to = "db"
"""


def _severities(report: Report, rule: str) -> dict[str, str]:
    return {finding.address[-1]: finding.severity.value for finding in report.findings if finding.rule.id == rule}


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("", {"api": "warning", "jobs": "warning", "db": "warning"}),
        ('[severity]\nDOC001 = "error"', {"api": "error", "jobs": "error", "db": "error"}),
        ('[severity]\nDOC001 = "off"', {}),
        ('[severity.tier-3]\nDOC001 = "off"', {"api": "warning"}),
        ('[severity.tier-1]\nDOC001 = "error"', {"api": "error", "jobs": "warning", "db": "warning"}),
        (
            '[severity]\nDOC001 = "off"\n[severity.tier-3]\nDOC001 = "note"\n[severity.components.db]\nDOC001="error"',
            {"jobs": "note", "db": "error"},
        ),
    ],
)
def test_the_nearest_severity_holds(judged: Judged, settings: str, expected: dict[str, str]) -> None:
    assert _severities(judged(CALLS, settings), "DOC001") == expected


def test_the_team_has_the_last_word_over_verdict_and_stage(judged: Judged) -> None:
    prototype = f'format = 1\n[design]\nname = "x"\nstage = "prototype"\n{CALLS}'
    assert set(_severities(judged(prototype, ""), "DOC001").values()) == {"warning"}
    assert set(_severities(judged(prototype, '[severity]\nDOC001 = "error"'), "DOC001").values()) == {"error"}


def test_a_prototype_softens_the_errors_of_a_team_as_it_does_all_others(judged: Judged) -> None:
    rule = '[rules.DATA-OWNER]\ntitle = "x"\nwhy = "y"\nseverity = "error"\ncheck = "required-field"\nfield = "owner"'
    prototype = f'format = 1\n[design]\nname = "x"\nstage = "prototype"\n{CALLS}'
    assert set(_severities(judged(prototype, rule), "DATA-OWNER").values()) == {"warning"}
    assert set(_severities(judged(CALLS, rule), "DATA-OWNER").values()) == {"error"}


def test_what_is_switched_off_does_not_apply_and_is_told(judged: Judged) -> None:
    settings = '[severity]\nDOC001 = { level = "off", why = "kept in the wiki" }\n[severity.tier-3]\nREL004 = "off"'
    found = judged(CALLS, settings)
    assert found.outcomes["DOC001"] is Outcome.NOT_APPLICABLE
    assert found.switched_off == (SwitchedOff("DOC001", "", "kept in the wiki"), SwitchedOff("REL004", "tier 3", ""))
    assert not [unknown for unknown in found.unknown if unknown.rule.id == "DOC001"]
    assert judged(CALLS, "").switched_off == ()


def test_a_team_can_switch_off_its_own_rule_for_a_part(judged: Judged) -> None:
    rule = '[rules.TEAM-1]\ntitle = "x"\nwhy = "y"\ncheck = "required-field"\nfield = "owner"\n'
    found = judged(CALLS, f'{rule}[severity.components.db]\nTEAM-1 = "off"')
    assert set(_severities(found, "TEAM-1")) == {"api", "jobs"}


def test_rules_are_counted_whether_they_are_the_teams_or_not(judged: Judged) -> None:
    rule = '[rules.TEAM-1]\ntitle = "x"\nwhy = "y"\ncheck = "maximum-count"\nmost = 9\n'
    assert sum(judged(CALLS, rule).coverage().values()) == sum(judged(CALLS, "").coverage().values()) + 1
