"""Components of the same shape, worked out in one go: a row for each component, a column for each sample.

What is certain has a single column, and NumPy's broadcasting does the rest; what decides between branches of the
arithmetic (copies, zones, whether anything is given at all) is the same in all rows of a stack.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from studio.estimates.ranges.load import Rates, SampledLoad
from studio.estimates.ranges.sampled import Machine, Sampled
from studio.estimates.ranges.values import Value, varies

_NUMBERS: Final = 60_000
"""Numbers in one array of a stack: few enough for a processor's cache."""
_MANY_COPIES: Final = 1000
_ALIKE: Final = ("variation", "availability", "hottest_share", "common_cause", "zone_availability")
"""Numbers of a machine that are one and the same in a stack as long as they are certain."""
_BY_ROW: Final = ("capacity", "each", "latency", "workers")


class Arriving(NamedTuple):
    """The load of components: shares of the users' peak, and requests/s of what components make by themselves."""

    users: Rates
    made: Rates | None
    """None when nothing a component makes by itself reaches them."""
    is_known: bool


class Stack(NamedTuple):
    """Components of the same shape."""

    names: tuple[str, ...]
    machines: tuple[Machine, ...]
    machine: Machine
    """All of them in one; `certain` is the first one's."""
    arriving: Arriving


def stacks(sampled: Sampled, load: SampledLoad, names: Iterable[str]) -> Iterator[Stack]:
    """The components in as few stacks as their shapes and a bound on memory allow."""
    groups: dict[Hashable, list[tuple[str, Machine, Arriving]]] = {}
    for name in names:
        machine, arriving = sampled.machine(name), _arriving(sampled, load, name)
        groups.setdefault(_shape(sampled, machine, arriving), []).append((name, machine, arriving))
    most = max(1, _NUMBERS // sampled.samples)
    for members in groups.values():
        for start in range(0, len(members), most):
            yield _stacked(sampled.samples, members[start : start + most])


def _arriving(sampled: Sampled, load: SampledLoad, name: str) -> Arriving:
    working = sampled.working
    is_known = name not in working.load.unknown and (sampled.peak is not None or working.load.of_peak[name].total == 0)
    return Arriving(load.of_peak.get(name, Rates()), load.generated.get(name), is_known)


def _shape(sampled: Sampled, machine: Machine, arriving: Arriving) -> Hashable:
    """What must be the same in all rows of a stack."""
    numbers = machine.certain
    is_lone = numbers.blocking or numbers.instances * (1 + numbers.replicas) > _MANY_COPIES
    rates = (*arriving.users, *(arriving.made or ()))
    return (
        numbers.id if is_lone else "",
        numbers.id in sampled.basis.down,
        numbers.id in sampled.working.collapsed,
        numbers._replace(
            id="", capacity=None, latency=None, workers=None, cost=None, hit_ratio=None, generates=0.0, error_ratio=0.0
        ),
        arriving.is_known,
        arriving.made is None,
        tuple(varies(rate) for rate in rates),
        tuple(_kind(getattr(machine, name)) for name in _BY_ROW),
        tuple("varies" if varies(value := getattr(machine, name)) else value for name in _ALIKE),
    )


def _kind(value: Value | None) -> bool | None:
    return None if value is None else varies(value)


def _stacked(samples: int, members: Sequence[tuple[str, Machine, Arriving]]) -> Stack:
    names, machines, loads = zip(*members, strict=True)
    first: Machine = machines[0]
    fields: dict[str, Any] = {name: _rows(samples, [getattr(one, name) for one in machines]) for name in _BY_ROW}
    for name in _ALIKE:
        if varies(getattr(first, name)):
            fields[name] = _rows(samples, [getattr(one, name) for one in machines])
    made = None if loads[0].made is None else _rates(samples, [load.made for load in loads])
    users = _rates(samples, [load.users for load in loads])
    return Stack(names, machines, first._replace(**fields), Arriving(users, made, loads[0].is_known))


def _rates(samples: int, rates: Sequence[Rates]) -> Rates:
    reads, writes = (_rows(samples, column) for column in zip(*rates, strict=True))
    return Rates(0.0 if reads is None else reads, 0.0 if writes is None else writes)


def _rows(samples: int, values: Sequence[Value | None]) -> Value | None:
    """One row for each value; None when there are none."""
    if values[0] is None:
        return None
    if varies(values[0]):
        found = np.empty((len(values), samples))
        for place, value in enumerate(values):
            found[place] = value
        return found
    return np.array(values, dtype=float)[:, None]


def row(value: Value, place: int) -> Value:
    """One component's part of a stacked value: a plain number where it is certain."""
    if not varies(value):
        return value
    found = value[place]
    return found if len(found) > 1 else float(found[0])
