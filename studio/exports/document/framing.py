"""Sections 1 to 3: overview, goals, non-goals."""

from collections.abc import Iterator

from studio.exports.document.blocks import Block, Words, line, missing, points, said, table
from studio.exports.document.subject import Subject


def overview(subject: Subject) -> Iterator[Block]:
    """1: what it is, how far it must be trusted, and how it stands."""
    about = subject.design.design
    yield from said(about.overview, "design.overview")
    rows = [("Stage", about.stage or "not stated; design.stage says it"), *_figures(subject)]
    yield from table(("At a glance", "Today"), rows)
    yield from subject.unknown(("traffic.peak_rps", "p99_ms", "availability", "cost_per_month"))


def _figures(subject: Subject) -> Iterator[tuple[str, Words]]:
    yield "Load at peak", subject.figure("traffic.peak_rps")
    yield "Response time, p99", subject.figure("p99_ms")
    yield "Availability", subject.figure("availability")
    yield "Cost a month", line(subject.figure("cost_per_month"), f" {subject.currency}")
    yield "Breaks first", breaks_first(subject)
    yield "Targets", targets_in_short(subject)
    yield "Red flags", flags_in_short(subject)


def breaks_first(subject: Subject) -> Words:
    """The component that is full first, and when."""
    first = subject.estimates.breaks_first
    if first is None:
        return "unknown; it needs the load and the capacity_rps of a component"
    label = subject.design.component[first.component].label
    return line(f"{label}, at ", subject.figure("breaks_first.at"), " today’s peak")


def targets_in_short(subject: Subject) -> str:
    """How many of the numbers asked for are reached."""
    met = [target.met for target in subject.estimates.targets]
    if not met:
        return "none stated"
    words = [f"{met.count(True)} of {len(met)} met"]
    words += [f"{met.count(False)} missed"] if False in met else []
    words += [f"{met.count(None)} unknown"] if None in met else []
    return ", ".join(words)


def flags_in_short(subject: Subject) -> str:
    """How many findings are open and how many somebody accepted."""
    findings = subject.analysis.report.findings
    open_flags = sum(finding.accepted is None for finding in findings)
    return f"{open_flags} open, {len(findings) - open_flags} accepted"


def goals(subject: Subject) -> Iterator[Block]:
    """2: what it is for."""
    yield from points(subject.design.design.goals) or missing("design.goals")


def non_goals(subject: Subject) -> Iterator[Block]:
    """3: what it is not for."""
    yield from points(subject.design.design.non_goals) or missing("design.non_goals")
