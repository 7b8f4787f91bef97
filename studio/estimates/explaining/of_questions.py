"""Explanations of answers to questions: targets, what breaks, growth, losses."""

from collections.abc import Callable, Mapping
from typing import Final

from studio.estimates.explaining.explanation import FIGURE, IN_DESIGN, Explanation, Input, Lookup, unit_of
from studio.estimates.figures import UnknownFigure, figure
from studio.estimates.numbers import known
from studio.estimates.recovery import data_loss, restore_time, systems_of_record
from studio.estimates.what_breaks.ladder import ASSUMPTIONS

_FORMAT: Final = "the file format"
_PATHS: Final = {
    "p50_ms": "requirements.performance.p50", "p99_ms": "requirements.performance.p99",
    "availability": "requirements.availability.target", "cost_per_month": "requirements.cost.budget_per_month",
    "recovery_time_minutes": "requirements.availability.recovery_time",
    "recovery_point_minutes": "requirements.availability.recovery_point",
}  # fmt: skip


def of_target(at: Lookup, path: str) -> Explanation:
    """What is held against what: `targets.p99_ms`."""
    name = path.removeprefix("targets.")
    target = next((target for target in at.estimates.targets if target.target == name), None)
    if target is None:
        raise UnknownFigure(f"there is no target {name}")
    unit = unit_of(name) or ("min" if name.endswith("_minutes") else "")
    wanted = Input(_PATHS.get(name, name.removesuffix("_ms")), target.wanted, unit, IN_DESIGN)
    inputs = _restores(at, name) if name.startswith("recovery_") else (at.figure(name),)
    sign = "≥" if name.endswith("availability") else "≤"
    assumptions = () if target.to_meet is None else (f"met with {target.to_meet}",)
    formula = f"got {sign} wanted; margin as a share of what is allowed"
    reason = None if target.got is not None else at.estimates.unknown.get(name) or "nobody said how long it takes"
    return Explanation(path, target.got, unit, formula, (wanted, *inputs), assumptions, _FORMAT, reason)


def _restores(at: Lookup, name: str) -> tuple[Input, ...]:
    """What the systems of record say of their backups and copies."""
    each, field = (restore_time, "restore_time") if "time" in name else (data_loss, "every, or its lag")
    return tuple(
        Input(f"components.{store.id}.backup.{field}", each(store), "s", IN_DESIGN)
        for store in systems_of_record(at.estimates.working.basis)
    )


def of_rung(at: Lookup, path: str) -> Explanation:
    """One rung of the ladder, counted from 0: `ladder.3`, or one of its figures."""
    number, _, field = path.removeprefix("ladder.").partition(".")
    rungs = at.estimates.ladder
    if not number.isdecimal() or int(number) >= len(rungs) or field not in ("", "at", "cost_per_month", "holds_until"):
        raise UnknownFigure(f"there is no rung {path}; the ladder has {len(rungs)}, counted from ladder.0")
    rung = rungs[int(number)]
    inputs = tuple(Input(name, value, unit_of(name), "on this rung") for name, value in rung.inputs.items())
    field = field or "at"
    formulas = {
        "at": f"the smallest multiple at which: {rung.why}",
        "cost_per_month": f"copies × cost, with this and all lower fixes, + use × the multiple: {rung.fix}",
        "holds_until": f"the multiple at which it breaks again with: {rung.fix}",
    }
    value = getattr(rung, field)
    reason = None if value is not None else "a price is not given, or it does not break again"
    unit = unit_of(path) or "× today's peak"
    return Explanation(path, value, unit, formulas[field], inputs, ASSUMPTIONS, "operational analysis", reason)


_GROWTH: Final[Mapping[str, str]] = {
    "multiple": "requirements.scale.growth",
    "cost_per_month_today": "the design's cost_per_month",
    "stored_bytes_per_month": "today's × the growth",
    "tokens_per_month": "today's × the growth",
    "frozen.p99_ms": "p99 of the worst must journey at that load with today's copies",
    "frozen.cost_per_month": "today's copies + use and tokens × the growth + support",
    "sized.p99_ms": "p99 of the worst must journey at that load with the instances recommended there",
    "sized.cost_per_month": "copies of the recommended instances + use and tokens × the growth + support",
    "sized.cost_per_thousand_requests": "that cost ÷ (requests a month × the growth) × 1,000",
    "sized.cost_factor": "that cost ÷ today's",
}


def of_growth(at: Lookup, path: str) -> Explanation:
    """A figure of the design at the load it is to survive: `growth.sized.cost_per_month`."""
    found, name = at.estimates.growth, path.removeprefix("growth.")
    if found is None or name not in _GROWTH:
        raise UnknownFigure(f"there is no figure {path}" + ("" if found else "; the load of today is not known"))
    part, _, field = name.rpartition(".")
    value = getattr(getattr(found, part) if part else found, field)
    inputs = (
        Input("growth", found.multiple, "× today's use", found.origin),
        Input("cost_per_month", found.cost_per_month_today, "USD/month", FIGURE),
        *(Input(f"instances of {id_}", count, "", "recommended there") for id_, count in found.sized.instances.items()),
    )
    reason = None if value is not None else "something is overloaded there, or a price or time is not given"
    return Explanation(path, value, unit_of(path), _GROWTH[name], inputs, ASSUMPTIONS[2:], "utilisation law", reason)


def of_loss(at: Lookup, path: str) -> Explanation:
    """How much of all requests a loss stops or makes worse: `blast_radius.stopped_share`."""
    field = path.removeprefix("blast_radius.")
    if field not in ("stopped_share", "degraded_share", "stopped_rps"):
        raise UnknownFigure(f"there is no figure {path}")
    radius = at.estimates.blast_radius
    hit = radius.degraded if field.startswith("degraded") else radius.stopped
    inputs = tuple(Input(f"journeys.{one.journey}.share", one.share, "", IN_DESIGN) for one in hit)
    value = getattr(radius, field)
    formula = "Σ of the shares of the journeys it hits" + (" × the peak" if field == "stopped_rps" else "")
    reason = None if value is not None else "a journey it hits has no share"
    assumptions = ("a journey stops when a part it cannot do without is gone",)
    return Explanation(path, value, unit_of(path), formula, inputs, assumptions, "Chaos Engineering, 2020", reason)


def of_range(at: Lookup, path: str, explained: Callable[[str], Explanation]) -> Explanation:
    """A figure that varies, under its name in `ranges`; or the chance that a target is met."""
    name = path.removeprefix("ranges.")
    if not name.startswith("probability_met."):
        return explained(name)
    target = name.removeprefix("probability_met.")
    ranges = at.estimates.ranges
    if target not in ranges.probability_met:
        raise UnknownFigure(f"there is no figure {path}")
    wanted = next(one.wanted for one in at.estimates.targets if one.target == target)
    inputs = (
        Input("samples", ranges.samples, "", "the engine"),
        Input(_PATHS.get(target, target), known(wanted), unit_of(target), IN_DESIGN),
        Input(target, figure(at.estimates, target), unit_of(target), FIGURE),
    )
    formula = "samples that meet the target ÷ all samples"
    return Explanation(path, ranges.probability_met[target], "", formula, inputs, (), "Monte Carlo", None)
