"""What a component can carry and how full its busiest copy is.

Writes go to the primaries and are replayed by their read replicas; reads go to all copies; the hottest shard decides.
Without shards and replicas that is load ÷ (instances × capacity of one). Lazowska et al. 1984, chapter 3.
"""

from typing import NamedTuple

from studio.estimates.basis import Basis, Numbers
from studio.estimates.load import Load, Share
from studio.estimates.sizing import instances_needed, instances_recommended, whole


class Fullness(NamedTuple):
    """The load and room of one component at the load asked for; None where something is missing."""

    reads: float | None
    writes: float | None
    per_copy: float | None
    """Requests/s the busiest copy works on, replayed writes included."""
    capacity: float | None
    """Requests/s all copies carry together, in the present mix of reads and writes."""
    utilisation: float | None
    needed: int | None
    recommended: int | None
    breaks_at: float | None
    """The multiple of today's peak at which the busiest copy is full; None when users cause none of its load."""

    @property
    def peak(self) -> float | None:
        """Requests/s that arrive."""
        return None if self.reads is None or self.writes is None else self.reads + self.writes


def per_copy(numbers: Numbers, load: Share) -> float:
    """Requests/s the busiest copy works on."""
    primaries = numbers.instances
    each = load.writes / primaries + load.reads / (primaries * (1 + numbers.replicas))
    return numbers.hottest_share * each


def fullness(basis: Basis, numbers: Numbers, load: Load, peak: float | None) -> Fullness:
    """How full one component is; `peak` is today's peak of all users in requests/s."""
    made, of_peak = load.generated[numbers.id], load.of_peak[numbers.id]
    arriving = _arriving(numbers, load, peak, basis.load)
    room = _room(numbers, arriving, basis.read_share)
    if arriving is None:
        return Fullness(None, None, None, room, None, None, None, None)
    if not numbers.instances:
        return Fullness(arriving.reads, arriving.writes, None, None, None, None, None, None)
    busiest = per_copy(numbers, arriving)
    if numbers.capacity is None or numbers.is_client:
        return Fullness(arriving.reads, arriving.writes, busiest, None, None, None, None, None)
    copies_worth = numbers.instances * busiest
    return Fullness(
        arriving.reads,
        arriving.writes,
        busiest,
        room,
        busiest / numbers.capacity,
        instances_needed(copies_worth, numbers.capacity),
        instances_recommended(copies_worth, numbers.capacity, numbers.zones),
        _breaks_at(numbers, Share(of_peak.reads * (peak or 0), of_peak.writes * (peak or 0)), made),
    )


def copies_needed(numbers: Numbers, full: Fullness) -> int | None:
    """How many copies of one shard must work to carry the peak; None when unknown.

    More than there are when the component is overloaded: then it is never enough. Without read replicas, the
    instances needed. With them, the primaries' writes stay and the reads are spread over whatever works.
    """
    copies = numbers.instances * (1 + numbers.replicas)
    if numbers.capacity is None or full.reads is None or full.writes is None:
        return 1 if copies == 1 else None
    if not numbers.replicas:
        return 1 if copies == 1 and full.needed is None else full.needed
    writes = numbers.hottest_share * full.writes / numbers.instances
    left = numbers.capacity - writes
    if left <= 0:
        return copies + 1
    return max(1, whole(numbers.hottest_share * full.reads / left))


def _arriving(numbers: Numbers, load: Load, peak: float | None, multiple: float) -> Share | None:
    of_peak, made = load.of_peak[numbers.id], load.generated[numbers.id]
    if numbers.id in load.unknown or (peak is None and of_peak.total > 0):
        return None
    users = (peak or 0.0) * multiple
    return Share(of_peak.reads * users + made.reads, of_peak.writes * users + made.writes)


def _room(numbers: Numbers, arriving: Share | None, read_share: float) -> float | None:
    """Requests/s that fill the busiest copy, in the mix that arrives (the design's, when nothing does)."""
    if numbers.capacity is None or numbers.is_client:
        return None
    if not numbers.replicas and numbers.shards == 1:
        return numbers.instances * numbers.capacity
    if not numbers.instances:
        return 0.0
    if arriving is None or not arriving.total:
        arriving = Share(read_share, 1 - read_share)
    return numbers.capacity * arriving.total / per_copy(numbers, arriving)


def _breaks_at(numbers: Numbers, users: Share, made: Share) -> float | None:
    if numbers.capacity is None:
        return None
    caused = per_copy(numbers, users) / numbers.capacity
    if caused <= 0:
        return None
    return max(0.0, (1.0 - per_copy(numbers, made) / numbers.capacity) / caused)
