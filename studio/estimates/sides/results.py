"""What the engine answers beside load, time and availability: backlogs, unit cost, error budget.

The end of a name is its unit: `_rps` messages or requests/s, `_minutes`, `_share` of one, `cost` in USD. None is
unknown: why stands under the figure's path.
"""

from typing import NamedTuple, TypeAlias

Figure: TypeAlias = float | int | None


class Backlog(NamedTuple):
    """What piles up before a queue's or stream's consumers, or before what is overloaded: `backlogs.ID`."""

    waits_for: str | None = None
    """The component that decides: the consumer that falls behind most, or the component itself."""
    arrival_rps: Figure = None
    """Messages/s that come for it at peak."""
    drain_rps: Figure = None
    """Messages/s it can take at peak, beside its other work."""
    growth_rps: Figure = None
    messages_after_peak: Figure = None
    drain_minutes: Figure = None
    """From the end of the peak until nothing waits any more, at the average load."""
    oldest_minutes: Figure = None
    """How long the last message of the peak waits."""
    lost_messages: Figure = None
    """Of those that wait at the end of the peak: more than max_length, or older than max_age."""
    holds_outage_minutes: Figure = None
    """How long nobody may take anything before messages are lost, at peak."""
    catch_up_minutes: Figure = None
    """After an hour without consumers at peak, with the peak going on."""
    working_consumers: int | None = None
    """Copies of all consumers that get work."""
    idle_consumers: int | None = None
    """Copies beyond the partitions: they get none."""


class UnitCost(NamedTuple):
    """What the bill buys: `unit_cost`."""

    cost_per_thousand_requests: Figure = None
    cost_per_daily_user: Figure = None
    """A month of one daily active user."""
    budget_share: Figure = None
    """Cost ÷ budget."""
    idle_cost_per_month: Figure = None
    """What of the price of all copies pays for room that is not used at peak."""
    biggest_cost_per_month: Figure = None
    biggest_share: Figure = None
    """Of the whole bill."""
    biggest_item: str | None = None
    """A component's id, `tokens` or `support`."""


class ErrorBudget(NamedTuple):
    """What the availability asked for leaves to fail, and how much of it the design uses: `error_budget`."""

    minutes_per_month: Figure = None
    requests_per_month: Figure = None
    """That may fail."""
    used_share: Figure = None
    """1 is all of it; more misses the target."""
    days_until_spent: Figure = None
    """At the design's own rate of failures, in days of use; 30 spend it exactly."""
    hours_at_fast_burn: Figure = None
    """Until all of it is spent when errors come 14.4 times as often as allowed."""
    target_nines: Figure = None
    nines: Figure = None
    """−log₁₀(1 − availability) of the design: 0.999 is three."""
    dependency_availability: Figure = None
    """What each critical dependency should give: it may spend a tenth of the budget."""
