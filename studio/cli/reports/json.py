"""`tenfold check --format json`: stable, for other programs."""

from typing import Any

from studio.cli.frame.baselines import State
from studio.cli.reports.frame.inspection import Checked, Inspection, Manner
from studio.cli.reports.frame.values import as_text, known
from studio.red_flags.report import Finding, Report


def render(inspection: Inspection, manner: Manner) -> str:  # noqa: ARG001 (all there is to tell is always told)
    """All designs with their findings, coverage, next question, and how they stand against the baseline."""
    document = {"format": 1, "designs": [_design(checked) for checked in inspection.checked]}
    return as_text(document)


def _design(checked: Checked) -> dict[str, Any]:
    report = checked.report
    return {
        "file": checked.file,
        "findings": [_finding(finding, checked) for finding in report.findings],
        "coverage": report.coverage(),
        "next_question": _question(report),
        "unknown": [{"rule": u.rule.id, "on": ".".join(u.address), "missing": list(u.missing)} for u in report.unknown],
        "baseline": _baseline(checked),
        "switched_off": [off._asdict() for off in report.switched_off],
    }


def _finding(finding: Finding, checked: Checked) -> dict[str, Any]:
    accepted = finding.accepted
    state = checked.state(finding)
    return {
        "rule": finding.rule.id,
        "title": finding.rule.title,
        "severity": finding.severity.value,
        "on": finding.on,
        "line": checked.line(finding),
        "message": finding.verdict.message,
        "evidence": known(finding.verdict.evidence),
        "fix": list(finding.verdict.fix),
        "mends": [mend.as_data() for mend in finding.verdict.mends],
        "patterns": list(finding.rule.patterns),
        "fingerprint": finding.fingerprint,
        "accepted": None
        if accepted is None
        else {"why": accepted.why, "by": accepted.by, "until": accepted.until.isoformat()},
        "baseline": None if state is None else state.value,
    }


def _question(report: Report) -> dict[str, Any] | None:
    question = report.next_question
    return (
        None
        if question is None
        else {"field": question.field, "ask": question.ask, "unblocks": list(question.unblocks)}
    )


def _baseline(checked: Checked) -> dict[str, Any] | None:
    found = checked.standing
    if found is None:
        return None
    gone = {"resolved": found.resolved(), "unclear": found.unclear()}
    return {
        **{state.value: found.count(state) for state in State},
        "worse": dict(found.reasons),
        **{
            name: [{"rule": g.held.rule, "on": g.held.on, "fingerprint": g.held.fingerprint} for g in those]
            for name, those in gone.items()
        },
    }
