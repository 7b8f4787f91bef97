"""Tables for spreadsheets (RFC 4180): components with their figures; into a folder also calls, costs and findings."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from studio.analysis import Analysis
from studio.exports.frame.options import PLAIN, Options
from studio.model.design import Design
from studio.text import one_line
from studio.units import Quantity, point

SUFFIX = ".csv"

_ACTS: Final = ("=", "+", "-", "@")
"""A cell of words that begins so is a formula to a spreadsheet."""
_FIGURES: Final = (
    "peak_rps", "capacity_rps", "utilisation", "instances", "instances_needed", "instances_recommended", "p50_ms",
    "p99_ms", "availability", "breaks_at", "cost_per_month",
)  # fmt: skip
_OF_CALLS: Final = ("peak_rps", "worst_case_ms", "retry_amplification")

Cell = str | float | int | bool | None


class _Table(NamedTuple):
    columns: tuple[str, ...]
    rows: Iterator[tuple[Cell, ...]]


def render(design: Design, analysis: Analysis, options: Options = PLAIN) -> str | Mapping[str, str]:
    """The component table; for a folder `components.csv`, `connections.csv`, `costs.csv` and `findings.csv`.

    A figure nobody can know is an empty cell, and the last column says why. Numbers are plain; words never are a
    formula: those that would be begin with an apostrophe.
    """
    components = _written(_components(design, analysis))
    if not options.folder:
        return components
    return {
        "components.csv": components,
        "connections.csv": _written(_connections(design, analysis)),
        "costs.csv": _written(_costs(design, analysis)),
        "findings.csv": _written(_findings(analysis)),
    }


def owns(name: str, text: str) -> bool:
    """Whether a file of that name is one of ours: its first line is that of our table."""
    return name in _HEADS and text.split("\r\n", maxsplit=1)[0] == ",".join(_HEADS[name])


def _written(table: _Table) -> str:
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(table.columns)
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return lines.getvalue()


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float | int):
        return format(value, ".9g")
    words = one_line(value)
    return f"'{words}" if words.startswith(_ACTS) else words


def _components(design: Design, analysis: Analysis) -> _Table:
    def rows() -> Iterator[tuple[Cell, ...]]:
        for c in design.components:
            found = analysis.estimates.components[c.id]
            figures = (getattr(found, name) for name in _FIGURES)
            said = (c.id, c.label, c.kind, c.technology, c.owner, c.group, c.tier, c.zones, c.managed)
            yield (*said, *figures, _unknown(analysis, f"components.{c.id}", _FIGURES))

    return _Table(_HEADS["components.csv"], rows())


def _connections(design: Design, analysis: Analysis) -> _Table:
    def rows() -> Iterator[tuple[Cell, ...]]:
        for c in design.connections:
            found = analysis.estimates.connections[c.id]
            timeout = _point(c.timeout)
            yield (
                c.id, c.source, c.target, c.carries, c.protocol, c.mode or "sync",
                None if timeout is None else timeout * 1000, c.attempts, c.backoff, c.jitter, c.idempotent,
                c.circuit_breaker, c.bulkhead, c.fallback, c.auth, c.encrypted, " ".join(c.data),
                *(getattr(found, name) for name in _OF_CALLS),
                _unknown(analysis, f"connections.{c.id}", _OF_CALLS),
            )  # fmt: skip

    return _Table(_HEADS["connections.csv"], rows())


def _costs(design: Design, analysis: Analysis) -> _Table:
    """One row for each thing that is paid for; the last is the whole."""
    figures, currency = analysis.estimates, design.requirements.cost.currency or "USD"

    def rows() -> Iterator[tuple[Cell, ...]]:
        for c in design.components:
            found = figures.components[c.id]
            unknown = _unknown(analysis, f"components.{c.id}", ("cost_per_month",))
            yield c.id, c.label, c.copies, _point(c.cost_per_month), found.cost_per_month, currency, unknown
        if figures.ai is not None:
            yield (
                None,
                "Language models",
                None,
                None,
                figures.ai.cost_per_month,
                currency,
                _unknown(analysis, "ai", ("cost_per_month",)),
            )
        support = _point(design.operations.support_cost_per_month)
        if support is not None:
            yield None, "Support", None, None, support, currency, None
        unknown = _unknown(analysis, "", ("cost_per_month",))
        yield None, "Whole design", None, None, figures.cost_per_month, currency, unknown

    return _Table(_HEADS["costs.csv"], rows())


def _findings(analysis: Analysis) -> _Table:
    def rows() -> Iterator[tuple[Cell, ...]]:
        for f in analysis.report.findings:
            accepted = f.accepted
            yield (
                f.rule.id, f.rule.title, f.severity.value, f.on, f.verdict.message, "; ".join(f.verdict.fix),
                accepted.by if accepted else None, accepted.until.isoformat() if accepted else None,
                accepted.why if accepted else None, f.fingerprint,
            )  # fmt: skip

    return _Table(_HEADS["findings.csv"], rows())


def _unknown(analysis: Analysis, place: str, names: tuple[str, ...]) -> str:
    """Why figures of one part are not known, each reason once."""
    reasons: dict[str, list[str]] = {}
    for name in names:
        path = f"{place}.{name}" if place else name
        if path in analysis.estimates.unknown:
            reasons.setdefault(analysis.estimates.unknown[path], []).append(name)
    return "; ".join(f"{', '.join(figures)}: {reason}" for reason, figures in reasons.items())


def _point(quantity: Quantity | None) -> float | None:
    return None if quantity is None else point(quantity)


_HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "components.csv": (
        "id", "name", "kind", "technology", "owner", "group", "tier", "zones", "managed", *_FIGURES, "unknown",
    ),
    "connections.csv": (
        "id", "from", "to", "carries", "protocol", "mode", "timeout_ms", "attempts", "backoff", "jitter", "idempotent",
        "circuit_breaker", "bulkhead", "fallback", "auth", "encrypted", "data", *_OF_CALLS, "unknown",
    ),
    "costs.csv": ("id", "name", "copies", "one_costs_per_month", "cost_per_month", "currency", "unknown"),
    "findings.csv": (
        "rule", "title", "severity", "on", "message", "fix", "accepted_by", "accepted_until", "accepted_why",
        "fingerprint",
    ),
}  # fmt: skip
"""The columns of each file."""
