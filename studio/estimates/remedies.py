"""The inverse question: what would make a target pass, in numbers.

More instances are tried one at a time where they help most; when no number of them is enough, the answer is the figure
the worst part would have to reach.
"""

from collections.abc import Iterable, Mapping

from studio.estimates.availability import series_unavailability
from studio.estimates.composition import percentile
from studio.estimates.journeys import TimeUnknown, response_time, way
from studio.estimates.reliability import hard_parts
from studio.estimates.waiting import queue_of
from studio.estimates.working import Working
from studio.model.behaviour import Journey
from studio.units import Dimension, grouped, shown

_MOST_STEPS = 24
_MOST_INSTANCES = 10_000


def journey_of(working: Working, name: str) -> Journey | None:
    """The journey with this id."""
    return next((journey for journey in working.basis.design.journeys if journey.id == name), None)


def is_overloaded(working: Working, name: str) -> bool:
    """Whether something the journey waits for is full."""
    journey = journey_of(working, name)
    if journey is None:
        return False
    reached = way(working.basis, journey).reached
    return any(_utilisation(working, component) >= 1 for component in reached)


def more_speed(working: Working, name: str, figure: str, seconds: float) -> str | None:
    """How many instances of what would bring the journey's percentile down to ``seconds``."""
    journey = journey_of(working, name)
    if journey is None:
        return None
    probability = 0.5 if "p50" in figure else 0.99
    changed = _enough_for(working, sorted(way(working.basis, journey).reached))
    if any(count > _MOST_INSTANCES for count in changed.values()):
        return f"at least {_instances(working, changed)}"
    tried, time = working.with_instances(changed), None
    for _ in range(_MOST_STEPS):
        time = _percentile(tried, journey, probability)
        if time is not None and time <= seconds:
            return _instances(working, _fewest(working, journey, probability, seconds, changed))
        fullest = _where_more_helps(tried, journey)
        if fullest is None:
            break
        count = changed.get(fullest, working.basis.numbers[fullest].instances)
        changed[fullest] = count + max(1, count // 8)
        tried = working.with_instances(changed)
    return _faster_parts(tried, journey, seconds, time)


def _enough_for(working: Working, components: Iterable[str]) -> dict[str, int]:
    """What is full, with the instances it needs at least."""
    return {name: working.full[name].needed or 1 for name in components if _utilisation(working, name) >= 1}


def _fewest(
    working: Working, journey: Journey, probability: float, seconds: float, changed: Mapping[str, int]
) -> dict[str, int]:
    """The same change with every instance left out that is not needed for it."""
    fewest = dict(changed)
    for name in changed:
        while fewest[name] > working.basis.numbers[name].instances:
            fewer = {**fewest, name: fewest[name] - 1}
            time = _percentile(working.with_instances(fewer), journey, probability)
            if time is None or time > seconds:
                break
            fewest = fewer
    return {name: count for name, count in fewest.items() if count != working.basis.numbers[name].instances}


def _percentile(working: Working, journey: Journey, probability: float) -> float | None:
    try:
        return percentile(response_time(working.basis, journey, working.laws), probability)
    except TimeUnknown:
        return None


def _where_more_helps(working: Working, journey: Journey) -> str | None:
    """The component whose waiting costs most, as a share of its own time; None when hardly anything waits."""
    most, found = 0.005, None
    for component in sorted(way(working.basis, journey).reached):
        law, numbers = working.laws[component], working.basis.numbers[component]
        if _utilisation(working, component) >= 1:
            return component
        if isinstance(law, str) or numbers.capacity is None or numbers.latency is None:
            continue
        waiting = law.mean - min(law.mean, _service(working, component))
        if law.mean > 0 and waiting / law.mean > most:
            most, found = waiting / law.mean, component
    return found


def _service(working: Working, component: str) -> float:
    queue = queue_of(working.basis.numbers[component], working.full[component])
    return queue.service_time if queue is not None else 0.0


def _faster_parts(working: Working, journey: Journey, seconds: float, time: float | None) -> str | None:
    """More instances do not do it: which part takes longest."""
    means = {
        component: law.mean
        for component in sorted(way(working.basis, journey).reached)
        if not isinstance(law := working.laws[component], str)
    }
    if time is None or not means:
        return None
    longest = max(means, key=lambda component: means[component])
    return (
        f"{shown(seconds, Dimension.DURATION)} is out of reach with more instances "
        f"({shown(time, Dimension.DURATION)} at best): shorten the latency of {longest}, or drop a call"
    )


def more_available(working: Working, name: str, wanted: float) -> str | None:
    """How many instances of what would bring the journey's availability up to ``wanted``."""
    journey = journey_of(working, name)
    if journey is None:
        return None
    parts = hard_parts(working.basis, journey)
    changed = _enough_for(working, parts)
    if any(count > _MOST_INSTANCES for count in changed.values()):
        return f"at least {_instances(working, changed)}"
    tried, stuck = working.with_instances(changed), set[str]()
    for _ in range(_MOST_STEPS):
        down = {part: share for part in parts if not isinstance(share := tried.unavailable[part], str)}
        if series_unavailability(down.values()) <= (1 - wanted) * (1 + 1e-9):
            return _instances(working, changed)
        weakest = max((part for part in down if part not in stuck), key=lambda part: down[part], default=None)
        if weakest is None:
            break
        one_more = changed.get(weakest, working.basis.numbers[weakest].instances) + 1
        better = tried.with_instances({weakest: one_more})
        share = better.unavailable[weakest]
        if isinstance(share, str) or share >= down[weakest] * 0.999 or weakest in working.basis.down:
            stuck.add(weakest)
            continue
        changed[weakest], tried = one_more, better
    return _surer_parts(working, parts, wanted)


def _surer_parts(working: Working, parts: tuple[str, ...], wanted: float) -> str:
    """More instances do not do it: what the weakest part must reach, or all of them."""
    down = {part: share for part in parts if not isinstance(share := working.unavailable[part], str)}
    weakest = max(down, key=lambda part: down[part])
    others = 1.0 - series_unavailability(share for part, share in down.items() if part != weakest)
    now = shown(1.0 - down[weakest], Dimension.RATIO)
    if others > wanted:
        need = shown(wanted / others, Dimension.RATIO)
        return f"{weakest} available {need} of the time instead of {now}, or a fallback for the calls to it"
    each = shown(wanted ** (1 / len(down)), Dimension.RATIO)
    worst = f"the weakest, {weakest}: {now}"
    return f"each of its {len(down)} hard parts available {each} of the time ({worst}), or fewer of them"


def _instances(working: Working, changed: Mapping[str, int]) -> str:
    """«5 instances of api instead of 4», and what that costs more."""
    if not changed:
        return ""
    words = [
        f"{count} instances of {name} instead of {working.basis.numbers[name].instances}"
        for name, count in sorted(changed.items())
    ]
    prices = []
    for name, count in sorted(changed.items()):
        numbers = working.basis.numbers[name]
        if numbers.cost is not None:
            prices.append(numbers.cost * (count - numbers.instances) * numbers.shards * (1 + numbers.replicas))
    dearer = f" (+{grouped(sum(prices))} a month)" if prices and len(prices) == len(changed) else ""
    return " and ".join(words) + dearer


def _utilisation(working: Working, component: str) -> float:
    return working.full[component].utilisation or 0.0
