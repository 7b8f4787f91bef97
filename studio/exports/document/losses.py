"""What the loss of each component takes along: the blast radius, one component at a time."""

from collections.abc import Iterator

from studio.estimates.conditions import Conditions
from studio.estimates.engine import estimate
from studio.exports.document.blocks import Block, Heading, Paragraph, Words, table
from studio.exports.document.subject import Subject
from studio.model.component import Component


def losses(subject: Subject) -> Iterator[Block]:
    """Which journeys stop and which go on with less without each component; nothing when none does."""
    passed = _passed(subject)
    rows = [row for component in subject.served if component.id in passed and (row := _loss(subject, component))]
    if not rows:
        return
    yield Heading("What a loss takes along")
    header = ("Without", "Stops", "Of all requests", "Goes on with less", "Overloaded next")
    yield from table(header, rows, {2})
    harmless = len(subject.served) - len(rows)
    if harmless:
        yield Paragraph(f"Without any one of the other {harmless} no journey is worse.", "note")


def _passed(subject: Subject) -> frozenset[str]:
    """The components that journeys pass; no journey notices the loss of another."""
    known = subject.design.connection
    steps = [known[step] for journey in subject.design.journeys for step in journey.steps]
    return frozenset(end for step in steps for end in (step.source, step.target))


def _loss(subject: Subject, component: Component) -> tuple[Words, ...]:
    """One row; nothing where no journey notices."""
    gone = Conditions(down=frozenset((component.id,)))
    found = estimate(subject.design, gone, technologies=subject.analysis.technologies)
    radius = found.blast_radius
    label: dict[str, str] = {journey.id: journey.label for journey in subject.design.journeys}
    if not radius.stopped and not radius.degraded:
        return ()
    share = radius.stopped_share if radius.stopped else None
    return (
        subject.component(component.id),
        ", ".join(label[stopped.journey] for stopped in radius.stopped),
        "" if share is None else f"{share * 100:.3g} %",
        ", ".join(label[degraded.journey] for degraded in radius.degraded),
        ", ".join(subject.design.component[fallen.component].label for fallen in found.cascade),
    )
