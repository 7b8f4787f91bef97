"""Figures as a person reads them."""

import pytest

from studio.estimates.wording import worded


@pytest.mark.parametrize(
    ("availability", "words"),
    [
        (1.0, "100 %"),
        (0.999999999, "> 99.9999 %"),
        (0.9999996, "> 99.9999 %"),
        (0.9999994, "99.9999 %"),
        (0.999, "99.9 %"),
        (0.0, "0 %"),
        (None, "?"),
    ],
)
def test_what_fails_at_times_is_never_said_to_work_always(availability: float | None, words: str) -> None:
    assert worded("components.api.availability", availability) == words
