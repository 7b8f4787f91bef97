"""`tenfold estimate`: what breaks first, growth, and what a loss takes along, as a person reads them in a terminal."""

from collections.abc import Iterator

from studio.cli.frame.terminal import table
from studio.estimates.engine import Estimates
from studio.estimates.what_breaks.growth import Frozen, Sized
from studio.estimates.what_breaks.ladder import Rung
from studio.estimates.wording import worded
from studio.text import listed

_LEAST_SHOWN = 10.0
"""× today's peak: rungs beyond the growth asked for, and beyond this, are counted, not shown."""


def loss(estimates: Estimates) -> Iterator[str]:
    """Which journeys stop and which go on worse, and who is overloaded next, when something is gone."""
    radius = estimates.blast_radius
    rows = [
        (f"  {stopped.journey} stops", _share(stopped.share), f"without {listed(stopped.because)}")
        for stopped in radius.stopped
    ]
    rows += [
        (f"  {degraded.journey} goes on", _share(degraded.share), f"without {listed(degraded.lost)}")
        for degraded in radius.degraded
    ]
    if rows:
        failing, worse = worded("stopped_share", radius.stopped_share), worded("degraded_share", radius.degraded_share)
        yield f"of all requests {failing} fail and {worse} are served worse"
        yield from table(rows, right=frozenset({1}))
    for fallen in estimates.cascade:
        stops = f"; {listed(fallen.stopped)} then stop" if fallen.stopped else ""
        yield f"  then {fallen.component} falls: {fallen.why}{stops}"


def _share(share: float | None) -> str:
    return "" if share is None else f"{share * 100:.3g} % of requests"


def growth(estimates: Estimates) -> Iterator[str]:
    """The design at the load it is to survive: as it is, and with as many instances as it should have then."""
    found = estimates.growth
    if found is None:
        return
    at = worded("at", found.multiple)
    yield f"at {at} today’s use"
    rows = [
        ("", "over capacity", "p99", "cost a month", "of 1,000 requests"),
        _frozen(found.frozen),
        _sized(found.sized),
    ]
    yield from table(rows, right=frozenset({2, 3, 4}))
    if found.sized.instances:
        yield "  sized: " + ", ".join(f"{count} {name}" for name, count in found.sized.instances.items())


def _frozen(found: Frozen) -> tuple[str, ...]:
    return ("  as it is", _over(found), worded("p99_ms", found.p99_ms), worded("cost", found.cost_per_month), "")


def _sized(found: Sized) -> tuple[str, ...]:
    cost, each = worded("cost", found.cost_per_month), worded("cost", found.cost_per_thousand_requests)
    return ("  sized for it", _over(found), worded("p99_ms", found.p99_ms), cost, each)


def _over(found: Frozen | Sized) -> str:
    return ", ".join(f"{name} {worded('utilisation', share)}" for name, share in found.over.items()) or "nothing"


def ladder(estimates: Estimates) -> Iterator[str]:
    """What breaks first as the load grows, up to the growth that is asked for."""
    rungs = estimates.ladder
    highest = max(_LEAST_SHOWN, estimates.growth.multiple if estimates.growth is not None else 0.0)
    shown = [rung for rung in rungs if rung.at <= highest]
    if rungs:
        yield "what breaks first"
        yield from _rungs(shown)
    if len(shown) < len(rungs):
        yield f"  and {len(rungs) - len(shown)} more up to 100×: tenfold estimate FILE --ladder"


def whole_ladder(estimates: Estimates) -> str:
    """Everything that breaks between today's peak and a hundred times as much."""
    if not estimates.ladder:
        return "nothing breaks up to 100× today’s peak, as far as capacities, targets, limits and a budget are known"
    return "\n".join(_rungs(list(estimates.ladder)))


def _rungs(rungs: list[Rung]) -> Iterator[str]:
    for rung in rungs:
        yield f"  {worded('at', rung.at):>6}  {rung.why}"
        cost = "" if rung.cost_per_month is None else f" · {worded('cost', rung.cost_per_month)} a month"
        holds = "" if rung.holds_until is None else f" · holds to {worded('at', rung.holds_until)}"
        yield f"          {rung.fix}{cost}{holds}"
