"""Sections 12 to 14: trade-offs, the future, open questions."""

from collections.abc import Iterator

from studio.analysis import Analysis
from studio.exports.document.pieces import heading, in_own_unit, missing, paragraphs, points, said, table
from studio.exports.frame.escaping import markdown, markdown_block
from studio.model.records import Decision


def trade_offs(analysis: Analysis) -> str:
    """12: each decision with its alternatives, and the patterns applied."""
    decisions = [block for decision in analysis.design.decisions for block in _decision(decision)]
    patterns = table(
        ("Pattern", "On", "Why"), [(p.use, ", ".join(p.on), p.why or "") for p in analysis.design.patterns]
    )
    applied = paragraphs(heading("Patterns applied"), patterns) if patterns else ""
    return paragraphs(paragraphs(*decisions) or missing("decisions.ID.options.NAME"), applied)


def _decision(decision: Decision) -> Iterator[str]:
    yield heading(decision.label)
    about = f"about {', '.join(decision.about)}" if decision.about else ""
    state = ", ".join(word for word in (decision.status or "", str(decision.decided or ""), about) if word)
    yield f"*{markdown(state)}*" if state else ""
    yield markdown_block(decision.context) if decision.context else ""
    rows = [
        (
            ("→ " if option.id == decision.chosen else "") + (option.name or option.id),
            "; ".join(option.pros),
            "; ".join(option.cons),
        )
        for option in decision.options
    ]
    yield table(("Option", "For", "Against"), rows) or missing(f"decisions.{decision.id}.options.NAME")
    yield "Why: " + said(decision.why, f"decisions.{decision.id}.why")
    yield f"Revisit when: {markdown(decision.revisit_when)}." if decision.revisit_when else ""


def future(analysis: Analysis) -> str:
    """13: what may come, the plan, the risks."""
    plan = table(
        ("Phase", "Goal", "Milestones", "Duration"),
        [
            (
                p.id,
                p.goal or "",
                "; ".join(p.milestones),
                in_own_unit(p.duration) if p.duration is not None else "",
            )
            for p in analysis.design.plan
        ],
    )
    risks = table(
        ("Risk", "Likelihood", "Impact", "Mitigation"),
        [(r.text or r.id, r.likelihood or "", r.impact or "", r.mitigation or "") for r in analysis.design.risks],
    )
    return paragraphs(
        points(analysis.design.design.future) or missing("design.future"),
        heading("Implementation Plan"), plan or missing("plan.ID"),
        heading("Risks"), risks or missing("risks.ID"),
    )  # fmt: skip


def questions(analysis: Analysis) -> str:
    """14: what nobody knows, what is taken for true, and the field whose answer would settle most."""
    asked = table(("Question", "Whom to ask"), [(q.text or q.id, q.ask or "") for q in analysis.design.questions])
    assumed = table(
        ("Assumption", "Source", "Check by"),
        [(a.text or a.id, a.source or "", str(a.check_by or "")) for a in analysis.design.assumptions],
    )
    best = analysis.report.next_question
    unclear = f"Most would be settled by `{best.field}`: {markdown(best.ask)}" if best else ""
    return paragraphs(
        asked or "No open questions are noted.", unclear, heading("Assumptions"), assumed or missing("assumptions.ID")
    )
