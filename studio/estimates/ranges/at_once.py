"""Calls at once in many samples: the slowest, a quorum, the faster of two; as `studio.estimates.laws.parallel`."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from studio.estimates.ranges.incomplete_gamma import normal_tail
from studio.estimates.ranges.times import (
    Complexes,
    Tail,
    Time,
    by_chance,
    choice,
    column,
    either_late,
    fixed,
    gamma_match,
    in_turn,
    repeated,
    tail_of,
)
from studio.estimates.ranges.values import Array, Value, larger, varies

_PANELS = 16
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(5)
_ROUGH_NODES, _ROUGH_WEIGHTS = np.polynomial.legendre.leggauss(24)
_TURNS = (0.3, 0.01)
"""Where the table turns coarser: the share of requests that take longer."""


def calls(part: Time, number: Value, *, at_once: bool, needed: int | None, samples: int) -> Time:
    """`number` calls: the whole ones in turn or at once, a fraction as the chance of one more.

    Of calls at once ``needed`` answers are waited for; None is all. Where their number varies, all are.
    """
    if not varies(number) and number == 1.0:
        return part
    whole, rest = _whole_and_rest(number)
    is_split = varies(rest) or rest > 0
    more = [by_chance(rest, part)] if is_split else []
    if at_once and needed is not None and not varies(number) and number > 1 and needed < whole + is_split:
        few, more_of_them = (kth_fastest(part, needed, int(whole) + extra, samples) for extra in (0, 1))
        return choice([(1.0 - rest, few), (rest, more_of_them)]) if is_split else few
    if at_once and (number.max() if varies(number) else number) > 1:
        return slowest([(part, whole), *((one, 1.0) for one in more)], samples)
    several = [repeated(part, whole)] if varies(whole) or whole > 0 else []
    return in_turn([*several, *more])


def _whole_and_rest(number: Value) -> tuple[Value, Value]:
    """Calls made for sure, and the chance of one more."""
    whole = np.floor(number + 1e-9)
    rest = np.maximum(0.0, number - whole)
    rest = np.where(rest <= 1e-9, 0.0, rest)
    return (whole, rest) if varies(number) else (float(whole), float(rest))


def slowest(parts: Sequence[tuple[Time, Value]], samples: int) -> Time:
    """All parts are waited for at once, each so many times. Independent: F = Π Fᵢ."""
    if len(parts) == 1 and not varies(parts[0][1]) and parts[0][1] == 1:
        return parts[0][0]
    late = None
    for part, _ in parts:
        late = either_late(late, part.late)
    if all(not varies(part.variance) and part.variance == 0.0 for part, _ in parts):
        longest: Value = 0.0
        for part, _ in parts:
            longest = larger(longest, part.mean)
        return fixed(longest)._replace(late=late)
    is_exact = all(part.transform is not None for part, _ in parts)
    return (_exact if is_exact else _rough)(parts, samples)._replace(late=late)


def _joint_tail(parts: Sequence[tuple[Tail, Value]]) -> Tail:
    """P(max > t): 1 − Π(1 − tail)ⁿ."""

    def tail(t: Array) -> Array:
        logs: Array = np.zeros_like(t)
        for one, times in parts:
            logs = logs + column(times) * np.log1p(-np.minimum(one(t), 1.0 - 1e-16))
        return -np.expm1(logs)

    return tail


def _moments(t: Array, weighted: Array, tail: Array) -> Time:
    """Mean, variance and third central moment from a tail: ∫ tail, ∫ 2t·tail, ∫ 3t²·tail."""
    density = weighted * tail
    mean = density.sum(axis=1)
    square, cube = 2 * (t * density).sum(axis=1), 3 * (t * t * density).sum(axis=1)
    third = cube - 3 * mean * square + 2 * mean**3
    return Time(mean, np.maximum(square - mean**2, 0.0), third, 0.0, np.inf)


def _rough(parts: Sequence[tuple[Time, Value]], samples: int) -> Time:
    """The slowest by the cube-root normal law of each part's gamma match: a start, good to a few per cent."""
    far: Value = 0.0
    tails: list[tuple[Tail, Value]] = []
    for part, times in parts:
        far = larger(far, part.mean + 12 * np.sqrt(part.variance))
        tails.append((_rough_tail(part), times))
    t, weights = _rough_points(far, samples)
    return _moments(t, weights, _joint_tail(tails)(t))


def _rough_tail(part: Time) -> Tail:
    shape, scale = gamma_match(part.mean - part.least, part.variance)
    k, width, least = column(shape), column(scale), column(part.least)

    def tail(t: Array) -> Array:
        x = np.maximum(t - least, 0.0) / width
        return normal_tail(3 * np.sqrt(k) * (np.cbrt(x / k) - 1 + 1 / (9 * k)))

    return tail


def _exact(parts: Sequence[tuple[Time, Value]], samples: int) -> Time:
    """The slowest by its tabulated tail."""
    return tabulated(_joint_tail([(tail_of(part), times) for part, times in parts]), _beyond(parts), samples)


def _beyond(parts: Sequence[tuple[Time, Value]]) -> Value:
    far: Value = 0.0
    for part, _ in parts:
        far = larger(far, part.mean + 6 * np.sqrt(part.variance))
    return far


def tabulated(tail: Tail, far: Value, samples: int) -> Time:
    """A time given by its tail: moments and transform, 1 − s ∫ e^(−st)·tail, are integrals over a table of it."""
    end = _where_it_ends(tail, np.array(np.broadcast_to(far, (samples,)), dtype=float))
    bounds = [np.zeros(samples), *(_share_reached(tail, share, end) for share in _TURNS), end]
    zones = [_zone(tail, low, high) for low, high in pairwise(bounds)]

    def transform(s: Complexes) -> Complexes:
        total: Complexes = np.zeros_like(s)
        for zone in zones:
            total += _integral(zone, s)
        return 1.0 - s * total

    t, weighted, late = (np.concatenate(columns, axis=1) for columns in zip(*(zone[:3] for zone in zones), strict=True))
    return _moments(t, weighted, late)._replace(transform=transform, tail=tail)


class _Zone(NamedTuple):
    """Equal panels of the table in each sample, five nodes in each."""

    t: Array
    weights: Array
    tail: Array
    start: Array
    half: Array
    """Half the width of a panel."""


def _zone(tail: Tail, low: Array, high: Array) -> _Zone:
    half = (high - low)[:, None] / _PANELS / 2
    t = low[:, None] + half * (2 * np.arange(_PANELS)[:, None] + 1 + _NODES).ravel()
    return _Zone(t, half * np.tile(_WEIGHTS, _PANELS), tail(t), low[:, None], half)


def _integral(zone: _Zone, s: Complexes) -> Complexes:
    """∫ e^(−st)·tail over one zone, by Horner's rule over its panels."""
    table = (zone.weights * zone.tail).reshape(-1, _PANELS, len(_NODES))
    panel = np.exp(-2.0 * s * zone.half)
    found: Complexes = np.zeros_like(s)
    for node, at in enumerate(_NODES):
        value: Complexes = np.zeros_like(s)
        for place in range(_PANELS - 1, -1, -1):
            value = value * panel + table[:, place, node][:, None]
        found += value * np.exp(-s * zone.half * (1.0 + at))
    moved: Complexes = found * np.exp(-s * zone.start)
    return moved


def _share_reached(tail: Tail, late: float, end: Array) -> Array:
    """The time that a share ``late`` exceeds, by halving."""
    low, high = np.zeros_like(end), end
    for _ in range(18):
        middle = 0.5 * (low + high)
        above = tail(middle[:, None])[:, 0] > late
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return high


def kth_fastest(part: Time, wanted: int, of: int, samples: int) -> Time:
    """The ``wanted``-th answer of ``of`` equal calls at once: a quorum. All of them when fewer are made."""
    if wanted >= of:
        return slowest([(part, float(of))], samples)
    if not varies(part.variance) and part.variance == 0.0:
        return part
    one = tail_of(part) if part.transform is not None else _rough_tail(part)

    def tail(t: Array) -> Array:
        late = one(t)
        ways = [math.comb(of, i) * (1.0 - late) ** i * late ** (of - i) for i in range(wanted)]
        return np.asarray(np.sum(ways, axis=0))

    return _from_tail(part, tail, samples)


def hedged(part: Time, after: Value, samples: int) -> Time:
    """A call whose second try is sent after ``after`` seconds: S(t) until then, S(t)·S(t − after) beyond."""
    if not varies(part.variance) and part.variance == 0.0:
        return part
    one, start = tail_of(part) if part.transform is not None else _rough_tail(part), column(after)

    def tail(t: Array) -> Array:
        return np.where(t < start, one(t), one(t) * one(np.maximum(t - start, 0.0)))

    return _from_tail(part, tail, samples)


def _from_tail(part: Time, tail: Tail, samples: int) -> Time:
    if part.transform is not None:
        return tabulated(tail, part.mean, samples)._replace(late=part.late)
    t, weights = _rough_points(part.mean + 12 * np.sqrt(part.variance), samples)
    return _moments(t, weights, tail(t))._replace(late=part.late)


def _rough_points(far: Value, samples: int) -> tuple[Array, Array]:
    """Points, dense near zero, and weights of an integral up to ``far``."""
    end = np.broadcast_to(far, (samples,))[:, None]
    along = (_ROUGH_NODES + 1) / 2
    return end * along**2, end * _ROUGH_WEIGHTS * along


def _where_it_ends(tail: Tail, far: Array) -> Array:
    """A time that less than 1e-8 of requests exceed, in each sample."""
    for _ in range(40):
        beyond = tail(far[:, None])[:, 0] > 1e-8
        if not beyond.any():
            break
        far = np.where(beyond, 1.5 * far, far)
    return far
