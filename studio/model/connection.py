"""Connections: who calls whom or feeds whom, how, and what happens when it fails."""

from typing import Annotated, Literal

from pydantic import Field

from studio.model.origin import Confidence, Origin
from studio.model.part import Named
from studio.model.values import (
    ComponentRef,
    ComponentRefOrNone,
    ConnectionId,
    DataRefs,
    Duration,
    Factor,
    Flag,
    Identifier,
    Line,
    Whole,
)
from studio.text import says_something

Mode = Literal["sync", "async", "stream", "batch"]
Traffic = Literal["all", "reads", "writes"]


class Connection(Named):
    """An arrow of the design: `[connections.ID]`."""

    id: Annotated[ConnectionId, Identifier()]
    source: ComponentRef = Field(alias="from", description="The caller or producer")
    target: ComponentRef = Field(alias="to", description="The callee or consumer")
    carries: Line = Field(None, description="The label: what flows")
    protocol: Line = Field(None, description="HTTP, SQL, gRPC, AMQP …")
    mode: Mode | None = Field(None, description="Whether the caller waits; sync when not given")
    traffic: Traffic | None = Field(None, description="Which requests of the caller use it; all when not given")
    calls_per_request: Factor = Field(None, description="Calls for each such request; 1 when not given")
    on_miss_of: ComponentRefOrNone = Field(None, description="Only when that cache misses")
    hard: Flag = Field(None, description="Whether the caller fails without it; true when not given")
    network: Duration = Field(None, description="Round trip; 1 ms when not given")
    timeout: Duration = Field(None, description="When the caller gives up one attempt")
    attempts: Whole = Field(None, description="Tries in all, the first included; 1 when not given")
    backoff: Literal["none", "fixed", "exponential"] | None = Field(None, description="Wait between tries")
    jitter: Flag = Field(None, description="Whether that wait is random")
    mutating: Flag = Field(None, description="Whether it changes data")
    idempotent: Flag = Field(None, description="Whether twice does no more than once")
    circuit_breaker: Flag = Field(None, description="Whether the caller stops calling a failing callee")
    fallback: Line = Field(None, description="What the caller does instead")
    bulkhead: Flag = Field(None, description="Whether it has a pool of its own")
    delivery: Literal["at-most-once", "at-least-once", "exactly-once"] | None = Field(
        None, description="Delivery guarantee"
    )
    dead_letter: Flag = Field(None, description="Whether messages that cannot be handled are set aside")
    per_item: Flag = Field(None, description="One call per list item (N+1)")
    parallel: Flag = Field(None, description="Whether several calls of one request run at once")
    answers_needed: Whole = Field(None, description="Parallel calls: answers waited for; all when not given")
    hedge_after: Duration = Field(None, description="When a second try is sent and the first answer of the two wins")
    retry_budget: Factor = Field(None, description="Retries at most, as a share of requests; no limit when not given")
    validated: Flag = Field(None, description="Whether what arrives is checked before use")
    encrypted: Flag = Field(None, description="Whether it is encrypted in transit")
    auth: Line = Field(None, description="How the caller proves who it is")
    data: DataRefs = Field((), description="Ids of the data it carries")
    confidence: Confidence | None = Field(
        None, description="How sure an import was that it is there; left out once a person has confirmed it"
    )
    origin: Origin | None = Field(None, description="Where it was imported from; a later import finds it again by this")

    @property
    def is_synchronous(self) -> bool:
        """Whether the caller waits for the answer (the mode when none is given)."""
        return self.mode in (None, "sync")

    @property
    def is_hard(self) -> bool:
        """Whether the caller fails without it: hard by default, soft when said so or when nobody waits."""
        return self.hard is not False and self.is_synchronous

    @property
    def has_fallback(self) -> bool:
        """Whether the caller has something to do instead; to say `none` is to have nothing."""
        return says_something(self.fallback)

    @property
    def tries(self) -> int:
        """Tries in all, the first included."""
        return self.attempts or 1
