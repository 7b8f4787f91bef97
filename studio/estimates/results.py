"""What the engine answers, in the order of `tenfold estimate --format json`.

Rates in requests/s, times in milliseconds where the name ends in `_ms`, money in US dollars a month, shares of one.
None is unknown: why stands in `Estimates.unknown` under the figure's path.
"""

from typing import NamedTuple, TypeAlias

from studio.edits.mend import Mend

Figure: TypeAlias = float | int | None
"""A number, or None: unknown."""


class Traffic(NamedTuple):
    """What users make: `traffic`. Peak figures are at the load asked for, the others at today's."""

    requests_per_day: Figure
    average_rps: Figure
    peak_rps: Figure
    peak_read_rps: Figure
    peak_write_rps: Figure
    bytes_per_day: Figure
    bytes_per_month: Figure
    stored_bytes_per_month: Figure
    stored_bytes_total: Figure
    bandwidth_bytes_per_s: Figure
    unassigned_rps: Figure
    """Peak load that the shares of the journeys leave over; 0 without journeys that carry load."""


class AiUse(NamedTuple):
    """What the language models are asked and cost: `ai`."""

    requests_per_day: Figure
    tokens_per_request: Figure
    tokens_per_day: Figure
    tokens_per_month: Figure
    cost_per_month: Figure
    peak_tokens_per_minute: Figure
    """At the load asked for: what a provider's quota limits."""


class ComponentFigures(NamedTuple):
    """One component: `components.ID`. Times are its own, without its callees."""

    peak_rps: Figure
    peak_read_rps: Figure
    peak_write_rps: Figure
    capacity_rps: Figure
    utilisation: Figure
    instances: int
    instances_needed: int | None
    instances_recommended: int | None
    mean_ms: Figure
    p50_ms: Figure
    p95_ms: Figure
    p99_ms: Figure
    availability: Figure
    cost_per_month: Figure
    breaks_at: Figure


class ConnectionFigures(NamedTuple):
    """One connection: `connections.ID`."""

    peak_rps: Figure
    worst_case_ms: Figure
    retry_amplification: int


class JourneyFigures(NamedTuple):
    """One journey as its user feels it: `journeys.ID`."""

    peak_rps: Figure
    mean_ms: Figure
    p50_ms: Figure
    p95_ms: Figure
    p99_ms: Figure
    availability: Figure


class BreaksFirst(NamedTuple):
    """The component that saturates first, at which multiple of today's peak."""

    component: str
    at: float


class Target(NamedTuple):
    """A number somebody asked for and what the design gives; `met` is None when that is unknown."""

    target: str
    wanted: float
    got: Figure
    met: bool | None
    to_meet: str | None
    """What would make it pass, in numbers; None when it is met or unknown."""
    margin: Figure = None
    """How far inside, as a share of the time, the money or the unavailability allowed; negative when missed, None when
    unknown."""
    mends: tuple[Mend, ...] = ()
    """The same as `to_meet` as fields of the design, where fields alone do it."""
