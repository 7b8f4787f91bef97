import re

import pytest

from studio.estimates.defaults import CONSTANTS, PEAK_DURATION, PEAK_FACTOR, Default

_EACH = pytest.mark.parametrize("constant", CONSTANTS.values(), ids=list(CONSTANTS))


@_EACH
def test_every_constant_says_whose_it_is_from_when_and_how_sure(constant: Default) -> None:
    assert len(constant.source) > 10
    assert re.fullmatch(r"(19|20)\d\d", constant.date)
    assert constant.confidence in ("high", "medium", "low")


@_EACH
def test_every_constant_lies_in_its_range(constant: Default) -> None:
    assert (constant.low is None) == (constant.high is None)
    low = constant.value if constant.low is None else constant.low
    high = constant.value if constant.high is None else constant.high
    assert low <= constant.value <= high


@_EACH
def test_an_explanation_names_source_year_and_confidence(constant: Default) -> None:
    for words in (constant.source, constant.date, constant.confidence):
        assert words in constant.origin


def test_values_are_in_base_units() -> None:
    assert (PEAK_DURATION.value, PEAK_DURATION.unit) == (3600, "s")
    assert PEAK_FACTOR.value == 3
    assert {c.unit for c in CONSTANTS.values() if "ms" in c.unit or "min" in c.unit} == set()


def test_what_is_not_measured_is_not_called_sure() -> None:
    assert [name for name, c in CONSTANTS.items() if "our own assumption" in c.note and c.confidence == "high"] == [
        "dependency_share"
    ]
