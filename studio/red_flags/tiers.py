"""How critical a part is, and where settings of its own would stand."""

from typing import TYPE_CHECKING

from studio.model.address import Address
from studio.model.behaviour import Journey
from studio.model.component import Component, Endpoint
from studio.model.connection import Connection
from studio.model.part import Part

if TYPE_CHECKING:
    from studio.red_flags.facts import Facts


def tier_of(part: Part, facts: "Facts") -> int | None:
    """A component's tier: as the design says, else 1 where a must journey stops without it. A connection has that of
    its more critical end, an endpoint that of its component, everything else none."""
    match part:
        case Endpoint():
            return tier_of(facts.owner_of(part), facts)
        case Component():
            return part.tier if part.tier is not None else 1 if part.id in facts.hard_path else None
        case Connection():
            ends = (tier_of(facts.design.component[end], facts) for end in (part.source, part.target))
            return min((tier for tier in ends if tier is not None), default=None)
    return None


def place_of(part: Part, facts: "Facts") -> Address:
    """Section and id of what may have thresholds of its own, nothing for everything else; endpoints share those of
    their component."""
    match part:
        case Endpoint():
            return ("components", facts.owner_of(part).id)
        case Component():
            return ("components", part.id)
        case Connection():
            return ("connections", part.id)
        case Journey():
            return ("journeys", part.id)
    return ()
