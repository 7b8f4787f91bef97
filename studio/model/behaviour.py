"""Data, journeys, applied patterns and scenarios: what the components and connections are there for."""

from typing import Annotated, Literal

from pydantic import Field

from studio.model.connection import Traffic
from studio.model.part import Named
from studio.model.values import (
    ComponentRefOrNone,
    ComponentRefs,
    ConnectionId,
    ConnectionRefs,
    DataId,
    Duration,
    Flag,
    Id,
    Identifier,
    JourneyId,
    Line,
    Lines,
    Listed,
    Multiple,
    Prose,
    Ratio,
    Refers,
    Size,
)


class Data(Named):
    """A kind of data: `[data.ID]`."""

    id: Annotated[DataId, Identifier()]
    store: ComponentRefOrNone = Field(None, description="Its system of record")
    classification: Literal["public", "internal", "confidential", "personal", "health", "payment", "secret"] | None = (
        Field(None, description="How much harm a leak does")
    )
    owner: Line = Field(None, description="Who answers for it")
    retention: Duration = Field(None, description="How long it is kept")
    partition_key: Line = Field(None, description="What it is spread by")
    consistency: Literal["strong", "eventual", "mixed"] | None = Field(None, description="What readers may rely on")
    user_owned: Flag = Field(None, description="Whether records belong to single users")
    tenant_scoped: Flag = Field(None, description="Whether records belong to tenants")
    residency: Lines = Field((), description="Regions it may lie in")
    size: Size = Field(None, description="Stored today, before replication")
    growth_per_month: Size = Field(None, description="Added in a month, before replication")
    allowed_staleness: Duration = Field(None, description="How old an answer may be")


class Journey(Named):
    """What a user goes through, step by step: `[journeys.ID]`."""

    id: Annotated[JourneyId, Identifier()]
    name: Line = Field(None, description="What the user would call it")
    share: Ratio = Field(None, description="Of all requests")
    traffic: Traffic | None = Field(None, description="Reads, writes or all; all when not given")
    steps: ConnectionRefs = Field((), description="Ids of connections in order")
    notes: Lines = Field((), description="One for each step, for the document")
    at_once: Annotated[tuple[tuple[ConnectionId, ...], ...], Listed(Listed(Identifier())), Refers(("connections",))] = (
        Field((), description="Steps that run at the same time")
    )
    p99: Duration = Field(None, description="Its own response time target")
    availability: Ratio = Field(None, description="Its own availability target")

    @property
    def label(self) -> str:
        """The name, or the id."""
        return self.name or self.id


class AppliedPattern(Named):
    """A catalogue entry applied to this design: `[patterns.ID]`."""

    id: Id
    use: Id = Field(description="Id of the catalogue entry")
    on: Annotated[tuple[str, ...], Listed(Identifier()), Refers(("components", "connections"))] = Field(
        (), description="Ids of the components or connections it is applied to"
    )
    why: Prose = Field(None, description="Why")


class Scenario(Named):
    """A what-if kept as a test: `[scenarios.ID]`."""

    id: Id
    load: Multiple = Field(None, description="× today's peak; 1 when not given")
    down: ComponentRefs = Field((), description="Components that are gone")
    cold: ComponentRefs = Field((), description="Caches that are empty: every read misses")
    zone_lost: Flag = Field(None, description="Whether one availability zone is gone")
    expect: Lines = Field((), description="Comparisons on figures that must hold")
