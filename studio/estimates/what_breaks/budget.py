"""The monthly budget: what grows with use, and what the fixes of lower rungs cost, run up to it."""

import math
from collections.abc import Iterator

from studio.estimates.numbers import known
from studio.estimates.results import Figure
from studio.estimates.what_breaks.fixes import Change, Mend
from studio.estimates.what_breaks.searching import MOST, smallest_multiple
from studio.estimates.what_breaks.state import ROUNDING, State
from studio.estimates.what_breaks.world import Ground


class Budget:
    """What a month may cost."""

    path, subject = "cost_per_month", "cost"
    parts: tuple[str, ...] = ()
    is_strained_by_mending = True

    def __init__(self, budget: float) -> None:
        self._budget = budget
        self._is_told = False

    @classmethod
    def of(cls, ground: Ground) -> Iterator["Budget"]:
        """The budget of the design, if it has one."""
        budget = known(ground.basis.design.requirements.cost.budget_per_month)
        if budget is not None:
            yield cls(budget)

    def breaks_at(self, state: State, since: float, until: float) -> float:  # noqa: ARG002 (things answer alike)
        """Where a month costs more; infinite when a price is missing. Only its first time counts."""
        if self._is_told or not state.bills.is_known:
            return math.inf
        return smallest_multiple(lambda multiple: self._cost(state, multiple) > self._budget * (1 + ROUNDING), MOST)

    def _cost(self, state: State, multiple: float) -> float:
        return state.bills.at(multiple) or 0.0

    def why(self, state: State, at: float) -> str:
        """What it costs there."""
        cost = self._cost(state, at)
        over = "more than" if cost > self._budget * (1 + ROUNDING) else "all of"
        return f"a month costs {cost:,.0f}, {over} the {self._budget:,.0f} there are"

    def inputs(self, state: State, at: float) -> dict[str, Figure]:
        """Cost and budget."""
        return {"cost_per_month": state.bills.at(at), "requirements.cost.budget_per_month": self._budget}

    def mend(self, state: State, at: float, carry: float) -> Mend:  # noqa: ARG002 (things answer alike)
        """A larger one, for the design as it then is; what later rungs add is told there."""
        self._is_told = True
        enough = math.ceil(self._cost(state, carry) - ROUNDING)
        if enough <= self._budget:
            return Mend("spend less on what grows with use")
        words = f"no number of copies cures it: a budget of {enough:,} instead of {self._budget:,.0f}, or less use"
        return Mend(words, (Change("requirements.cost", "budget_per_month", self._budget, enough),))
