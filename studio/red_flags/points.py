"""How complex a design is, in points: what its team must understand, run and keep in step."""

from collections.abc import Iterable
from typing import NamedTuple

from studio.model.kinds import DATA_HOLDERS
from studio.red_flags.facts import Facts
from studio.text import shortened

DEMANDING = frozenset(
    {
        "change-data-capture", "consistent-hashing", "cqrs", "distributed-lock", "event-sourcing", "fan-out-on-write",
        "global-load-balancing", "hot-key-splitting", "leader-election", "microservices", "multi-agent", "saga",
        "sharding", "strangler-fig", "transactional-outbox", "write-behind-cache",
    }
)  # fmt: skip
"""Patterns that ask for understanding every day, not once."""


class Spent(NamedTuple):
    """Points spent on one sort of thing."""

    points: int
    on: str
    names: tuple[str, ...]

    @property
    def words(self) -> str:
        """`6 points are spent on different stores and brokers: postgresql, redis`."""
        names = f": {shortened(', '.join(self.names), 60)}" if self.names else ""
        return f"{self.points} points are spent on {self.on}{names}"


def spent(facts: Facts) -> tuple[Spent, ...]:
    """The points of a design by what they are spent on; the weights are a judgement of ours."""
    waiting = [c for c in facts.design.connections if c.is_synchronous]
    later = [c.id for c in facts.design.connections if not c.is_synchronous]
    holders = _distinct((c.technology or c.kind) for c in facts.design.components if c.kind in DATA_HOLDERS)
    languages = _distinct(c.technology for c in facts.deployables if c.technology)
    applied = _distinct(p.use for p in facts.design.patterns)
    demanding = tuple(use for use in applied if use in DEMANDING)
    others = tuple(use for use in applied if use not in DEMANDING)
    own = tuple(component.label for component in facts.deployables)
    return (
        Spent(2 * len(own), "deployables", own),
        Spent(3 * len(holders), "different stores and brokers", holders),
        Spent(3 * len(languages), "different languages and frameworks", languages),
        Spent(len(waiting), "synchronous connections", ()),
        Spent(2 * len(later), "asynchronous connections", tuple(later)),
        Spent(2 * len(demanding), "demanding patterns", demanding),
        Spent(len(others), "other patterns", others),
    )


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple({name.casefold(): name for name in names}.values())


def complexity(facts: Facts) -> int:
    """All points of a design together."""
    return sum(line.points for line in spent(facts))
