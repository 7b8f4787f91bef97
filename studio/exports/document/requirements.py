"""Sections 1 to 4: overview, goals, non-goals, requirements."""

from studio.analysis import Analysis
from studio.estimates.wording import titled, worded
from studio.exports.document.pieces import heading, missing, paragraphs, points, said, table
from studio.exports.frame.escaping import markdown
from studio.model.document import document
from studio.model.fields import FieldShape, shapes
from studio.model.part import Part
from studio.units import Dimension, shown

MET = {True: "met", False: "**missed**", None: "unknown"}


def overview(analysis: Analysis) -> str:
    """1: what it is, and how far it must be trusted."""
    about = analysis.design.design
    stage = f"Stage: {about.stage}." if about.stage else ""
    return paragraphs(said(about.overview, "design.overview"), stage)


def goals(analysis: Analysis) -> str:
    """2: what it is for."""
    return points(analysis.design.design.goals) or missing("design.goals")


def non_goals(analysis: Analysis) -> str:
    """3: what it is not for."""
    return points(analysis.design.design.non_goals) or missing("design.non_goals")


def requirements(analysis: Analysis) -> str:
    """4: functional and non-functional requirements, the targets with what the design gives, the constraints."""
    return paragraphs(
        heading("Functional"), _functional(analysis), heading("Non-Functional"), _asked(analysis),
        heading("Targets", 4), targets(analysis), heading("Constraints", 4), _constraints(analysis),
    )  # fmt: skip


def _functional(analysis: Analysis) -> str:
    rows = [
        (requirement.priority or "", requirement.text or requirement.id, ", ".join(requirement.realised_by))
        for requirement in analysis.design.requirements.functional
    ]
    return table(("Priority", "Requirement", "Realised by"), rows) or missing("requirements.functional.ID")


def _asked(analysis: Analysis) -> str:
    """Every number and choice a person gave, as written."""
    wanted = analysis.design.requirements
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
    return table(("", "Requirement", "Value"), rows) or missing("requirements.scale", "requirements.performance")


def _written(value: object, shape: FieldShape) -> str:
    """A value in words; ratios as percentages, ranges with «to»."""
    if isinstance(value, list):
        return " to ".join(_written(end, shape) for end in value)
    if isinstance(value, int | float) and shape.measure is not None and shape.measure.dimension is Dimension.RATIO:
        return shown(value, Dimension.RATIO)
    return f"{value:,}" if isinstance(value, int) else str(value)


def targets(analysis: Analysis) -> str:
    """What is wanted, what the design gives, and what would meet a missed target."""
    found = analysis.estimates.targets
    rows = [
        f"| {markdown(titled(t.target))} | {markdown(worded(t.target, t.wanted))} "
        f"| {markdown(worded(t.target, t.got))} | {MET[t.met]} | {markdown(t.to_meet or '') or '–'} |"
        for t in found
    ]
    if not rows:
        return missing("requirements.performance.p99", "requirements.availability.target")
    return "\n".join(["| Target | Wanted | Got | | To meet it |", "|---|---|---|---|---|", *rows])


def _constraints(analysis: Analysis) -> str:
    given = document(analysis.design.constraints)
    rows = [(key.replace("_", " "), ", ".join(v) if isinstance(v, list) else str(v)) for key, v in given.items()]
    return table(("Constraint", "Value"), rows) or missing("constraints.team_size", "constraints.timeline")
