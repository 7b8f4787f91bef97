"""Figures summed up as soon as they are known, so that their samples need not be kept."""

import math

import numpy as np

from studio.estimates.ranges.results import Spread
from studio.estimates.ranges.values import Array, Value, varies

_SHARES = (0.05, 0.5, 0.95)


class Collected:
    """The spread of every figure that varies; the samples themselves of those named in ``kept``."""

    def __init__(self, samples: int, kept: frozenset[str] = frozenset()) -> None:
        self.figures: dict[str, Spread] = {}
        self.arrays: dict[str, Value] = {}
        self._kept = kept
        self._base: Value | None = None
        self._base_spread: Spread | None = None
        self._places = [round(share * (samples - 1)) for share in _SHARES]

    def add(self, path: str, value: Value | None) -> None:
        """A figure; None is unknown. What is the same in all samples is no range."""
        if value is None:
            return
        if path in self._kept:
            self.arrays[path] = value
        if varies(value):
            spread = self._spread(value)
            if spread is not None:
                self.figures[path] = spread

    def add_multiple(self, path: str, factor: Value | None, of: Value | None) -> None:
        """A figure that is a certain multiple of one that many others are multiples of, too."""
        if factor is None or of is None:
            return
        if isinstance(factor, np.ndarray) or not isinstance(of, np.ndarray) or path in self._kept:
            self.add(path, factor * of)
            return
        if self._base is not of:
            self._base, self._base_spread = of, self._spread(of)
        if self._base_spread is not None and factor != 0:
            self.figures[path] = _multiple(self._base_spread, factor)

    def _spread(self, values: Array) -> Spread | None:
        ordered = np.sort(values)
        if ordered[0] == ordered[-1]:
            return None
        return Spread(*[_finite(end) for end in ordered[self._places].tolist()])


def _multiple(spread: Spread, factor: float) -> Spread:
    return Spread(*[None if end is None else end * factor for end in spread])


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
