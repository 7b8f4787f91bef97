"""How likely each target is to be met: the share of samples in which the design gives what was asked for."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from studio.estimates.ranges.sampled import Sampled
from studio.estimates.ranges.values import Value, larger
from studio.estimates.recovery import systems_of_record
from studio.model.component import Component

_ROUNDING = 1e-9


class Got(NamedTuple):
    """What the design gives, in all samples; None where unknown. Seconds, shares of one, USD a month."""

    p50: Value | None
    p99: Value | None
    unavailability: Value | None
    cost: Value | None
    journey_p99: Mapping[str, Value | None]
    journey_unavailability: Mapping[str, Value | None]


def probabilities(sampled: Sampled, got: Got) -> dict[str, float]:
    """The share of samples that meet each target, by the target's name; what is unknown is left out."""
    return {
        name: float(np.mean(found <= wanted + _ROUNDING * np.abs(wanted)))
        for name, wanted, found in _all(sampled, got)
        if wanted is not None and found is not None
    }


def _all(sampled: Sampled, got: Got) -> Iterator[tuple[str, Value | None, Value | None]]:
    """Name, the most allowed, and what there is of it."""
    wanted = sampled.basis.design.requirements
    speed, path = wanted.performance, "requirements.performance"
    yield "p50_ms", sampled.given(speed, path, "p50"), got.p50
    yield "p99_ms", sampled.given(speed, path, "p99"), got.p99
    share = sampled.given(wanted.availability, "requirements.availability", "target")
    yield "availability", _rest(share), got.unavailability
    yield from _recovery(sampled)
    yield "cost_per_month", sampled.given(wanted.cost, "requirements.cost", "budget_per_month"), got.cost
    for journey in sampled.basis.design.journeys:
        path = f"journeys.{journey.id}"
        yield f"{path}.p99_ms", sampled.given(journey, path, "p99"), got.journey_p99[journey.id]
        share = sampled.given(journey, path, "availability")
        yield f"{path}.availability", _rest(share), got.journey_unavailability[journey.id]


def _rest(share: Value | None) -> Value | None:
    return None if share is None else 1.0 - share


def _recovery(sampled: Sampled) -> Iterator[tuple[str, Value | None, Value | None]]:
    wanted = sampled.basis.design.requirements.availability
    stores = systems_of_record(sampled.basis)
    restored = [_restore_time(sampled, store) for store in stores]
    lost = [_data_loss(sampled, store) for store in stores]
    path = "requirements.availability"
    yield "recovery_time_minutes", sampled.given(wanted, path, "recovery_time"), _longest(restored)
    yield "recovery_point_minutes", sampled.given(wanted, path, "recovery_point"), _longest(lost)


def _longest(times: list[Value | None]) -> Value | None:
    longest: Value | None = None
    for time in times:
        if time is None:
            return None
        longest = time if longest is None else larger(longest, time)
    return longest


def _restore_time(sampled: Sampled, store: Component) -> Value | None:
    return sampled.given(store.backup, f"components.{store.id}.backup", "restore_time")


def _data_loss(sampled: Sampled, store: Component) -> Value | None:
    copies = store.replication
    if copies is not None and copies.mode in ("sync", "quorum"):
        return 0.0
    if copies is not None and copies.lag is not None:
        return sampled.given(copies, f"components.{store.id}.replication", "lag")
    return sampled.given(store.backup, f"components.{store.id}.backup", "every")
