"""What a component can carry and how full its busiest copy is.

Writes go to the primaries and are replayed by their read replicas; reads go to all copies; the hottest shard decides.
Without shards and replicas that is load ÷ (instances × capacity of one). Lazowska et al. 1984, chapter 3.
"""

from typing import NamedTuple

from studio.estimates.basis import Basis
from studio.estimates.formulas.scaling import recommended_number, smallest_number
from studio.estimates.formulas.sizing import instances_needed, instances_recommended, whole
from studio.estimates.load import Load, Share
from studio.estimates.numbers import Numbers


class Fullness(NamedTuple):
    """The load and room of one component at the load asked for; None where something is missing."""

    reads: float | None
    writes: float | None
    per_copy: float | None
    """Requests/s the busiest copy works on, replayed writes included."""
    capacity: float | None
    """Requests/s all copies carry together, in the present mix of reads and writes."""
    utilisation: float | None = None
    breaks_at: float | None = None
    """The multiple of today's peak at which the busiest copy is full; None when users cause none of its load."""
    sized_by: Numbers | None = None
    """What decides how many instances the load takes; they are counted when asked for."""

    @property
    def needed(self) -> int | None:
        """Instances that just carry the load; None when unknown, or when no number of them does."""
        numbers, load = self.sized_by, self.per_copy
        if numbers is None or load is None:
            return None
        load, alone = numbers.instances * load, numbers.capacity or 0.0
        if not (numbers.contention or numbers.coherence):
            return instances_needed(load, alone)
        return smallest_number(load / alone, numbers.contention, numbers.coherence)

    @property
    def recommended(self) -> int | None:
        """Instances that carry it with room, one of them or a zone being lost; None as above."""
        numbers, load = self.sized_by, self.per_copy
        if numbers is None or load is None:
            return None
        load, alone = numbers.instances * load, numbers.capacity or 0.0
        if not (numbers.contention or numbers.coherence):
            return instances_recommended(load, alone, numbers.zones)
        return recommended_number(load / alone, numbers.contention, numbers.coherence, zones=numbers.zones)

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
        return Fullness(None, None, None, room)
    if not numbers.instances:
        return Fullness(arriving.reads, arriving.writes, None, None)
    busiest, each = per_copy(numbers, arriving), numbers.each
    if each is None or numbers.is_client:
        return Fullness(arriving.reads, arriving.writes, busiest, None)
    return Fullness(
        arriving.reads,
        arriving.writes,
        busiest,
        room,
        busiest / each,
        _breaks_at(numbers, Share(of_peak.reads * (peak or 0), of_peak.writes * (peak or 0)), made),
        numbers,
    )


def copies_needed(numbers: Numbers, full: Fullness) -> int | None:
    """How many copies of one shard must work to carry the peak; None when unknown.

    More than there are when the component is overloaded: then it is never enough. Without read replicas, the
    instances needed. With them, the primaries' writes stay and the reads are spread over whatever works.
    """
    copies, each = numbers.instances * (1 + numbers.replicas), numbers.each
    if each is None or full.reads is None or full.writes is None:
        return 1 if copies == 1 else None
    if not numbers.replicas:
        return full.needed if full.needed is not None else 1 if numbers.is_client else copies + 1
    writes = numbers.hottest_share * full.writes / numbers.instances
    left = each - writes
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
    each = numbers.each
    if each is None or numbers.is_client:
        return None
    if not numbers.replicas and numbers.shards == 1:
        return numbers.instances * each
    if not numbers.instances:
        return 0.0
    if arriving is None or not arriving.total:
        arriving = Share(read_share, 1 - read_share)
    return each * arriving.total / per_copy(numbers, arriving)


def _breaks_at(numbers: Numbers, users: Share, made: Share) -> float | None:
    each = numbers.each
    if each is None:
        return None
    caused = per_copy(numbers, users) / each
    if caused <= 0:
        return None
    return max(0.0, (1.0 - per_copy(numbers, made) / each) / caused)
