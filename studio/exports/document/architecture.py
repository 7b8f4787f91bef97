"""Section 5: the drawing, the components and why they are there, the data flow of every journey."""

from collections.abc import Iterator
from typing import Final

from studio.estimates.defaults import NETWORK_ROUND_TRIP
from studio.estimates.explaining.explanation import Input
from studio.exports.document.blocks import Block, Drawing, Heading, Paragraph, Span, Words, line, missing, table
from studio.exports.document.subject import Subject, anchor, named
from studio.exports.frame.options import Options
from studio.model.behaviour import Journey
from studio.model.component import Component
from studio.model.connection import Connection
from studio.text import listed
from studio.units import Dimension, shown

_FIGURES: Final = ("peak_rps", "p50_ms", "p99_ms", "availability")


def architecture(subject: Subject) -> Iterator[Block]:
    """5: how it is drawn, what it is made of, and what happens step by step."""
    yield Heading("High-Level Diagram")
    yield from _diagram(subject)
    yield Heading("Components")
    yield from _components(subject)
    yield Heading("Data Flow")
    if not subject.design.journeys:
        yield from missing("journeys.ID.steps")
    for journey in subject.design.journeys:
        yield from _journey(subject, journey)


def _diagram(subject: Subject) -> tuple[Block, ...]:
    if not subject.design.components:
        return missing("components.ID")
    analysis = subject.analysis

    def as_text() -> str:
        from studio.diagrams.text import render_text
        from studio.exports.frame.proved import proved_scene

        return render_text(proved_scene(analysis, Options(width=100), "unicode"), charset="unicode")

    def as_picture() -> str:
        from studio.exports.picture.page import picture

        return picture(analysis.scene(), analysis.design.design.name)

    return (Drawing(as_text, as_picture),)


def _components(subject: Subject) -> Iterator[Block]:
    header = ("Component", "Kind", "Technology", "Purpose", "Why", "Owner", "Tier", "Group")
    rows = [_component(component) for component in subject.design.components]
    yield from table(header, rows) or missing("components.ID")
    for component in subject.design.components:
        if component.responsibilities:
            duties = "; ".join(component.responsibilities)
            yield Paragraph((Span(component.label, "strong"), f" alone decides: {duties}."))
    yield from _silent(subject)


def _component(component: Component) -> tuple[Words, ...]:
    return (
        named("components", component.id, component.label),
        component.kind,
        component.technology or "",
        component.purpose or "",
        component.why or "",
        component.owner or "",
        "" if component.tier is None else str(component.tier),
        component.group or "",
    )


def _silent(subject: Subject) -> Iterator[Block]:
    """Which columns have holes, in one sentence each."""
    for field in ("technology", "purpose", "why", "owner"):
        silent = [component.label for component in subject.served if not getattr(component, field)]
        if silent:
            where = Span(f"components.ID.{field}", "code")
            words = (
                f"of {listed(silent)} is not stated yet: " if len(silent) < len(subject.served) else "is not stated: "
            )
            yield Paragraph((f"{field.capitalize()} {words}", where, " says it."), "note")


def _journey(subject: Subject, journey: Journey) -> Iterator[Block]:
    path = f"journeys.{journey.id}"
    yield Heading(journey.label, 4, anchor("journeys", journey.id))
    share = f"{shown(journey.share, Dimension.RATIO)} of all requests" if journey.share is not None else "Load"
    load, median, slow, sure = (subject.figure(f"{path}.{name}") for name in _FIGURES)
    yield Paragraph(line(f"{share}: ", load, " at peak, p50 ", median, ", p99 ", slow, ", availability ", sure, "."))
    rows = [_step(subject, journey, number) for number in range(len(journey.steps))]
    header = ("Step", "From → to", "Carries", "What happens", "Mode", "Round trip", "Answers in, mean", "p99")
    yield from table(header, rows, {0, 5, 6, 7}) or missing(f"{path}.steps")
    together = [f"{listed(_places(journey, group))} run at the same time" for group in journey.at_once]
    if together:
        yield Paragraph(f"Steps {'; steps '.join(together)}.")
    yield from subject.unknown(f"{path}.{name}" for name in _FIGURES)


def _places(journey: Journey, group: tuple[str, ...]) -> list[str]:
    return [str(journey.steps.index(step) + 1) for step in group if step in journey.steps]


def _step(subject: Subject, journey: Journey, number: int) -> tuple[Words, ...]:
    connection = subject.design.connection[journey.steps[number]]
    note = journey.notes[number] if number < len(journey.notes) else ""
    target = f"components.{connection.target}"
    waits = connection.is_synchronous
    return (
        str(number + 1),
        subject.call(connection),
        connection.carries or "",
        note,
        _mode(subject, connection),
        _round_trip(subject, connection),
        subject.figure(f"{target}.mean_ms") if waits else "",
        subject.figure(f"{target}.p99_ms") if waits else "",
    )


def _mode(subject: Subject, connection: Connection) -> str:
    words: list[str] = [connection.mode or "sync"]
    cache = subject.design.component.get(connection.on_miss_of or "")
    words += [f"on a miss of {cache.label}"] if cache else []
    words += [] if connection.is_hard or not connection.is_synchronous else ["may fail"]
    return ", ".join(words)


def _round_trip(subject: Subject, connection: Connection) -> Words:
    """As given, or as assumed; nobody waits for it where the mode is not synchronous."""
    if connection.network is not None:
        return shown(connection.network, Dimension.DURATION)
    if not connection.is_synchronous:
        return ""
    default = NETWORK_ROUND_TRIP
    given = Input(f"connections.{connection.id}.network", default.value, default.unit, default.origin)
    return line(shown(default.value, Dimension.DURATION), *subject.assumed.marks_of(given))
