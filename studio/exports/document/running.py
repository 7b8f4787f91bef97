"""Sections 8 to 11: scaling, reliability, security, monitoring."""

from studio.analysis import Analysis
from studio.estimates.wording import worded
from studio.exports.document.pieces import currency, fields, heading, missing, paragraphs, said, table
from studio.exports.frame.escaping import markdown
from studio.units import Dimension, point, shown


def scaling(analysis: Analysis) -> str:
    """8: traffic, capacity, what breaks first, the strategy of each component, the cost."""
    return paragraphs(
        heading("Traffic"), _traffic(analysis), heading("Capacity"), _capacity(analysis), _breaks(analysis),
        heading("Strategy"), _strategy(analysis), heading("Cost"), costs(analysis),
    )  # fmt: skip


def _traffic(analysis: Analysis) -> str:
    traffic = analysis.estimates.traffic
    names = (
        "requests_per_day", "average_rps", "peak_rps", "peak_read_rps", "peak_write_rps", "bytes_per_day",
        "stored_bytes_per_month", "stored_bytes_total", "bandwidth_bytes_per_s",
    )  # fmt: skip
    rows = [(name.replace("_", " "), worded(name, getattr(traffic, name))) for name in names]
    known = [row for row in rows if row[1] != "?"]
    return table(("Figure", "Value"), known) or missing(
        "requirements.scale.daily_active_users", "requirements.scale.requests_per_user_per_day"
    )


def _capacity(analysis: Analysis) -> str:
    rows = []
    for component in analysis.design.components:
        if component.kind == "client":
            continue
        f = analysis.estimates.components[component.id]
        rows.append(
            (
                component.label,
                worded("rps", f.peak_rps),
                worded("rps", f.capacity_rps),
                worded("utilisation", f.utilisation),
                f"{f.instances} / {worded('n', f.instances_needed)} / {worded('n', f.instances_recommended)}",
                worded("p99_ms", f.p99_ms),
                worded("availability", f.availability),
                worded("breaks_at", f.breaks_at),
            )
        )
    if not rows:
        return missing("components.ID")
    header = (
        "Component", "Load", "Capacity", "Utilisation", "Instances: has / needs / should have", "p99", "Availability",
        "Breaks at",
    )  # fmt: skip
    hold = "Figures hold at peak, for Poisson arrivals and a steady state"
    return paragraphs(table(header, rows), f"{hold}; a question mark is a figure nobody can know yet.")


def _breaks(analysis: Analysis) -> str:
    first = analysis.estimates.breaks_first
    if first is None:
        return "What breaks first is unknown: it needs the load and the capacity of every component."
    label = analysis.design.component[first.component].label
    return f"**{markdown(label)}** breaks first, at {worded('breaks_at', first.at)} today’s peak."


def _strategy(analysis: Analysis) -> str:
    rows = [
        (c.label, c.scaling or "", f"up to {c.autoscale.max} by {c.autoscale.metric or '?'}" if c.autoscale else "")
        for c in analysis.design.components
        if c.scaling or c.autoscale
    ]
    return table(("Component", "Strategy", "Autoscaling"), rows) or missing("components.ID.scaling")


def costs(analysis: Analysis) -> str:
    """What each component costs in a month, and the whole."""
    rows = [
        (c.label, worded("cost", analysis.estimates.components[c.id].cost_per_month))
        for c in analysis.design.components
        if c.kind != "client"
    ]
    ai = analysis.estimates.ai
    if ai is not None and ai.cost_per_month is not None:
        rows.append(("Language models", worded("cost", ai.cost_per_month)))
    support = analysis.design.operations.support_cost_per_month
    if support is not None:
        rows.append(("Support", worded("cost", point(support))))
    rows.append(("Whole design", worded("cost", analysis.estimates.cost_per_month)))
    return table(("Component", f"{currency(analysis.design)} a month"), rows)


def reliability(analysis: Analysis) -> str:
    """9: the figures, how each component fails, how calls are guarded, how data comes back."""
    e = analysis.estimates
    figures = (
        f"Availability of the worst journey that must work: {worded('availability', e.availability)}, "
        f"{worded('downtime_minutes', e.downtime_minutes_per_month)} down in 30 days."
    )
    return paragraphs(
        figures, heading("Failures"), _failures(analysis), heading("Calls"), _calls(analysis),
        heading("Recovery"), _recovery(analysis), heading("Accepted flags"), _accepted(analysis),
    )  # fmt: skip


def _failures(analysis: Analysis) -> str:
    rows = [
        (c.label, f.mode or f.id, f.effect or "", f.detection or "", f.mitigation or "")
        for c in analysis.design.components
        for f in c.failures
    ]
    header = ("Component", "Failure", "Effect", "Detection", "Mitigation")
    return table(header, rows) or missing("components.ID.failures.NAME")


def _calls(analysis: Analysis) -> str:
    known = analysis.design.component
    rows = [
        (
            f"{known[c.source].label} → {known[c.target].label}",
            c.mode or "sync",
            shown(c.timeout, Dimension.DURATION) if c.timeout is not None else "",
            str(c.tries),
            worded("worst_case_ms", analysis.estimates.connections[c.id].worst_case_ms),
            ", ".join(
                guard for guard, there in (("circuit breaker", c.circuit_breaker), ("bulkhead", c.bulkhead)) if there
            ),
            c.fallback or "",
        )
        for c in analysis.design.connections
        if known[c.source].kind != "client"
    ]
    header = ("Call", "Mode", "Timeout", "Attempts", "Worst case", "Guards", "Fallback")
    return table(header, rows) or missing("connections.ID.timeout")


def _recovery(analysis: Analysis) -> str:
    rows = [
        (
            c.label,
            shown(c.backup.every, Dimension.DURATION) if c.backup and c.backup.every is not None else "",
            shown(c.backup.restore_time, Dimension.DURATION) if c.backup and c.backup.restore_time is not None else "",
            str(c.backup.restore_tested or "never") if c.backup else "",
            f"{c.failover.mode or ''}, exercised {c.failover.exercised or 'never'}" if c.failover else "",
        )
        for c in analysis.design.components
        if c.backup or c.failover
    ]
    operations = analysis.design.operations
    return paragraphs(
        table(("Component", "Backup every", "Restore takes", "Restore tested", "Failover"), rows),
        said(operations.disaster_recovery, "operations.disaster_recovery"),
    )


def _accepted(analysis: Analysis) -> str:
    rows = [(a.flag, a.on or "", a.why, a.by, a.until.isoformat()) for a in analysis.design.accepted]
    return table(("Flag", "On", "Why", "By", "Until"), rows) or "None."


def security(analysis: Analysis) -> str:
    """10: the four parts of the plan, and who may do what."""
    wanted = analysis.design.requirements.security
    names = ("authentication", "authorization", "data_protection", "threat_model")
    rows = [
        (c.label, e.id, e.auth or "", e.authorization or "") for c in analysis.design.components for e in c.endpoints
    ]
    rules = table(("Component", "Endpoint", "Authentication", "Authorisation"), rows)
    return paragraphs(fields(wanted, "requirements.security", names), rules)


def monitoring(analysis: Analysis) -> str:
    """11: what is watched, what wakes whom, how changes go out."""
    rows = [
        (c.label, ", ".join(c.observe.metrics), ", ".join(c.observe.alerts), c.observe.slo or "")
        for c in analysis.design.components
        if c.observe
    ]
    return paragraphs(
        fields(analysis.design.operations, "operations", ("monitoring", "alerting", "rollout")),
        table(("Component", "Metrics", "Alerts", "SLO"), rows) or missing("components.ID.observe"),
    )
