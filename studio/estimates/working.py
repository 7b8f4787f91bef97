"""Everything between a design and its figures: load, fullness, laws of time, unavailabilities.

What concerns one component is worked out when it is first asked for, so that a question about one journey, or about
the same design with other instances, costs no more than the components it touches.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from studio.estimates.answering import Answer, Tries, Visits, answer, time_held, visits_from
from studio.estimates.basis import Basis
from studio.estimates.capacity import Fullness, fullness
from studio.estimates.demand import missing_peak, todays_peak
from studio.estimates.journeys import TimeUnknown, response_time
from studio.estimates.laws.composition import Time, percentile
from studio.estimates.laws.law import Law
from studio.estimates.load import Load
from studio.estimates.numbers import Numbers, known
from studio.estimates.on_demand import OnDemand
from studio.estimates.reliability import component_unavailability, journey_unavailability
from studio.estimates.waiting import Stream, response, workers_used
from studio.model.behaviour import Journey


@dataclass(frozen=True, eq=False, repr=False)
class Working:
    """The inner state of one estimate."""

    basis: Basis
    numbers: Mapping[str, Numbers]
    """The numbers of every component: those of the design, or others that are tried."""
    load: Load
    tries: Mapping[str, Tries] = field(default_factory=dict)
    """What becomes of the calls that may be tried more than once, by connection."""
    collapsed: Mapping[str, str] = field(default_factory=dict)
    """Components that have no healthy state because of retries, and why."""

    @cached_property
    def peak(self) -> float | None:
        """Today's peak of all users, requests/s."""
        return todays_peak(self.basis)

    @cached_property
    def missing_peak(self) -> str | None:
        """Why the peak is unknown."""
        return missing_peak(self.basis)

    @cached_property
    def full(self) -> Mapping[str, Fullness]:
        """How full each component is."""
        return OnDemand(lambda name: fullness(self.basis, self.numbers[name], self.load, self.peak))

    @cached_property
    def laws(self) -> Mapping[str, Law | str]:
        """The response time of each component, or why it has none."""
        if any(numbers.blocking for numbers in self.numbers.values()):
            return self._in_order[0]
        return OnDemand(lambda name: self._law(name, 0.0))

    @cached_property
    def answers(self) -> Mapping[str, Answer | str]:
        """The answer of each component with the calls it makes, or why its time is unknown."""
        return self._in_order[1]

    @cached_property
    def unavailable(self) -> Mapping[str, float | str]:
        """The share of time each component does not work, or why that is unknown."""
        return OnDemand(self._unavailable)

    @cached_property
    def times(self) -> Mapping[str, Time | str]:
        """What the user of each journey waits, by its id, or why that is unknown."""
        journeys: dict[str, Journey] = {journey.id: journey for journey in self.basis.design.journeys}
        return OnDemand(lambda name: _time_of(self, journeys[name]))

    @cached_property
    def failing(self) -> Mapping[str, float | str]:
        """The share of each journey's requests that fail because a hard part does, or why that is unknown."""
        journeys: dict[str, Journey] = {journey.id: journey for journey in self.basis.design.journeys}
        return OnDemand(lambda name: journey_unavailability(self, journeys[name]))

    def percentile(self, journey: str, probability: float) -> float | str:
        """Seconds within which that share of a journey's requests is answered, or why that is unknown."""
        key, time = (journey, probability), self.times[journey]
        if isinstance(time, str):
            return time
        if key not in self._percentiles:
            self._percentiles[key] = percentile(time, probability)
        return self._percentiles[key]

    @cached_property
    def _percentiles(self) -> dict[tuple[str, float], float]:
        return {}

    @cached_property
    def stream(self) -> Stream:
        """The users' requests at the load asked for."""
        stated = known(self.basis.design.requirements.scale.arrival_variation)
        return Stream((self.peak or 0.0) * self.basis.load, 1.0 if stated is None else stated)

    def rate_over(self, connection: str) -> float:
        """Calls/s over a connection at the load asked for, every try counted; 0 while the peak is unknown."""
        users = (self.peak or 0.0) * self.basis.load
        return self.load.connection_of_peak[connection] * users + self.load.connection_generated[connection]

    def carried(self, connection: str) -> float | str:
        """Calls/s over a connection at the load asked for, every try counted, or why that is unknown."""
        if connection in self.load.unknown_connections:
            return self.load.unknown_connections[connection]
        if self.peak is None and self.load.connection_of_peak[connection] > 0:
            return self.missing_peak or ""
        return self.rate_over(connection)

    def visits(self, name: str) -> list[Visits]:
        """The synchronous calls of a component for each of its requests."""
        return visits_from(self.basis, self.load, self.tries, self.peak, name)

    def held(self, name: str) -> float | str:
        """Seconds one request holds a worker of a blocking component while it waits for its calls."""
        return time_held(self.basis, self.visits(name), self.answers)

    def is_overloaded(self, name: str) -> bool:
        """Whether more arrives than it can ever answer."""
        full = self.full[name].utilisation
        if name in self.basis.down:
            return False
        return (full is not None and full >= 1) or name in self.collapsed or self._workers_used(name) >= 1

    def _workers_used(self, name: str) -> float:
        if not self.numbers[name].blocking:
            return 0.0
        held = self.held(name)
        used = None if isinstance(held, str) else workers_used(self.numbers[name], self.full[name], held)
        return used or 0.0

    @cached_property
    def _in_order(self) -> tuple[Mapping[str, Law | str], Mapping[str, Answer | str]]:
        """Laws and answers, callees before their callers."""
        laws: dict[str, Law | str] = {}
        answers: dict[str, Answer | str] = {}
        for name in self.basis.callees_first:
            visits = self.visits(name)
            held: float | str = 0.0
            if self.numbers[name].blocking:
                held = time_held(self.basis, visits, answers)
            laws[name] = self._law(name, held)
            answers[name] = answer(self.basis, laws[name], self.numbers[name].error_ratio, visits, answers, self.tries)
        return laws, answers

    def _law(self, name: str, held: float | str) -> Law | str:
        if name in self.basis.down:
            return f"{name} is down"
        if name in self.collapsed:
            return self.collapsed[name]
        if isinstance(held, str):
            return f"how long its calls hold a worker of {name} is unknown: {held}"
        return response(self.numbers[name], self.full[name], held, self.stream)

    def _unavailable(self, name: str) -> float | str:
        numbers = self.numbers[name]
        if name in self.collapsed and numbers.availability is not None and not numbers.managed:
            return 1.0  # like whatever is overloaded
        return component_unavailability(self.basis, numbers, self.full[name])


def _time_of(working: Working, journey: Journey) -> Time | str:
    try:
        return response_time(working.basis, journey, working.laws, working.tries)
    except TimeUnknown as reason:
        return str(reason)
