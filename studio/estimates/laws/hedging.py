"""Hedged calls: a second try is sent when the first is late, and the first answer of the two wins.

Both tries are independent. Source: Dean and Barroso, The Tail at Scale, Communications of the ACM 56(2), 2013.
"""

from studio.estimates.laws.composition import Time, fixed_part
from studio.estimates.laws.parallel import tail_of
from studio.estimates.laws.tabulated import Tabulated


def hedged(part: Time, after: float) -> Time:
    """A call whose second try is sent after ``after`` seconds: S(t) until then, S(t)·S(t − after) beyond.

    The call itself where its time never varies, or nothing is ever that late.
    """
    tail = tail_of(part)
    if part.variance <= 0 or tail(after) < 1e-12:
        return part

    def both_late(t: float) -> float:
        return tail(t) if t < after else tail(t) * tail(t - after)

    start = fixed_part(part)
    return Tabulated(both_late, part.mean, tuple(sorted({start, after, after + start} - {0.0})))
