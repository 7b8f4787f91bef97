"""Section 9: how surely it works, how each part fails, how calls are guarded, how data come back."""

from collections.abc import Iterator

from studio.estimates.wording import worded
from studio.exports.document.blocks import Block, Heading, Paragraph, Span, Words, joined, line, missing, said, table
from studio.exports.document.losses import losses
from studio.exports.document.subject import Subject, in_own_unit, named, yes_no
from studio.model.component import Component
from studio.model.connection import Connection


def reliability(subject: Subject) -> Iterator[Block]:
    """9: availability and error budget, failures, the budget of every call, recovery."""
    yield _availability(subject)
    yield from _error_budget(subject)
    yield Heading("Failures")
    yield from _failures(subject)
    yield from losses(subject)
    yield Heading("Calls")
    yield from _calls(subject)
    yield Heading("Recovery")
    yield from _recovery(subject)


def _availability(subject: Subject) -> Paragraph:
    if subject.estimates.availability is None:
        return Paragraph(f"Availability is not known: {subject.reason('availability')}.")
    sure, down = subject.figure("availability"), subject.figure("downtime_minutes_per_month")
    return Paragraph(line("Availability of the worst journey that must work: ", sure, ", ", down, " down in 30 days."))


def _error_budget(subject: Subject) -> Iterator[Block]:
    budget = subject.estimates.error_budget
    if budget is None:
        return
    words = f"The target leaves {worded('minutes', budget.minutes_per_month)} in 30 days"
    if budget.used_share is not None:
        words += f"; the design uses {worded('used_share', budget.used_share)} of it"
    if budget.dependency_availability is not None:
        each = worded("availability", budget.dependency_availability)
        words += f". A vendor’s service it cannot do without should promise {each}"
    yield Paragraph(f"{words}.")


def _failures(subject: Subject) -> Iterator[Block]:
    rows = [
        (subject.component(c.id), f.mode or f.id, f.effect or "", f.detection or "", f.mitigation or "")
        for c in subject.design.components
        for f in c.failures
    ]
    header = ("Component", "Failure", "Effect", "Detection", "Mitigation")
    yield from table(header, rows) or missing("components.ID.failures.NAME")
    silent = [component.label for component in subject.served if not component.failures]
    if rows and silent:
        where = Span("components.ID.failures.NAME", "code")
        yield Paragraph((f"How {', '.join(silent)} fails is not stated yet: ", where, " says it."), "note")


def _calls(subject: Subject) -> Iterator[Block]:
    """The retry and timeout budget, one row a call that we make."""
    calls = [connection for connection in subject.design.connections if subject.is_guarded(connection)]
    header = (
        "Call", "Mode", "Timeout", "Attempts", "Between tries", "Worst case", "Amplification", "Idempotent", "Guards",
        "Fallback", "Regime",
    )  # fmt: skip
    yield from table(header, [_call(subject, call) for call in calls], {2, 3, 5, 6}) or missing(
        "connections.ID.timeout"
    )
    if not calls:
        return
    yield Paragraph(
        "Worst case is every try up to its timeout with the pauses between. Amplification is how many calls one "
        "request may become with the retries of all layers above. A regime is safe when the callee could serve every "
        "call tried as often as it may be.",
        "note",
    )
    yield from subject.unknown(f"connections.{call.id}.worst_case_ms" for call in calls if call.is_synchronous)


def _call(subject: Subject, call: Connection) -> tuple[Words, ...]:
    path = f"connections.{call.id}"
    figures, budget = subject.estimates.connections.get(call.id), subject.estimates.call_budgets.get(call.id)
    return (
        named("connections", call.id, subject.call(call)),
        call.mode or "sync",
        in_own_unit(call.timeout),
        str(call.tries),
        _pause(call),
        subject.figure(f"{path}.worst_case_ms") if figures and call.is_synchronous else "",
        f"{figures.retry_amplification}×" if figures else "",
        yes_no(call.idempotent),
        _guards(call),
        call.fallback or "",
        (budget.regime if budget else None) or "",
    )


def _pause(call: Connection) -> str:
    if call.tries == 1 or call.backoff is None:
        return ""
    return f"{call.backoff} with jitter" if call.jitter else call.backoff


def _guards(call: Connection) -> str:
    there = (("circuit breaker", call.circuit_breaker), ("bulkhead", call.bulkhead), ("dead letters", call.dead_letter))
    words = [guard for guard, is_there in there if is_there]
    words += [call.delivery] if call.delivery else []
    return ", ".join(words)


def _recovery(subject: Subject) -> Iterator[Block]:
    rows = [
        (subject.component(c.id), *_backup(c), _replication(c), _failover(c))
        for c in subject.design.components
        if c.backup or c.failover or c.replication
    ]
    header = (
        "Component", "Backup every", "Kept", "Elsewhere", "Restore takes", "Restore tested", "Replication", "Failover",
    )  # fmt: skip
    yield from table(header, rows)
    yield from said(subject.design.operations.disaster_recovery, "operations.disaster_recovery")
    starts = [
        (subject.component(c.id), joined(map(subject.component, c.needs_to_start)))
        for c in subject.served
        if c.needs_to_start
    ]
    yield from table(("To start", "It needs"), starts)


def _backup(component: Component) -> tuple[str, ...]:
    backup = component.backup
    if backup is None:
        return ("", "", "", "", "")
    return (
        in_own_unit(backup.every),
        in_own_unit(backup.keep),
        yes_no(backup.offsite),
        in_own_unit(backup.restore_time),
        str(backup.restore_tested or "never"),
    )


def _replication(component: Component) -> str:
    found = component.replication
    if found is None:
        return ""
    lag = f"lag {in_own_unit(found.lag)}" if found.lag is not None else ""
    return ", ".join(filter(None, (found.mode, lag)))


def _failover(component: Component) -> str:
    found = component.failover
    return ", ".join(filter(None, (found.mode, f"exercised {found.exercised or 'never'}"))) if found else ""
