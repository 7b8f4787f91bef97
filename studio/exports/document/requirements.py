"""Section 4: what was asked for, what the design gives, and what cannot be chosen."""

from collections.abc import Iterator, Mapping
from typing import Final

from studio.estimates.ranges.words import bound
from studio.estimates.results import Target
from studio.estimates.wording import titled, worded
from studio.exports.document.blocks import Block, Heading, Paragraph, Span, Words, joined, line, missing, table
from studio.exports.document.subject import Subject, named
from studio.model.behaviour import Scenario
from studio.model.document import document
from studio.model.fields import FieldShape, shapes
from studio.model.part import Part
from studio.units import Dimension, grouped, point, shown

MET: Final[Mapping[bool | None, Words]] = {True: "met", False: Span("missed", "strong"), None: "unknown"}


def requirements(subject: Subject) -> Iterator[Block]:
    """4: functional and non-functional requirements, targets with their margin, scenarios, constraints."""
    yield Heading("Functional")
    yield from _functional(subject)
    yield Heading("Non-Functional")
    yield from _asked(subject)
    yield Heading("Targets", 4)
    yield from targets(subject)
    if subject.design.scenarios:
        yield Heading("Scenarios", 4)
        rows = [_scenario(subject, scenario) for scenario in subject.design.scenarios]
        yield from table(("Scenario", "What happens", "Expected", "Result"), rows)
    yield Heading("Constraints", 4)
    yield from _constraints(subject)


def _functional(subject: Subject) -> tuple[Block, ...]:
    rows = [
        (
            named("requirements", requirement.id, requirement.id),
            requirement.priority or "",
            requirement.text or "",
            subject.parts(requirement.realised_by),
        )
        for requirement in subject.design.requirements.functional
    ]
    header = ("Id", "Priority", "Requirement", "Realised by")
    return table(header, rows) or missing("requirements.functional.ID")


def _asked(subject: Subject) -> tuple[Block, ...]:
    """Every number and choice a person gave, as written."""
    wanted = subject.design.requirements
    groups: tuple[tuple[str, Part | None], ...] = (
        ("Scale", wanted.scale),
        ("AI", wanted.ai),
        ("Performance", wanted.performance),
        ("Availability", wanted.availability),
        ("Consistency", wanted.consistency),
        ("Cost", wanted.cost),
    )
    rows = [
        (name, key.replace("_", " "), _written(value, shapes(type(part))[key]))
        for name, part in groups
        if part is not None
        for key, value in document(part).items()
    ]
    header = ("Group", "Requirement", "Value")
    return table(header, rows) or missing("requirements.scale", "requirements.performance")


def _written(value: object, shape: FieldShape) -> str:
    """A value in words; ratios as percentages, ranges with «to»."""
    if isinstance(value, list):
        return " to ".join(_written(end, shape) for end in value)
    if isinstance(value, int | float) and shape.measure is not None and shape.measure.dimension is Dimension.RATIO:
        return shown(value, Dimension.RATIO)
    return f"{value:,}" if isinstance(value, int) else str(value)


def targets(subject: Subject, *, in_short: bool = False) -> tuple[Block, ...]:
    """What is wanted, what the design gives, how far inside it is, and what would meet a missed target."""
    found = [target for target in subject.estimates.targets if not (in_short and target.target.startswith("journeys."))]
    rows = [_target(subject, target, in_short=in_short) for target in found]
    if not rows:
        return missing("requirements.performance.p99", "requirements.availability.target")
    header = ("Target", "Wanted", "Got", "Margin", "In 90 of 100 cases", "Met in", "Result", "To meet it")
    if in_short:
        return table(header, rows, {1, 2, 3})
    note = Paragraph("Margin is how far inside the target the figure lies, for availability in what may fail.", "note")
    return (*table(header, rows, {1, 2, 3, 4, 5}), note, *subject.unknown(_figures(found)))


def _target(subject: Subject, target: Target, *, in_short: bool) -> tuple[Words, ...]:
    marks = () if in_short or target.got is None else subject.assumed.marks(target.target)
    return (
        titled(target.target),
        worded(target.target, target.wanted),
        line(worded(target.target, target.got), *marks),
        "" if target.margin is None else f"{target.margin * 100:.0f} %",
        *(("", "") if in_short else _sureness(subject, target)),
        MET[target.met],
        target.to_meet or "",
    )


def _sureness(subject: Subject, target: Target) -> tuple[str, str]:
    """Between what the figure lies, and how often it is met, where inputs are ranges."""
    ranges = subject.estimates.ranges
    spread, chance = ranges.figures.get(target.target), ranges.probability_met.get(target.target)
    between = f"{bound(target.target, spread.p5)} – {bound(target.target, spread.p95)}" if spread else ""
    return between, "" if chance is None else _share(chance)


def _share(chance: float) -> str:
    """A share of samples; what may happen is never rounded to never, nor what may fail to always."""
    if 0 < chance < 0.01 or 0.99 < chance < 1:
        return "< 1 %" if chance < 0.5 else "> 99 %"
    return f"{chance * 100:.0f} %"


def _figures(found: list[Target]) -> Iterator[str]:
    """The targets that are figures of the estimate under the same name."""
    return (target.target for target in found if not target.target.startswith("recovery_"))


def _scenario(subject: Subject, scenario: Scenario) -> tuple[Words, ...]:
    """A kept what-if with what became of it: what the red flags say."""
    address, report = ("scenarios", scenario.id), subject.analysis.report
    broken = [finding.verdict.message for finding in report.findings if finding.address[:2] == address]
    silent = [field for unknown in report.unknown if unknown.address[:2] == address for field in unknown.missing]
    result: Words = "holds"
    if broken:
        result = (Span("does not hold", "strong"), f": {'; '.join(broken)}")
    elif silent:
        result = line("unknown: it needs ", joined(Span(field, "code") for field in dict.fromkeys(silent)))
    return (
        named("scenarios", scenario.id, scenario.id),
        _happens(subject, scenario),
        "; ".join(scenario.expect),
        result,
    )


def _happens(subject: Subject, scenario: Scenario) -> str:
    names = {id_: part.label for id_, part in subject.design.component.items()}
    happens = [f"{grouped(point(scenario.load))}× today’s peak"] if scenario.load is not None else []
    happens += [f"{names[id_]} down" for id_ in scenario.down] + [f"{names[id_]} empty" for id_ in scenario.cold]
    happens += ["one zone lost"] if scenario.zone_lost else []
    return ", ".join(happens) or "today’s peak"


def _constraints(subject: Subject) -> tuple[Block, ...]:
    given = document(subject.design.constraints)
    rows = [(key.replace("_", " "), ", ".join(v) if isinstance(v, list) else str(v)) for key, v in given.items()]
    return table(("Constraint", "Value"), rows) or missing("constraints.team_size", "constraints.timeline")
