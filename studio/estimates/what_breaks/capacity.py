"""Components that are full, and callees that their callers' retries make collapse just before they are."""

import math
from collections.abc import Mapping

from studio.estimates.answering import ONCE, Answer
from studio.estimates.formulas.retries import expected_attempts
from studio.estimates.numbers import Numbers, known
from studio.estimates.results import Figure
from studio.estimates.settling import may_be_repeated
from studio.estimates.what_breaks.fixes import Mend, carrying, cheapest_copies, levers, more_room, rounded_up
from studio.estimates.what_breaks.searching import CALM, MOST, highest
from studio.estimates.what_breaks.state import ROUNDING, State
from studio.estimates.what_breaks.world import Ground, World
from studio.model.connection import Connection
from studio.units import grouped

_MOST_NINES = 4.0
"""Retries are looked at up to 99.99 % utilisation."""
_SECTIONS = 8
_MOST_RAISES, _RAISE = 40, 1.02
_NEARLY_FULL = 0.98
"""Callees answer as they do at this share of the load at which the component is full."""


class Capacity:
    """The capacity of one component."""

    is_strained_by_mending = False

    def __init__(self, ground: Ground, name: str) -> None:
        self.subject, self.path = name, f"components.{name}.utilisation"
        self._again = [
            call
            for call in ground.basis.design.callers_of[name]
            if call.id in ground.basis.connection and may_be_repeated(ground.basis, call)
        ]
        self.parts = ground.cone(name) if self._again else (name,)

    def breaks_at(self, state: State, since: float, until: float) -> float:  # noqa: ARG002 (things answer alike)
        """Where it is full, exactly; before that, where no load it can carry brings its retries to rest."""
        return self._limit(state, {})

    def _limit(self, state: State, tried: Mapping[str, Numbers]) -> float:
        full = state.ground.full(tried.get(self.subject, state.numbers[self.subject])).breaks_at
        if full is None or self.subject in state.ground.basis.down:
            return math.inf
        most = max((call.tries * (1 if call.hedge_after is None else 2) for call in self._again), default=1)
        if most == 1 or full <= 0 or full / most > MOST:
            return full
        if any(state.full_at(part) < full for part in self.parts if part != self.subject):
            return full  # its callees break first: mended, they let it be looked at again

        callees = state.world(full * _NEARLY_FULL, tried)

        def calm_load(nines: float) -> float:
            world = state.world(full * (1.0 - 10.0**-nines), tried)
            return world.multiple / self._amplification(world, callees)

        return min(full, highest(calm_load, min(1.0, -math.log10(1.0 - 1.0 / most)), _MOST_NINES, _SECTIONS))

    def _amplification(self, world: World, callees: World) -> float:
        """Requests that reach it when it carries the load of ``world``, ÷ those that would if nothing came late."""
        answer, peak = world.answer_behind(self.subject, callees), world.full(self.subject).peak
        if isinstance(answer, str) or not peak:
            return 1.0
        more = 0.0
        for call in self._again:
            calm = world.ground.calm.tries.get(call.id, ONCE).expected
            tries = _tries(call, answer, world.ground.basis.network(call))
            more += world.working.rate_over(call.id) * (tries / calm - 1.0)
        return max(1.0, 1.0 + more / peak)

    def why(self, state: State, at: float) -> str:
        """Full, or collapsed."""
        numbers, full = state.numbers[self.subject], state.world(at).full(self.subject)
        copies = "only copy serves" if numbers.copies == 1 else f"{numbers.copies:,} copies serve"
        arrives, serves = f"{grouped(full.peak or 0.0)} requests/s", f"its {copies} {grouped(full.capacity or 0.0)}"
        if at >= state.full_at(self.subject) * (1 - ROUNDING):
            return f"{self.subject} is full: {arrives} arrive and {serves}"
        return (
            f"{self.subject} collapses under retries: of {arrives} so many are late that, tried again, "
            f"they are more than {serves}"
        )

    def inputs(self, state: State, at: float) -> dict[str, Figure]:
        """Load and room."""
        path, full = f"components.{self.subject}", state.world(at).full(self.subject)
        return {
            f"{path}.peak_rps": full.peak,
            f"{path}.capacity_rps": full.capacity,
            f"{path}.instances": state.numbers[self.subject].instances,
        }

    def mend(self, state: State, at: float, carry: float) -> Mend:
        """More copies; where none are enough, more requests/s of each. Retries leave them as full as they do now."""
        numbers, load = state.numbers[self.subject], state.world(1.0).full(self.subject)
        full = state.full_at(self.subject)
        share = min(1.0, at / full) if self._again and 0 < full < math.inf else 1.0
        groups, wanted = levers(numbers, load.reads or 0.0, load.writes or 0.0), carry / share * (1 - ROUNDING)
        for _ in range(_MOST_RAISES):
            found = cheapest_copies(state.ground, numbers, groups, carrying(state.ground, wanted))
            if found is None:
                break
            if not self._again or self._limit(state, found.numbers) >= carry * (1 - ROUNDING):
                return found
            wanted *= _RAISE
        return self._more_room(state, numbers, carry)

    def _more_room(self, state: State, numbers: Numbers, carry: float) -> Mend:
        full, busiest = state.full_at(self.subject), state.world(carry).full(self.subject).per_copy
        capacity = rounded_up(busiest or (numbers.capacity or 1.0) * carry / max(full, CALM))
        for _ in range(_MOST_RAISES):
            if self._limit(state, {self.subject: numbers._replace(capacity=capacity)}) >= carry * (1 - ROUNDING):
                break
            capacity = rounded_up(capacity * _RAISE)
        return more_room(numbers, capacity)


def _tries(call: Connection, answer: Answer, network: float) -> float:
    """Mean number of tries of a call that is answered like this, hedges included."""
    timeout, hedge, budget = known(call.timeout), known(call.hedge_after), known(call.retry_budget)
    late = 0.0 if timeout is None else answer.tail(timeout - network)
    found = expected_attempts(1.0 - (1.0 - answer.error) * (1.0 - late), call.tries)
    if budget is not None:
        found = min(found, 1.0 + budget)
    return found * (1.0 + (0.0 if hedge is None else answer.tail(hedge - network)))
