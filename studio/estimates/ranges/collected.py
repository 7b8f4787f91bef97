"""Figures summed up as soon as they are known, so that their samples need not be kept."""

import math
from collections.abc import Sequence

import numpy as np

from studio.estimates.ranges.results import Spread
from studio.estimates.ranges.stacks import row
from studio.estimates.ranges.values import Array, Value, is_sampled, varies

_SHARES = (0.05, 0.5, 0.95)


class Collected:
    """The spread of every figure that varies; the samples themselves of those named in ``kept``."""

    def __init__(self, samples: int, kept: frozenset[str] = frozenset()) -> None:
        self.figures: dict[str, Spread] = {}
        self.arrays: dict[str, Value] = {}
        self._kept = kept
        self._base: Value | None = None
        self._base_spread: Spread | None = None
        self._places = np.array([0, *(round(share * (samples - 1)) for share in _SHARES), samples - 1])

    @property
    def keeps(self) -> bool:
        """Whether samples of some figures are kept."""
        return bool(self._kept)

    def add_rows(self, names: Sequence[str], figure: str, values: Value | None) -> None:
        """A figure of a stack of components; what is the same in all samples is no range."""
        if values is None:
            return
        for place, name in enumerate(names if self._kept else ()):
            if f"components.{name}.{figure}" in self._kept:
                self.arrays[f"components.{name}.{figure}"] = row(values, place)
        if is_sampled(values):
            self.add_points(names, figure, self.points(values))

    def add_points(self, names: Sequence[str], figure: str, points: Value) -> None:
        """A figure of a stack of components by its `points`."""
        if not is_sampled(points):
            return
        for name, ends in zip(names, points.tolist(), strict=True):
            if ends[0] != ends[-1]:
                self.figures[f"components.{name}.{figure}"] = Spread(*map(_finite, ends[1:-1]))

    def points(self, values: Array) -> Array:
        """The least, the three shares of a spread, and the most of each row."""
        found: Array = np.sort(values, axis=-1)[..., self._places]
        return found

    def falling(self, values: Array) -> Array:
        """Where a figure that falls as ``values`` rise has its `points`."""
        found: Array = np.sort(values, axis=-1)[..., -1 - self._places]
        return found

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
        ends = self.points(values).tolist()
        return None if ends[0] == ends[-1] else Spread(*map(_finite, ends[1:-1]))


def _multiple(spread: Spread, factor: float) -> Spread:
    return Spread(*[None if end is None else end * factor for end in spread])


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
