"""Sections 12 to 14: trade-offs, the future, and everything that is still open."""

from collections.abc import Iterator
from typing import Final

from studio.comparing.options import has_figures
from studio.comparing.weighing import CRITERIA, Matrix, Row, matrix
from studio.comparing.words import cell, flags, heading, turned, verdict
from studio.estimates.wording import titled
from studio.exports.document.blocks import (
    Block,
    Heading,
    Paragraph,
    Prose,
    Span,
    Words,
    joined,
    line,
    missing,
    points,
    table,
)
from studio.exports.document.scaling import growth
from studio.exports.document.subject import Subject, anchor, in_own_unit, named
from studio.model.records import Decision, Option
from studio.red_flags.acceptances import is_expired

_WORTH_SAYING: Final = 0.3
"""Rank correlation from which a figure hangs on an input."""
_MOST_INPUTS: Final = 5


def trade_offs(subject: Subject) -> Iterator[Block]:
    """12: each decision with its alternatives, and the patterns applied."""
    if not subject.design.decisions:
        yield from missing("decisions.ID.options.NAME")
    for decision in subject.design.decisions:
        yield from _decision(subject, decision)
    patterns = [(p.use, subject.parts(p.on), p.why or "") for p in subject.design.patterns]
    if patterns:
        yield Heading("Patterns applied")
        yield from table(("Pattern", "On", "Why"), patterns)


def _decision(subject: Subject, decision: Decision) -> Iterator[Block]:
    yield Heading(decision.label, 3, anchor("decisions", decision.id))
    state = ", ".join(word for word in (decision.status or "", str(decision.decided or "")) if word)
    about = line(", about " if state else "About ", subject.parts(decision.about)) if decision.about else ""
    if state or about:
        yield Paragraph(line(state.capitalize(), about, "."))
    if decision.context:
        yield Prose(decision.context)
    rows = [_option(option, decision) for option in decision.options]
    yield from table(("Option", "Choice", "For", "Against"), rows) or missing(f"decisions.{decision.id}.options.NAME")
    yield from _compared(subject, decision)
    if decision.why:
        yield Paragraph((Span("Why: ", "strong"), decision.why))
    else:
        yield from missing(f"decisions.{decision.id}.why")
    if decision.revisit_when:
        yield Paragraph((Span("Revisit when: ", "strong"), f"{decision.revisit_when}."))


def _compared(subject: Subject, decision: Decision) -> Iterator[Block]:
    """The options by what they cost and give, where they say what they are."""
    if not has_figures(decision):
        return
    found = matrix(subject.analysis, decision)
    rows = [(*_figures(row), _score(found, row)) for row in found.rows]
    header = ("Option", *(heading(name).capitalize() for name in CRITERIA), "Flags beside the chosen", "Score")
    yield from table(header, rows, {*range(1, len(CRITERIA) + 1), len(header) - 1})
    said = (*verdict(found), *(turned(turn) for turn in found.turns), *found.notes)
    yield from points(f"{words[:1].upper()}{words[1:]}." for words in said)


def _figures(row: Row) -> tuple[Words, ...]:
    return (row.variant.name, *(cell(name, row.figures[name]) for name in CRITERIA), flags(row))


def _score(found: Matrix, row: Row) -> str:
    score = found.scores.get(row.variant.id)
    return "" if score is None else f"{score:.2f}"


def _option(option: Option, decision: Decision) -> tuple[Words, ...]:
    chosen = option.id == decision.chosen
    name = option.name or option.id
    return (
        Span(name, "strong") if chosen else name,
        "chosen" if chosen else "",
        "; ".join(option.pros),
        "; ".join(option.cons),
    )


def future(subject: Subject) -> Iterator[Block]:
    """13: what may come, the load to survive, the plan."""
    yield from points(subject.design.design.future) or missing("design.future")
    yield Heading("Growth")
    yield from growth(subject)
    yield Heading("Implementation Plan")
    rows = [
        (named("plan", phase.id, phase.id), phase.goal or "", "; ".join(phase.milestones), in_own_unit(phase.duration))
        for phase in subject.design.plan
    ]
    yield from table(("Phase", "Goal", "Milestones", "Duration"), rows) or missing("plan.ID")


def questions(subject: Subject) -> Iterator[Block]:
    """14: what nobody knows, what may happen, what is taken for true, and the red flags."""
    asked = [(named("questions", q.id, q.text or q.id), q.ask or "") for q in subject.design.questions]
    yield from table(("Question", "Whom to ask"), asked) or (Paragraph("No open questions are noted."),)
    best = subject.analysis.report.next_question
    if best:
        yield Paragraph(("Most would be settled by ", Span(best.field, "code"), f": {best.ask}"))
    yield Heading("Risks")
    risks = [
        (named("risks", r.id, r.text or r.id), r.likelihood or "", r.impact or "", r.mitigation or "")
        for r in subject.design.risks
    ]
    yield from table(("Risk", "Likelihood", "Impact", "Mitigation"), risks) or missing("risks.ID")
    yield Heading("Assumptions")
    yield from _assumptions(subject)
    yield Heading("Open red flags")
    yield from _open_flags(subject)
    yield Heading("Accepted red flags")
    yield from _accepted(subject)


def _assumptions(subject: Subject) -> Iterator[Block]:
    rows = [
        (named("assumptions", a.id, a.text or a.id), a.source or "", str(a.check_by or ""))
        for a in subject.design.assumptions
    ]
    yield from table(("Assumption", "Source", "Check by"), rows) or missing("assumptions.ID")
    yield from _measure_first(subject)
    notes = [
        (
            Span(note.sign, anchor=note.anchor),
            f"{note.technology + ': ' if note.technology else ''}{'; '.join(note.values)}",
            joined(Span(field, "code") for field in note.fields),
            "; ".join(note.sources),
        )
        for note in subject.assumed.notes()
    ]
    if notes:
        yield Paragraph("Figures with a letter rest on something the design does not say:")
        yield from table(("Letter", "Assumes", "The design may say", "Source"), notes)


def _measure_first(subject: Subject) -> Iterator[Block]:
    """The inputs whose ranges decide most."""
    found = [one for one in subject.estimates.ranges.measure_first if abs(one.correlation) >= _WORTH_SAYING]
    rows = [(Span(one.input, "code"), titled(one.figure), f"{one.correlation:+.2f}") for one in found[:_MOST_INPUTS]]
    if rows:
        yield Paragraph("Ranges worth measuring first, for how closely a figure follows them:")
        yield from table(("Input", "Figure", "Rank correlation"), rows, {2})


def _open_flags(subject: Subject) -> Iterator[Block]:
    rows = [
        (
            finding.severity.value,
            f"{finding.rule.id} {finding.rule.title}",
            Span(finding.on, "code"),
            finding.verdict.message,
            "; ".join(finding.verdict.fix),
        )
        for finding in subject.analysis.report.findings
        if finding.accepted is None
    ]
    yield from table(("Severity", "Flag", "On", "What is wrong", "What to do"), rows) or (Paragraph("There are none."),)
    told = subject.analysis.report.coverage()
    yield Paragraph(
        f"Of {sum(told.values())} rules {told['failed']} failed, {told['passed']} passed, {told['not_applicable']} do "
        f"not apply, and {told['unknown']} cannot tell yet.",
        "note",
    )


def _accepted(subject: Subject) -> Iterator[Block]:
    rows = [
        (
            a.flag,
            Span(a.on, "code") if a.on else "the whole design",
            a.why,
            a.by,
            a.until.isoformat(),
            Span("expired", "strong") if is_expired(a, subject.analysis.today) else "",
        )
        for a in subject.design.accepted
    ]
    yield from table(("Flag", "On", "Why", "By", "Until", "State"), rows) or (Paragraph("There are none."),)
