"""What was asked for beside what the design gives: met, missed or unknown, how far inside, what would make it pass."""

import math
from collections.abc import Iterator, Mapping

from studio.estimates.journey_figures import Whole
from studio.estimates.numbers import known
from studio.estimates.recovery import recovery_targets
from studio.estimates.results import Figure, JourneyFigures, Target
from studio.estimates.what_breaks.remedies import (
    ROUNDING,
    Remedy,
    is_overloaded,
    more_available,
    more_speed,
    price_of_one,
    with_counts,
)
from studio.estimates.working import Working
from studio.units import grouped


def targets(working: Working, journeys: Mapping[str, JourneyFigures], whole: Whole, cost: Figure) -> tuple[Target, ...]:
    """Every number asked for, in the order: speed, availability, recovery, cost, then each journey's own."""
    return tuple(target._replace(margin=margin(target)) for target in _all(working, journeys, whole, cost))


def margin(target: Target) -> Figure:
    """How far inside what is wanted: (wanted − got) ÷ wanted, for an availability in shares of time it does not work.

    Negative when missed; None when the figure is unknown or nothing at all is allowed.
    """
    wanted, got = target.wanted, target.got
    if got is None:
        return None
    if target.target.rpartition(".")[2] == "availability":
        wanted, got = 1.0 - wanted, 1.0 - got
    return (wanted - got) / wanted if wanted > 0 else None


def _all(working: Working, journeys: Mapping[str, JourneyFigures], whole: Whole, cost: Figure) -> Iterator[Target]:
    wanted = working.basis.design.requirements
    for name, seconds, got in (
        ("p50_ms", known(wanted.performance.p50), whole.p50_ms),
        ("p99_ms", known(wanted.performance.p99), whole.p99_ms),
    ):
        if seconds is not None:
            yield _speed(working, name, seconds, got, whole.slowest)
    share = known(wanted.availability.target)
    if share is not None:
        yield _availability(working, "availability", share, whole.availability, whole.least_available)
    yield from recovery_targets(working.basis)
    budget = known(wanted.cost.budget_per_month)
    if budget is not None:
        yield _budget(working, budget, cost)
    for journey in working.basis.design.journeys:
        figures, path = journeys[journey.id], f"journeys.{journey.id}"
        seconds, share = known(journey.p99), known(journey.availability)
        if seconds is not None:
            yield _speed(working, f"{path}.p99_ms", seconds, figures.p99_ms, journey.id)
        if share is not None:
            yield _availability(working, f"{path}.availability", share, figures.availability, journey.id)


def _speed(working: Working, name: str, seconds: float, got: Figure, journey: str | None) -> Target:
    """A response time; what is overloaded has none and misses it all the same."""
    wanted = seconds * 1000
    if got is None:
        is_missed = journey is not None and is_overloaded(working, journey)
        remedy = more_speed(working, journey or "", name, seconds) if is_missed else None
        return _with(remedy, Target(name, wanted, None, False if is_missed else None, None))
    met = got <= wanted * (1 + ROUNDING)
    remedy = None if met else more_speed(working, journey or "", name, seconds)
    return _with(remedy, Target(name, wanted, got, met, None))


def _with(remedy: Remedy | None, target: Target) -> Target:
    return target if remedy is None else target._replace(to_meet=remedy.words, mends=remedy.mends)


def _availability(working: Working, name: str, wanted: float, got: Figure, journey: str | None) -> Target:
    if got is None:
        return Target(name, wanted, None, None, None)
    met = 1 - got <= (1 - wanted) * (1 + ROUNDING)
    remedy = None if met else more_available(working, journey or "", wanted)
    return _with(remedy, Target(name, wanted, got, met, None))


def _budget(working: Working, budget: float, cost: Figure) -> Target:
    if cost is None:
        return Target("cost_per_month", budget, None, None, None)
    met = cost <= budget * (1 + ROUNDING)
    words = f"a budget of {math.ceil(cost):,} instead of {budget:,.0f}, or {math.ceil(cost - budget):,} less a month"
    spare = None if met else _spare(working, cost - budget)
    target = Target("cost_per_month", budget, cost, met, None if met else words + (f": {spare.words}" if spare else ""))
    return target._replace(mends=spare.mends) if spare else target


def _spare(working: Working, excess: float) -> Remedy | None:
    """Instances beyond those recommended whose price is the excess, the dearest first; None when they are too few."""
    found: list[tuple[float, str, int, int]] = []
    for name, numbers in working.numbers.items():
        recommended, price = working.full[name].recommended, price_of_one(numbers)
        if recommended is not None and price and numbers.instances > recommended:
            found.append((price, name, numbers.instances, recommended))
    words, saved, left = [], 0.0, dict[str, int]()
    for price, name, there, recommended in sorted(found, key=lambda spare: -spare[0] * (spare[2] - spare[3])):
        fewer = min(there - recommended, math.ceil((excess - saved) / price - ROUNDING))
        saved += fewer * price
        left[name] = there - fewer
        words.append(f"{there - fewer} instances of {name} instead of {there}")
        if saved >= excess * (1 - ROUNDING):
            mends = with_counts(left, "no more than is recommended")
            return Remedy(f"{' and '.join(words)} (-{grouped(saved)} a month)", mends)
    return None
