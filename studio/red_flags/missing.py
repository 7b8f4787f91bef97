"""Which fields would tell a figure that is unknown: dotted, each once, in file order."""

from collections.abc import Iterable

from studio.estimates.journeys import way
from studio.estimates.reliability import hard_parts
from studio.model.behaviour import Journey
from studio.model.component import Component
from studio.red_flags.facts import ENTERING_LOAD, Facts

TOKENS = ("requests_per_user_per_day", "input_tokens", "output_tokens")


def of_load(facts: Facts) -> tuple[str, ...]:
    """What is missing to know how much load enters, and where."""
    return facts.silent_about_load


def of_peak(component: Component, facts: Facts) -> tuple[str, ...]:
    """What is missing to know a component's load: how much enters, and how much of it caches answer."""
    found = of_load(facts) or facts.silent_hit_ratios
    return found or tuple(f"connections.{c.id}.calls_per_request" for c in facts.design.callers_of[component.id])


def of_utilisation(component: Component, facts: Facts) -> tuple[str, ...]:
    """What is missing to know how busy a component is."""
    figures = facts.estimates.components[component.id]
    load = of_peak(component, facts) if figures.peak_rps is None else ()
    return load + ((f"components.{component.id}.capacity_rps",) if facts.numbers(component).capacity is None else ())


def of_availability(journey: Journey, facts: Facts) -> tuple[str, ...]:
    """What is missing to know how often a journey works."""
    parts = hard_parts(facts.estimates.working.basis, journey)
    silent = (
        c for c in facts.design.components if c.id in parts and facts.estimates.components[c.id].availability is None
    )
    return _each(
        of_utilisation(c, facts) if facts.numbers(c).availability is not None else (f"components.{c.id}.availability",)
        for c in silent
    )


def of_response_time(journey: Journey, facts: Facts) -> tuple[str, ...]:
    """What is missing to know how long a journey takes."""
    reached = way(facts.estimates.working.basis, journey).reached
    found = [c for c in facts.design.components if c.id in reached and c.kind != "client"]
    times = _each(of_own_time(c, facts) for c in found if facts.estimates.components[c.id].p99_ms is None)
    return times or facts.silent_hit_ratios or of_load(facts)


def of_own_time(component: Component, facts: Facts) -> tuple[str, ...]:
    """What is missing to know how long one component takes."""
    latency = (f"components.{component.id}.latency",) if facts.numbers(component).latency is None else ()
    return latency or of_utilisation(component, facts)


def of_cost(facts: Facts) -> tuple[str, ...]:
    """The costs nobody gave; a client costs nothing."""
    silent = (c for c in facts.design.components if c.kind != "client")
    return tuple(
        f"components.{c.id}.cost_per_month" for c in silent if facts.estimates.components[c.id].cost_per_month is None
    )


def of_tokens(facts: Facts) -> tuple[str, ...]:
    """What is missing to know what calls of language models cost."""
    wanted = facts.design.requirements.ai
    if wanted is None:
        return (*(f"requirements.ai.{name}" for name in TOKENS), "requirements.ai.price_per_million_tokens")
    found = [f"requirements.ai.{name}" for name in TOKENS if getattr(wanted, name) is None]
    if wanted.price_per_million_tokens is None:
        sides = ("input_price_per_million_tokens", "output_price_per_million_tokens")
        given = [side for side in sides if getattr(wanted, side) is not None]
        silent = [side for side in sides if side not in given] if given else ["price_per_million_tokens"]
        found += [f"requirements.ai.{side}" for side in silent]
    if facts.design.requirements.scale.daily_active_users is None:
        found.append("requirements.scale.daily_active_users")
    return tuple(found)


def of_figure(path: str, facts: Facts) -> tuple[str, ...]:
    """What is missing to know a figure, by its path in the estimates; empty when nothing is: then the figure has no
    value, because something is down or overloaded."""
    section, *rest = path.split(".")
    match section, rest:
        case "components", [id_, name]:
            return _of_component(facts.design.component[id_], name, facts)
        case "connections", [id_, name]:
            callee = facts.design.component[facts.design.connection[id_].target]
            return (f"connections.{id_}.timeout",) if name == "worst_case_ms" else of_peak(callee, facts)
        case "journeys", [id_, name]:
            return _each(_of_journey(j, name, facts) for j in facts.design.journeys if j.id == id_)
        case "traffic", [name]:
            return _of_traffic(name, facts)
        case "ai", _:
            return of_tokens(facts)
        case "cost_per_month", _:
            return (*of_cost(facts), *(of_tokens(facts) if facts.estimates.ai else ()))
    musts = facts.must_journeys
    return _each(_of_journey(j, section, facts) for j in musts) if musts else ("journeys",)


def _of_component(component: Component, name: str, facts: Facts) -> tuple[str, ...]:
    if name.endswith("_ms"):
        return of_own_time(component, facts)
    if name == "cost_per_month":
        return (f"components.{component.id}.cost_per_month",)
    if name == "availability" and facts.numbers(component).availability is None:
        return (f"components.{component.id}.availability",)
    return of_utilisation(component, facts)


def _of_journey(journey: Journey, name: str, facts: Facts) -> tuple[str, ...]:
    if not journey.steps:
        return (f"journeys.{journey.id}.steps",)
    if name in ("availability", "downtime_minutes_per_month"):
        return of_availability(journey, facts)
    if name == "peak_rps":
        return of_load(facts) or ((f"journeys.{journey.id}.share",) if journey.share is None else ())
    return of_response_time(journey, facts)


def _of_traffic(name: str, facts: Facts) -> tuple[str, ...]:
    scale = facts.design.requirements.scale
    size = "record_size" if name.startswith("stored") else "request_size" if "bytes" in name else None
    wanted = (*ENTERING_LOAD, *((size,) if size else ()))
    found = [f"requirements.scale.{field}" for field in wanted if getattr(scale, field) is None]
    if name == "stored_bytes_total" and scale.retention is None and scale.horizon is None:
        found.append("requirements.scale.retention")
    return tuple(found)


def _each(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(field for group in groups for field in group))
