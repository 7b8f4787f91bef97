"""The design on a rung of the ladder, and what a thing that can break must answer."""

import math
from collections.abc import Mapping
from typing import Protocol

from studio.estimates.numbers import Numbers
from studio.estimates.results import Figure
from studio.estimates.what_breaks.bills import Bills
from studio.estimates.what_breaks.fixes import Mend
from studio.estimates.what_breaks.remedies import may_have_more
from studio.estimates.what_breaks.world import Ground, World

ROUNDING = 1e-9


class State:
    """The design as it stands, with all that was mended so far."""

    def __init__(self, ground: Ground, numbers: Mapping[str, Numbers]) -> None:
        self.ground = ground
        self.numbers = dict(numbers)
        self.pools: dict[str, int] = {
            component.id: component.pool_size
            for component in ground.basis.design.components
            if component.pool_size is not None
        }
        """Connections one instance opens to each store, where that is said."""
        self.bills = Bills(ground, numbers)
        self._full: dict[str, float] = {}
        self.changed = dict.fromkeys(numbers, 0)
        """How often each component was mended."""

    def world(self, multiple: float, tried: Mapping[str, Numbers] | None = None) -> World:
        """The design at a multiple of today's peak; with other numbers of some components, when they are tried."""
        return World(self.ground, {**self.numbers, **tried} if tried else self.numbers, multiple)

    def full_at(self, name: str) -> float:
        """The multiple at which a component is full; infinite when users do not fill it."""
        if name not in self._full:
            breaks_at = self.ground.full(self.numbers[name]).breaks_at
            is_there = breaks_at is not None and name not in self.ground.basis.down
            self._full[name] = breaks_at if is_there and breaks_at is not None else math.inf
        return self._full[name]

    def mend(self, numbers: Mapping[str, Numbers]) -> None:
        """Puts other numbers into the design. What a larger machine of one's own costs, nobody knows."""
        for name, after in numbers.items():
            before = self.numbers[name]
            self.bills.changed(before, after)
            if before.capacity != after.capacity and may_have_more(before):
                self.bills.is_known = False
            self.numbers[name] = after
            self._full.pop(name, None)
            self.changed[name] += 1


class Thing(Protocol):
    """Something that can break as load grows."""

    path: str
    """Of the figure or limit that tells."""
    subject: str
    """The component, the journey, or `cost`."""
    parts: tuple[str, ...]
    """Components whose numbers decide where it breaks."""
    is_strained_by_mending: bool
    """Whether what mends others can break it."""

    def breaks_at(self, state: State, since: float, until: float) -> float:
        """The multiple of today's peak at which it breaks; infinite when it never does.

        Whoever asks knows that it does not break below ``since``, and only wants to know whether it does below
        ``until``: anything from there on may be a load at which it does not break yet.
        """

    def why(self, state: State, at: float) -> str:
        """What happens there, with its numbers."""

    def inputs(self, state: State, at: float) -> dict[str, Figure]:
        """The figures behind it there, by path."""

    def mend(self, state: State, at: float, carry: float) -> Mend:
        """The cheapest that carries the multiple ``carry``."""
