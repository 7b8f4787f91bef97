"""What a loss takes with it: journeys that stop, journeys that go on with less, and who falls next.

What is overloaded by the loss is taken as lost too, and the rest is worked out again, round by round, until nothing
falls any more. A component nobody waits for does not fall: its work waits. Blast radius as in Rosenthal and others,
Chaos Engineering, 2020; cascading overload as in Ulrich, Addressing Cascading Failures, Site Reliability Engineering,
chapter 22, 2016.
"""

from collections.abc import Iterable
from typing import NamedTuple

from studio.estimates.basis import Basis
from studio.estimates.load import steps_of
from studio.estimates.numbers import known
from studio.estimates.reliability import hard_parts
from studio.estimates.results import Figure
from studio.estimates.settling import worked_out
from studio.estimates.working import Working
from studio.model.behaviour import Journey


class Fallen(NamedTuple):
    """A component that what is lost overloads: one entry of `cascade`."""

    round: int
    """1 is what the loss itself overloads, 2 what that overloads in turn."""
    component: str
    utilisation: Figure
    """Load ÷ capacity in that round; below 1 where retries or held workers make it fall."""
    peak_rps: Figure
    """Requests/s that arrive at it."""
    why: str
    stopped: tuple[str, ...]
    """Journeys that need it and had gone on until then."""


class Stopped(NamedTuple):
    """A journey that fails."""

    journey: str
    share: Figure
    """Of all requests; None when nobody said."""
    because: tuple[str, ...]
    """Lost components it cannot do without."""


class Degraded(NamedTuple):
    """A journey that goes on with less."""

    journey: str
    share: Figure
    """Of all requests; None when nobody said."""
    lost: tuple[str, ...]
    """Its calls that get no answer: soft ones, those with a fallback, and those nobody waits for."""


class BlastRadius(NamedTuple):
    """What the loss of what is down stops by itself: `blast_radius`."""

    stopped: tuple[Stopped, ...]
    degraded: tuple[Degraded, ...]
    stopped_share: Figure
    """Of all requests; None when a journey that stops has no share."""
    degraded_share: Figure
    stopped_rps: Figure
    """Requests/s at the load asked for that fail."""


def cascade(working: Working) -> tuple[Fallen, ...]:
    """Who falls after what is down, in the order of the rounds; nothing when what is left carries the load."""
    found: list[Fallen] = []
    now, gone = working, set(_stopped_by(working.basis, working.basis.down))
    for number in range(1, len(working.numbers) + 1):
        falling = [name for name in now.numbers if _falls(now, name)]
        if not falling:
            break
        stopping = [journey for journey in _stopped_by(now.basis, falling) if journey not in gone]
        found += [_fallen(now, number, name, stopping) for name in falling]
        gone.update(stopping)
        now = _without(now, falling)
    return tuple(found)


def _falls(working: Working, name: str) -> bool:
    """Whether it is overloaded and somebody waits for it."""
    if name in working.basis.down or not working.is_overloaded(name):
        return False
    callers = [call for call in working.basis.design.callers_of[name] if call.id in working.basis.connection]
    return not callers or any(call.is_synchronous for call in callers)


def _fallen(working: Working, number: int, name: str, stopping: Iterable[str]) -> Fallen:
    full, law = working.full[name], working.laws[name]
    why = law if isinstance(law, str) else f"{name} is overloaded"
    journeys = tuple(journey for journey in stopping if name in _needs(working.basis, journey))
    return Fallen(number, name, full.utilisation, full.peak, why, journeys)


def _without(working: Working, falling: Iterable[str]) -> Working:
    """The same without what falls."""
    basis = working.basis
    conditions = basis.conditions._replace(down=basis.conditions.down | frozenset(falling))
    return worked_out(Basis(basis.design, basis.technologies, conditions))


def _stopped_by(basis: Basis, lost: Iterable[str]) -> tuple[str, ...]:
    """Journeys that cannot do without one of these, in file order."""
    gone = frozenset(lost)
    return tuple(
        journey.id for journey in basis.design.journeys if not gone.isdisjoint(hard_parts(basis, journey))
    ) if gone else ()  # fmt: skip


def _needs(basis: Basis, name: str) -> tuple[str, ...]:
    journey = next(journey for journey in basis.design.journeys if journey.id == name)
    return hard_parts(basis, journey)


def blast_radius(working: Working) -> BlastRadius:
    """What stops and what goes on with less, by the loss of what is down alone; nothing is lost: nothing does."""
    basis = working.basis
    stopped, degraded = [], []
    for journey in basis.design.journeys:
        because = tuple(name for name in hard_parts(basis, journey) if name in basis.down)
        lost = _lost_calls(basis, journey)
        if because:
            stopped.append(Stopped(journey.id, known(journey.share), because))
        elif lost:
            degraded.append(Degraded(journey.id, known(journey.share), lost))
    stops, goes_on = _share(stopped), _share(degraded)
    peak = working.peak
    rate = None if stops is None or peak is None else stops * peak * basis.load
    return BlastRadius(tuple(stopped), tuple(degraded), stops, goes_on, rate)


def _lost_calls(basis: Basis, journey: Journey) -> tuple[str, ...]:
    """Calls to what is down, by callers that are there."""
    steps = steps_of(basis, journey)
    return tuple(
        dict.fromkeys(step.id for step in steps if step.target in basis.down and step.source not in basis.down)
    )


def _share(journeys: Iterable[Stopped | Degraded]) -> float | None:
    """Of all requests."""
    shares = [journey.share for journey in journeys]
    return None if None in shares else float(sum(share or 0.0 for share in shares))
