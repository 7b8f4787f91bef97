"""Calls at once: the slowest decides, or the last of as many answers as are waited for.

The maximum of independent times has the product of their distribution functions, the k-th fastest of n a binomial sum;
their transforms come from their tails, tabulated once.
"""

import math
from collections.abc import Callable, Sequence

from studio.estimates.formulas.availability import k_of_n_unavailability
from studio.estimates.laws.composition import Choice, Repeated, Time, by_chance, gamma_of, in_turn, single_law
from studio.estimates.laws.distributions import mixture_tail
from studio.estimates.laws.law import Fixed
from studio.estimates.laws.tabulated import Tabulated


def calls(part: Time, number: float, *, at_once: bool, needed: int | None = None) -> Time:
    """`number` calls: the whole ones in turn or at once, a fraction as the chance of one more.

    Of calls at once ``needed`` answers are waited for; None, or as many as there are calls: all.
    """
    whole = math.floor(number + 1e-9)
    rest = max(0.0, number - whole)
    rest = 0.0 if rest <= 1e-9 else rest
    if at_once and number > 1 and needed is not None and needed < whole + (rest > 0):
        few, more = kth_fastest(part, needed, whole), kth_fastest(part, needed, whole + 1)
        return few if not rest else Choice(((1.0 - rest, few), (rest, more)))
    parts: list[Time] = [by_chance(rest, part)] if rest else []
    if at_once and number > 1:
        return slowest([(part, whole), *((more, 1) for more in parts)])
    if whole == 1:
        parts.insert(0, part)
    elif whole:
        parts.insert(0, Repeated(part, whole))
    return in_turn(parts)


def slowest(parts: Sequence[tuple[Time, int]]) -> Time:
    """All parts are waited for at once, each so many times. Independent: F = Π Fᵢ; Dean and Barroso 2013."""
    if len(parts) == 1 and parts[0][1] == 1:
        return parts[0][0]
    if all(part.variance <= 0 for part, _ in parts):
        return Fixed(max(part.mean for part, _ in parts))
    tails = [(tail_of(part), times) for part, times in parts]

    def tail(t: float) -> float:
        logs = 0.0
        for one, times in tails:
            late = one(t)
            if late >= 1:
                return 1.0
            logs += times * math.log1p(-late)
        return -math.expm1(logs)

    return Tabulated(tail, max(part.mean for part, _ in parts))


def kth_fastest(part: Time, wanted: int, of: int) -> Time:
    """The ``wanted``-th answer of ``of`` equal calls at once: a quorum. All of them when fewer are made."""
    if wanted >= of:
        return slowest([(part, of)])
    if part.variance <= 0:
        return part
    tail = tail_of(part)
    return Tabulated(lambda t: k_of_n_unavailability(wanted, of, tail(t)), part.mean)


def tail_of(part: Time) -> Callable[[float], float]:
    """P(T > t) of a part, as a function of t in seconds: its own where it has one, else its gamma match's."""
    simple = single_law(part)
    if simple is not None:
        shift, law = simple
        return law.tail if not shift else lambda t: law.tail(t - shift)
    if isinstance(part, Choice):
        branches = [(chance, tail_of(branch)) for chance, branch in part.branches]
        return lambda t: mixture_tail(branches, t)
    match = gamma_of(part)
    return Fixed(part.mean).tail if match is None else match.tail
