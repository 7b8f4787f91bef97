"""What mends a thing that breaks: more copies, more room, or words where the design itself cannot."""

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from studio.estimates.numbers import Numbers
from studio.estimates.results import Figure
from studio.estimates.what_breaks.remedies import may_have_more
from studio.estimates.what_breaks.searching import smallest
from studio.estimates.what_breaks.world import Ground
from studio.model.component import Component
from studio.model.kinds import DURABLE_STORES
from studio.units import grouped

MOST_COPIES = 1_000_000
_ROOM = "capacity_rps"
_COUNTED = {"instances": "instances", "read_replicas": "read replicas", "shards": "shards"}
_NUMBER_OF = {"instances": "instances", "read_replicas": "replicas", "shards": "shards"}


class Change(NamedTuple):
    """One field of the design with another value."""

    on: str
    """The table of the field: `components.api`."""
    field: str
    before: Figure
    after: float | int


class Mend(NamedTuple):
    """What is done about a thing that breaks."""

    words: str
    changes: tuple[Change, ...] = ()
    """Nothing where the design cannot be mended by numbers."""
    numbers: Mapping[str, Numbers] = {}
    """Components whose numbers become others."""


class Lever(NamedTuple):
    """A number of a component that can be raised: its copies, or what a vendor lets through."""

    field: str

    def level(self, numbers: Numbers) -> int:
        """How many there are; 1 for what a vendor lets through now."""
        found: int = 1 if self.field == _ROOM else getattr(numbers, _NUMBER_OF[self.field])
        return found

    def at(self, numbers: Numbers, level: int) -> Numbers:
        """The component with so many."""
        if self.field == _ROOM:
            return numbers._replace(capacity=(numbers.capacity or 0.0) * level)
        return numbers._replace(**{_NUMBER_OF[self.field]: level})  # type: ignore[arg-type] # all three are counts

    def change(self, numbers: Numbers, level: int) -> Change:
        """The field of the design with its new value."""
        before, after = (
            (numbers.capacity, (numbers.capacity or 0.0) * level)
            if self.field == _ROOM
            else (self.level(numbers), level)
        )
        return Change(f"components.{numbers.id}", self.field, before, after)

    def words(self, numbers: Numbers, level: int) -> str:
        """«8 instances of api instead of 4»."""
        if self.field == _ROOM:
            return _asked(numbers, (numbers.capacity or 0.0) * level)
        return f"{level:,} {_COUNTED[self.field]} of {numbers.id} instead of {self.level(numbers) or 'none'}"


INSTANCES, REPLICAS, SHARDS, ROOM = Lever("instances"), Lever("read_replicas"), Lever("shards"), Lever(_ROOM)


Levers: TypeAlias = tuple[tuple[Lever, ...], ...]
"""Groups of levers: one of a later group only where none of an earlier one is enough."""


def levers(numbers: Numbers, reads: float, writes: float) -> Levers:
    """What can be raised when a component is full; nothing at a vendor's.

    Read replicas where reads dominate a store, shards where writes do, instances of each shard where one is hot; more
    instances for whatever is no store.
    """
    if not may_have_more(numbers):
        return ()
    if numbers.kind not in DURABLE_STORES:
        return ((INSTANCES,),)
    first, second = (REPLICAS, SHARDS) if reads >= writes else (SHARDS, REPLICAS)
    return ((first, INSTANCES), (second,)) if numbers.instances > 1 else ((first,), (second,), (INSTANCES,))


def within_autoscale(component: Component, lever: Lever, level: int) -> str:
    """Whether the design's own rule for more copies allows it, in brackets; nothing without such a rule."""
    most = None if component.autoscale is None else component.autoscale.max
    if most is None or lever != INSTANCES:
        return ""
    return f" (within autoscale.max {most})" if level <= most else f" (beyond autoscale.max {most})"


def cheapest_copies(
    ground: Ground, numbers: Numbers, groups: Levers, is_enough: Callable[[Numbers], bool]
) -> Mend | None:
    """The raise of one lever that is enough with the fewest copies, all at one price; None when none is."""
    for group in groups:
        found: list[tuple[int, int, Lever, int]] = []
        for rank, lever in enumerate(group):
            level = _smallest_level(numbers, lever, is_enough)
            if level is not None:
                found.append((lever.at(numbers, level).copies, rank, lever, level))
        if found:
            _, _, lever, level = min(found, key=lambda way: way[:2])
            note = within_autoscale(ground.basis.design.component[numbers.id], lever, level)
            return copies(numbers, lever, level, lever.words(numbers, level) + note)
    return None


def _smallest_level(numbers: Numbers, lever: Lever, is_enough: Callable[[Numbers], bool]) -> int | None:
    return smallest(lambda level: is_enough(lever.at(numbers, level)), lever.level(numbers) + 1, MOST_COPIES)


def carrying(ground: Ground, multiple: float) -> Callable[[Numbers], bool]:
    """Whether a component with some numbers is not full before a multiple of today's peak."""

    def carries(tried: Numbers) -> bool:
        breaks_at = ground.full(tried).breaks_at
        return breaks_at is None or breaks_at >= multiple

    return carries


def copies(numbers: Numbers, lever: Lever, level: int, words: str) -> Mend:
    """More copies of one component."""
    return Mend(words, (lever.change(numbers, level),), {numbers.id: lever.at(numbers, level)})


def rounded_up(value: float) -> float:
    """The next number with three digits that is not smaller."""
    if value <= 0:
        return 0.0
    step = 10.0 ** (math.floor(math.log10(value)) - 2)
    return math.ceil(value / step - 1e-9) * step


def more_room(numbers: Numbers, capacity: float) -> Mend:
    """No copies do it: the vendor must allow more, or each copy must do more."""
    name = numbers.id
    change = Change(f"components.{name}", "capacity_rps", numbers.capacity, capacity)
    if may_have_more(numbers):
        words = (
            f"no number of copies of {name} carries that: each must serve {grouped(capacity)} requests/s instead of "
            f"{grouped(numbers.capacity or 0.0)}, or less must reach it"
        )
    else:
        words = _asked(numbers, capacity)
    return Mend(words, (change,), {name: numbers._replace(capacity=capacity)})


def _asked(numbers: Numbers, capacity: float) -> str:
    now = grouped(numbers.capacity or 0.0)
    return f"ask the vendor of {numbers.id} for {grouped(capacity)} requests/s instead of {now}"
