"""What the system must do, how much of it, how fast, how surely, at what cost, and under which constraints."""

from typing import Annotated, Literal

from pydantic import Field

from studio.model.keyed import keyed
from studio.model.part import Named, Part
from studio.model.values import (
    Count,
    Duration,
    Factor,
    Identifier,
    Line,
    Lines,
    Listed,
    Money,
    Multiple,
    Name,
    Prose,
    Ratio,
    Refers,
    RequirementId,
    Size,
)

Realisers = Annotated[tuple[str, ...], Listed(Identifier()), Refers(("journeys", "components", "decisions"))]


class About(Part):
    """The design as a whole, in words: `[design]`."""

    name: Name = Field(description="What the system is called")
    overview: Prose = Field(None, description="Two or three sentences")
    stage: Literal["prototype", "mvp", "growth", "critical"] | None = Field(
        None, description="How much depends on it: a prototype is judged more gently"
    )
    goals: Lines = Field((), description="What it is for")
    non_goals: Lines = Field((), description="What it is deliberately not for")
    future: Lines = Field((), description="What may come later")


class FunctionalRequirement(Named):
    """One thing the system must do: `[requirements.functional.ID]`."""

    id: Annotated[RequirementId, Identifier()]
    text: Prose = Field(None, description="The requirement, as one sentence")
    priority: Literal["must", "should", "could", "wont"] | None = Field(None, description="MoSCoW priority")
    realised_by: Realisers = Field((), description="Ids of the journeys, components or decisions that realise it")


class Scale(Part):
    """How much: `[requirements.scale]`."""

    daily_active_users: Count = Field(None, description="People who use it on an average day")
    requests_per_user_per_day: Count = Field(None, description="Requests one of them makes in a day")
    peak_factor: Multiple = Field(None, description="Peak ÷ average; 3 when not given")
    peak_duration: Duration = Field(None, description="How long a peak lasts; 1 h when not given")
    arrival_variation: Factor = Field(
        None, description="Variance ÷ mean² of the times between requests at peak; 1, at random, when not given"
    )
    reads_per_write: Factor = Field(None, description="Reads for each write; 1 when not given")
    request_size: Size = Field(None, description="Payload moved per request")
    record_size: Size = Field(None, description="Stored per write, before replication")
    retention: Duration = Field(None, description="How long a record is kept")
    growth: Multiple = Field(None, description="The load to survive, as a multiple of today; 10 when not given")
    horizon: Duration = Field(None, description="When that load may come")


class ArtificialIntelligence(Part):
    """Calls of language models: `[requirements.ai]`."""

    requests_per_user_per_day: Count = Field(None, description="Model calls one user causes in a day")
    input_tokens: Count = Field(None, description="Tokens sent per call")
    output_tokens: Count = Field(None, description="Tokens answered per call")
    price_per_million_tokens: Money = Field(None, description="One price for input and output")
    input_price_per_million_tokens: Money = Field(None, description="Price of input tokens")
    output_price_per_million_tokens: Money = Field(None, description="Price of output tokens")
    cached_input_ratio: Ratio = Field(
        None, description="Share of the input tokens billed as cached prompt; 0 when not given"
    )
    cached_input_price_per_million_tokens: Money = Field(None, description="Price of cached input tokens")
    cache_hit_ratio: Ratio = Field(None, description="Share of calls a semantic cache answers; 0 when not given")
    repeat_share: Ratio = Field(None, description="Share of calls that ask what was asked before, in any words")


class Performance(Part):
    """How fast: `[requirements.performance]`."""

    p50: Duration = Field(None, description="Response time of the median request")
    p99: Duration = Field(None, description="Response time 99 of 100 requests stay below")
    optimise_for: Literal["latency", "throughput"] | None = Field(None, description="Which of the two wins")


class Availability(Part):
    """How surely: `[requirements.availability]`."""

    target: Ratio = Field(None, description="Share of requests that succeed")
    recovery_time: Duration = Field(None, description="RTO: the longest outage")
    recovery_point: Duration = Field(None, description="RPO: the most data lost, as time")


class Consistency(Part):
    """How consistent: `[requirements.consistency]`."""

    need: Literal["strong", "eventual", "mixed"] | None = Field(None, description="What readers may rely on")
    during_partition: Literal["available", "consistent"] | None = Field(
        None, description="The CAP choice: AP (available) or CP (consistent)"
    )


class Security(Part):
    """How safe: `[requirements.security]`."""

    authentication: Prose = Field(None, description="How callers prove who they are")
    authorization: Prose = Field(None, description="Who may do what to which object")
    data_protection: Prose = Field(None, description="Encryption in transit and at rest, keys")
    threat_model: Prose = Field(None, description="Who attacks, what for, and what stops them")


class Cost(Part):
    """At what cost: `[requirements.cost]`."""

    budget_per_month: Money = Field(None, description="All running costs of a month")
    currency: Line = Field(None, description="ISO code; USD when not given")


class Requirements(Part):
    """All requirements: `[requirements]`."""

    functional: Annotated[tuple[FunctionalRequirement, ...], keyed] = Field((), description="What it must do")
    scale: Scale = Field(default_factory=Scale, description="How much")
    ai: ArtificialIntelligence | None = Field(None, description="Calls of language models")
    performance: Performance = Field(default_factory=Performance, description="How fast")
    availability: Availability = Field(default_factory=Availability, description="How surely")
    consistency: Consistency = Field(default_factory=Consistency, description="How consistent")
    security: Security = Field(default_factory=Security, description="How safe")
    cost: Cost = Field(default_factory=Cost, description="At what cost")


class Constraints(Part):
    """What cannot be chosen: `[constraints]`."""

    technology: Lines = Field((), description="Technologies that are given or forbidden")
    team_size: Count = Field(None, description="People who build and run it")
    on_call: Count = Field(None, description="People who share the pager")
    skills: Lines = Field((), description="What the team knows: technologies and practices")
    timeline: Duration = Field(None, description="Time until it must run")
    regulations: Lines = Field((), description="Laws and standards that apply")
    regions: Lines = Field((), description="Where it must run")
