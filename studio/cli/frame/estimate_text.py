"""`tenfold estimate`: the figures as a person reads them in a terminal."""

from collections.abc import Iterator

from studio.cli.frame.estimate_sides import backlogs, calls, currency, error_budget, limits, unit_cost
from studio.cli.frame.ranges_text import ranges
from studio.cli.frame.terminal import table
from studio.cli.frame.what_if_text import growth, ladder, loss
from studio.cli.frame.words import shown_target
from studio.estimates.engine import Estimates
from studio.estimates.wording import worded

COMPONENT_COLUMNS = (
    ("load", "peak_rps"), ("capacity", "capacity_rps"), ("used", "utilisation"), ("has", "instances"),
    ("needs", "instances_needed"), ("should", "instances_recommended"), ("mean", "mean_ms"), ("p99", "p99_ms"),
    ("availability", "availability"), ("cost", "cost_per_month"), ("breaks at", "breaks_at"),
)  # fmt: skip
JOURNEY_COLUMNS = (
    ("load", "peak_rps"), ("mean", "mean_ms"), ("p50", "p50_ms"), ("p95", "p95_ms"), ("p99", "p99_ms"),
    ("availability", "availability"),
)  # fmt: skip


def blocks(estimates: Estimates) -> Iterator[str]:
    """Traffic, components, journeys, the whole, targets, how sure it is, what breaks, and what is unknown and why.

    Each block is worked out when it is asked for: what is quick can be shown while what takes longer is under way.
    """
    parts = (
        _traffic, loss, _ai, _components, calls, limits, backlogs, _journeys, _whole, unit_cost, error_budget, _targets,
        ranges, ladder, growth, _notes,
    )  # fmt: skip
    for part in parts:
        text = "\n".join(part(estimates))
        if text:
            yield text


def _traffic(estimates: Estimates) -> Iterator[str]:
    load = "" if estimates.load == 1 else f" at {worded('load', estimates.load)} today’s peak"
    gone = f", without {', '.join(estimates.down)}" if estimates.down else ""
    cold = f", {', '.join(estimates.cold)} empty" if estimates.cold else ""
    zone = ", one zone lost" if estimates.zone_lost else ""
    yield f"{estimates.design}{load}{gone}{cold}{zone}"
    yield from _figures(estimates.traffic)


def _ai(estimates: Estimates) -> Iterator[str]:
    if estimates.ai is not None:
        yield "language models"
        yield from _figures(estimates.ai)


def _figures(part: object) -> list[str]:
    names: tuple[str, ...] = getattr(part, "_fields", ())
    known = [(name, getattr(part, name)) for name in names]
    rows = [(f"  {name.replace('_', ' ')}", worded(name, value)) for name, value in known if value is not None]
    return table(rows, right=frozenset({1}))


def _components(estimates: Estimates) -> Iterator[str]:
    rows = [("component", *(title for title, _ in COMPONENT_COLUMNS))]
    for name, figures in estimates.components.items():
        rows.append((name, *(worded(key, getattr(figures, key)) for _, key in COMPONENT_COLUMNS)))
    if len(rows) > 1:
        yield from table(rows, right=frozenset(range(1, 12)))


def _journeys(estimates: Estimates) -> Iterator[str]:
    rows = [("journey", *(title for title, _ in JOURNEY_COLUMNS))]
    for name, figures in estimates.journeys.items():
        rows.append((name, *(worded(key, getattr(figures, key)) for _, key in JOURNEY_COLUMNS)))
    if len(rows) > 1:
        yield from table(rows, right=frozenset(range(1, 7)))


def _whole(estimates: Estimates) -> Iterator[str]:
    rows = [
        ("availability", worded("availability", estimates.availability)),
        ("downtime in 30 days", worded("downtime_minutes", estimates.downtime_minutes_per_month)),
        ("p99", worded("p99_ms", estimates.p99_ms)),
        ("cost a month", f"{worded('cost', estimates.cost_per_month)} {currency(estimates)}"),
    ]
    first = estimates.breaks_first
    if first is not None:
        rows.append(("breaks first", f"{first.component} at {worded('breaks_at', first.at)} today’s peak"))
    yield from table(rows)


def _targets(estimates: Estimates) -> Iterator[str]:
    if estimates.targets:
        yield "targets"
        yield from table([("  " + row[0], *row[1:]) for row in map(shown_target, estimates.targets)])


def _notes(estimates: Estimates) -> Iterator[str]:
    yield from estimates.notes
    found = _why_unknown(estimates)
    if found:
        yield "unknown"
        for reason, figures in found.items():
            yield f"  {reason}: {', '.join(figures)}"


def _why_unknown(estimates: Estimates) -> dict[str, dict[str, None]]:
    """The unknown figures by their reason, without those of clients and of models nobody calls: no question is open."""
    clients = {c.id for c in estimates.working.basis.design.components if c.kind == "client"}
    found: dict[str, dict[str, None]] = {}
    for figure, reason in estimates.unknown.items():
        section, _, rest = figure.partition(".")
        is_idle = getattr(estimates, section, "") is None and section in ("ai", "error_budget")
        if not is_idle and not (section == "components" and rest.partition(".")[0] in clients):
            found.setdefault(reason, {})[figure.rpartition(".")[2]] = None
    return found
