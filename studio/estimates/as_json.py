"""The figures as JSON: the stable form other tools read."""

import json
from collections.abc import Mapping
from typing import Any

from studio.edits.mend import Mend
from studio.estimates.engine import Estimates
from studio.estimates.ranges import as_data as ranges_as_data
from studio.estimates.results import AiUse
from studio.estimates.sides.results import ErrorBudget
from studio.text import visible_json

FORMAT = 1


def as_data(estimates: Estimates) -> dict[str, Any]:
    """The figures as plain dictionaries, lists, numbers and texts, in their settled order; unknown is None."""
    shown: dict[str, Any] = {"format": FORMAT}
    shown |= {name: plain(getattr(estimates, name)) for name in _BEFORE_RANGES}
    shown["ranges"] = ranges_as_data(estimates.ranges)
    shown["limits"] = {limit.path: _used(limit) for limit in estimates.limits}
    shown |= {name: plain(getattr(estimates, name)) for name in _AFTER_RANGES}
    for name, shape in (("ai", AiUse), ("error_budget", ErrorBudget)):
        if shown[name] is None:
            shown[name] = dict.fromkeys(shape._fields)
    return shown


_BEFORE_RANGES = (
    "design", "load", "down", "cold", "zone_lost", "traffic", "ai", "components", "connections", "journeys",
    "availability", "downtime_minutes_per_month", "p50_ms", "p99_ms", "cost_per_month", "breaks_first", "targets",
)  # fmt: skip
_AFTER_RANGES = (
    "call_budgets", "backlogs", "unit_cost", "error_budget", "ladder", "growth", "blast_radius", "cascade", "unknown",
)  # fmt: skip


def as_json(estimates: Estimates) -> str:
    """The figures as text: two spaces of indentation, the same bytes for the same figures."""
    return plain_json(as_data(estimates))


def plain_json(value: Any) -> str:
    """Anything of the engine as JSON."""
    return visible_json(json.dumps(plain(value), indent=2, ensure_ascii=False, allow_nan=False))


def _used(limit: Any) -> dict[str, Any]:
    return {"used": limit.used, "most": limit.most, "share": limit.share, "breaks_at": limit.breaks_at}


def plain(value: Any) -> Any:
    """Named tuples and mappings as dictionaries, other tuples as lists, all the way down."""
    if isinstance(value, Mend):
        return value.as_data()
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, Mapping):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    return value
