"""What a design is put under: its load, and what is gone."""

from typing import Final, NamedTuple

from studio.model.behaviour import Scenario
from studio.units import point


class Conditions(NamedTuple):
    """Today's peak with everything there, or a what-if."""

    load: float = 1.0
    """× today's peak."""
    down: frozenset[str] = frozenset()
    """Components that are gone."""
    cold: frozenset[str] = frozenset()
    """Caches that are empty."""
    zone_lost: bool = False
    """Whether one availability zone is gone, with its share of every component that is spread over zones."""


TODAY: Final = Conditions()


def conditions_of(scenario: Scenario) -> Conditions:
    """What a kept what-if puts its design under."""
    return Conditions(
        1.0 if scenario.load is None else point(scenario.load),
        frozenset(scenario.down),
        frozenset(scenario.cold),
        scenario.zone_lost is True,
    )
