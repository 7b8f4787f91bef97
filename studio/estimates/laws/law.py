"""What a law of time is, and the simplest of them."""

import cmath
from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Law(Protocol):
    """A law of time in seconds."""

    @property
    def mean(self) -> float:
        """Seconds."""

    @property
    def variance(self) -> float:
        """Seconds squared."""

    def tail(self, t: float) -> float:
        """P(T > t)."""

    def transforms(self, points: Sequence[complex]) -> list[complex]:
        """E e^(−sT) at each s."""

    def percentile(self, probability: float) -> float:
        """Seconds."""


class Fixed(NamedTuple):
    """Always the same time: a client's zero, a network round trip."""

    seconds: float

    @property
    def mean(self) -> float:
        """Seconds."""
        return self.seconds

    @property
    def variance(self) -> float:
        """None at all."""
        return 0.0

    def tail(self, t: float) -> float:
        """Certain before, impossible after."""
        return 1.0 if t < self.seconds else 0.0

    def transforms(self, points: Sequence[complex]) -> list[complex]:
        """e^(−s × seconds) at each s."""
        if not self.seconds:
            return [1.0 + 0.0j] * len(points)
        return [cmath.exp(-s * self.seconds) for s in points]

    def percentile(self, probability: float) -> float:  # noqa: ARG002 (all laws answer the same question)
        """The same for every share of requests."""
        return self.seconds


NO_TIME = Fixed(0.0)
