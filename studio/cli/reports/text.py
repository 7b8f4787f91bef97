"""What a person reads in a terminal, one finding a block, clickable by `file:line`."""

import shlex
from collections.abc import Iterator

from studio.cli.frame.terminal import coloured, table
from studio.cli.frame.words import shown_target
from studio.cli.reports.frame import wording
from studio.cli.reports.frame.inspection import Checked, Inspection, Manner
from studio.red_flags.report import Finding, Report
from studio.red_flags.rule import Severity
from studio.text import one_line, visible

COLOUR_OF = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def render(inspection: Inspection, manner: Manner) -> str:
    """Of each design the findings, its targets, and lines that sum up."""
    return "".join(f"{_design(checked, manner)}\n" for checked in inspection.checked)


def _design(checked: Checked, manner: Manner) -> str:
    report = checked.report
    told = (f for f in report.findings if f.accepted or not checked.is_held_back(f))
    blocks = ["\n".join(_block(f, checked, colour=manner.colour)) for f in told]
    if checked.held_back():
        blocks.append("\n".join(_held_back(checked)))
    if manner.unknown and report.unknown:
        blocks.append("\n".join(_unknown(report)))
    if checked.opened.analysis.estimates.targets:
        blocks.append("\n".join(_targets(checked)))
    blocks.append("\n".join(_summary(checked)))
    return "\n\n".join(blocks)


def _block(finding: Finding, checked: Checked, *, colour: bool) -> Iterator[str]:
    severity = coloured(finding.severity.value, COLOUR_OF[finding.severity], welcome=colour)
    mark = coloured(_mark(finding, checked), "dim", welcome=colour)
    name = coloured(f"{finding.rule.id} {finding.rule.title}", "bold", welcome=colour)
    place = coloured(f"{one_line(checked.file)}:{checked.line(finding)}", "dim", welcome=colour)
    yield f"{place}: {severity}{mark}: {name}"
    yield visible(f"  {finding.on}: {finding.verdict.message}")
    if finding.accepted:
        yield visible(f"  {wording.acceptance(finding)}")
        return
    for fix in finding.verdict.fix:
        yield visible(f"  → {fix}")
    if finding.rule.patterns:
        yield f"  patterns: {', '.join(finding.rule.patterns)}"


def _mark(finding: Finding, checked: Checked) -> str:
    if finding.accepted:
        return " (accepted)"
    state = wording.state(checked, finding)
    return f" ({state})" if state else ""


def _held_back(checked: Checked) -> Iterator[str]:
    yield "held back by the baseline:"
    rows = [
        (f"  {one_line(checked.file)}:{checked.line(f)}", f.severity.value, f"{f.rule.id} {f.rule.title}", f.on)
        for f in checked.held_back()
    ]
    yield from table(rows)


def _unknown(report: Report) -> Iterator[str]:
    yield "cannot tell:"
    rows = [(f"  {u.rule.id}", ".".join(u.address), f"needs {', '.join(u.missing)}") for u in report.unknown]
    yield from table(rows)


def _targets(checked: Checked) -> Iterator[str]:
    yield "targets:"
    found = checked.opened.analysis.estimates.targets
    yield from table([("  " + row[0], *row[1:]) for row in map(shown_target, found)])


def _summary(checked: Checked) -> Iterator[str]:
    yield f"{one_line(checked.file)}: {wording.counts(checked)}"
    since = wording.since(checked)
    if since is not None:
        yield since
    for line in wording.gone(checked):
        yield visible(f"  {line}")
    yield wording.coverage(checked.report)
    for line in wording.switched_off(checked.report):
        yield visible(f"  {line}")
    yield from _mendable(checked)
    question = wording.question(checked.report)
    if question is not None:
        yield visible(f"next question: {question}")


def _mendable(checked: Checked) -> Iterator[str]:
    """How many open findings a safe mend may settle, and the command that sets them."""
    there = [finding for finding in checked.report.findings if finding.accepted is None]
    count = sum(any(mend.is_safe for mend in finding.verdict.mends) for finding in there)
    if count:
        command = f"tenfold check {shlex.quote(checked.file)} --fix safe"
        yield visible(f"safe mends: {count} finding{'' if count == 1 else 's'}; {one_line(command)} sets them")
