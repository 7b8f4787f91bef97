"""The whole design: one frozen value."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from studio.model.behaviour import AppliedPattern, Data, Journey, Scenario
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.keyed import keyed
from studio.model.part import Part
from studio.model.records import Acceptance, Assumption, Decision, Operations, Phase, Question, Risk
from studio.model.requirements import About, Constraints, Requirements


class Design(Part):
    """A design file, read: everything a person said, nothing derived.

    Ids are unique per section, because they are table names. References may dangle here; the loader and the
    edits refuse those that do.
    """

    format: Literal[1] = Field(description="Version of the file format")
    design: About = Field(description="The design as a whole")
    requirements: Requirements = Field(default_factory=Requirements, description="What it must do and be")
    constraints: Constraints = Field(default_factory=Constraints, description="What cannot be chosen")
    components: Annotated[tuple[Component, ...], keyed] = Field((), description="The boxes")
    connections: Annotated[tuple[Connection, ...], keyed] = Field((), description="The arrows")
    data: Annotated[tuple[Data, ...], keyed] = Field((), description="Kinds of data")
    journeys: Annotated[tuple[Journey, ...], keyed] = Field((), description="What users go through")
    patterns: Annotated[tuple[AppliedPattern, ...], keyed] = Field((), description="Catalogue entries applied")
    decisions: Annotated[tuple[Decision, ...], keyed] = Field((), description="What was decided, and against what")
    scenarios: Annotated[tuple[Scenario, ...], keyed] = Field((), description="What-ifs kept as tests")
    accepted: Annotated[tuple[Acceptance, ...], keyed] = Field((), description="Red flags somebody accepts")
    operations: Operations = Field(default_factory=Operations, description="How it is run")
    plan: Annotated[tuple[Phase, ...], keyed] = Field((), description="How it is built")
    assumptions: Annotated[tuple[Assumption, ...], keyed] = Field((), description="What is taken for true")
    questions: Annotated[tuple[Question, ...], keyed] = Field((), description="What nobody knows yet")
    risks: Annotated[tuple[Risk, ...], keyed] = Field((), description="What may happen")

    @cached_property
    def component(self) -> Mapping[str, Component]:
        """Components by id."""
        return {component.id: component for component in self.components}

    @cached_property
    def connection(self) -> Mapping[str, Connection]:
        """Connections by id."""
        return {connection.id: connection for connection in self.connections}

    @cached_property
    def calls_of(self) -> Mapping[str, tuple[Connection, ...]]:
        """The connections that leave each component, in file order."""
        return self._by_end("source")

    @cached_property
    def callers_of(self) -> Mapping[str, tuple[Connection, ...]]:
        """The connections that reach each component, in file order."""
        return self._by_end("target")

    @cached_property
    def journeys_over(self) -> Mapping[str, tuple[Journey, ...]]:
        """The journeys that run over each connection, in file order; connections of none are left out."""
        found: dict[str, dict[str, Journey]] = {}
        for journey in self.journeys:
            for step in journey.steps:
                found.setdefault(step, {})[journey.id] = journey
        return {step: tuple(journeys.values()) for step, journeys in found.items()}

    def _by_end(self, end: str) -> Mapping[str, tuple[Connection, ...]]:
        found: dict[str, list[Connection]] = {component.id: [] for component in self.components}
        for connection in self.connections:
            found.setdefault(getattr(connection, end), []).append(connection)
        return {id_: tuple(connections) for id_, connections in found.items()}
