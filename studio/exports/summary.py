"""The one-page System Design summary in Markdown."""

from studio.analysis import Analysis
from studio.estimates.wording import worded
from studio.exports.document.pieces import currency, in_own_unit, missing, paragraphs, points, table
from studio.exports.document.requirements import targets
from studio.exports.frame.escaping import markdown
from studio.exports.frame.options import PLAIN, Options
from studio.model.behaviour import Journey
from studio.model.design import Design
from studio.units import point

SUFFIX = ".md"


def render(design: Design, analysis: Analysis, options: Options = PLAIN) -> str:
    """System, scale, team; then requirements, architecture, flow, scaling, reliability, trade-offs, cost, plan."""
    del options
    blocks = (
        f"# System Design: {markdown(design.design.name)}",
        _head(design, analysis),
        "## Requirements Summary", _requirements(design, analysis),
        "## Architecture", _architecture(design),
        "## Data Flow", _flow(design, analysis),
        "## Scalability", _scalability(design, analysis),
        "## Reliability", _reliability(analysis),
        "## Trade-offs", _trade_offs(design),
        "## Estimated Costs", _costs(design, analysis),
        "## Implementation Plan", _plan(design),
    )  # fmt: skip
    return paragraphs(*blocks) + "\n"


def _head(design: Design, analysis: Analysis) -> str:
    traffic = analysis.estimates.traffic
    users, team = design.requirements.scale.daily_active_users, design.constraints.team_size
    people = f"{point(users):,.0f} users a day, " if users is not None else ""
    load = f"{worded('peak_rps', traffic.peak_rps)} at peak ({worded('rps', traffic.average_rps)} on average)"
    size = f"{point(team):g}" if team is not None else missing("constraints.team_size")
    return "\n".join(
        (f"- **System**: {markdown(design.design.name)}", f"- **Scale**: {people}{load}", f"- **Team Size**: {size}")
    )


def _requirements(design: Design, analysis: Analysis) -> str:
    musts = [r.text or r.id for r in design.requirements.functional if r.priority == "must"]
    return paragraphs(points(musts) or missing("requirements.functional.ID"), targets(analysis))


def _architecture(design: Design) -> str:
    rows = [(c.label, c.technology or c.kind, c.purpose or "") for c in design.components if c.kind != "client"]
    return table(("Component", "Technology", "Purpose"), rows) or missing("components.ID")


def _flow(design: Design, analysis: Analysis) -> str:
    lines = []
    for journey in design.journeys:
        p99 = worded("p99_ms", analysis.estimates.journeys[journey.id].p99_ms)
        lines.append(f"- **{markdown(journey.label)}** (p99 {p99}): {_way(design, journey)}")
    return "\n".join(lines) or missing("journeys.ID.steps")


def _way(design: Design, journey: Journey) -> str:
    """The components a journey passes; a step that sets out from an earlier one begins anew behind a semicolon."""
    words, at = "", ""
    for step in journey.steps:
        source, target = design.connection[step].source, design.connection[step].target
        if source != at:
            words += f"{'; ' if words else ''}{markdown(design.component[source].label)}"
        words += f" → {markdown(design.component[target].label)}"
        at = target
    return words or missing(f"journeys.{journey.id}.steps")


def _scalability(design: Design, analysis: Analysis) -> str:
    first = analysis.estimates.breaks_first
    if first is None:
        return "What breaks first is unknown: it needs load and capacity of every component."
    label = markdown(design.component[first.component].label)
    strategy = design.component[first.component].scaling
    then = f" Then: {markdown(strategy)}" if strategy else ""
    return f"{label} breaks first, at {worded('breaks_at', first.at)} today’s peak.{then}"


def _reliability(analysis: Analysis) -> str:
    e = analysis.estimates
    findings = analysis.report.findings
    open_flags = sum(finding.accepted is None for finding in findings)
    return (
        f"Availability {worded('availability', e.availability)} "
        f"({worded('downtime_minutes', e.downtime_minutes_per_month)} down in 30 days); "
        f"{open_flags} open and {len(findings) - open_flags} accepted red flags."
    )


def _trade_offs(design: Design) -> str:
    lines = []
    for decision in design.decisions:
        chosen = next((o.name or o.id for o in decision.options if o.id == decision.chosen), decision.chosen or "open")
        others = [o.name or o.id for o in decision.options if o.id != decision.chosen]
        against = f" (not {'; not '.join(map(markdown, others))})" if others else ""
        lines.append(f"- **{markdown(decision.label)}** {markdown(chosen)}{against}")
    return "\n".join(lines) or missing("decisions.ID")


def _costs(design: Design, analysis: Analysis) -> str:
    budget = design.requirements.cost.budget_per_month
    of = f" of a budget of {worded('cost', point(budget))}" if budget is not None else ""
    return f"{worded('cost', analysis.estimates.cost_per_month)} {currency(design)} a month{of}."


def _plan(design: Design) -> str:
    lines = []
    for number, phase in enumerate(design.plan, start=1):
        duration = f" ({in_own_unit(phase.duration)})" if phase.duration is not None else ""
        lines.append(f"{number}. **{markdown(phase.id)}**{duration}: {markdown(phase.goal or '')}")
    return "\n".join(lines) or missing("plan.ID")
