"""The figures of every component, each None with its reason."""

from collections.abc import Mapping, MutableMapping

from studio.estimates.capacity import Fullness
from studio.estimates.cost import component_cost
from studio.estimates.formulas.scaling import best_number
from studio.estimates.numbers import Numbers
from studio.estimates.on_demand import Rows
from studio.estimates.results import ComponentFigures
from studio.estimates.working import Working

PERCENTILES = {"p50_ms": 0.5, "p95_ms": 0.95, "p99_ms": 0.99}


def component_figures(working: Working, unknown: MutableMapping[str, str]) -> Mapping[str, ComponentFigures]:
    """All components in file order; reasons for what is unknown go to ``unknown``."""
    numbers = working.basis.numbers
    return Rows(numbers, lambda name: _one(working, numbers[name], unknown))


def _one(working: Working, numbers: Numbers, unknown: MutableMapping[str, str]) -> ComponentFigures:
    full, path = working.full[numbers.id], f"components.{numbers.id}"
    is_up = numbers.id not in working.basis.down
    down, cost = working.unavailable[numbers.id], component_cost(working, numbers)
    if isinstance(down, str):
        unknown[f"{path}.availability"] = down
    if isinstance(cost, str):
        unknown[f"{path}.cost_per_month"] = cost
    needed, recommended = full.needed, full.recommended
    _missing_room(working, numbers, full, {"instances_needed": needed, "instances_recommended": recommended}, unknown)
    return ComponentFigures(
        peak_rps=full.peak,
        peak_read_rps=full.reads,
        peak_write_rps=full.writes,
        capacity_rps=full.capacity if is_up else None,
        utilisation=full.utilisation if is_up else None,
        instances=numbers.instances,
        instances_needed=needed,
        instances_recommended=recommended,
        **_times(working, numbers, unknown),
        availability=None if isinstance(down, str) else 1.0 - down,
        cost_per_month=None if isinstance(cost, str) else cost,
        breaks_at=full.breaks_at if is_up else None,
    )


def _times(working: Working, numbers: Numbers, unknown: MutableMapping[str, str]) -> dict[str, float | None]:
    law = working.laws[numbers.id]
    if isinstance(law, str):
        for name in ("mean_ms", *PERCENTILES):
            unknown[f"components.{numbers.id}.{name}"] = law
        return dict.fromkeys(("mean_ms", *PERCENTILES))
    times: dict[str, float | None] = {"mean_ms": law.mean * 1000}
    for name, probability in PERCENTILES.items():
        times[name] = law.percentile(probability) * 1000
    return times


def _missing_room(
    working: Working,
    numbers: Numbers,
    full: Fullness,
    sizes: Mapping[str, int | None],
    unknown: MutableMapping[str, str],
) -> None:
    """Reasons for load, capacity and what follows from both."""
    name, path = numbers.id, f"components.{numbers.id}"
    reason = f"no load of users reaches {name}"
    if full.peak is None:
        reason = working.load.unknown.get(name) or working.missing_peak or ""
        unknown.update({f"{path}.{figure}": reason for figure in ("peak_rps", "peak_read_rps", "peak_write_rps")})
    no_room = _no_room(numbers)
    is_down = name in working.basis.down
    for figure, size in sizes.items():
        if size is None:
            unknown[f"{path}.{figure}"] = _too_shared(numbers) if full.utilisation is not None else no_room or reason
    for figure, room in (("utilisation", full.utilisation), ("breaks_at", full.breaks_at)):
        if room is None or is_down:
            unknown[f"{path}.{figure}"] = f"{name} is down" if is_down else no_room or reason
    if full.capacity is None or is_down:
        unknown[f"{path}.capacity_rps"] = f"{name} is down" if is_down else no_room or reason


def _too_shared(numbers: Numbers) -> str:
    """Why no number of instances is enough."""
    words = f"no number of instances of {numbers.id} carries its load: they share too much (contention, coherence)"
    best = best_number(numbers.contention, numbers.coherence)
    return words if best is None else f"{words}, and more than {best:.0f} carry less"


def _no_room(numbers: Numbers) -> str | None:
    """Why nothing can be said of how full a component is; None when something can."""
    if numbers.is_client:
        return f"{numbers.id} is a client: load comes from it, it carries none"
    return f"capacity_rps of {numbers.id} is not given" if numbers.capacity is None else None
