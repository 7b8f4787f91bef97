"""A time known by its tail alone: moments and transform are integrals over a table of it."""

import cmath
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from studio.estimates.laws.distributions import percentile_of_tail
from studio.estimates.laws.quadrature import GAUSS

# Where the table turns coarser, as multiples of percentiles, and its panels up to there. A percentile needs panels of a
# twelfth of itself, up to twice itself.
_ZONES = ((0.5, 2.0, 24), (0.95, 1.6, 12), (0.999, 1.5, 12), (1 - 1e-9, 1.0, 12))


class Zone(NamedTuple):
    """Equal panels of the table, each with five nodes."""

    start: float
    width: float
    """Seconds of one panel."""
    rows: tuple[tuple[float, tuple[float, ...]], ...]
    """For each node: how far it lies in its panel, and weight × tail in each panel, the last panel first."""


@dataclass(frozen=True, eq=False, repr=False)
class Tabulated:
    """A time given by its tail."""

    tail: Callable[[float], float]
    """P(T > t), t in seconds."""
    start: float
    """A guess of the right size, in seconds."""
    kinks: tuple[float, ...] = ()
    """Where the density jumps, in seconds and in order: panels end there."""

    def percentile(self, probability: float) -> float:
        """Seconds within which a share ``probability`` is answered."""
        return percentile_of_tail(self.tail, probability, self.start)

    @cached_property
    def _zones(self) -> tuple[Zone, ...]:
        last = percentile_of_tail(self.tail, _ZONES[-1][0], self.start)
        zones, low = [], 0.0
        for share, times, panels in _ZONES:
            end = min(last, times * percentile_of_tail(self.tail, share, self.start))
            for high in (*(kink for kink in self.kinks if low < kink < end), end):
                if high > low:
                    zones.append(self._zone(low, high, panels))
                    low = high
        return tuple(zones)

    def _zone(self, low: float, high: float, panels: int) -> Zone:
        width = (high - low) / panels
        rows = []
        for node, weight in GAUSS:
            at = (1 + node) / 2 * width
            late = [weight * width / 2 * self.tail(low + panel * width + at) for panel in range(panels)]
            rows.append((at, tuple(reversed(late))))
        return Zone(low, width, tuple(rows))

    @cached_property
    def _moments(self) -> tuple[float, float]:
        total = moment = 0.0
        for zone in self._zones:
            for at, late in zone.rows:
                total += math.fsum(late)
                last = zone.start + (len(late) - 1) * zone.width + at
                moment += math.fsum(share * (last - back * zone.width) for back, share in enumerate(late))
        return total, moment

    @property
    def mean(self) -> float:
        """Seconds: ∫ tail."""
        return self._moments[0]

    @property
    def variance(self) -> float:
        """Seconds squared: ∫ 2t·tail − mean²."""
        total, moment = self._moments
        return max(0.0, 2 * moment - total**2)

    def transforms(self, points: Sequence[complex]) -> list[complex]:
        """1 − s ∫ e^(−st)·tail at each s."""
        return [1.0 - s * sum(_integral(zone, s) for zone in self._zones) for s in points]


def _integral(zone: Zone, s: complex) -> complex:
    """∫ e^(−st)·tail over one zone: a polynomial in e^(−s × width) for each node, by Horner's rule."""
    step, total = cmath.exp(-s * zone.width), 0.0 + 0.0j
    for at, late in zone.rows:
        value = 0.0 + 0.0j
        for share in late:
            value = value * step + share
        total += value * cmath.exp(-s * at)
    return total * cmath.exp(-s * zone.start)
