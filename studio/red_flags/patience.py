"""How long a call should be waited for, from what the design says of its callee and of those who wait above it."""

from collections.abc import Callable
from typing import NamedTuple

from studio.edits.mend import Mend, mend
from studio.estimates.calling import pauses_of, worst_case
from studio.estimates.sides.call_budgets import serial_worst_case
from studio.model.connection import Connection
from studio.red_flags import missing
from studio.red_flags.facts import Facts
from studio.red_flags.once import once_per_design
from studio.red_flags.paths_of_calls import is_hard
from studio.red_flags.words import duration, rounded_down, rounded_up
from studio.units import Dimension, as_written, point

ABOVE_P99 = 1.5
"""× the p99 of the callee: its p99.9 where times are exponential (ln 1000 ÷ ln 100)."""
LEFT = 0.8
"""Share of the time of whoever waits above that a call may take: the rest is for an answer without it."""
LEAST = 10.0
"""Milliseconds. Below them a collection of garbage is taken for a dead callee: a judgement of ours."""

DEEPEST = 50
"""Calls one inside the other through which time is followed; beyond them it counts as unknown."""


class Patience(NamedTuple):
    """How long one try of a call may take."""

    milliseconds: float
    because: str
    follows: bool
    """Whether it follows from the design; else it is a guess."""


UNHEARD = Patience(1000.0, "1 s for a request, a guess", follows=False)
"""Where nothing in the design says how long anything may take."""


def timeout_of(connection: Connection, facts: Facts) -> Mend:
    """The timeout of a call that has none: safe where it follows from the design and fits below the timeouts above."""
    found = patience(connection, facts)
    place = f"connections.{connection.id}"
    return mend(place, found.because, is_safe=found.follows, timeout=written(found.milliseconds))


def written(milliseconds: float) -> object:
    """The time as a design file says it."""
    return as_written(float(f"{milliseconds / 1000:.6g}"), Dimension.DURATION)


def patience(connection: Connection, facts: Facts) -> Patience:
    """A little above what the callee takes, within the timeouts above; where nobody knows what it takes, what these, or
    the promise to users, leave for it."""
    times = _times(facts)
    known = times.needed(connection)
    most = times.left(connection, by_promise=known is None)
    if known is None:
        found = most or UNHEARD
        return found if found.follows else found._replace(because=f"{found.because}; {_telling(connection, facts)}")
    if most is None or known.milliseconds <= most.milliseconds:
        return known
    own = facts.estimates.components[connection.target].p99_ms or 0.0
    fits = own < most.milliseconds and not _waits_below(connection, facts)
    return most if fits else known._replace(because=f"{known.because}: more than {most.because}", follows=False)


def inner_calls(connection: Connection, facts: Facts) -> tuple[Connection, ...]:
    """The calls the callee waits for while the caller waits for it; what monitoring asks causes none."""
    is_watching = facts.design.component[connection.source].kind == "monitoring"
    calls = () if is_watching else facts.design.calls_of[connection.target]
    return tuple(c for c in calls if c.is_synchronous and c.target != c.source and facts.may_meet(connection, c))


def _waits_below(connection: Connection, facts: Facts) -> bool:
    return any(is_hard(call) for call in inner_calls(connection, facts))


def _telling(connection: Connection, facts: Facts) -> str:
    callee = facts.design.component[connection.target]
    silent = missing.of_own_time(callee, facts)
    if not silent:
        return f"{callee.label} cannot keep up, so its times have no end"
    return f"{silent[0]} would tell how long {callee.label} takes"


class _Times:
    """What calls need from below and are left from above, each worked out once; a circle has neither end."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._needed: dict[str, Patience | None] = {}
        self._left: dict[tuple[str, bool], Patience | None] = {}
        self._depth = 0

    def needed(self, connection: Connection) -> Patience | None:
        """1.5 × the p99 of the callee, and the worst case of what it waits for; None when either is unknown."""
        if connection.id not in self._needed:
            self._needed[connection.id] = None
            self._needed[connection.id] = self._deeper(lambda: self._from_below(connection))
        return self._needed[connection.id]

    def left(self, connection: Connection, *, by_promise: bool) -> Patience | None:
        """What those who wait above leave for one try: by their timeouts, or also by what users are promised; None
        when nobody says how long anybody waits."""
        asked = connection.id, by_promise
        if asked not in self._left:
            self._left[asked] = None
            self._left[asked] = self._deeper(lambda: self._from_above(connection, by_promise=by_promise))
        return self._left[asked]

    def _deeper(self, work: Callable[[], Patience | None]) -> Patience | None:
        self._depth += 1
        found = work() if self._depth <= DEEPEST else None
        self._depth -= 1
        return found

    def _from_below(self, connection: Connection) -> Patience | None:
        facts = self._facts
        callee, inner = facts.design.component[connection.target], inner_calls(connection, facts)
        own, hard = facts.estimates.components[callee.id].p99_ms, [call for call in inner if is_hard(call)]
        worst: dict[str, float | None] = {call.id: self._worst(call) for call in inner}
        if own is None or any(worst[call.id] is None for call in hard):
            return None
        below = max(serial_worst_case(facts.design, hard, worst), *(time or 0.0 for time in worst.values()), 0.0)
        because = f"{ABOVE_P99:g} × the p99 of {callee.label}, {duration(own)}"
        because += f", {duration(below)} for what it calls" if below else ""
        wanted = ABOVE_P99 * own + 1000 * facts.estimates.working.basis.network(connection) + below
        if wanted < LEAST:
            return Patience(LEAST, f"below {duration(LEAST)} a pause of the caller itself would decide", follows=True)
        return Patience(rounded_up(wanted), f"{because}, and the way there", follows=True)

    def _worst(self, call: Connection) -> float | None:
        """Milliseconds a call can hold its caller, with the timeout it has or should have."""
        given = worst_case(_with_backoff(call))
        if given is not None:
            return 1000 * given
        wanted = self.needed(call)
        return None if wanted is None else wanted.milliseconds * call.tries + _pauses(call)

    def _from_above(self, connection: Connection, *, by_promise: bool) -> Patience | None:
        above = (call for call in self._facts.design.callers_of[connection.source] if call.is_synchronous)
        waits = [self._wait(call, by_promise=by_promise) for call in above if self._facts.may_meet(call, connection)]
        tightest = min((wait for wait in waits if wait), key=lambda wait: wait.milliseconds, default=None)
        if tightest is None or tightest.milliseconds <= 0:
            return None
        time, tries = LEFT * tightest.milliseconds, connection.tries
        because, one_try = f"{LEFT * 100:g} % of {tightest.because}", (time - _pauses(connection)) / tries
        if one_try < 1:
            because += f", for {tries} tries without their pauses" if tries > 1 else ""
            return Patience(rounded_down(time / tries), because, follows=False)
        because += f", for {tries} tries and their pauses" if tries > 1 else ""
        return Patience(rounded_down(one_try), because, tightest.follows)

    def _wait(self, outer: Connection, *, by_promise: bool) -> Patience | None:
        """How long whoever makes a call waits for it."""
        if outer.timeout is not None:
            wait = 1000 * point(outer.timeout)
            return Patience(wait, f"the {duration(wait)} that {outer.id} waits", follows=True)
        if self._facts.design.component[outer.source].kind == "client":
            return (_promised(outer, self._facts) or UNHEARD) if by_promise else None
        left = self.left(outer, by_promise=by_promise)
        return left and left._replace(because=f"the {duration(left.milliseconds)} that {outer.id} may take")


@once_per_design
def _times(facts: Facts) -> _Times:
    return _Times(facts)


def _with_backoff(call: Connection) -> Connection:
    """The call with the pauses between its tries that it should have, where nobody says which it has (REL007)."""
    return call.changed(backoff="exponential") if call.tries > 1 and call.backoff is None else call


def _pauses(call: Connection) -> float:
    """Milliseconds of all pauses between its tries."""
    return 1000 * pauses_of(_with_backoff(call))


def _promised(connection: Connection, facts: Facts) -> Patience | None:
    """The shortest p99 that is promised of a journey over this call, else of the whole design."""
    over = facts.design.journeys_over.get(connection.id, ())
    wanted = [point(journey.p99) for journey in over if journey.p99 is not None]
    whole = facts.design.requirements.performance.p99
    if not wanted and whole is not None:
        wanted = [point(whole)]
    if not wanted:
        return None
    most = 1000 * min(wanted)
    return Patience(most, f"the {duration(most)} promised at p99", follows=True)
