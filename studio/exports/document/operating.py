"""Sections 10 and 11: what keeps others out, and how one knows that it works."""

from collections.abc import Iterator, Mapping
from typing import Final

from studio.estimates.defaults import FAST_BURN_RATE
from studio.estimates.wording import worded
from studio.exports.document.blocks import Block, Heading, Paragraph, Span, Words, joined, line, missing, said, table
from studio.exports.document.data import called, carried
from studio.exports.document.subject import Subject, yes_no
from studio.model.component import Component, Deploy, Observe
from studio.model.kinds import DATA_HOLDERS

_PLAN: Final[Mapping[str, str]] = {
    "Authentication": "authentication",
    "Authorisation": "authorization",
    "Data protection": "data_protection",
    "Threat model": "threat_model",
}


def security(subject: Subject) -> Iterator[Block]:
    """10: the four parts of the plan, what each connection does, who may do what, how data lie."""
    wanted = subject.design.requirements.security
    for title, key in _PLAN.items():
        yield Heading(title)
        yield from said(getattr(wanted, key), f"requirements.security.{key}")
    yield Heading("Connections")
    yield from _connections(subject)
    yield Heading("Endpoints")
    rows = [
        (subject.component(c.id), called(e), e.auth or "", e.authorization or "")
        for c in subject.design.components
        for e in c.endpoints
    ]
    header = ("Component", "Endpoint", "Authentication", "Authorisation")
    yield from table(header, rows) or missing("components.ID.endpoints.NAME.auth")
    stores = [component for component in subject.design.components if component.kind in DATA_HOLDERS]
    if stores:
        yield Heading("Data at rest")
        yield from table(
            ("Component", "Data", "Encrypted", "Tenants kept apart by"), [_at_rest(subject, store) for store in stores]
        )


def _connections(subject: Subject) -> Iterator[Block]:
    rows = [
        (
            subject.call(connection),
            connection.protocol or "",
            yes_no(connection.encrypted) or "not stated",
            connection.auth or "not stated",
            yes_no(connection.validated),
            carried(subject, connection.data),
        )
        for connection in subject.design.connections
    ]
    header = ("Connection", "Protocol", "Encrypted", "Authentication", "Checked on arrival", "Data")
    yield from table(header, rows) or missing("connections.ID.encrypted", "connections.ID.auth")
    if any("not stated" in row for row in rows):
        fields = joined((Span("connections.ID.encrypted", "code"), Span("connections.ID.auth", "code")), " and ")
        yield Paragraph(line(fields, " say what is not stated here."), "note")


def _at_rest(subject: Subject, component: Component) -> tuple[Words, ...]:
    held = tuple(data.id for data in subject.analysis.facts.data_in(component))
    return (
        subject.component(component.id),
        carried(subject, held),
        yes_no(component.encrypted_at_rest) or "not stated",
        component.tenancy or "",
    )


def monitoring(subject: Subject) -> Iterator[Block]:
    """11: what is watched, what wakes whom, the objectives, how changes go out."""
    operations = subject.design.operations
    for title, text, field in (
        ("What is watched", operations.monitoring, "operations.monitoring"),
        ("What wakes whom", operations.alerting, "operations.alerting"),
        ("How changes go out", operations.rollout, "operations.rollout"),
    ):
        yield Heading(title)
        yield from said(text, field)
    if operations.runs_on:
        yield Paragraph(
            line("Dashboards, alerts and pipeline depend on ", joined(map(subject.component, operations.runs_on)), ".")
        )
    yield Heading("Signals and objectives")
    yield from _signals(subject)
    deployed = [(subject.component(c.id), *_deployed(c.deploy)) for c in subject.served if c.deploy]
    if deployed:
        yield Heading("Deployment")
        yield from table(("Component", "Strategy", "Stages", "Halts by itself", "Taken back by"), deployed)


def _signals(subject: Subject) -> Iterator[Block]:
    rows = [
        (subject.component(c.id), *_observed(c.observe), c.health_check or "")
        for c in subject.served
        if c.observe or c.health_check
    ]
    header = ("Component", "Objective (SLO)", "Metrics", "Alerts", "Logs", "Traces", "Health check")
    yield from table(header, rows) or missing("components.ID.observe")
    blind = [component.label for component in subject.served if not component.observe]
    if rows and blind:
        where = Span("components.ID.observe", "code")
        yield Paragraph((f"What is watched of {', '.join(blind)} is not stated yet: ", where, " says it."), "note")
    budget = subject.estimates.error_budget
    if budget is not None and budget.hours_at_fast_burn is not None:
        hours = worded("hours_at_fast_burn", budget.hours_at_fast_burn)
        minutes = worded("minutes", budget.minutes_per_month)
        fast = f"errors at {FAST_BURN_RATE.value:g} times the allowed rate"
        yield Paragraph(f"The error budget is {minutes} in 30 days; {fast} spend it in {hours}.")


def _observed(observe: Observe | None) -> tuple[str, ...]:
    if observe is None:
        return ("", "", "", "", "")
    metrics, alerts = ", ".join(observe.metrics), ", ".join(observe.alerts)
    return (observe.slo or "", metrics, alerts, yes_no(observe.logs), yes_no(observe.traces))


def _deployed(deploy: Deploy | None) -> tuple[str, ...]:
    if deploy is None:
        return ("", "", "", "")
    return (deploy.strategy or "", ", ".join(deploy.stages), yes_no(deploy.automatic_halt), deploy.rollback or "")
