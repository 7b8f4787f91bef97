import tomllib
from collections.abc import Callable

import pytest

from studio.estimates.conditions import Conditions
from studio.estimates.engine import Estimates, estimate
from studio.model.design import Design


def _design(text: str) -> Design:
    return Design.model_validate(tomllib.loads('format = 1\n[design]\nname = "Test"\n' + text))


@pytest.fixture(scope="session")
def design() -> Callable[[str], Design]:
    """The design a TOML text describes, without its first lines."""
    return _design


@pytest.fixture(scope="session")
def estimated() -> Callable[..., Estimates]:
    """The estimates of the design a TOML text describes; takes what `estimate` takes."""

    def worked_out(
        text: str,
        *,
        load: float = 1.0,
        down: tuple[str, ...] = (),
        cold: tuple[str, ...] = (),
        zone_lost: bool = False,
    ) -> Estimates:
        return estimate(_design(text), Conditions(load, frozenset(down), frozenset(cold), zone_lost))

    return worked_out
