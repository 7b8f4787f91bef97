"""Red flags as rows: by severity, worst first; accepted ones last; then the question that would settle most."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from studio.red_flags.rule import Severity
from studio.tui.canvas.marks import ROLES, SIGNS
from studio.tui.lines.rows import Row, Span, row, words
from studio.tui.view import View

if TYPE_CHECKING:
    from studio.red_flags.report import Finding

NAMES = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.NOTE: ("note", "notes"),
}


def flag_rows(view: View) -> list[Row]:
    """The rows of the list of flags; the key of a flag is its fingerprint."""
    return list(_rows(view))


def _rows(view: View) -> Iterator[Row]:
    report = view.analysis.report
    for severity in Severity:
        found = [f for f in report.findings if f.severity is severity and f.accepted is None]
        yield from _group(found, f"{len(found)} {NAMES[severity][len(found) != 1]}", severity)
    accepted = [f for f in report.findings if f.accepted is not None]
    if accepted:
        yield words("accepted", Span(f"{len(accepted)} accepted", "title"))
    for finding in accepted:
        said = finding.accepted
        by = f" by {said.by} until {said.until}" if said else ""
        yield row(finding.fingerprint, Span("✓ ", "good"), Span(f"{_where(finding)}{by}", "dim"), wraps=True, indent=2)
    question = report.next_question
    if question is not None:
        yield words("asks", Span("next question", "title"))
        settles = f" (settles {', '.join(question.unblocks)})"
        yield row("question", Span("? ", "accent"), question.ask, Span(settles, "faint"), wraps=True, indent=2)


def _group(found: "list[Finding]", heading: str, severity: Severity) -> Iterator[Row]:
    if found:
        yield words(f"group:{severity}", Span(heading, "title"))
    for finding in found:
        sign = Span(f"{SIGNS[severity]} ", ROLES[severity])
        where = Span(f"{finding.rule.id} ", "dim")
        yield row(finding.fingerprint, sign, where, _what(finding), wraps=True, indent=2)


def _what(finding: "Finding") -> str:
    return finding.verdict.message or finding.rule.title


def _where(finding: "Finding") -> str:
    return f"{finding.rule.id} {finding.address[-1]}: {finding.rule.title}"
