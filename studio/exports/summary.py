"""The one-page System Design summary in Markdown."""

from collections.abc import Iterator
from typing import Final

from studio.analysis import Analysis
from studio.estimates.wording import worded
from studio.exports.document.as_markdown import blocks
from studio.exports.document.blocks import Block, Heading, Paragraph, Points, Span, Words, line, missing, points, table
from studio.exports.document.framing import breaks_first, flags_in_short, targets_in_short
from studio.exports.document.requirements import targets
from studio.exports.document.subject import Subject, in_own_unit
from studio.exports.frame.escaping import markdown
from studio.exports.frame.managed import part
from studio.exports.frame.options import PLAIN, Options
from studio.model.behaviour import Journey
from studio.model.design import Design
from studio.units import point

SUFFIX = ".md"
MOST_LINES: Final = 80
"""Of a page. Lists that are longer than it has room for are cut; the document has all of them."""
_MOST_ENTRIES: Final = range(8, 2, -1)
_MORE_COMPONENTS: Final = 6


def render(design: Design, analysis: Analysis, options: Options = PLAIN) -> str:
    """System, scale, team; then requirements, architecture, flow, scaling, reliability, trade-offs, cost, plan."""
    del options
    subject = Subject(analysis)
    title = f"# System Design: {markdown(design.design.name)}"
    page = ""
    for most in _MOST_ENTRIES:
        page = part("summary", f"{title}\n\n{blocks(_blocks(subject, most))}")
        if page.count("\n") <= MOST_LINES:
            break
    return page


def _blocks(subject: Subject, most: int) -> Iterator[Block]:
    """Everything, with at most so many entries in each list."""
    yield _head(subject)
    for title, made in (
        ("Requirements Summary", _requirements(subject, most)),
        ("Architecture", _architecture(subject, most + _MORE_COMPONENTS)),
        ("Data Flow", _flow(subject, most)),
        ("Scalability", _scalability(subject)),
        ("Reliability", _reliability(subject)),
        ("Trade-offs", _trade_offs(subject, most)),
        ("Estimated Costs", _costs(subject)),
        ("Implementation Plan", _plan(subject, most)),
    ):
        yield Heading(title, 2)
        yield from made


def _head(subject: Subject) -> Block:
    design, traffic = subject.design, subject.estimates.traffic
    users, team = design.requirements.scale.daily_active_users, design.constraints.team_size
    people = f"{point(users):,.0f} users a day, " if users is not None else ""
    load = f"{worded('peak_rps', traffic.peak_rps)} at peak ({worded('rps', traffic.average_rps)} on average)"
    if traffic.peak_rps is None:
        load = "load unknown: requirements.scale.daily_active_users and requests_per_user_per_day say it"
    size = f"{point(team):g}" if team is not None else "not stated; constraints.team_size says it"
    rows = (("System", design.design.name), ("Scale", f"{people}{load}"), ("Team Size", size))
    return Points(tuple((Span(name, "strong"), f": {words}") for name, words in rows))


def _shortened(items: list[Words], most: int) -> list[Words]:
    """The first items, with a word on how many more there are."""
    return items if len(items) <= most else [*items[: most - 1], f"and {len(items) - most + 1} more"]


def _requirements(subject: Subject, most: int) -> Iterator[Block]:
    musts: list[Words] = [r.text or r.id for r in subject.design.requirements.functional if r.priority == "must"]
    yield from points(_shortened(musts, most)) or missing("requirements.functional.ID")
    yield from targets(subject, in_short=True)
    if subject.design.journeys:
        yield Paragraph(f"Targets with those of single journeys: {targets_in_short(subject)}.")


def _architecture(subject: Subject, most: int) -> Iterator[Block]:
    rows = [(c.label, c.technology or c.kind, c.purpose or "") for c in subject.served]
    yield from table(("Component", "Technology", "Purpose"), rows[:most]) or missing("components.ID")
    if len(rows) > most:
        yield Paragraph(f"And {len(rows) - most} more: {', '.join(row[0] for row in rows[most:])}.")


def _flow(subject: Subject, most: int) -> Iterator[Block]:
    items: list[Words] = [
        line(
            Span(journey.label, "strong"), " (p99 ", worded("p99_ms", subject.estimates.journeys[journey.id].p99_ms),
            "): ", _way(subject.design, journey) or f"no steps yet; journeys.{journey.id}.steps says them",
        )
        for journey in subject.design.journeys
    ]  # fmt: skip
    yield from points(_shortened(items, most)) or missing("journeys.ID.steps")


def _way(design: Design, journey: Journey) -> str:
    """The components a journey passes; a step that sets out from an earlier one begins anew behind a semicolon."""
    words, at = "", ""
    for step in journey.steps:
        source, target = design.connection[step].source, design.connection[step].target
        if source != at:
            words += f"{'; ' if words else ''}{design.component[source].label}"
        words += f" → {design.component[target].label}"
        at = target
    return words


def _scalability(subject: Subject) -> Iterator[Block]:
    first = subject.estimates.breaks_first
    strategy = subject.design.component[first.component].scaling if first else None
    yield Paragraph(line("Full first: ", _plain(breaks_first(subject)), ".", f" Then: {strategy}" if strategy else ""))
    rung = next(iter(subject.estimates.ladder), None)
    if rung is not None:
        yield Paragraph(f"What gives way first: at {worded('at', rung.at)} {rung.why}. What mends it: {rung.fix}.")


def _plain(words: Words) -> str:
    """Without the letters of assumptions: they are explained in the document only."""
    spans = words if isinstance(words, tuple) and not isinstance(words, Span) else (words,)
    return "".join(span if isinstance(span, str) else span.text for span in spans if not _is_mark(span))


def _is_mark(span: Words) -> bool:
    return isinstance(span, Span) and span.style == "mark"


def _reliability(subject: Subject) -> Iterator[Block]:
    e = subject.estimates
    sure = f"Availability {worded('availability', e.availability)} "
    sure += f"({worded('downtime_minutes', e.downtime_minutes_per_month)} down in 30 days)"
    if e.availability is None:
        sure = f"Availability is not known: {subject.reason('availability')}"
    yield Paragraph(f"{sure}; {flags_in_short(subject)} red flags.")


def _trade_offs(subject: Subject, most: int) -> Iterator[Block]:
    items: list[Words] = []
    for decision in subject.design.decisions:
        chosen = next((o.name or o.id for o in decision.options if o.id == decision.chosen), decision.chosen or "open")
        others = [o.name or o.id for o in decision.options if o.id != decision.chosen]
        against = f" (not {'; not '.join(others)})" if others else ""
        items.append((Span(decision.label, "strong"), f" {chosen}{against}"))
    yield from points(_shortened(items, most)) or missing("decisions.ID")


def _costs(subject: Subject) -> Iterator[Block]:
    budget = subject.design.requirements.cost.budget_per_month
    of = f" of a budget of {worded('cost', point(budget))}" if budget is not None else ""
    cost = subject.estimates.cost_per_month
    if cost is None:
        yield Paragraph(f"Not known: {subject.reason('cost_per_month')}.")
    else:
        yield Paragraph(f"{worded('cost', cost)} {subject.currency} a month{of}.")


def _plan(subject: Subject, most: int) -> Iterator[Block]:
    items: list[Words] = []
    for phase in subject.design.plan:
        duration = f" ({in_own_unit(phase.duration)})" if phase.duration is not None else ""
        items.append((Span(phase.id, "strong"), f"{duration}: {phase.goal or 'no goal is stated yet'}"))
    yield from (Points(tuple(_shortened(items, most)), numbered=True),) if items else missing("plan.ID")
