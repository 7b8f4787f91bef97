"""Values that may vary: a plain float where everything is certain, else one number for each sample."""

from typing import TypeAlias, TypeGuard

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
"""One number for each sample."""
Mask: TypeAlias = NDArray[np.bool_]
"""One yes or no for each sample."""
Value: TypeAlias = float | Array
"""A certain number, or one for each sample; arithmetic keeps certain what depends on nothing that varies."""

_NOISE = 1e-9


def varies(value: object) -> TypeGuard[Array]:
    """Whether a value is one number for each sample."""
    return isinstance(value, np.ndarray)


def is_sampled(value: object) -> TypeGuard[Array]:
    """Whether a stacked value is one number for each sample, not only one for each component."""
    return isinstance(value, np.ndarray) and value.shape[-1] > 1


def larger(one: Value, other: Value) -> Value:
    """The larger of two, sample by sample."""
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return np.maximum(one, other)
    return max(one, other)


def smaller(one: Value, other: Value) -> Value:
    """The smaller of two, sample by sample."""
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return np.minimum(one, other)
    return min(one, other)


def picked(value: Value, index: NDArray[np.intp] | None) -> Value:
    """The value in some of the samples; in all of them when ``index`` is None."""
    return value[index] if index is not None and varies(value) else value


def is_positive(value: Value) -> bool:
    """Whether it is above zero in any sample."""
    return bool((value > 0).any()) if isinstance(value, np.ndarray) else value > 0


def over(numerator: Value, denominator: Value) -> Value:
    """The quotient; infinite where the denominator is 0."""
    if not varies(denominator) and denominator == 0:
        return np.inf
    return numerator / denominator


def whole(quotient: Value) -> Value:
    """⌈quotient⌉, where a quotient within a billionth of a whole number is that number."""
    found: Value = np.ceil(quotient - _NOISE * larger(1.0, quotient))
    return found if varies(quotient) else float(found)


def logarithm_of_rest(share: Value) -> Value:
    """ln(1 − share); −∞ when nothing is left."""
    found: Value = np.log1p(-share) if varies(share) or share < 1 else -np.inf
    return found if varies(found) else float(found)
