"""The inverse question: what would make a target pass, in numbers, at the lowest price.

Whatever is proposed has been tried: the design with it meets the target, with one instance fewer it does not. When no
number of instances is enough, the answer is the call to go without, or the figure the worst part would have to reach.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from studio.edits.mend import Mend, mend, together
from studio.estimates.formulas.availability import series_unavailability
from studio.estimates.journeys import way
from studio.estimates.laws.lateness import late_share
from studio.estimates.load import steps_of
from studio.estimates.numbers import Numbers
from studio.estimates.reliability import hard_parts, is_zoned, parts_unavailability
from studio.estimates.settling import with_instances
from studio.estimates.what_breaks.cheapest import Levels, Question, cheapest
from studio.estimates.working import Working
from studio.model.behaviour import Journey
from studio.model.connection import Connection
from studio.units import Dimension, grouped, shown

MOST_INSTANCES = 10_000
ROUNDING = 1e-9
"""A target missed by less than this share of it is met."""
_MOST_SETTLED = 12
_MOST_TRIED = 1000
_VENDORS = ("external", "llm")


class Remedy(NamedTuple):
    """What would make a target pass."""

    words: str
    mends: tuple[Mend, ...] = ()
    """The same as fields of the design; nothing where more instances do not do it."""


def _in_words(words: str | None) -> Remedy | None:
    return None if words is None else Remedy(words)


def _more(working: Working, counts: Levels) -> tuple[Mend, ...]:
    changed = {name: count for name, count in counts.items() if count != working.numbers[name].instances}
    return with_counts(changed, "the fewest that are enough, at the lowest price")


def with_counts(instances: Levels, because: str) -> tuple[Mend, ...]:
    """Other numbers of instances as one mend; nothing where there are none."""
    found = [mend(f"components.{name}", instances=count) for name, count in sorted(instances.items())]
    return (together(*found, because=because),) if found else ()


def journey_of(working: Working, name: str) -> Journey | None:
    """The journey with this id."""
    return next((journey for journey in working.basis.design.journeys if journey.id == name), None)


def is_overloaded(working: Working, name: str) -> bool:
    """Whether something the journey waits for is full."""
    journey = journey_of(working, name)
    if journey is None:
        return False
    reached = way(working.basis, journey).reached
    return any(working.is_overloaded(component) for component in sorted(reached))


def may_have_more(numbers: Numbers) -> bool:
    """Whether whoever runs the design can have more instances of a component: not of a client, nor of a vendor's."""
    return not (numbers.is_client or numbers.kind in _VENDORS or (numbers.managed and numbers.cost is None))


def price_of_one(numbers: Numbers) -> float | None:
    """What one more instance costs in a month, its shards and their replicas counted; None when nobody said."""
    return None if numbers.cost is None else numbers.cost * numbers.shards * (1 + numbers.replicas)


def more_speed(working: Working, name: str, figure: str, seconds: float) -> Remedy | None:
    """How many instances of what would bring the journey's percentile down to ``seconds``, or what else would."""
    journey = journey_of(working, name)
    if journey is None:
        return None
    probability = 0.5 if "p50" in figure else 0.99
    parts = [part for part in sorted(way(working.basis, journey).reached) if _waits(working, part)]
    least = _least(working, parts)
    if any(count > MOST_INSTANCES for count in least.values()):
        return Remedy(f"at least {_instances(working, least)}")
    plenty = with_instances(working, dict.fromkeys(parts, MOST_INSTANCES))

    def enough(counts: Levels) -> bool:
        whole = _tried(plenty, counts).times[name]
        return not isinstance(whole, str) and late_share(whole, seconds) <= 1.0 - probability

    def met(counts: Levels) -> bool:
        got = with_instances(working, counts).percentile(name, probability)
        return not isinstance(got, str) and got <= seconds * (1 + ROUNDING)

    found = cheapest(Question(enough, least, MOST_INSTANCES, _prices(working, parts)))
    found = None if found is None else _settled(working, found, met)
    if found is not None:
        return Remedy(_instances(working, found), _more(working, found))
    best = plenty.percentile(name, probability)
    return None if isinstance(best, str) else _in_words(_faster_parts(plenty, journey, seconds, best))


def _waits(working: Working, part: str) -> bool:
    """Whether requests wait for an instance of it, so that more instances shorten the wait."""
    numbers = working.numbers[part]
    given = numbers.capacity is not None and numbers.latency is not None
    return given and may_have_more(numbers) and part not in working.basis.down


def _least(working: Working, parts: Iterable[str]) -> dict[str, int]:
    """The instances there are, or those that carry the load at all."""
    found = {}
    for part in parts:
        full, there = working.full[part], working.numbers[part].instances
        is_full = full.utilisation is not None and full.utilisation >= 1
        found[part] = max(there, full.needed or 1) if is_full else there
    return found


def _tried(settled: Working, counts: Levels) -> Working:
    """Other numbers of instances under the load of ``settled``: its retries are not worked out again."""
    numbers = dict(settled.numbers)
    for name, count in counts.items():
        numbers[name] = numbers[name]._replace(instances=count)
    return Working(settled.basis, numbers, settled.load, settled.tries)


def _settled(working: Working, found: dict[str, int], met: Callable[[Levels], bool]) -> dict[str, int] | None:
    """What was found without the retries it causes, raised until it is enough with them."""
    for _ in range(_MOST_SETTLED):
        if met(found):
            return found
        full = with_instances(working, found).full
        fullest = max(found, key=lambda part: full[part].utilisation or 0.0)
        found = {**found, fullest: found[fullest] + 1}
    return None


def _prices(working: Working, parts: Iterable[str]) -> Mapping[str, float]:
    """The price of one more instance of each; when one is unknown, all count alike."""
    prices = {part: price_of_one(working.numbers[part]) for part in parts}
    if any(price is None for price in prices.values()):
        return dict.fromkeys(prices, 1.0)
    return {part: price or 0.0 for part, price in prices.items()}


def _faster_parts(working: Working, journey: Journey, seconds: float, time: float) -> str | None:
    """More instances do not do it: which part takes longest."""
    means = {
        component: law.mean
        for component in sorted(way(working.basis, journey).reached)
        if not isinstance(law := working.laws[component], str)
    }
    if not means:
        return None
    longest = max(means, key=lambda component: means[component])
    return (
        f"{shown(seconds, Dimension.DURATION)} is out of reach with more instances "
        f"({shown(time, Dimension.DURATION)} at best): shorten the latency of {longest}, or drop a call"
    )


def more_available(working: Working, name: str, wanted: float) -> Remedy | None:
    """How many instances of what would bring the journey's availability up to ``wanted``, or what else would."""
    journey = journey_of(working, name)
    if journey is None:
        return None
    parts = hard_parts(working.basis, journey)
    most = (1.0 - wanted) * (1 + ROUNDING)
    candidates = [part for part in parts if _more_helps(working, part)]
    least = _least(working, candidates)
    if any(count > MOST_INSTANCES for count in least.values()):
        return Remedy(f"at least {_instances(working, least)}")

    in_zones = sum(is_zoned(working.numbers[part]) for part in parts) > 1

    @cache
    def up(part: str, count: int) -> float:
        """The logarithm of the share of time it works: that depends on its own number of instances only."""
        down = _tried(working, {part: count}).unavailable[part]
        return -math.inf if isinstance(down, str) or down >= 1 else math.log1p(-down)

    fixed = [up(part, working.numbers[part].instances) for part in parts if part not in least]

    def enough(counts: Levels) -> bool:
        if in_zones:
            return _down(_tried(working, counts), parts) <= most
        return -math.expm1(math.fsum([*fixed, *map(up, counts, counts.values())])) <= most

    found = cheapest(Question(enough, least, _plenty(least), _prices(working, candidates), _MOST_TRIED))
    if found is not None:
        return Remedy(_instances(working, found), _more(working, found))
    return _in_words(_without_a_call(working, journey, most) or _surer_parts(working, parts, wanted))


def _more_helps(working: Working, part: str) -> bool:
    numbers = working.numbers[part]
    is_known = not isinstance(working.unavailable[part], str)
    return is_known and not numbers.managed and may_have_more(numbers) and part not in working.basis.down


def _plenty(least: Levels) -> int:
    """So many instances that one more would not be felt: failures of copies are long as rare as can be."""
    return min(MOST_INSTANCES, 2 * max(least.values(), default=1) + 50)


def _down(working: Working, parts: Sequence[str]) -> float:
    down = parts_unavailability(working, parts)
    return 1.0 if isinstance(down, str) else down


def _without_a_call(working: Working, journey: Journey, most: float) -> str | None:
    """The one call without which the journey is sure enough, as long as its caller can go on when it fails."""
    found: tuple[float, Connection] | None = None
    for step in steps_of(working.basis, journey)[1:]:
        if working.basis.numbers[step.source].is_client:
            continue
        left = tuple(one for one in journey.steps if one != step.id)
        without = journey.changed(steps=left, notes=(), at_once=())
        down = _down(working, hard_parts(working.basis, without))
        if down <= most and (found is None or down < found[0]):
            found = (down, step)
    if found is None:
        return None
    down, step = found
    reached = shown(1.0 - down, Dimension.RATIO)
    return f"drop the hard call to {step.target}: with a fallback, or hard = false, on {step.id} it reaches {reached}"


def _surer_parts(working: Working, parts: tuple[str, ...], wanted: float) -> str | None:
    """More instances do not do it: what the weakest part must reach, or all of them."""
    down = {part: share for part in parts if not isinstance(share := working.unavailable[part], str)}
    if not down:
        return None
    weakest = max(down, key=lambda part: down[part])
    others = 1.0 - series_unavailability(share for part, share in down.items() if part != weakest)
    now = shown(1.0 - down[weakest], Dimension.RATIO)
    if others > wanted:
        need = shown(wanted / others, Dimension.RATIO)
        return f"{weakest} available {need} of the time instead of {now}, or a fallback for the calls to it"
    each = shown(wanted ** (1 / len(down)), Dimension.RATIO)
    worst = f"the weakest, {weakest}: {now}"
    return f"each of its {len(down)} hard parts available {each} of the time ({worst}), or fewer of them"


def _instances(working: Working, counts: Levels) -> str:
    """«5 instances of api instead of 4», and what that costs more."""
    changed = {name: count for name, count in sorted(counts.items()) if count != working.numbers[name].instances}
    words = [
        f"{count} instances of {name} instead of {working.numbers[name].instances}" for name, count in changed.items()
    ]
    prices = [price_of_one(working.numbers[name]) for name in changed]
    if not changed or None in prices:
        return " and ".join(words)
    more = sum(
        (price or 0.0) * (count - working.numbers[name].instances)
        for price, (name, count) in zip(prices, changed.items(), strict=True)
    )
    return f"{' and '.join(words)} (+{grouped(more)} a month)"
