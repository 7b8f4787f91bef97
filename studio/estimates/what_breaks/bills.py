"""What the design costs in a month at any multiple of today's load, copies apart from what grows with use.

The same sums as `cost`, kept in pieces: a multiple asks for one product for each component that is paid by use.
"""

from collections.abc import Mapping
from typing import NamedTuple

from studio.estimates.cost import (
    free_requests,
    is_paid_by_tokens,
    price_by_use,
    requests_per_month,
    support_cost,
    use_cost,
)
from studio.estimates.demand import ai_figures
from studio.estimates.numbers import Numbers
from studio.estimates.what_breaks.world import Ground


class _Use(NamedTuple):
    """A component that is paid by use."""

    of_today: float
    """Requests/s on average that users cause today."""
    made: float
    """Requests/s that components make by themselves."""
    price_per_million: float
    free: float


class Bills:
    """The bill of a design whose copies change on the way up."""

    def __init__(self, ground: Ground, numbers: Mapping[str, Numbers]) -> None:
        self.is_known = True
        """Whether every price is given."""
        self._uses: list[_Use] = []
        self._copies = 0.0
        for each in numbers.values():
            self._add(ground, each)
        ai = ai_figures(ground.basis, {})
        tokens = 0.0 if ai is None else ai.cost_per_month
        self.is_known = self.is_known and tokens is not None
        self._tokens, self._support = tokens or 0.0, support_cost(ground.basis)

    def changed(self, before: Numbers, after: Numbers) -> None:
        """Takes account of other numbers of copies of one component."""
        if before.cost is not None:
            self._copies += (after.copies - before.copies) * before.cost

    def at(self, multiple: float) -> float | None:
        """USD a month at that multiple of today's load; None when a price is missing."""
        if not self.is_known:
            return None
        use = sum(
            use_cost(requests_per_month(each.of_today * multiple + each.made), each.price_per_million, each.free)
            for each in self._uses
        )
        return self._copies + use + self._tokens * multiple + self._support

    def _add(self, ground: Ground, numbers: Numbers) -> None:
        if numbers.cost is not None:
            self._copies += numbers.copies * numbers.cost
        price = price_by_use(ground.basis, numbers.id)
        if price is None:
            free_of_charge = numbers.is_client or is_paid_by_tokens(ground.basis, numbers)
            self.is_known = self.is_known and (numbers.cost is not None or free_of_charge)
            return
        load, name = ground.calm.load, numbers.id
        users = load.of_peak[name].total
        if name in load.unknown or (users > 0 and ground.peak is None):
            self.is_known = False
            return
        average = users * (ground.peak or 0.0) / ground.basis.peak_factor
        self._uses.append(_Use(average, load.generated[name].total, price, free_requests(ground.basis, name)))
