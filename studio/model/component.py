"""Components: what runs, holds data or answers from outside."""

from typing import Annotated, Literal

from pydantic import Field

from studio.model.keyed import keyed
from studio.model.kinds import Kind
from studio.model.origin import Origin
from studio.model.part import Named, Part
from studio.model.values import (
    Capacity,
    ComponentId,
    ComponentRefs,
    Count,
    Day,
    Duration,
    Factor,
    Flag,
    Id,
    Identifier,
    Line,
    Lines,
    Money,
    Place,
    Prose,
    Rate,
    Ratio,
    Whole,
    WholeNumber,
    WholeOrZero,
)


class Autoscale(Part):
    """Copies added and taken away by a rule."""

    max: Whole = Field(None, description="Most copies it may run")
    metric: Line = Field(None, description="What triggers it, with the threshold")


class Replication(Part):
    """How copies of the data are kept alike."""

    mode: Literal["sync", "async", "quorum"] | None = Field(None, description="When a write counts as done")
    lag: Duration = Field(None, description="How far copies run behind")
    round_trip: Duration = Field(None, description="Round trip to the copies that a write waits for")


class Failover(Part):
    """What happens when the primary is gone."""

    mode: Literal["automatic", "manual"] | None = Field(None, description="Who decides")
    fence: Flag = Field(None, description="Whether the old primary is kept from writing")
    exercised: Day = Field(None, description="When it was last practised")


class Limit(Named):
    """A hard limit and how near it is: `limits.NAME`."""

    id: Id
    now: Count = Field(None, description="Used today")
    max: Count = Field(None, description="The ceiling")
    grows_with: Literal["fleet", "load", "data", "time"] | None = Field(None, description="What drives it up")


class Expiry(Named):
    """Something with an end date: `expires.NAME`."""

    id: Id
    on: Day = Field(None, description="The last good day")
    watched: Flag = Field(None, description="Whether an alert comes before")
    renewed_by: Line = Field(None, description="What or who renews it")


class AgentLimits(Part):
    """What stops an agent."""

    steps: Whole = Field(None, description="Most steps in one run")
    cost: Money = Field(None, description="Most US dollars in one run")
    deadline: Duration = Field(None, description="Longest run")
    approval: Line = Field(None, description="What needs a person's yes")


class LanguageModel(Part):
    """Which model answers, and whether a change of it is noticed."""

    name: Line = Field(None, description="The model")
    pinned: Flag = Field(None, description="Whether the version is fixed")
    evaluated: Day = Field(None, description="When it was last measured on an evaluation set")


class Backup(Part):
    """How data survives its store."""

    every: Duration = Field(None, description="Interval between backups")
    keep: Duration = Field(None, description="How long they are kept")
    restore_tested: Day = Field(None, description="When one was last restored")
    restore_time: Duration = Field(None, description="How long that took")
    offsite: Flag = Field(None, description="Whether a copy lies elsewhere")
    regions: Lines = Field((), description="Where the backups lie")


class Deploy(Part):
    """How a change reaches production."""

    strategy: Line = Field(None, description="canary, blue-green, rolling, in-place …")
    stages: Lines = Field((), description="Shares it passes through")
    automatic_halt: Flag = Field(None, description="Whether bad signals stop it by themselves")
    rollback: Line = Field(None, description="How it is taken back")


class Observe(Part):
    """How one knows that it works."""

    metrics: Lines = Field((), description="What is measured")
    logs: Flag = Field(None, description="Whether structured logs are kept")
    traces: Flag = Field(None, description="Whether requests can be followed")
    alerts: Lines = Field((), description="What wakes somebody")
    slo: Line = Field(None, description="The objective the alerts serve")


class Endpoint(Named):
    """One thing a component answers: `[components.ID.endpoints.NAME]`."""

    id: Id
    method: Line = Field(None, description="HTTP method or verb")
    path: Line = Field(None, description="Path or topic")
    purpose: Prose = Field(None, description="What it is for")
    request: Prose = Field(None, description="What comes in")
    response: Prose = Field(None, description="What goes out")
    auth: Line = Field(None, description="How the caller proves who it is")
    authorization: Line = Field(None, description="The object-level rule; “none” must be said")
    returns_collection: Flag = Field(None, description="Whether it returns a list")
    paginated: Flag = Field(None, description="Whether that list comes in pages")
    idempotent: Flag = Field(None, description="Whether calling twice does no more than once")
    errors: Lines = Field((), description="How it fails")


class Failure(Named):
    """One way a component fails: `[components.ID.failures.NAME]`."""

    id: Id
    mode: Prose = Field(None, description="What goes wrong")
    effect: Prose = Field(None, description="What users notice")
    detection: Prose = Field(None, description="How one finds out")
    mitigation: Prose = Field(None, description="What softens it")


class Component(Named):
    """A box of the design: `[components.ID]`."""

    id: Annotated[ComponentId, Identifier()]
    name: Line = Field(None, description="What the box says; the id when not given")
    kind: Kind = Field(description="What it is")
    technology: Line = Field(None, description="An id of the catalogue, or free words")
    purpose: Prose = Field(None, description="What it does")
    why: Prose = Field(None, description="Why it is there")
    owner: Line = Field(None, description="Who answers for it")
    group: Line = Field(None, description="The frame it is drawn in; a/b nests")
    tier: Annotated[Literal[1, 2, 3] | None, WholeNumber(1, 3)] = Field(
        None, description="1: a must journey stops without it"
    )
    responsibilities: Lines = Field((), description="What it alone decides")
    instances: Whole = Field(None, description="Running copies; 1 when not given")
    autoscale: Autoscale | None = Field(None, description="Copies added by a rule")
    zones: Whole = Field(None, description="Availability zones the copies spread over; 1 when not given")
    managed: Flag = Field(None, description="Whether a vendor runs it")
    capacity_rps: Capacity = Field(None, description="Requests/s one instance serves at 100 % utilisation")
    latency: Duration = Field(None, description="Mean service time of one unloaded request")
    workers: Whole = Field(
        None, description="Requests one instance works on at once; capacity × latency when not given"
    )
    pooled: Flag = Field(None, description="Whether all instances share one queue")
    blocking: Flag = Field(None, description="Whether a worker is held while it waits for the calls it makes")
    service_variation: Factor = Field(None, description="Variance ÷ mean² of the service time; 1 when not given")
    availability: Ratio = Field(None, description="Of one instance; of the whole when managed")
    time_between_failures: Duration = Field(None, description="Of one instance, mean (MTBF)")
    time_to_repair: Duration = Field(
        None, description="Of one instance, mean (MTTR); both give availability where that is not given"
    )
    contention: Ratio = Field(None, description="Share of the work its instances do one after the other (USL σ)")
    coherence: Ratio = Field(None, description="What two instances spend on agreeing, as a share (USL κ)")
    zone_availability: Ratio = Field(None, description="Of one availability zone it runs in")
    error_ratio: Ratio = Field(None, description="Share of its answers that are errors while it works")
    cost_per_month: Money = Field(None, description="Of one instance")
    cost_per_million_requests: Money = Field(None, description="Paid by use, beside what instances cost")
    free_requests_per_month: Count = Field(None, description="Requests in a month before use is paid; 0 when not given")
    effort: Duration = Field(None, description="To build it: one person")
    state: Literal["none", "memory", "disk", "external"] | None = Field(None, description="Where its state lives")
    hit_ratio: Ratio = Field(None, description="Caches and CDNs: share of reads answered")
    keys: Count = Field(None, description="Distinct keys asked for, of a cache or a sharded store")
    holds: Count = Field(None, description="Caches: keys it has room for; gives hit_ratio where that is not given")
    skew: Factor = Field(None, description="Zipf exponent of how popular keys are; 1 when not given")
    generates_rps: Rate = Field(None, description="Load it makes by itself")
    share: Ratio = Field(None, description="Clients: their part of the load")
    read_replicas: WholeOrZero = Field(None, description="Copies beside each primary that serve reads only")
    shards: Whole = Field(None, description="Partitions; each a primary with its replicas")
    hot_share: Ratio = Field(None, description="Share of the load on the hottest shard; 1 ÷ shards when not given")
    replication: Replication | None = Field(None, description="How copies are kept alike")
    failover: Failover | None = Field(None, description="What happens when the primary is gone")
    needs_to_start: ComponentRefs = Field((), description="What it needs to start or to be repaired")
    shares_fate_with: Lines = Field((), description="What its copies have in common: zone, network, plan, vendor")
    recovery_admission: Literal["limited", "none"] | None = Field(
        None, description="How clients come back after an outage"
    )
    limits: Annotated[tuple[Limit, ...], keyed] = Field((), description="Hard limits")
    expires: Annotated[tuple[Expiry, ...], keyed] = Field((), description="Things with an end date")
    guard: Line = Field(None, description="What protects destructive operations")
    max_connections: Whole = Field(None, description="Connections it accepts")
    pool_size: Whole = Field(None, description="Connections one instance opens to each store it calls")
    ttl: Duration = Field(None, description="Caches: how long an entry lives")
    ttl_jitter: Flag = Field(None, description="Caches: whether lifetimes are spread at random")
    invalidation: Line = Field(None, description="Caches: what removes an entry early")
    max_length: Count = Field(None, description="Queues and streams: most messages held")
    max_age: Duration = Field(None, description="Queues and streams: oldest message held")
    regions: Lines = Field((), description="Where it runs")
    tenancy: Line = Field(None, description="How tenants are kept apart: row policy, schema, database, key prefix")
    limits_of_agent: AgentLimits | None = Field(None, description="Agents: what stops them")
    language_model: LanguageModel | None = Field(None, alias="model", description="LLMs: which model")
    common_cause: Ratio = Field(None, description="Share of failures that hit all copies at once; 0 when not given")
    rate_limit: Line = Field(None, description="What a caller may do at most")
    quota_rps: Rate = Field(None, description="A vendor's ceiling")
    health_check: Line = Field(None, description="What tells that an instance works")
    scaling: Prose = Field(None, description="The scaling strategy in words")
    encrypted_at_rest: Flag = Field(None, description="Whether stored data is encrypted")
    backup: Backup | None = Field(None, description="How data survives its store")
    deploy: Deploy | None = Field(None, description="How a change reaches production")
    observe: Observe | None = Field(None, description="How one knows that it works")
    publishes: Lines = Field((), description="Events it sends")
    consumes: Lines = Field((), description="Events it takes")
    schema_text: Prose = Field(None, alias="schema", description="SQL or prose")
    at: Place = Field(None, description="Column and row, only when a person placed it")
    origin: Origin | None = Field(None, description="Where it was imported from; a later import finds it again by this")
    endpoints: Annotated[tuple[Endpoint, ...], keyed] = Field((), description="What it answers")
    failures: Annotated[tuple[Failure, ...], keyed] = Field((), description="How it fails")

    @property
    def label(self) -> str:
        """What the box says: the name, or the id."""
        return self.name or self.id

    @property
    def groups(self) -> tuple[str, ...]:
        """The frames around it, outermost first."""
        return tuple(part for part in (self.group or "").split("/") if part)

    @property
    def copies(self) -> int:
        """All running copies: instances × shards × (1 + read replicas)."""
        return (self.instances or 1) * (self.shards or 1) * (1 + (self.read_replicas or 0))
