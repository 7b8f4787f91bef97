"""The numbers of one component, as plain floats in base units."""

from typing import Final, NamedTuple

from studio.estimates.formulas.scaling import efficiency
from studio.units import Interval, Quantity

_LARGEST: Final = 1e24


class Numbers(NamedTuple):
    """The numbers of one component; None where neither the design nor the technology gives one."""

    id: str
    kind: str
    managed: bool
    instances: int
    """Working ones: without those a lost zone takes."""
    lost: int
    """Instances of each shard that a lost zone takes."""
    shards: int
    replicas: int
    zones: int
    capacity: float | None
    """Requests/s of one instance alone."""
    latency: float | None
    """Seconds."""
    workers: int | None
    pooled: bool
    variation: float
    availability: float | None
    cost: float | None
    hit_ratio: float | None
    generates: float
    """Requests/s it makes by itself."""
    hot_share: float | None
    common_cause: float
    zone_availability: float | None
    blocking: bool
    """Whether a worker is held while it waits for the calls it makes."""
    error_ratio: float
    """The share of its answers that are errors while it works."""
    contention: float
    coherence: float

    @property
    def each(self) -> float | None:
        """Requests/s of one instance beside the others: less than alone where they share something (USL)."""
        if self.capacity is None or not (self.contention or self.coherence):
            return self.capacity
        return self.capacity * efficiency(self.instances, self.contention, self.coherence)

    @property
    def copies(self) -> int:
        """All copies there are, those of a lost zone included."""
        return (self.instances + self.lost) * self.shards * (1 + self.replicas)

    @property
    def is_client(self) -> bool:
        """Whether it is where load comes from: it takes no time and never fails."""
        return self.kind == "client"

    @property
    def hottest_share(self) -> float:
        """The share of the load that the busiest shard takes."""
        even = 1 / self.shards
        return even if self.shards == 1 or self.hot_share is None else max(self.hot_share, even)

    @property
    def queues(self) -> bool:
        """Whether requests wait for it: a vendor's service without a stated capacity is taken never to be full."""
        return self.capacity is not None or not (self.managed or self.kind == "external")


def known(quantity: Quantity | None) -> float | None:
    """The one number a quantity stands for; None when nobody gave it.

    No number is taken larger than 10²⁴: beyond lie slips of the pen whose products have no floating-point number.
    """
    if quantity is None:
        return None
    one = quantity.median if isinstance(quantity, Interval) else quantity
    return min(_LARGEST, one)
