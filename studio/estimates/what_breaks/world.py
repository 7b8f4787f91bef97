"""The design at any multiple of today's peak, with any numbers of copies, worked out only where somebody looks."""

from collections.abc import Mapping
from functools import cached_property

from studio.estimates.answering import Answer, answer, time_held
from studio.estimates.basis import Basis
from studio.estimates.capacity import Fullness, fullness
from studio.estimates.journeys import TimeUnknown, response_time
from studio.estimates.laws.composition import Time
from studio.estimates.laws.law import Law
from studio.estimates.numbers import Numbers
from studio.estimates.on_demand import OnDemand
from studio.estimates.settling import at_load
from studio.estimates.waiting import response
from studio.estimates.what_breaks.searching import CALM
from studio.estimates.working import Working
from studio.model.behaviour import Journey


class Ground:
    """What does not change on the climb: the load of a calm day, and who calls whom."""

    def __init__(self, working: Working) -> None:
        self.basis = working.basis
        self.calm = at_load(working, CALM)
        """Retries count as often as errors and slow work alone make them."""
        self.peak = self.calm.peak
        self._ranks = {name: rank for rank, name in enumerate(self.basis.callees_first)}
        self._cones: dict[str, tuple[str, ...]] = {}

    @cached_property
    def patient(self) -> Basis:
        """The same with callers that never give up: what a timeout does to a time is long to work out."""
        other = self.basis.at_load(self.basis.load)
        patient = {
            name: call.changed(timeout=None, attempts=None, hedge_after=None) if call.timeout is not None else call
            for name, call in self.basis.connection.items()
        }
        other.__dict__["connection"] = patient
        return other

    @cached_property
    def repeats(self) -> bool:
        """Whether any call may be tried more than once."""
        return bool(self.calm.tries)

    def full(self, numbers: Numbers) -> Fullness:
        """How full a component with these numbers is at a calm load; its `breaks_at` holds for every load."""
        return fullness(self.calm.basis, numbers, self.calm.load, self.peak)

    def cone(self, name: str) -> tuple[str, ...]:
        """A component and all that it waits for, directly or not, callees first."""
        if name not in self._cones:
            found, ahead = {name}, [name]
            while ahead:
                for call in self.basis.synchronous_calls.get(ahead.pop(), ()):
                    if call.target not in found:
                        found.add(call.target)
                        ahead.append(call.target)
            self._cones[name] = tuple(sorted(found, key=self._ranks.__getitem__))
        return self._cones[name]


class World:
    """The design with some numbers of copies at one multiple of today's peak."""

    def __init__(self, ground: Ground, numbers: Mapping[str, Numbers], multiple: float) -> None:
        self.ground, self.numbers, self.multiple = ground, numbers, multiple
        self.working = Working(ground.basis.at_load(multiple), numbers, ground.calm.load, ground.calm.tries)
        self.laws: Mapping[str, Law | str] = OnDemand(self._law)
        self._answers: dict[str, Answer | str] = {}

    def full(self, name: str) -> Fullness:
        """How full a component is."""
        return self.working.full[name]

    def answer(self, name: str) -> Answer | str:
        """How long and how surely it answers, its calls included, or why that is unknown."""
        for part in self.ground.cone(name):
            if part not in self._answers:
                visits, errors = self.working.visits(part), self.numbers[part].error_ratio
                law = self.laws[part]
                self._answers[part] = answer(
                    self.ground.basis, law, errors, visits, self._answers, self.ground.calm.tries
                )
        return self._answers[name]

    def answer_behind(self, name: str, callees: "World") -> Answer | str:
        """How long and how surely it answers when its callees answer as in another world."""
        for call in self.ground.basis.synchronous_calls.get(name, ()):
            callees.answer(call.target)
        visits, errors = self.working.visits(name), self.numbers[name].error_ratio
        return answer(
            self.ground.basis, self.laws[name], errors, visits, callees.answers_so_far, self.ground.calm.tries
        )

    @property
    def answers_so_far(self) -> Mapping[str, Answer | str]:
        """What was worked out already."""
        return self._answers

    def held(self, name: str) -> float | str:
        """Seconds one request holds a worker while its calls are waited for."""
        visits = self.working.visits(name)
        for visit in visits:
            if name not in self.ground.cone(visit.connection.target):
                self.answer(visit.connection.target)
        return time_held(self.ground.basis, visits, self._answers)

    def time(self, journey: Journey, *, is_patient: bool = False) -> Time | str:
        """What the user of a journey waits, or why that is unknown; on request as if no call were ever given up."""
        basis = self.ground.patient if is_patient else self.working.basis
        try:
            return response_time(basis, journey, self.laws, self.working.tries)
        except TimeUnknown as reason:
            return str(reason)

    def _law(self, name: str) -> Law | str:
        numbers = self.numbers[name]
        if name in self.ground.basis.down:
            return f"{name} is down"
        held = self.held(name) if numbers.blocking else 0.0
        return held if isinstance(held, str) else response(numbers, self.full(name), held, self.working.stream)
