"""`tenfold estimate`: calls, limits, backlogs, unit cost and error budget as a person reads them in a terminal."""

from collections.abc import Iterator

from studio.cli.frame.terminal import table
from studio.estimates.engine import Estimates
from studio.estimates.sides.error_budget import dependencies_below
from studio.estimates.wording import worded
from studio.units import grouped

CALL_COLUMNS = (
    ("patience", "deadline_ms"), ("worst case", "worst_case_ms"), ("below it", "below_ms"), ("too late", "too_late"),
    ("tries", "expected_attempts"), ("gives up", "gives_up"), ("regime", "regime"),
)  # fmt: skip
BACKLOG_COLUMNS = (
    ("arrives", "arrival_rps"), ("taken", "drain_rps"), ("grows", "growth_rps"), ("after peak", "messages_after_peak"),
    ("drains in", "drain_minutes"), ("oldest", "oldest_minutes"), ("lost", "lost_messages"),
    ("holds outage", "holds_outage_minutes"), ("catches up in", "catch_up_minutes"),
    ("copies at work", "working_consumers"), ("idle", "idle_consumers"),
)  # fmt: skip


def calls(estimates: Estimates) -> Iterator[str]:
    """Deadlines and retries of the calls that have any."""
    rows = [("call", *(title for title, _ in CALL_COLUMNS), "")]
    for name, budget in estimates.call_budgets.items():
        if budget.deadline_ms is None and budget.regime is None:
            continue
        cells = [worded(key, getattr(budget, key)) for _, key in CALL_COLUMNS]
        if budget.regime is None:
            cells[-1] = "–"
        rows.append((name, *cells, "gives up before the calls below do" if budget.is_inverted else ""))
    if len(rows) > 1:
        yield from table(rows, right=frozenset(range(1, len(CALL_COLUMNS))))


def limits(estimates: Estimates) -> Iterator[str]:
    """What runs out besides capacity."""
    rows = [("limit", "used", "of", "share", "breaks at")]
    for limit in estimates.limits:
        used, share = worded("count", limit.used), worded("used_share", limit.share)
        place = limit.path.removeprefix("components.")
        rows.append((place, used, grouped(limit.most), share, worded("at", limit.breaks_at)))
    if len(rows) > 1:
        yield from table(rows, right=frozenset(range(1, 5)))


def backlogs(estimates: Estimates) -> Iterator[str]:
    """What piles up before consumers."""
    rows = [("backlog", *(title for title, _ in BACKLOG_COLUMNS), "decided by")]
    for name, figures in estimates.backlogs.items():
        cells = (worded(key, getattr(figures, key)) for _, key in BACKLOG_COLUMNS)
        rows.append((name, *cells, figures.waits_for or "?"))
    if len(rows) > 1:
        yield from table(rows, right=frozenset(range(1, len(BACKLOG_COLUMNS) + 1)))


def unit_cost(estimates: Estimates) -> Iterator[str]:
    """What the bill buys, as far as it is known."""
    cost, money = estimates.unit_cost, currency(estimates)
    if estimates.cost_per_month is None:
        return
    rows = [
        ("cost of 1,000 requests", f"{worded('cost', cost.cost_per_thousand_requests)} {money}"),
        ("cost of a daily user", f"{worded('cost', cost.cost_per_daily_user)} {money} a month"),
        ("of the budget", worded("budget_share", cost.budget_share)),
        ("idle at peak", f"{worded('cost', cost.idle_cost_per_month)} {money} a month"),
    ]
    if cost.biggest_item is not None:
        share = worded("biggest_share", cost.biggest_share)
        rows.append(("dearest", f"{cost.biggest_item}, {worded('cost', cost.biggest_cost_per_month)} {money}, {share}"))
    yield from table([row for row in rows if not row[1].startswith("?")])


def error_budget(estimates: Estimates) -> Iterator[str]:
    """What may fail and how fast the design spends it."""
    budget = estimates.error_budget
    if budget is None:
        return
    rows = [
        ("error budget", f"{worded('minutes', budget.minutes_per_month)} in 30 days"),
        ("", f"{worded('requests', budget.requests_per_month)} requests"),
        ("used by the design", worded("used_share", budget.used_share)),
        ("spent after", worded("days_until_spent", budget.days_until_spent)),
        ("spent at 14.4 ×", worded("hours_at_fast_burn", budget.hours_at_fast_burn)),
        ("each dependency", worded("availability", budget.dependency_availability)),
        ("below that", ", ".join(dependencies_below(estimates.working)) or "nobody"),
    ]
    yield from table([row for row in rows if not row[1].startswith("?")])


def currency(estimates: Estimates) -> str:
    """The currency of the design's amounts."""
    return estimates.working.basis.design.requirements.cost.currency or "USD"
