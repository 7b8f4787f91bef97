"""`tenfold estimate`: the figures as a person reads them in a terminal."""

from collections.abc import Iterator

from studio.cli.frame.terminal import table
from studio.cli.frame.words import shown_target
from studio.estimates.explanation import Explanation, Input
from studio.estimates.results import Estimates
from studio.estimates.wording import worded
from studio.units import Dimension, grouped, shown

COMPONENT_COLUMNS = (
    ("load", "peak_rps"), ("capacity", "capacity_rps"), ("used", "utilisation"), ("has", "instances"),
    ("needs", "instances_needed"), ("should", "instances_recommended"), ("mean", "mean_ms"), ("p99", "p99_ms"),
    ("availability", "availability"), ("cost", "cost_per_month"), ("breaks at", "breaks_at"),
)  # fmt: skip
JOURNEY_COLUMNS = (
    ("load", "peak_rps"), ("mean", "mean_ms"), ("p50", "p50_ms"), ("p95", "p95_ms"), ("p99", "p99_ms"),
    ("availability", "availability"),
)  # fmt: skip


def as_text(estimates: Estimates) -> str:
    """Traffic, components, journeys, the whole, targets, and what is unknown and why."""
    blocks = (_traffic, _ai, _components, _journeys, _whole, _targets, _notes)
    return "\n\n".join(text for block in blocks if (text := "\n".join(block(estimates))))


def _traffic(estimates: Estimates) -> Iterator[str]:
    load = "" if estimates.load == 1 else f" at {worded('load', estimates.load)} today’s peak"
    gone = f", without {', '.join(estimates.down)}" if estimates.down else ""
    yield f"{estimates.design}{load}{gone}"
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
        ("cost a month", f"{worded('cost', estimates.cost_per_month)} {_currency(estimates)}"),
    ]
    first = estimates.breaks_first
    if first is not None:
        rows.append(("breaks first", f"{first.component} at {worded('breaks_at', first.at)} today’s peak"))
    yield from table(rows)


def _currency(estimates: Estimates) -> str:
    return estimates.working.basis.design.requirements.cost.currency or "USD"


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
        is_idle = section == "ai" and estimates.ai is None
        if not is_idle and not (section == "components" and rest.partition(".")[0] in clients):
            found.setdefault(reason, {})[figure.rpartition(".")[2]] = None
    return found


def explanation_text(explanation: Explanation) -> str:
    """One figure: its value, formula, inputs with where they come from, assumptions and source."""
    return "\n".join(_explanation(explanation))


def _explanation(explanation: Explanation) -> Iterator[str]:
    yield f"{explanation.figure} = {worded(explanation.figure, explanation.value)}"
    if explanation.reason:
        yield f"  unknown: {explanation.reason}"
    yield f"  {explanation.formula}"
    rows = [(f"  {i.name}", _with_unit(i), i.origin) for i in explanation.inputs]
    yield from table(rows)
    for assumption in explanation.assumptions:
        yield f"  assumes {assumption}"
    if explanation.source:
        yield f"  source: {explanation.source}"


def _with_unit(given: Input) -> str:
    """An input's value in its own unit: durations and sizes as a person writes them."""
    if not isinstance(given.value, int | float):
        return worded(given.name, given.value)
    if given.unit == "s":
        return shown(given.value, Dimension.DURATION)
    if given.unit == "B":
        return shown(given.value, Dimension.SIZE)
    if given.unit == "ms":
        return shown(given.value / 1000, Dimension.DURATION)
    return f"{grouped(given.value)} {given.unit}".rstrip()
