"""The figures as JSON: the stable form other tools read."""

import json
from typing import Any

from studio.estimates.results import AiUse, Estimates
from studio.text import visible_json

FORMAT = 1


def as_data(estimates: Estimates) -> dict[str, Any]:
    """The figures as plain dictionaries, lists, numbers and texts, in their settled order; unknown is None."""
    return {
        "format": FORMAT,
        "design": estimates.design,
        "load": estimates.load,
        "down": list(estimates.down),
        "cold": list(estimates.cold),
        "zone_lost": estimates.zone_lost,
        "traffic": _row(estimates.traffic),
        "ai": dict.fromkeys(AiUse._fields) if estimates.ai is None else _row(estimates.ai),
        "components": {name: _row(figures) for name, figures in estimates.components.items()},
        "connections": {name: _row(figures) for name, figures in estimates.connections.items()},
        "journeys": {name: _row(figures) for name, figures in estimates.journeys.items()},
        "availability": estimates.availability,
        "downtime_minutes_per_month": estimates.downtime_minutes_per_month,
        "p50_ms": estimates.p50_ms,
        "p99_ms": estimates.p99_ms,
        "cost_per_month": estimates.cost_per_month,
        "breaks_first": None if estimates.breaks_first is None else _row(estimates.breaks_first),
        "targets": [_row(target) for target in estimates.targets],
        "ranges": {},
        "unknown": dict(estimates.unknown),
    }


def as_json(estimates: Estimates) -> str:
    """The figures as text: two spaces of indentation, the same bytes for the same figures."""
    return visible_json(json.dumps(as_data(estimates), indent=2, ensure_ascii=False, allow_nan=False))


def _row(part: Any) -> dict[str, Any]:
    return dict(part._asdict())
