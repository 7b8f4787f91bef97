"""Journeys that grow too slow: the load at which a percentile leaves its target."""

import math
from collections.abc import Iterator, Mapping

from studio.estimates.journeys import way
from studio.estimates.laws.composition import percentile
from studio.estimates.laws.lateness import late_share
from studio.estimates.load import steps_of
from studio.estimates.numbers import Numbers, known
from studio.estimates.reliability import deciding_journeys
from studio.estimates.results import Figure
from studio.estimates.what_breaks.fixes import ROOM, Mend, carrying, cheapest_copies, levers
from studio.estimates.what_breaks.once_built import OnceBuilt, once_built
from studio.estimates.what_breaks.searching import CALM, MOST, first_over
from studio.estimates.what_breaks.state import ROUNDING, State, Thing
from studio.estimates.what_breaks.world import Ground, World
from studio.estimates.working import Working
from studio.model.behaviour import Journey
from studio.units import Dimension, shown

_LEAST_UTILISATION = 0.001
_HALVINGS = 3
_CORRECTIONS = 3
_NEAR = 1e-4
_NEVER = 1e-7
"""A share of requests that decides no percentile."""
_EDGE = 1e-9
_LEAST_TAIL = 1e-12


def speeds(ground: Ground) -> Iterator[Thing]:
    """A percentile of a journey for each that is asked for: its own target, or the design's when that is less."""
    design = ground.basis.design
    asked, deciding = design.requirements.performance, set(deciding_journeys(ground.basis))
    for journey in design.journeys:
        whole = journey.id in deciding and bool(way(ground.basis, journey).calls)
        medians = {"p50_ms": known(asked.p50) if whole else None}
        tails = {f"journeys.{journey.id}.p99_ms": known(journey.p99), "p99_ms": known(asked.p99) if whole else None}
        for probability, wanted in ((0.5, medians), (0.99, tails)):
            given = {path: seconds for path, seconds in wanted.items() if seconds is not None}
            if given:
                path = min(given, key=lambda name: given[name])
                yield Speed(ground, journey, path, probability, given[path])


class Speed:
    """One percentile of one journey."""

    is_strained_by_mending = False

    def __init__(self, ground: Ground, journey: Journey, path: str, probability: float, seconds: float) -> None:
        self.subject: str = journey.id
        self.path = path
        self._journey, self._probability, self._seconds = journey, probability, seconds
        steps = steps_of(ground.basis, journey)
        timeouts = [timeout for step in steps if (timeout := known(step.timeout)) is not None]
        self._gives_up, self._timeout = bool(timeouts), min(timeouts, default=math.inf)
        self._calls = sum(math.ceil(ground.basis.calls(step)) for step in steps)
        self._tree: OnceBuilt | None = None
        self._is_built = False
        self._is_moved, self._offset = False, 0.0
        """What giving up adds to the surplus; not a number where it is worked out each time."""
        self._reached = tuple(sorted(way(ground.basis, journey).reached))
        blocking = any(ground.basis.numbers[name].blocking for name in self._reached)
        more = (part for name in self._reached for part in ground.cone(name)) if blocking else ()
        self.parts: tuple[str, ...] = tuple(dict.fromkeys((*self._reached, *more)))

    def breaks_at(self, state: State, since: float, until: float) -> float:
        """Where more than the share allowed takes longer than the target.

        Searched as if no call were given up, and moved by what giving up makes of it where that search ends.
        """
        limit = min((state.full_at(part) for part in self.parts), default=math.inf)
        end = min(limit * (1 - _EDGE), MOST, until)
        if self._gives_up and not self._is_moved:
            self._offset, self._is_moved = self._moved(state, max(end, CALM)), True
        for _ in range(_CORRECTIONS):
            found = first_over(lambda multiple: self._surplus(state, multiple, {}), limit, since, until)
            if not self._gives_up or math.isnan(self._offset) or not CALM < found < end:
                return found
            moved = self._moved(state, found)
            if abs(moved) < _NEAR:
                return found
            self._offset += moved
        self._offset = math.nan
        return first_over(lambda multiple: self._surplus(state, multiple, {}), limit, since, until)

    def _moved(self, state: State, multiple: float) -> float:
        """How far the search is off at a load; nothing where hardly any call is given up, or either has no end."""
        patient = state.world(multiple).time(self._journey, is_patient=True)
        if not isinstance(patient, str) and self._calls * late_share(patient, self._timeout) < _NEVER:
            return -self._offset
        searched, self._offset, before = self._surplus(state, multiple, {}), math.nan, self._offset
        exact, self._offset = self._surplus(state, multiple, {}), before
        return exact - searched if math.isfinite(exact) and math.isfinite(searched) else 0.0

    def _surplus(self, state: State, multiple: float, tried: Mapping[str, Numbers]) -> float:
        """The logarithm of the share that is late ÷ the share that may be; infinite without an end."""
        is_exact = math.isnan(self._offset) or not self._gives_up
        world = state.world(multiple, tried)
        late = self._late(world, is_patient=not math.isnan(self._offset))
        if late is None:
            return math.inf
        surplus = math.log(max(late, _LEAST_TAIL) / (1.0 - self._probability))
        return surplus if is_exact else surplus + self._offset

    def _late(self, world: World, *, is_patient: bool) -> float | None:
        """The share that is late; None when its time has no end, or is unknown."""
        if is_patient and not self._is_built:
            calm = World(world.ground, world.numbers, CALM)
            self._tree = once_built(world.ground, self._journey, calm.laws, self._reached)
            self._is_built = True
        if is_patient and self._tree is not None:
            return self._tree.late_share(world.laws, self._seconds)
        time = world.time(self._journey, is_patient=is_patient)
        return None if isinstance(time, str) else late_share(time, self._seconds)

    def is_missed(self, working: Working) -> bool:
        """Whether the target is missed in an estimate; not where its time is unknown."""
        time = working.times[self.subject]
        return not isinstance(time, str) and late_share(time, self._seconds) > (1.0 - self._probability) * (1 + _NEAR)

    def _figure(self, state: State, multiple: float) -> float | None:
        """The percentile in seconds."""
        time = state.world(multiple).time(self._journey)
        return None if isinstance(time, str) else percentile(time, self._probability)

    @property
    def _name(self) -> str:
        return f"the p{self._probability * 100:.0f} of {self.subject}"

    def why(self, state: State, at: float) -> str:
        """Where the time goes."""
        wanted = shown(self._seconds, Dimension.DURATION)
        world = state.world(at)
        fullest = max(self._reached, key=lambda name: world.full(name).utilisation or 0.0)
        used = world.full(fullest).utilisation or 0.0
        if at == 0 and (figure := self._figure(state, CALM)) is not None:
            return f"{self._name} is {shown(figure, Dimension.DURATION)} even without load, and {wanted} is asked for"
        return f"{self._name} reaches the {wanted} asked for, with {fullest} {used * 100:.0f} % utilised"

    def inputs(self, state: State, at: float) -> dict[str, Figure]:
        """How full what it waits for is."""
        world = state.world(at)
        found: dict[str, Figure] = {self.path: self._seconds * 1000}
        for name in self._reached:
            used = world.full(name).utilisation
            if used is not None:
                found[f"components.{name}.utilisation"] = used
        return found

    def mend(self, state: State, at: float, carry: float) -> Mend:
        """More copies of what is fullest; words where the work alone takes too long.

        Everything on the way is brought below one utilisation, the highest that is enough, at the lowest price each.
        """
        at = max(at, CALM)
        start = max((state.world(at).full(name).utilisation or 0.0 for name in self._reached), default=1.0)
        found = self._enough(state, carry, min(1.0, max(start, _LEAST_UTILISATION)))
        if found is None and self._gives_up and not math.isnan(self._offset):
            self._offset = math.nan
            found = self._enough(state, carry, 1.0)
        return self._too_slow(state, carry) if found is None else _together(self._without_spare(state, carry, found))

    def _enough(self, state: State, carry: float, start: float) -> dict[str, Mend] | None:
        """What brings everything below the highest utilisation that is enough, searched from ``start`` down."""
        low, high, found = start, min(1.0, start * 1.2), None
        while found is None:
            numbers, mends = self._below(state, carry, low)
            if self._surplus(state, carry, numbers) <= 0:
                found = mends
            elif low <= _LEAST_UTILISATION:
                return None
            else:
                low, high = max(_LEAST_UTILISATION, low * (0.9 if low > 0.5 * start else 0.3)), low
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            numbers, mends = self._below(state, carry, middle)
            if self._surplus(state, carry, numbers) <= 0:
                low, found = middle, mends
            else:
                high = middle
        return found

    def _below(self, state: State, carry: float, most: float) -> tuple[dict[str, Numbers], dict[str, Mend]]:
        """What brings all it waits for below a utilisation at a load."""
        world, mends = state.world(1.0), dict[str, Mend]()
        for name in self._reached:
            numbers, full = state.numbers[name], world.full(name)
            if full.utilisation is None or state.full_at(name) * most >= carry:
                continue
            ways = levers(numbers, full.reads or 0.0, full.writes or 0.0) or ((ROOM,),)
            wanted = carry / most * (1 - ROUNDING)
            found = cheapest_copies(state.ground, numbers, ways, carrying(state.ground, wanted))
            if found is not None:
                mends[name] = found
        return {name: mend.numbers[name] for name, mend in mends.items()}, mends

    def _without_spare(self, state: State, carry: float, mends: dict[str, Mend]) -> list[Mend]:
        """The same without what is not needed: the dearest parts are left as they are where that is enough."""
        kept = dict(mends)
        for name in sorted(mends, key=lambda part: -(state.numbers[part].cost or 0.0)):
            fewer = {part: mend for part, mend in kept.items() if part != name}
            if fewer and self._surplus(state, carry, {part: mend.numbers[part] for part, mend in fewer.items()}) <= 0:
                kept = fewer
        return list(kept.values())

    def _too_slow(self, state: State, carry: float) -> Mend:
        """What no copies cure: the time of the work alone."""
        world = state.world(carry, self._below(state, carry, _LEAST_UTILISATION)[0])
        time = world.time(self._journey)
        means = {name: law.mean for name in self._reached if not isinstance(law := world.laws[name], str)}
        longest = max(means, key=lambda name: means[name], default=None)
        if isinstance(time, str) or longest is None:
            return Mend(f"no number of copies brings {self._name} back: {time}")
        best, wanted = percentile(time, self._probability), shown(self._seconds, Dimension.DURATION)
        return Mend(
            f"no number of copies is enough ({shown(best, Dimension.DURATION)} without any waiting): "
            f"shorten the latency of {longest}, drop a call, or allow more than {wanted}"
        )


def _together(mends: list[Mend]) -> Mend:
    """Several as one."""
    numbers = {name: after for mend in mends for name, after in mend.numbers.items()}
    changes = tuple(change for mend in mends for change in mend.changes)
    return Mend(" and ".join(mend.words for mend in mends), changes, numbers)
