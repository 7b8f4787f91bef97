"""Which figures of a finding say that it got worse, and whether they did.

A figure counts by the name a rule gives it in its evidence. What is only a goal, a circumstance or a day of the
calendar counts nowhere: nobody made the design worse by waiting.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from studio.text import listed, one_line

Mark: TypeAlias = float | list[str] | dict[str, float]
"""A figure; the things found, sorted; or a figure for each of them."""

RISING: Final = frozenset(
    {"backup.every", "backup.restore_time", "broken", "calls", "calls_for_one_request", "catch_up_minutes",
     "connections_at_most", "cost_factor", "cost_per_month", "deployables", "drain_minutes", "effort_weeks",
     "effort_weeks_p80", "hops", "hottest_share", "in_flight", "neighbours", "p90", "p99_ms", "phases_weeks",
     "round_trips_ms", "score", "share", "utilisation_after_loss", "utilisation_cold",
     "worst_case_ms"}
)  # fmt: skip
"""The more, the worse."""

FALLING: Final = frozenset({"breaks_at", "holds_outage_minutes", "keys", "kept_s", "room_weeks", "years"})
"""The less, the worse."""

WORKING: Final = frozenset({"availability"})
"""Judged by what is missing to one: from 99.9 % to 99.8 % is twice as bad."""

GATHERING: Final = frozenset(
    {"borrowed", "callees", "cold", "components", "connections", "consumers", "data", "from", "keys", "lacking",
     "layers", "members", "open", "outside", "overloaded", "owners", "places", "private", "producers", "shared",
     "shares_fate_with", "stale_reads", "tools", "unfinished", "unlimited", "unmentioned", "untraced", "used_by",
     "words", "writers", "writing"}
)  # fmt: skip
"""Each thing more is worse, whatever else went away."""

IN_RULE: Final[Mapping[str, frozenset[str]]] = {
    "CAP001": frozenset({"utilisation"}),
    "CAP009": frozenset({"peak_rps"}),
    "CST004": frozenset({"instances"}),
}
"""What rises with the trouble of one rule, and says something else in another."""

SLACK: Final = 0.01
"""A figure that moved by less than this share of itself did not move."""


def marks(rule: str, evidence: Mapping[str, Any]) -> dict[str, Mark]:
    """What of a finding's evidence tells whether it gets worse, by name; figures to six digits."""
    found = ((name, _mark(rule, name, value)) for name, value in sorted(evidence.items()))
    return {name: mark for name, mark in found if mark is not None}


def worse(rule: str, before: Mapping[str, Mark], now: Mapping[str, Mark]) -> str | None:
    """What got worse, in words; None when nothing did. What only one of the two knows is no reason."""
    both = ((name, before[name], now[name]) for name in now if name in before)
    return "; ".join(reason for name, old, new in both for reason in _reasons(rule, name, old, new)) or None


def _mark(rule: str, name: str, value: Any) -> Mark | None:
    if isinstance(value, Mapping):
        return _mark_of_each(rule, name, value)
    if isinstance(value, list | tuple | set | frozenset):
        return sorted({one_line(str(item)) for item in value}) if name in GATHERING else None
    return _number(value) if _sign(rule, name) is not None else None


def _mark_of_each(rule: str, name: str, value: Mapping[Any, Any]) -> Mark | None:
    if name in GATHERING:
        return sorted({one_line(f"{key}: {item}") for key, items in value.items() for item in items})
    numbers = {one_line(str(key)): number for key, item in value.items() if (number := _number(item)) is not None}
    return dict(sorted(numbers.items())) if _sign(rule, name) is not None else None


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(f"{value:.6g}")


def _sign(rule: str, name: str) -> Callable[[float], float] | None:
    """What rises as things get worse, made of the figure; None for a figure that does not tell."""
    if name in RISING or name in IN_RULE.get(rule, ()):
        return lambda value: value
    if name in FALLING:
        return lambda value: -value
    return (lambda value: 1 - value) if name in WORKING else None


def _reasons(rule: str, name: str, old: Mark, new: Mark) -> Iterator[str]:
    match old, new:
        case list(), list():
            more = [item for item in new if item not in old]
            if more:
                yield f"{_called(name)}: also {listed(more)}"
        case dict(), dict():
            more = [item for item in new if item not in old]
            if more:
                yield f"{_called(name)}: also {listed(more)}"
            for item in (item for item in new if item in old):
                yield from _moved(rule, name, old[item], new[item], f"{_called(name)} of {item}")
        case float(), float():
            yield from _moved(rule, name, old, new, _called(name))


def _moved(rule: str, name: str, old: float, new: float, called: str) -> Iterator[str]:
    sign = _sign(rule, name)
    if sign is not None and sign(new) - sign(old) > SLACK * abs(sign(old)):
        from studio.estimates.wording import worded

        yield f"{called} {worded(name, old)} → {worded(name, new)}"


def _called(name: str) -> str:
    return name.replace("_", " ")
