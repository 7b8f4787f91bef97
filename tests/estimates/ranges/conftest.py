import tomllib
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from studio.estimates.conditions import TODAY, Conditions
from studio.estimates.engine import estimate
from studio.estimates.figures import all_figures
from studio.estimates.ranges.inputs import inputs
from studio.estimates.ranges.sampling import drawn_inputs, sampled_figures
from studio.estimates.ranges.values import Array
from studio.estimates.technologies import Technologies
from studio.model.address import part_at, with_part
from studio.model.design import Design
from studio.model.fields import shapes
from studio.units import Bytes, Interval, Seconds

# How near a figure of one sample must come to the engine's figure of the same numbers, by the end of its path.
TABULATED = 1e-4
INVERTED = 1e-2
CLOSED = 1e-9

_NOT_SAMPLED = ("call_budgets.", "limits.", "unit_cost.", "error_budget.", "backlogs.", "connections.")


def _tolerance(path: str, uneven: tuple[str, ...]) -> float:
    if path.endswith(("p50_ms", "p95_ms", "p99_ms")):
        is_tabulated = path.startswith("components.") and path.split(".")[1] not in uneven
        return TABULATED if is_tabulated else INVERTED
    return INVERTED if path.startswith("journeys.") and path.endswith("mean_ms") else CLOSED


def at_sample(design: Design, found: Mapping[str, Interval], draws: Mapping[str, Array], sample: int) -> Design:
    """The design with every range replaced by one of its draws."""
    for path, interval in found.items():
        *address, key = path.split(".")
        part = part_at(design, tuple(address))
        assert part is not None
        unit = type(interval.low) if isinstance(interval.low, Seconds | Bytes) else float
        drawn = part.changed(**{shapes(type(part))[key].name: unit(draws[path][sample])})
        design = with_part(design, tuple(address), drawn)
    return design


def _differences(
    design: Design,
    conditions: Conditions = TODAY,
    *,
    technologies: Technologies | None = None,
    samples: int = 400,
    which: tuple[int, ...] = (0, 97, 203, 399),
    loosely: float = 0.0,
    uneven: tuple[str, ...] = (),
) -> list[str]:
    """Sentences about figures of single samples that are not the engine's for the same numbers.

    Percentiles of ``uneven`` components, whose service or arrivals are not exponential, are inverted, not tabulated.
    """
    known = technologies or {}
    found = inputs(design, known)
    draws = drawn_inputs(found, samples)
    points = dict(all_figures(estimate(design, conditions, technologies=known)))
    sampled = sampled_figures(design, conditions, known, points, samples)
    wrong = []
    for sample in which:
        one = estimate(at_sample(design, found, draws, sample), conditions, technologies=known)
        for path, exact in all_figures(one):
            if path not in points or path.startswith(_NOT_SAMPLED):
                continue
            value = sampled.get(path)
            got = None if value is None else float(value[sample] if isinstance(value, np.ndarray) else value)
            if not _is_same(path, exact, got, points[path], max(loosely, _tolerance(path, uneven))):
                wrong.append(f"{path} in sample {sample}: the engine says {exact}, sampling {got}")
    return wrong


def _is_same(path: str, exact: float | None, got: float | None, point: float | None, tolerance: float) -> bool:
    if got is None:  # what is the same in all samples need not be worked out
        return exact is None or exact == point
    if exact is None:
        return not np.isfinite(got)
    if path.endswith("availability"):
        return abs(got - exact) <= 1e-6 * (1 - exact) + 1e-12
    return abs(got - exact) <= tolerance * abs(exact) + 1e-15


@pytest.fixture(scope="session")
def differences() -> Callable[..., list[str]]:
    """Where single samples differ from the engine; an empty list when the two are one."""
    return _differences


def _read(text: str) -> Design:
    data: dict[str, Any] = tomllib.loads('format = 1\n[design]\nname = "Test"\n' + text)
    return Design.model_validate(data)


@pytest.fixture(scope="session")
def read() -> Callable[[str], Design]:
    """The design a TOML text describes, without its first lines."""
    return _read
