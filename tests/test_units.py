"""Quantities: read as people write them, kept in base units, written back exactly."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.units import Dimension, Interval, UnitError, as_written, parse_quantity, point, shown

D = Dimension


@pytest.mark.parametrize(
    ("written", "dimension", "base"),
    [
        ("20 ms", D.DURATION, 0.02),
        ("5 min", D.DURATION, 300),
        ("1.5 h", D.DURATION, 5400),
        ("12 weeks", D.DURATION, 12 * 7 * 86_400),
        ("24 months", D.DURATION, 24 * 30 * 86_400),
        ("5 years", D.DURATION, 5 * 365 * 86_400),
        ("7d", D.DURATION, 7 * 86_400),
        ("250 µs", D.DURATION, 0.00025),
        ("500 B", D.SIZE, 500),
        ("1 KB", D.SIZE, 1_000),
        ("1 KiB", D.SIZE, 1_024),
        ("1.5 TB", D.SIZE, 1.5e12),
        ("99.9%", D.RATIO, 0.999),
        ("99.9 %", D.RATIO, 0.999),
        (0.999, D.RATIO, 0.999),
        (1_000_000, D.COUNT, 1e6),
        (3.0, D.MONEY, 3.0),
    ],
)
def test_what_a_person_writes_becomes_base_units(written: object, dimension: D, base: float) -> None:
    assert parse_quantity(written, dimension) == base


@pytest.mark.parametrize(
    ("written", "dimension", "said"),
    [
        (20, D.DURATION, "needs a unit"),
        ("20", D.DURATION, "no unit of duration"),
        ("20 parsecs", D.DURATION, "no unit of duration"),
        ("20 MB", D.DURATION, "no unit of duration"),
        ("20 ms", D.SIZE, "no unit of size"),
        ("fast", D.DURATION, "is no duration"),
        ("100", D.COUNT, "plain number"),
        (99.9, D.RATIO, 'percentage is written "99.9%"'),
        (-0.1, D.RATIO, "between 0 and 1"),
        (True, D.COUNT, "wanted here"),
        (None, D.COUNT, "wanted here"),
        (float("nan"), D.COUNT, "infinite and undefined"),
        (float("inf"), D.RATE, "infinite and undefined"),
        (10**400, D.COUNT, "too large"),
        ("1e999999999 s", D.DURATION, "too large"),
        ([300, 100], D.RATE, "high to low"),
        ([1, 2, 3], D.RATE, "two ends"),
        ([], D.RATE, "two ends"),
    ],
)
def test_what_is_no_quantity_says_what_to_write(written: object, dimension: D, said: str) -> None:
    with pytest.raises(UnitError, match=said):
        parse_quantity(written, dimension)


def test_a_range_stands_for_the_median_of_its_shape() -> None:
    assert point(Interval(100, 300)) == pytest.approx(math.sqrt(100 * 300))
    assert point(Interval(100, 150)) == 125
    assert point(Interval(-1, 3)) == 1
    # The median of a logit-normal is the logistic of the middle of the logits.
    assert point(Interval(0.9, 0.99, proportion=True)) == pytest.approx(1 / (1 + math.exp(-math.log(9 * 99) / 2)))
    assert point(Interval(0.9, 1.0, proportion=True)) == pytest.approx(0.95)


def test_a_range_of_equal_ends_is_a_number() -> None:
    assert parse_quantity([5, 5], D.COUNT) == 5.0


DURATIONS = st.builds(
    lambda count, unit: f"{count} {unit}",
    st.integers(1, 10_000),
    st.sampled_from(["ns", "us", "ms", "s", "min", "h", "days", "weeks", "months", "years"]),
)
SIZES = st.builds(
    lambda count, unit: f"{count} {unit}",
    st.integers(1, 10_000),
    st.sampled_from(["B", "KB", "MB", "GB", "TB", "KiB", "MiB", "GiB"]),
)


@given(DURATIONS)
def test_a_duration_written_back_is_the_same_duration(text: str) -> None:
    base = parse_quantity(text, D.DURATION)
    assert parse_quantity(as_written(base, D.DURATION), D.DURATION) == base


@given(SIZES)
def test_a_size_written_back_is_the_same_size(text: str) -> None:
    base = parse_quantity(text, D.SIZE)
    assert parse_quantity(as_written(base, D.SIZE), D.SIZE) == base


@given(st.floats(0, 1e12), st.sampled_from(list(D)))
def test_any_quantity_survives_being_written(number: float, dimension: D) -> None:
    if dimension is D.RATIO:
        number = min(number, 1.0)
    again = parse_quantity(as_written(number, dimension), dimension)
    assert point(again) == pytest.approx(number, rel=1e-12)


@given(st.floats(1e-6, 1e9), st.floats(1e-6, 1e9))
def test_the_point_of_a_range_lies_inside_it(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert low * (1 - 1e-9) <= point(Interval(low, high)) <= high * (1 + 1e-9)


@pytest.mark.parametrize(
    ("quantity", "dimension", "text"),
    [
        (0.0204, D.DURATION, "20.4 ms"),
        (300, D.DURATION, "5 min"),
        (1.5e12, D.SIZE, "1.5 TB"),
        (0.9995, D.RATIO, "99.95 %"),
        (694.44, D.RATE, "694"),
        (1_000_000, D.COUNT, "1,000,000"),
        (Interval(100, 300), D.RATE, "100 – 300"),
        (None, D.RATE, "?"),
    ],
)
def test_a_quantity_is_shown_rounded(quantity: float | Interval | None, dimension: D, text: str) -> None:
    assert shown(quantity, dimension) == text
