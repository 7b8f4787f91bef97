"""The load to survive: the design at that multiple of today as it stands, and sized for it.

Storage, tokens and what is paid by use grow with the load; the price of what is there does not, until there is more of
it. Ten times is what is asked where a design names no growth.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from studio.estimates.defaults import Default
from studio.estimates.demand import ai_figures, requests_per_month, traffic_figures
from studio.estimates.journey_figures import slowest
from studio.estimates.numbers import Numbers, known
from studio.estimates.results import Figure
from studio.estimates.settling import at_load, with_instances
from studio.estimates.what_breaks.bills import Bills
from studio.estimates.what_breaks.remedies import may_have_more
from studio.estimates.what_breaks.world import Ground
from studio.estimates.working import Working

GROWTH: Final = Default(10.0, "× today", "the file format: ten times today's load", "2026", "high")


class Frozen(NamedTuple):
    """At the load to survive with today's instances."""

    over: Mapping[str, Figure]
    """Utilisation of the components that cannot keep up, by id, in file order."""
    p99_ms: Figure
    """None when something it waits for cannot keep up, or when it is unknown today."""
    cost_per_month: Figure


class Sized(NamedTuple):
    """At the load to survive with the instances recommended for it, and never fewer than there are."""

    instances: Mapping[str, int]
    """Of every component whose number changes, in file order."""
    over: Mapping[str, Figure]
    """What cannot keep up all the same: a vendor's ceiling, retries, held workers."""
    p99_ms: Figure
    cost_per_month: Figure
    cost_per_thousand_requests: Figure
    cost_factor: Figure
    """Cost then ÷ cost today; more than the growth itself where each request becomes dearer."""


class Growth(NamedTuple):
    """What becomes of the design at the load to survive: `growth`."""

    multiple: float
    """× today's peak."""
    origin: str
    """Where the multiple comes from."""
    cost_per_month_today: Figure
    stored_bytes_per_month: Figure
    tokens_per_month: Figure
    frozen: Frozen
    sized: Sized


def growth(working: Working) -> Growth | None:
    """The design at the load to survive; None as long as today's peak is unknown."""
    if working.peak is None:
        return None
    given = known(working.basis.design.requirements.scale.growth)
    multiple = GROWTH.value if given is None else given
    ground = Ground(working)
    then = at_load(working, multiple)
    counts = _recommended(then)
    more = with_instances(then, counts)
    bills, larger = Bills(ground, working.numbers), Bills(ground, more.numbers)
    today, cost = bills.at(1.0), larger.at(multiple)
    requests = _times(requests_per_month(working.basis), multiple)
    traffic, ai = traffic_figures(working.basis, 0.0, {}), ai_figures(working.basis, {})
    return Growth(
        multiple=multiple,
        origin=GROWTH.origin if given is None else "requirements.scale.growth in the design",
        cost_per_month_today=today,
        stored_bytes_per_month=_times(traffic.stored_bytes_per_month, multiple),
        tokens_per_month=_times(None if ai is None else ai.tokens_per_month, multiple),
        frozen=Frozen(_over(then), _p99(then), bills.at(multiple)),
        sized=Sized(
            counts,
            _over(more),
            _p99(more),
            cost,
            None if cost is None or not requests else cost / requests * 1000,
            None if cost is None or not today else cost / today,
        ),
    )


def _recommended(working: Working) -> dict[str, int]:
    found = {}
    for name, numbers in working.numbers.items():
        recommended = working.full[name].recommended
        if recommended is not None and _may_be_sized(working, numbers) and recommended > numbers.instances:
            found[name] = recommended
    return found


def _may_be_sized(working: Working, numbers: Numbers) -> bool:
    return may_have_more(numbers) and numbers.id not in working.basis.down


def _over(working: Working) -> Mapping[str, Figure]:
    return {name: working.full[name].utilisation for name in working.numbers if working.is_overloaded(name)}


def _p99(working: Working) -> Figure:
    return slowest(working, "p99_ms", {}).figure


def _times(figure: Figure, multiple: float) -> Figure:
    return None if figure is None else figure * multiple
