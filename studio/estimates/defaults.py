"""What the engine assumes where a design says nothing, each with its source: `constants.toml`, as named values."""

import tomllib
from pathlib import Path
from typing import Final, NamedTuple

_FILE: Final = Path(__file__).with_name("constants.toml")


class Default(NamedTuple):
    """A figure the engine puts in; base units."""

    value: float
    unit: str
    source: str
    date: str
    """The year the source was published or read."""
    confidence: str
    """`high`, `medium` or `low`."""
    low: float | None = None
    """The least it may reasonably be; None where it is a convention."""
    high: float | None = None
    """The most it may reasonably be."""
    note: str = ""

    @property
    def origin(self) -> str:
        """For an explanation: that it is a default, whose, from when and how sure."""
        return f"default of the engine ({self.source}; {self.date}, confidence {self.confidence})"


def _read() -> dict[str, Default]:
    with _FILE.open("rb") as file:
        return {name: Default(**constant) for name, constant in tomllib.load(file).items()}


CONSTANTS: Final = _read()
"""All of them by their name in the file."""

PEAK_FACTOR: Final = CONSTANTS["peak_factor"]
PEAK_DURATION: Final = CONSTANTS["peak_duration"]
READS_PER_WRITE: Final = CONSTANTS["reads_per_write"]
NETWORK_ROUND_TRIP: Final = CONSTANTS["network_round_trip"]
FIRST_BACKOFF: Final = CONSTANTS["first_backoff"]
LONGEST_BACKOFF: Final = CONSTANTS["longest_backoff"]
SERVICE_VARIATION: Final = CONSTANTS["service_variation"]
COMMON_CAUSE: Final = CONSTANTS["common_cause"]
NONE: Final = CONSTANTS["none"]
ONE: Final = CONSTANTS["one"]
CACHE_HIT_RATIO: Final = NONE
CACHED_INPUT_RATIO: Final = NONE
FREE_REQUESTS: Final = NONE
CALLS_PER_REQUEST: Final = ONE
FAST_BURN_RATE: Final = CONSTANTS["fast_burn_rate"]
DEPENDENCY_SHARE: Final = CONSTANTS["dependency_share"]
CONSUMER_OUTAGE: Final = CONSTANTS["consumer_outage"]
