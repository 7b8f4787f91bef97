"""What a change does: figures before and after, targets and scenarios that turn, red flags that come and go."""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

from studio.analysis import Analysis, requirement_figure
from studio.comparing.changes import PartChange
from studio.estimates.figures import figure
from studio.estimates.results import BreaksFirst, Target
from studio.model.address import Address
from studio.red_flags.report import Finding, Report

FIGURES: Final = ("peak_rps", "p99_ms", "availability", "downtime_minutes_per_month", "cost_per_month", "complexity")
"""The figures of a whole design, by their names in `tenfold estimate --format json`; complexity is in points."""
FULL: Final = 1.0
_SCENARIO: Final = "SCN001"

Turn: TypeAlias = Literal["newly met", "newly missed", "no longer known", "other wish", "new", "gone"]


class FigureChange(NamedTuple):
    """One figure before and after; None is unknown."""

    name: str
    before: float | None
    after: float | None
    why_unknown: str
    """What is missing, where one of the two is unknown."""

    @property
    def delta(self) -> float | None:
        """After less before; None where one of them is unknown."""
        return None if self.before is None or self.after is None else self.after - self.before


class Crossing(NamedTuple):
    """A component whose utilisation at peak passed a limit, up or down."""

    component: str
    before: float | None
    """None: it was not there, or it was not known."""
    after: float | None
    limit: float
    """The highest limit that was passed: 1, or where the red flags begin to warn."""

    @property
    def is_worse(self) -> bool:
        """Whether it went up."""
        return (self.after or 0.0) > (self.before or 0.0)


class TargetTurn(NamedTuple):
    """A number asked for that is met or missed as it was not before, or that is asked for anew."""

    turn: Turn
    before: Target | None
    after: Target | None


class Flags(NamedTuple):
    """Findings of two designs held against each other, a part with a new id being the part it was."""

    new: tuple[Finding, ...]
    resolved: tuple[Finding, ...]
    """Those of the old design whose rule passes now, or whose part is gone."""
    no_longer_told: tuple[Finding, ...]
    """Those the rule can no longer tell, for a field it needs went: nobody mended them."""
    kept: tuple[tuple[Finding, Finding], ...]
    """Before and after."""


class Consequences(NamedTuple):
    """All of it."""

    figures: tuple[FigureChange, ...]
    breaks_first: tuple[BreaksFirst | None, BreaksFirst | None]
    crossings: tuple[Crossing, ...]
    targets: tuple[TargetTurn, ...]
    failing: tuple[str, ...]
    """Ids of scenarios that are met no longer, or that came and are not met."""
    holding: tuple[str, ...]
    """Ids of scenarios that are met at last."""
    flags: Flags
    coverage: tuple[Mapping[str, int], Mapping[str, int]]


def consequences(before: Analysis, after: Analysis, changed: tuple[PartChange, ...]) -> Consequences:
    """What the changes from one design to the other do, both judged by the same rules on the same day."""
    was = {change.address: change.was for change in changed if change.sort == "renamed" and change.was}
    flags = compared_flags(before.report, after.report, was)
    in_scenarios = [f.address[-1] for f in flags.resolved if f.rule.id == _SCENARIO and f.accepted is None]
    return Consequences(
        figures(before, after),
        (before.estimates.breaks_first, after.estimates.breaks_first),
        _crossings(before, after, was),
        _turns(before, after, was),
        tuple(f.address[-1] for f in flags.new if f.rule.id == _SCENARIO and f.accepted is None),
        tuple(id_ for id_ in in_scenarios if any(id_ == scenario.id for scenario in after.design.scenarios)),
        flags,
        (before.report.coverage(), after.report.coverage()),
    )


def figures(before: Analysis, after: Analysis, names: tuple[str, ...] = FIGURES) -> tuple[FigureChange, ...]:
    """The figures of both designs, moved or not, in the order of `names`."""
    return tuple(
        FigureChange(name, value_of(before, name), value_of(after, name), _why(before, name) or _why(after, name))
        for name in names
    )


def value_of(analysis: Analysis, name: str) -> float | None:
    """A figure of the whole design by name, complexity among them; None when unknown."""
    if name == "complexity":
        found = requirement_figure(analysis, name)
        return found if isinstance(found, float) else None
    return figure(analysis.estimates, name)


def _why(analysis: Analysis, name: str) -> str:
    if value_of(analysis, name) is not None:
        return ""
    unknown = analysis.estimates.unknown
    return unknown.get(name) or unknown.get(f"traffic.{name}") or "the design does not say enough"


def _crossings(before: Analysis, after: Analysis, was: Mapping[Address, Address]) -> tuple[Crossing, ...]:
    limits = (after.settings.thresholds.utilisation_warning, FULL)
    old, new = before.estimates.components, after.estimates.components
    found = []
    for id_, now in new.items():
        (_, old_id) = was.get(("components", id_), ("components", id_))
        then = old[old_id].utilisation if old_id in old else None
        passed = [] if now.utilisation is None else [x for x in limits if _is_between(x, then or 0.0, now.utilisation)]
        if passed:
            found.append(Crossing(id_, then, now.utilisation, max(passed)))
    return tuple(found)


def _is_between(limit: float, one: float, other: float) -> bool:
    return (one > limit) is not (other > limit)


def _turns(before: Analysis, after: Analysis, was: Mapping[Address, Address]) -> tuple[TargetTurn, ...]:
    new_names = {".".join(old): ".".join(new) for new, old in was.items()}
    old = {_renamed(target.target, new_names): target for target in before.estimates.targets}
    new = {target.target: target for target in after.estimates.targets}
    pairs = ((old.get(name), new.get(name)) for name in (*new, *(name for name in old if name not in new)))
    return tuple(TargetTurn(turn, then, now) for then, now in pairs if (turn := _turn(then, now)) is not None)


def _renamed(target: str, new_names: Mapping[str, str]) -> str:
    place, dot, figure_name = target.rpartition(".")
    return f"{new_names.get(place, place)}{dot}{figure_name}"


def _turn(then: Target | None, now: Target | None) -> Turn | None:
    if then is None or now is None:
        return "new" if then is None else "gone"
    if then.met is not now.met:
        return {True: "newly met", False: "newly missed", None: "no longer known"}[now.met]  # type: ignore[return-value] # mypy widens the texts
    return None if then.wanted == now.wanted else "other wish"


def compared_flags(before: Report, after: Report, was: Mapping[Address, Address]) -> Flags:
    """The findings of two designs held against each other; `was` gives old addresses by new ones."""
    old = {(finding.rule.id, finding.address): finding for finding in before.findings}
    new, kept = [], []
    for finding in after.findings:
        then = old.pop((finding.rule.id, _old_address(finding.address, was)), None)
        if then is None:
            new.append(finding)
        else:
            kept.append((then, finding))
    unclear = {(found.rule.id, _old_address(found.address, was)) for found in after.unknown}
    told = [finding for key, finding in old.items() if key not in unclear]
    untold = [finding for key, finding in old.items() if key in unclear]
    return Flags(tuple(new), tuple(told), tuple(untold), tuple(kept))


def _old_address(address: Address, was: Mapping[Address, Address]) -> Address:
    """Where a part lay in the old design: endpoints follow their component."""
    return (*was.get(address[:2], address[:2]), *address[2:])
