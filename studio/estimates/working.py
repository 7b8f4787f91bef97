"""Everything between a design and its figures, worked out once: load, fullness, laws of time, unavailabilities."""

from collections.abc import Mapping
from typing import NamedTuple

from studio.estimates.basis import Basis, Numbers
from studio.estimates.capacity import Fullness, fullness
from studio.estimates.demand import missing_peak, todays_peak
from studio.estimates.load import Load, load_of
from studio.estimates.reliability import component_unavailability
from studio.estimates.waiting import Law, response


class Working(NamedTuple):
    """The inner state of one estimate."""

    basis: Basis
    load: Load
    peak: float | None
    """Today's peak of all users, requests/s."""
    missing_peak: str | None
    full: Mapping[str, Fullness]
    laws: Mapping[str, Law | str]
    """The response time of each component, or why it has none."""
    unavailable: Mapping[str, float | str]
    """The share of time each component does not work, or why that is unknown."""

    def with_instances(self, instances: Mapping[str, int]) -> "Working":
        """The same with other numbers of instances: for the question how many would do."""
        full, laws, unavailable = dict(self.full), dict(self.laws), dict(self.unavailable)
        for name, count in instances.items():
            numbers = self.basis.numbers[name]._replace(instances=count)
            full[name] = fullness(self.basis, numbers, self.load, self.peak)
            laws[name] = _response(self.basis, numbers, full[name])
            unavailable[name] = component_unavailability(self.basis, numbers, full[name])
        return self._replace(full=full, laws=laws, unavailable=unavailable)


def worked_out(basis: Basis) -> Working:
    """The inner state of the estimate of one design."""
    load, peak = load_of(basis), todays_peak(basis)
    full = {name: fullness(basis, numbers, load, peak) for name, numbers in basis.numbers.items()}
    return Working(
        basis,
        load,
        peak,
        missing_peak(basis),
        full,
        {name: _response(basis, numbers, full[name]) for name, numbers in basis.numbers.items()},
        {name: component_unavailability(basis, numbers, full[name]) for name, numbers in basis.numbers.items()},
    )


def _response(basis: Basis, numbers: Numbers, full: Fullness) -> Law | str:
    if numbers.id in basis.down:
        return f"{numbers.id} is down"
    return response(numbers, full)
