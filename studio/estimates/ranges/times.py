"""Times put together in many samples at once: in turn, by chance, at once, cut off; as `laws.composition`.

A time carries its first three moments, what it takes at least and at most, and, where it is to be worked out exactly,
its Laplace transform and tail. Parts are independent of each other.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from studio.estimates.ranges.laws import Law
from studio.estimates.ranges.values import Array, Mask, Value, larger, smaller, varies

Complexes: TypeAlias = NDArray[np.complex128]


class Transform(Protocol):
    """E e^(−s(T − least)) at each s; the last axis runs over points, the one before over samples."""

    def __call__(self, s: Complexes, /) -> Complexes:
        """At each s."""


Tail: TypeAlias = Callable[[Array], Array]
"""P(T > t) at each t; axes as in `Transform`."""

_QUEUES_AT_ONCE = 40
"""Queues whose factors are multiplied before they are divided: more could exceed what a float holds."""


class Time(NamedTuple):
    """A time in seconds: one number, or one for each sample."""

    mean: Value
    variance: Value
    third: Value
    """The third central moment."""
    least: Value
    """Seconds every request takes at least: the fixed part."""
    most: Value
    """Seconds nothing exceeds, thanks to timeouts; infinite without."""
    late: Mask | None = None
    """Samples in which something in it is overloaded, so that it has no end."""
    transform: Transform | None = None
    tail: Tail | None = None
    """Of a single law, alone or by chance; None of any other whole."""
    queue: tuple[Value, Value, Value] | None = None
    """Of a single queue with exponential service: chance to wait, 1 ÷ mean wait, 1 ÷ mean service."""


NOTHING = Time(0.0, 0.0, 0.0, 0.0, 0.0, None, np.ones_like)


def column(value: Value) -> Value:
    """Parameters of samples, beside points along the last axis."""
    return value[:, None] if varies(value) else value


def fixed(seconds: Value) -> Time:
    """Always the same time in one sample."""
    return Time(seconds, 0.0, 0.0, seconds, seconds, None, np.ones_like)


def of_law(law: Law, *, exact: bool) -> Time:
    """A component's own time; with its transform and tail when it is to be worked out exactly."""
    if not varies(law.service) and law.service <= 0:
        return NOTHING
    is_plain = not varies(law.variation) and law.variation == 1.0
    queue = (law.chance, law.rate, 1.0 / law.service) if is_plain else None
    mean, variance, third = law.moments or (law.mean, law.variance, 0.0 if exact else law.third)
    found = Time(mean, variance, third, 0.0, np.inf, law.late, None, None, queue)
    if not exact:
        return found
    transform: Transform = QueueTransform(
        column((1.0 - law.chance) / law.rate), column(1.0 / law.rate), column(law.service)
    )
    if is_plain:
        return found._replace(transform=transform, tail=_exponential_tail(law))
    return found._replace(transform=Product((_without_service(law), _service_of(law))))


class QueueTransform(NamedTuple):
    """Of a queue with exponential service: (1 + s·(1 − C)/θ) / ((1 + s/θ)(1 + s·S))."""

    at_once: Value
    """(1 − C)/θ."""
    wait: Value
    """1/θ."""
    service: Value

    def __call__(self, s: Complexes, /) -> Complexes:
        """At each s."""
        return _of_queues((self,), s)


class Product(NamedTuple):
    """The transform of parts one after the other."""

    transforms: tuple[Transform, ...]

    def __call__(self, s: Complexes, /) -> Complexes:
        """At each s."""
        queues = tuple(one for one in self.transforms if isinstance(one, QueueTransform))
        found = np.ones_like(s)
        for start in range(0, len(queues), _QUEUES_AT_ONCE):
            found = found * _of_queues(queues[start : start + _QUEUES_AT_ONCE], s)
        for one in self.transforms:
            if not isinstance(one, QueueTransform):
                found = found * one(s)
        return found


def _of_queues(queues: Sequence[QueueTransform], s: Complexes) -> Complexes:
    """The product over queues with a single division, which is what takes the time."""
    above, below = np.ones_like(s), np.ones_like(s)
    for queue in queues:
        more = s * queue.at_once
        more += 1.0
        above *= more
        more = s * queue.service
        more += 1.0
        below *= more
        more = s * queue.wait
        more += 1.0
        below *= more
    above /= below
    return above


def _without_service(law: Law) -> Transform:
    chance, rate = column(law.chance), column(law.rate)
    return lambda s: (1.0 - chance) + chance * rate / (rate + s)


def _service_of(law: Law) -> Transform:
    """Of a gamma service; a nearly fixed one stands in for a fixed one, for inversion needs a law without jumps."""
    spread, service = np.maximum(column(law.variation), 0.01), column(law.service)
    return lambda s: (1.0 + s * (service * spread)) ** (-1.0 / spread)


def _exponential_tail(law: Law) -> Tail:
    chance, theta, mu = column(law.chance), column(law.rate), 1.0 / column(law.service)

    def tail(t: Array) -> Array:
        t = np.maximum(t, 0.0)
        gap = np.where(np.abs(mu - theta) < 1e-9 * mu, 1e-9 * mu, mu - theta)
        found: Array = np.exp(-mu * t) + chance * mu * (np.exp(-theta * t) - np.exp(-mu * t)) / gap
        return found

    return tail


def in_turn(parts: Iterable[Time]) -> Time:
    """Parts one after the other: moments of independent times add, transforms multiply."""
    mean: Value = 0.0
    variance: Value = 0.0
    third: Value = 0.0
    least: Value = 0.0
    most: Value = 0.0
    late, transforms, randoms = None, list[Transform](), list[Time]()
    for part in parts:
        mean, least, most = mean + part.mean, least + part.least, most + part.most
        if part.late is not None:
            late = either_late(late, part.late)
        if not varies(part.variance) and part.variance == 0.0:
            continue
        variance, third = variance + part.variance, third + part.third
        randoms.append(part)
        if part.transform is not None:
            inner = part.transform
            transforms.extend(inner.transforms if isinstance(inner, Product) else (inner,))
    total = Time(mean, variance, third, least, most, late)
    if len(randoms) == 1:
        total = total._replace(queue=randoms[0].queue)
    if any(part.transform is None for part in randoms):
        return total
    tail = _moved(randoms[0].tail, total.least - randoms[0].least) if len(randoms) == 1 else None
    return total._replace(transform=Product(tuple(transforms)), tail=tail)


def _moved(tail: Tail | None, seconds: Value) -> Tail | None:
    if tail is None or (not varies(seconds) and seconds == 0.0):
        return tail
    inner, shift = tail, column(seconds)
    return lambda t: np.where(t < shift, 1.0, inner(t - shift))


def either_late(one: Mask | None, other: Mask | None) -> Mask | None:
    """Samples in which either is overloaded."""
    if one is None or other is None:
        return other if one is None else one
    return one | other


def by_chance(chance: Value, part: Time) -> Time:
    """The part with a chance, else no time at all."""
    if not varies(chance) and chance >= 1:
        return part
    return choice([(chance, part), (1.0 - chance, NOTHING)])


def choice(branches: Sequence[tuple[Value, Time]]) -> Time:
    """One of several parts, each with its chance."""
    least, most, late = branches[0][1].least, branches[0][1].most, None
    mean: Value = 0.0
    for chance, part in branches:
        mean = mean + chance * part.mean
        least, most = smaller(least, part.least), larger(most, part.most)
        if part.late is not None:
            taken = part.late & (chance > 0)
            late = either_late(late, taken)
    variance: Value = 0.0
    third: Value = 0.0
    for chance, part in branches:
        off = part.mean - mean
        variance = variance + chance * (part.variance + off * off)
        third = third + chance * (part.third + off * (3 * part.variance + off * off))
    found = Time(mean, variance, third, least, most, late)
    if any(part.transform is None for _, part in branches):
        return found
    return found._replace(transform=_mixed_transform(branches, least), tail=_mixed_tail(branches))


def _mixed_transform(branches: Sequence[tuple[Value, Time]], least: Value) -> Transform:
    def mixed(s: Complexes) -> Complexes:
        total: Complexes = np.zeros_like(s)
        for chance, part in branches:
            one = np.ones_like(s) if part.transform is None else part.transform(s)
            more = column(part.least - least)
            if varies(more) or more != 0.0:
                one = one * np.exp(-s * more)
            total = total + column(chance) * one
        return total

    return mixed


def _mixed_tail(branches: Sequence[tuple[Value, Time]]) -> Tail | None:
    tails = [(chance, tail_of(part)) for chance, part in branches]

    def mixed(t: Array) -> Array:
        total: Array = np.zeros_like(t)
        for chance, tail in tails:
            total = total + column(chance) * tail(t)
        return total

    return mixed


def tail_of(part: Time) -> Tail:
    """P(T > t) of a part: its own where it has one, else that of its gamma match."""
    if part.tail is not None:
        return part.tail
    if not varies(part.variance) and part.variance == 0.0:
        seconds = column(part.mean)
        return lambda t: np.where(t < seconds, 1.0, 0.0)
    return _gamma_tail(part)


def _gamma_tail(part: Time) -> Tail:
    from studio.estimates.ranges.incomplete_gamma import upper

    shape, scale = gamma_match(part.mean - part.least, part.variance)
    k, width, least = column(shape), column(scale), column(part.least)

    def tail(t: Array) -> Array:
        x = (t - least) / width
        return upper(np.broadcast_to(k, x.shape).copy(), np.array(x))

    return tail


def gamma_match(mean: Value, variance: Value) -> tuple[Value, Value]:
    """Shape and scale of the gamma law with this mean and variance."""
    variance = larger(variance, 1e-24 * mean * mean + 1e-300)
    return mean * mean / variance, variance / larger(mean, 1e-300)


def repeated(part: Time, times: Value) -> Time:
    """The same part ``times`` times, a whole number, one after the other."""
    if not varies(times) and times == 1.0:
        return part
    most = np.where(np.isinf(part.most), np.inf, part.most * np.where(times > 0, times, 0.0))
    late = part.late if part.late is None else part.late & (times > 0)
    found = Time(
        times * part.mean,
        times * part.variance,
        times * part.third,
        times * part.least,
        most if varies(times) or varies(part.most) else float(most),
        late,
    )
    transform = part.transform
    if transform is None:
        return found
    power = column(times)
    return found._replace(transform=lambda s: transform(s) ** power)
