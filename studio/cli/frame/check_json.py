"""`tenfold check --format json`: stable, for other programs."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from studio.cli.frame.lines import line_of
from studio.cli.frame.reading import Opened
from studio.red_flags.report import Finding, Report
from studio.text import visible_json


def as_json(read: Iterable[tuple[str, Opened]]) -> str:
    """All designs with their findings, coverage and next question."""
    designs = [_design(file, opened) for file, opened in read]
    return visible_json(json.dumps({"format": 1, "designs": designs}, ensure_ascii=False, indent=2, default=_plain))


def _design(file: str, opened: Opened) -> dict[str, Any]:
    report = opened.analysis.report
    return {
        "file": file,
        "findings": [_finding(finding, line_of(finding, opened)) for finding in report.findings],
        "coverage": report.coverage(),
        "next_question": _question(report),
        "unknown": [{"rule": u.rule.id, "on": ".".join(u.address), "missing": list(u.missing)} for u in report.unknown],
    }


def _finding(finding: Finding, line: int) -> dict[str, Any]:
    accepted = finding.accepted
    return {
        "rule": finding.rule.id,
        "title": finding.rule.title,
        "severity": finding.severity.value,
        "on": finding.on,
        "line": line,
        "message": finding.verdict.message,
        "evidence": dict(finding.verdict.evidence),
        "fix": list(finding.verdict.fix),
        "patterns": list(finding.rule.patterns),
        "fingerprint": finding.fingerprint,
        "accepted": None
        if accepted is None
        else {"why": accepted.why, "by": accepted.by, "until": accepted.until.isoformat()},
    }


def _question(report: Report) -> dict[str, Any] | None:
    question = report.next_question
    return (
        None
        if question is None
        else {"field": question.field, "ask": question.ask, "unblocks": list(question.unblocks)}
    )


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | frozenset | set):
        return sorted(value) if isinstance(value, frozenset | set) else list(value)
    return str(value)
