"""What people decided, accepted, assumed, asked and planned."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from studio.model.keyed import keyed
from studio.model.option_settings import SettingText
from studio.model.part import Named, Part
from studio.model.values import (
    CalendarDay,
    ComponentRefs,
    Day,
    DecisionId,
    Duration,
    Factor,
    Id,
    Identifier,
    Line,
    Lines,
    Listed,
    Money,
    Name,
    Prose,
    Reason,
    Refers,
)

Level = Literal["low", "medium", "high"]


class Option(Named):
    """One way to decide: `[decisions.ID.options.NAME]`."""

    id: Id
    name: Line = Field(None, description="What it is called")
    pros: Lines = Field((), description="What speaks for it")
    cons: Lines = Field((), description="What speaks against it")
    settings: Annotated[tuple[str, ...], Listed(SettingText())] = Field(
        (), alias="set", description="Fields it would change, such as components.api.instances = 6"
    )
    without: Annotated[tuple[str, ...], Listed(Identifier()), Refers(("components", "connections"))] = Field(
        (), description="Components and connections that would not be there"
    )

    @property
    def is_edit(self) -> bool:
        """Whether it says what it would change, so that its figures can be worked out."""
        return bool(self.settings or self.without)


class Weights(Part):
    """What counts how much in a decision: `[decisions.ID.weights]`; what is not named counts nothing."""

    cost: Factor = Field(None, description="Of the cost of a month")
    p99: Factor = Field(None, description="Of the p99 of the whole design")
    availability: Factor = Field(None, description="Of the availability")
    complexity: Factor = Field(None, description="Of the points of complexity")
    effort: Factor = Field(None, description="Of the person-weeks to build it")
    flags: Factor = Field(None, description="Of the number of open red flags")


class Decision(Named):
    """A decision with its alternatives: `[decisions.ID]`."""

    id: Annotated[DecisionId, Identifier()]
    title: Line = Field(None, description="The question")
    status: Literal["proposed", "accepted", "superseded", "rejected"] | None = Field(
        None, description="Where it stands"
    )
    about: Annotated[
        tuple[str, ...],
        Listed(Identifier()),
        Refers(("components", "connections", "data", "journeys", "patterns")),
    ] = Field((), description="Ids of what it is about")
    context: Prose = Field(None, description="What forced it")
    chosen: Line = Field(None, description="Id of the chosen option")
    why: Prose = Field(None, description="Why this one")
    revisit_when: Line = Field(None, description="Words, or a comparison on a figure")
    decided: Day = Field(None, description="When")
    decided_by: Lines = Field((), description="Who decided")
    weights: Weights | None = Field(None, description="What counts how much when options are compared")
    options: Annotated[tuple[Option, ...], keyed] = Field((), description="The alternatives")

    @property
    def label(self) -> str:
        """The title, or the id."""
        return self.title or self.id


class Acceptance(Named):
    """A red flag somebody accepts, with reason and end: `[accepted.ID]`."""

    id: Id
    flag: Name = Field(description="Id of the red flag")
    on: Line = Field(None, description="What it is raised on: an id, or section.id")
    why: Reason = Field(description="The reason")
    by: Name = Field(description="Who answers for it")
    until: Annotated[date, CalendarDay()] = Field(description="When it must be looked at again")


class Operations(Part):
    """How it is run: `[operations]`."""

    monitoring: Prose = Field(None, description="What is watched, and by whom")
    alerting: Prose = Field(None, description="What wakes whom")
    disaster_recovery: Prose = Field(None, description="How it comes back")
    rollout: Prose = Field(None, description="How changes go out")
    runs_on: ComponentRefs = Field((), description="What dashboards, alerts and pipeline themselves depend on")
    support_cost_per_month: Money = Field(None, description="People and tools that keep it running")


class Phase(Named):
    """A step of the implementation plan: `[plan.ID]`."""

    id: Id
    goal: Prose = Field(None, description="What is true when it is done")
    milestones: Lines = Field((), description="What shows it")
    duration: Duration = Field(None, description="How long")


class Assumption(Named):
    """Something taken for true: `[assumptions.ID]`."""

    id: Id
    text: Prose = Field(None, description="What is assumed")
    source: Line = Field(None, description="Where it comes from")
    check_by: Day = Field(None, description="When it must have been checked")


class Question(Named):
    """Something nobody knows yet: `[questions.ID]`."""

    id: Id
    text: Prose = Field(None, description="The question")
    ask: Line = Field(None, description="Whom")


class Risk(Named):
    """Something that may happen: `[risks.ID]`."""

    id: Id
    text: Prose = Field(None, description="What may happen")
    likelihood: Level | None = Field(None, description="How likely")
    impact: Level | None = Field(None, description="How bad")
    mitigation: Prose = Field(None, description="What is done about it")
