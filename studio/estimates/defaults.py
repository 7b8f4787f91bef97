"""What the engine assumes where a design says nothing, each with its source."""

from typing import Final, NamedTuple


class Default(NamedTuple):
    """A figure the engine puts in; base units."""

    value: float
    source: str

    @property
    def origin(self) -> str:
        """For an explanation: that it is a default, and whose."""
        return f"default of the engine ({self.source})"


PEAK_FACTOR: Final = Default(
    3.0, "peak hour ÷ average of a consumer service, 2 to 5; Xu, System Design Interview, 2020"
)
READS_PER_WRITE: Final = Default(1.0, "the file format: one read for each write")
NETWORK_ROUND_TRIP: Final = Default(
    0.001, "between availability zones 0.25 to 3.4 ms; xkyle.com, Measuring AWS Region and AZ Latency, 2020"
)
FIRST_BACKOFF: Final = Default(
    0.1, "100 ms, doubled each time when exponential; the base delay of the AWS SDK for Java 2.x"
)
LONGEST_BACKOFF: Final = Default(20.0, "20 s; the maximum back-off of the AWS SDK for Java 2.x")
SERVICE_VARIATION: Final = Default(1.0, "exponential service time; Kleinrock, Queueing Systems, 1975")
COMMON_CAUSE: Final = Default(0.0, "copies fail independently unless the design says otherwise")
CACHE_HIT_RATIO: Final = Default(0.0, "no semantic cache unless the design says so")
CALLS_PER_REQUEST: Final = Default(1.0, "the file format: one call for each request")
ONE: Final = Default(1.0, "the file format: one when not given")
