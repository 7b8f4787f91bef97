"""`tenfold check`: what a person reads in a terminal, one finding a block, clickable by `file:line`."""

from collections import Counter
from collections.abc import Iterator

from studio.cli.frame.lines import line_of
from studio.cli.frame.reading import Opened
from studio.cli.frame.terminal import coloured, table
from studio.cli.frame.words import shown_target
from studio.red_flags.report import Finding, Report
from studio.red_flags.rule import Severity
from studio.text import one_line, visible

COLOUR_OF = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def as_text(file: str, opened: Opened, *, unknown: bool, colour: bool) -> str:
    """The findings of one design, its targets, and a line that sums up."""
    report = opened.analysis.report
    blocks = ["\n".join(_block(file, f, line_of(f, opened), colour=colour)) for f in report.findings]
    if unknown and report.unknown:
        blocks.append("\n".join(_unknown(report)))
    if opened.analysis.estimates.targets:
        blocks.append("\n".join(_targets(opened)))
    blocks.append("\n".join(_summary(file, report)))
    return "\n\n".join(blocks)


def _block(file: str, finding: Finding, line: int, *, colour: bool) -> Iterator[str]:
    severity = coloured(finding.severity.value, COLOUR_OF[finding.severity], welcome=colour)
    accepted = finding.accepted
    mark = coloured(" (accepted)", "dim", welcome=colour) if accepted else ""
    name = coloured(f"{finding.rule.id} {finding.rule.title}", "bold", welcome=colour)
    yield f"{coloured(f'{file}:{line}', 'dim', welcome=colour)}: {severity}{mark}: {name}"
    yield visible(f"  {finding.on}: {finding.verdict.message}")
    if accepted:
        yield visible(f"  accepted by {accepted.by} until {accepted.until}: {one_line(accepted.why)}")
        return
    for fix in finding.verdict.fix:
        yield visible(f"  → {fix}")
    if finding.rule.patterns:
        yield f"  patterns: {', '.join(finding.rule.patterns)}"


def _unknown(report: Report) -> Iterator[str]:
    yield "cannot tell:"
    rows = [(f"  {u.rule.id}", ".".join(u.address), f"needs {', '.join(u.missing)}") for u in report.unknown]
    yield from table(rows)


def _targets(opened: Opened) -> Iterator[str]:
    yield "targets:"
    yield from table([("  " + row[0], *row[1:]) for row in map(shown_target, opened.analysis.estimates.targets)])


def _summary(file: str, report: Report) -> Iterator[str]:
    counts = Counter(finding.severity for finding in report.findings if finding.accepted is None)
    accepted = sum(finding.accepted is not None for finding in report.findings)
    found = ", ".join(f"{counts[s]} {s.value}{'' if counts[s] == 1 else 's'}" for s in Severity)
    coverage = report.coverage()
    yield f"{visible(file)}: {found}{f', {accepted} accepted' if accepted else ''}"
    yield (
        f"{sum(coverage.values())} rules: {coverage['failed']} failed, {coverage['passed']} passed, "
        f"{coverage['not_applicable']} not applicable, {coverage['unknown']} cannot tell"
    )
    question = report.next_question
    if question is not None:
        yield f"next question: {visible(question.ask)} ({question.field}; settles {', '.join(question.unblocks)})"
