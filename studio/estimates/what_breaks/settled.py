"""What breaks first when retries are counted with all they do to each other: callees, their callers, their callers."""

from collections.abc import Sequence

from studio.estimates.settling import worked_out
from studio.estimates.what_breaks.capacity import Capacity
from studio.estimates.what_breaks.searching import CALM, smallest_multiple
from studio.estimates.what_breaks.speed import Speed
from studio.estimates.what_breaks.state import State, Thing
from studio.estimates.working import Working

_MOST_COMPONENTS = 200
"""Larger designs keep the answer in which each callee's retries count by themselves."""
_BELOW = 1e-6


def first_at_rest(state: State, things: Sequence[Thing], first: float) -> tuple[float, int] | None:
    """Whether a component falls or a journey is too slow below ``first``: where, and which of ``things`` it is."""
    if len(state.numbers) > _MOST_COMPONENTS or first <= CALM:
        return None
    below = first * (1.0 - _BELOW)
    if _fallen(state, things, below) is None:
        return None
    at = smallest_multiple(lambda multiple: _fallen(state, things, multiple) is not None, below)
    index = _fallen(state, things, at * (1.0 + 1e-6)) or _fallen(state, things, below)
    return None if index is None else (at, index)


def _fallen(state: State, things: Sequence[Thing], multiple: float) -> int | None:
    """The first component that cannot keep up, or journey that is too slow, at a load: the index of its thing."""
    working: Working = worked_out(state.ground.basis.at_load(multiple), state.numbers)
    for index, thing in enumerate(things):
        if isinstance(thing, Capacity) and working.is_overloaded(thing.subject):
            return index
        if isinstance(thing, Speed) and thing.is_missed(working):
            return index
    return None
