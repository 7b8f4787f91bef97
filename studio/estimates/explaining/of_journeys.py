"""Explanations of connections, journeys and the design as a whole."""

from collections.abc import Callable, Mapping
from typing import Final

from studio.estimates.calling import amplifications
from studio.estimates.defaults import CALLS_PER_REQUEST, FIRST_BACKOFF, NETWORK_ROUND_TRIP, ONE
from studio.estimates.explaining.explanation import IN_DESIGN, Input, Lookup, Rule
from studio.estimates.explaining.of_cost import total_cost_rule
from studio.estimates.formulas.availability import SECONDS_PER_MONTH
from studio.estimates.independence import assumptions as independence
from studio.estimates.journeys import Call, way
from studio.estimates.load import steps_of
from studio.estimates.numbers import known
from studio.estimates.reliability import deciding_journeys, hard_parts
from studio.model.behaviour import Journey

_FORMAT: Final = "the file format"


def _carried(at: Lookup, name: str) -> Rule:
    basis = at.estimates.working.basis
    connection = basis.design.connection[name]
    inputs = [
        at.figure(f"components.{connection.source}.peak_rps"),
        at.connection(connection, "calls_per_request", "calls", CALLS_PER_REQUEST),
        Input(
            f"connections.{name}.traffic", connection.traffic or "all", "", IN_DESIGN if connection.traffic else _FORMAT
        ),
    ]
    caches = [connection.on_miss_of] if connection.on_miss_of is not None else []
    if basis.numbers[connection.source].kind in ("cdn", "cache"):
        caches.append(connection.source)
    inputs += [at.component(cache, "hit_ratio", "") for cache in dict.fromkeys(caches)]
    formula = "rate at its source (reads, writes or both) × calls per request × (1 − hits of the cache it waits for)"
    return Rule(formula, "traffic equations; Jackson 1957", tuple(inputs), ("one try for each call: retries add load",))


def _worst_case(at: Lookup, name: str) -> Rule:
    connection = at.estimates.working.basis.design.connection[name]
    inputs = [
        at.connection(connection, "timeout", "s"),
        at.connection(connection, "attempts", "tries", ONE),
        Input(
            f"connections.{name}.backoff",
            connection.backoff or "none",
            "",
            IN_DESIGN if connection.backoff else _FORMAT,
        ),
    ]
    if connection.backoff in ("fixed", "exponential"):
        inputs.append(Input("first pause", FIRST_BACKOFF.value, "s", FIRST_BACKOFF.origin))
    return Rule("timeout × attempts + Σ back-off", "Google SRE book, Addressing Cascading Failures", tuple(inputs))


def _amplification(at: Lookup, name: str) -> Rule:
    basis = at.estimates.working.basis
    connection = basis.design.connection[name]
    found = amplifications(basis)
    above = [found[other.id] for other in basis.design.callers_of[connection.source] if other.is_synchronous]
    inputs = (
        at.connection(connection, "attempts", "tries", ONE),
        Input(
            "amplification on the way to it",
            max(above, default=1),
            "calls per request",
            "attempts of its callers' calls",
        ),
    )
    return Rule("attempts × the amplification on the way to it", "3 layers × 4 attempts = 64; Google SRE book", inputs)


def _journey(at: Lookup, name: str) -> Journey:
    return next(journey for journey in at.estimates.working.basis.design.journeys if journey.id == name)


def _rate(at: Lookup, name: str) -> Rule:
    journey, basis = _journey(at, name), at.estimates.working.basis
    steps = steps_of(basis, journey)
    if journey.share is None and steps and basis.numbers[steps[0].source].generates:
        made = at.component(steps[0].source, "generates_rps", "requests/s")
        return Rule("what its first component makes by itself", _FORMAT, (made,))
    given = Input(f"journeys.{name}.share", known(journey.share), "", IN_DESIGN)
    return Rule("share × peak", _FORMAT, (given, at.figure("traffic.peak_rps")))


def _mean(at: Lookup, name: str) -> Rule:
    return _response(
        at, name, "Σ over its calls of number × chance × (network + own mean + what lies below)", "mean_ms"
    )


def _percentile(share: str) -> Callable[[Lookup, str], Rule]:
    def rule(at: Lookup, name: str) -> Rule:
        formula = f"{share} percentile of the law of its calls put together: Laplace transforms multiplied, turned back"
        return _response(at, name, formula, f"p{share[:2]}_ms")

    return rule


def _response(at: Lookup, name: str, formula: str, figure: str) -> Rule:
    journey = _journey(at, name)
    found = way(at.estimates.working.basis, journey)
    inputs: list[Input] = []
    for call in _flat(found.calls):
        connection = call.connection
        inputs += [
            at.connection(connection, "network", "s", NETWORK_ROUND_TRIP),
            at.figure(f"components.{connection.target}.{figure}"),
        ]
        if connection.timeout is not None:
            inputs.append(at.connection(connection, "timeout", "s"))
    assumptions = (
        *independence(journey, found),
        "percentiles do not add: they come from the whole law",
        "timeouts cut off; the slowest of parallel calls decides",
        "nobody waits for asynchronous steps",
    )
    return Rule(formula, "Jackson 1957; Abate and Whitt 2006; Dean and Barroso 2013", tuple(inputs), assumptions)


def _flat(calls: tuple[Call, ...]) -> list[Call]:
    found, open_calls = list[Call](), list(calls)
    while open_calls:
        call = open_calls.pop(0)
        found.append(call)
        open_calls[:0] = call.below
    return found


def _journey_availability(at: Lookup, name: str) -> Rule:
    parts = hard_parts(at.estimates.working.basis, _journey(at, name))
    inputs = tuple(at.figure(f"components.{part}.availability") for part in parts)
    assumptions = (
        "parts fail independently; one met twice counts once",
        "soft calls, calls with a fallback and asynchronous work drop out; the broker that takes work over counts",
    )
    return Rule("Π of its hard parts", "The Calculus of Service Availability, 2017", inputs, assumptions)


def _worst(figure: str, words: str) -> Callable[[Lookup], Rule]:
    def rule(at: Lookup) -> Rule:
        inputs = tuple(at.figure(f"journeys.{name}.{figure}") for name in deciding_journeys(at.estimates.working.basis))
        return Rule(f"{words} of the journeys that realise a must requirement (of all when none does)", _FORMAT, inputs)

    return rule


def _downtime(at: Lookup) -> Rule:
    formula = f"(1 − availability) × {SECONDS_PER_MONTH // 60:,} min"
    return Rule(formula, "AWS Reliability Pillar", (at.figure("availability"),), ("a month has 30 days",))


def _breaks_first(at: Lookup) -> Rule:
    inputs = tuple(at.figure(f"components.{name}.breaks_at") for name in at.estimates.components)
    sure = tuple(given for given in inputs if given.value is not None)
    return Rule(
        "the smallest breaks_at of all components",
        _FORMAT,
        sure,
        ("instances stay as they are", "components whose own breaking point is unknown are left out"),
    )


CONNECTION_RULES: Final[Mapping[str, Callable[[Lookup, str], Rule]]] = {
    "peak_rps": _carried,
    "worst_case_ms": _worst_case,
    "retry_amplification": _amplification,
}
JOURNEY_RULES: Final[Mapping[str, Callable[[Lookup, str], Rule]]] = {
    "peak_rps": _rate,
    "mean_ms": _mean,
    "p50_ms": _percentile("50th"),
    "p95_ms": _percentile("95th"),
    "p99_ms": _percentile("99th"),
    "availability": _journey_availability,
}
TOP_RULES: Final[Mapping[str, Callable[[Lookup], Rule]]] = {
    "availability": _worst("availability", "the lowest"),
    "downtime_minutes_per_month": _downtime,
    "p50_ms": _worst("p50_ms", "the highest"),
    "p99_ms": _worst("p99_ms", "the highest"),
    "cost_per_month": total_cost_rule,
    "breaks_first.at": _breaks_first,
}
