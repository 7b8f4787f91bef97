"""Nodes and weights of Gauss and Legendre on [−1, 1]: Abramowitz and Stegun, table 25.4."""

from typing import Final

GAUSS: Final = (
    (-0.9061798459386640, 0.2369268850561891),
    (-0.5384693101056831, 0.4786286704993665),
    (0.0, 0.5688888888888889),
    (0.5384693101056831, 0.4786286704993665),
    (0.9061798459386640, 0.2369268850561891),
)
"""Five points: exact for polynomials up to degree nine."""
