"""The figures of every component, each None with its reason."""

from collections.abc import Mapping

from studio.estimates.basis import Numbers
from studio.estimates.capacity import Fullness
from studio.estimates.cost import component_cost
from studio.estimates.results import ComponentFigures
from studio.estimates.working import Working

PERCENTILES = {"p50_ms": 0.5, "p95_ms": 0.95, "p99_ms": 0.99}


def component_figures(working: Working, unknown: dict[str, str]) -> Mapping[str, ComponentFigures]:
    """All components in file order; reasons for what is unknown go to ``unknown``."""
    return {name: _one(working, numbers, unknown) for name, numbers in working.basis.numbers.items()}


def _one(working: Working, numbers: Numbers, unknown: dict[str, str]) -> ComponentFigures:
    full, path = working.full[numbers.id], f"components.{numbers.id}"
    is_up = numbers.id not in working.basis.down
    down, cost = working.unavailable[numbers.id], component_cost(working.basis, numbers)
    if isinstance(down, str):
        unknown[f"{path}.availability"] = down
    if isinstance(cost, str):
        unknown[f"{path}.cost_per_month"] = cost
    _missing_room(working, numbers, full, unknown)
    return ComponentFigures(
        peak_rps=full.peak,
        peak_read_rps=full.reads,
        peak_write_rps=full.writes,
        capacity_rps=full.capacity if is_up else None,
        utilisation=full.utilisation if is_up else None,
        instances=numbers.instances,
        instances_needed=full.needed,
        instances_recommended=full.recommended,
        **_times(working, numbers, unknown),
        availability=None if isinstance(down, str) else 1.0 - down,
        cost_per_month=None if isinstance(cost, str) else cost,
        breaks_at=full.breaks_at if is_up else None,
    )


def _times(working: Working, numbers: Numbers, unknown: dict[str, str]) -> dict[str, float | None]:
    law = working.laws[numbers.id]
    if isinstance(law, str):
        for name in ("mean_ms", *PERCENTILES):
            unknown[f"components.{numbers.id}.{name}"] = law
        return dict.fromkeys(("mean_ms", *PERCENTILES))
    times: dict[str, float | None] = {"mean_ms": law.mean * 1000}
    for name, probability in PERCENTILES.items():
        times[name] = law.percentile(probability) * 1000
    return times


def _missing_room(working: Working, numbers: Numbers, full: Fullness, unknown: dict[str, str]) -> None:
    """Reasons for load, capacity and what follows from both."""
    name, path = numbers.id, f"components.{numbers.id}"
    if full.peak is None:
        reason = working.load.unknown.get(name) or working.missing_peak or ""
        for figure in ("peak_rps", "peak_read_rps", "peak_write_rps"):
            unknown[f"{path}.{figure}"] = reason
    else:
        reason = f"no load of users reaches {name}"
    if numbers.is_client:
        reason = no_room = f"{name} is a client: load comes from it, it carries none"
    elif numbers.capacity is None:
        reason = no_room = f"capacity_rps of {name} is not given"
    else:
        no_room = f"{name} is down"
    sized = {"instances_needed": full.needed, "instances_recommended": full.recommended}
    for figure, value in sized.items():
        if value is None:
            unknown[f"{path}.{figure}"] = reason
    if name in working.basis.down:
        reason = no_room = f"{name} is down"
    rest: dict[str, float | None] = {
        "capacity_rps": full.capacity,
        "utilisation": full.utilisation,
        "breaks_at": full.breaks_at,
    }
    for figure, room in rest.items():
        if room is None or name in working.basis.down:
            unknown[f"{path}.{figure}"] = no_room if figure == "capacity_rps" else reason
