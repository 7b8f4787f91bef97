"""What instances that share something lose: Gunther's universal scalability law, with Amdahl's law inside it.

``contention`` σ is the share of the work done one after the other, ``coherence`` κ what each pair of instances spends
on agreeing, both as shares of one instance's capacity. Source: Gunther, Guerrilla Capacity Planning, 2007.
"""

import math

from studio.estimates.formulas.sizing import whole


def relative_capacity(instances: float, contention: float, coherence: float = 0.0) -> float:
    """What ``instances`` carry, in capacities of one: C(N) = N/(1 + σ(N − 1) + κN(N − 1)).

    Without coherence it is Amdahl's law, 1/(σ + (1 − σ)/N), which never exceeds 1/σ.
    """
    others = instances - 1.0
    return instances / (1.0 + contention * others + coherence * instances * others)


def efficiency(instances: float, contention: float, coherence: float = 0.0) -> float:
    """The share of its capacity each of ``instances`` keeps, C(N)/N, in (0, 1]; 1 for one alone."""
    return 1.0 if instances <= 1 else relative_capacity(instances, contention, coherence) / instances


def best_number(contention: float, coherence: float) -> float | None:
    """The number of instances beyond which more carry less, N* = √((1 − σ)/κ); None when more always carry more."""
    return math.sqrt((1.0 - contention) / coherence) if coherence > 0 else None


def smallest_number(load: float, contention: float, coherence: float = 0.0) -> int | None:
    """The fewest instances that carry ``load``, in capacities of one, at 100 % utilisation; None when none do.

    The smaller root of κL·N² − (1 + κL − σL)·N + (1 − σ)L ≤ 0, rounded up as long as C(N) there still reaches L.
    """
    if load <= 1:
        return 1
    if not contention and not coherence:
        return whole(load)
    square, linear, constant = coherence * load, 1.0 + (coherence - contention) * load, (1.0 - contention) * load
    inside = linear * linear - 4.0 * square * constant
    if linear <= 0 or inside < 0:
        return None
    number = max(1, whole(2.0 * constant / (linear + math.sqrt(inside))))
    return number if relative_capacity(number, contention, coherence) >= load * (1 - 1e-9) else None


def recommended_number(
    load: float, contention: float, coherence: float = 0.0, zones: int = 1, target: float = 0.7
) -> int | None:
    """The fewest instances that stay within ``target`` utilisation, all there or one, or one whole zone, lost.

    None when no number does. ``load`` in capacities of one.
    """
    surviving = smallest_number(load / target, contention, coherence)
    if surviving is None:
        return None
    each = 1 if zones <= 1 else whole(surviving / (zones - 1))
    survivors = surviving if zones <= 1 else each * (zones - 1)
    enough = load / target * (1 - 1e-9)
    if min(relative_capacity(number, contention, coherence) for number in (survivors, survivors + each)) < enough:
        return None
    return survivors + each
