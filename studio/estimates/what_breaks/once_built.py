"""A journey's tree of times built once, for a search that asks for it at many loads: only the laws in it change."""

from collections.abc import Mapping, Sequence

from studio.estimates.journeys import TimeUnknown, response_time
from studio.estimates.laws.composition import EVEN_SHAPE, InTurn, gamma_of, in_turn, single_law
from studio.estimates.laws.inversion import tail_and_density
from studio.estimates.laws.law import Fixed, Law
from studio.estimates.what_breaks.world import Ground
from studio.model.behaviour import Journey


class StandIn:
    """Whatever law a component has at the load that is tried."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self.mean, self.variance = law.mean, law.variance

    def tail(self, t: float) -> float:
        """P(T > t)."""
        return self.law.tail(t)

    def transforms(self, points: Sequence[complex]) -> list[complex]:
        """E e^(−sT) at each s."""
        return self.law.transforms(points)

    def percentile(self, probability: float) -> float:
        """Seconds."""
        return self.law.percentile(probability)


class OnceBuilt:
    """The tree of a journey whose callers never give up, with stand-ins for its laws."""

    def __init__(self, ground: Ground, journey: Journey, calm: Mapping[str, Law | str], reached: Sequence[str]) -> None:
        """``calm`` are the laws at a calm load: all of ``reached`` must have one, and none may be almost constant."""
        self._stand_ins = {name: StandIn(law) for name in reached if not isinstance(law := calm[name], str | Fixed)}
        laws = {name: self._stand_ins.get(name, calm[name]) for name in reached}
        tree = response_time(ground.patient, journey, laws)
        self._shift = 0.0
        if isinstance(tree, InTurn) and isinstance(tree.parts[0], Fixed):
            self._shift, tree = tree.parts[0].seconds, in_turn(tree.parts[1:])
        self._tree, self._single = tree, single_law(tree)
        match = gamma_of(tree)
        self.is_fit = self._single is not None or (match is not None and match.shape < 0.5 * EVEN_SHAPE)
        """Whether its tail may be had by inversion at every load."""

    def late_share(self, laws: Mapping[str, Law | str], seconds: float) -> float | None:
        """P(T > seconds) with these laws; None when one is missing."""
        for name, stand_in in self._stand_ins.items():
            law = laws[name]
            if isinstance(law, str):
                return None
            stand_in.law = law
        left = seconds - self._shift
        if left <= 0:
            return 1.0
        if self._single is not None:
            return self._single[1].tail(left - self._single[0])
        return min(1.0, max(0.0, tail_and_density(self._tree.transforms, left)[0]))


def once_built(
    ground: Ground, journey: Journey, calm: Mapping[str, Law | str], reached: Sequence[str]
) -> OnceBuilt | None:
    """The tree, where one can stand for all loads: not where several calls run at once, or time hardly varies."""
    steps = [ground.basis.connection[step] for step in journey.steps if step in ground.basis.connection]
    if journey.at_once or any(step.parallel for step in steps):
        return None
    try:
        found = OnceBuilt(ground, journey, calm, reached)
    except TimeUnknown:
        return None
    return found if found.is_fit else None
