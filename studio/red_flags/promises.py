"""Which availability is promised: by the design, and by its must journeys for themselves."""

from collections.abc import Mapping

from studio.model.behaviour import Journey
from studio.model.component import Component
from studio.red_flags.facts import Facts
from studio.red_flags.once import once_per_design
from studio.units import point

ROUNDING = 1e-9


@once_per_design
def strictest_promise(facts: Facts) -> float | None:
    """The highest availability that the design or one of its must journeys promises; None when none does."""
    found = (facts.availability_target, *(_own(journey) for journey in facts.must_journeys))
    return max((target for target in found if target is not None), default=None)


def promise_of(component: Component, facts: Facts) -> float | None:
    """The highest availability promised of a must journey that cannot do without it; elsewhere the design's."""
    return _promises(facts).get(component.id, facts.availability_target)


@once_per_design
def are_kept(facts: Facts) -> bool:
    """Whether every must journey is known to be as available as it is promised to be."""
    found = [(facts.estimates.journeys[j.id].availability, _promised(j, facts)) for j in facts.must_journeys]
    return bool(found) and all(got is not None and want is not None and got >= want - ROUNDING for got, want in found)


@once_per_design
def _promises(facts: Facts) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for journey in facts.must_journeys:
        target = _promised(journey, facts)
        for name in facts.flow_of(journey).members if target is not None else ():
            found[name] = max(target or 0.0, found.get(name, 0.0))
    return found


def _promised(journey: Journey, facts: Facts) -> float | None:
    """A journey's own promise, else that of the design."""
    own = _own(journey)
    return facts.availability_target if own is None else own


def _own(journey: Journey) -> float | None:
    return None if journey.availability is None else point(journey.availability)
