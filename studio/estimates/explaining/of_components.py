"""Explanations of the figures of a component."""

from collections.abc import Callable, Mapping
from typing import Final

from studio.estimates.capacity import copies_needed
from studio.estimates.defaults import COMMON_CAUSE, ONE, SERVICE_VARIATION
from studio.estimates.explaining.explanation import IN_DESIGN, Input, Lookup, Rule
from studio.estimates.explaining.of_cost import component_cost_rule
from studio.estimates.formulas.sizing import TARGET_UTILISATION
from studio.estimates.load import carries_journeys, steps_of
from studio.estimates.numbers import Numbers
from studio.estimates.waiting import queue_of

_LAZOWSKA: Final = "utilisation law; Lazowska et al., Quantitative System Performance, 1984, chapter 3"
_FORMAT: Final = "the file format"


def _numbers(at: Lookup, name: str) -> Numbers:
    return at.estimates.working.basis.numbers[name]


def _incoming(at: Lookup, name: str) -> tuple[Input, ...]:
    callers = at.estimates.working.basis.design.callers_of[name]
    return tuple(at.figure(f"connections.{connection.id}.peak_rps") for connection in callers)


def _load(at: Lookup, name: str) -> Rule:
    """What arrives over every connection, what users start here, what it makes by itself."""
    inputs = list(_incoming(at, name))
    basis = at.estimates.working.basis
    if _numbers(at, name).is_client:
        inputs = [at.figure("traffic.peak_rps")]
        formula = "the part of the peak that enters here"
    else:
        formula = "Σ of the connections that lead to it + what enters or is made here"
    if carries_journeys(basis):
        inputs += [
            at.figure(f"journeys.{journey.id}.peak_rps")
            for journey in basis.design.journeys
            if journey.share is not None and (steps := steps_of(basis, journey)) and steps[0].source == name
        ]
    if _numbers(at, name).generates:
        inputs.append(at.component(name, "generates_rps", "requests/s"))
    return Rule(
        formula, "traffic equations λ = γ + Pᵀλ; Jackson 1957", tuple(inputs), ("peaks of all journeys coincide",)
    )


def _shape(at: Lookup, name: str) -> tuple[Input, ...]:
    """How many copies there are, as far as it is not one."""
    numbers = _numbers(at, name)
    found = [at.component(name, "instances", "instances", ONE)]
    if numbers.shards > 1:
        found += [
            at.component(name, "shards", "shards"),
            Input(f"components.{name}.hot_share", numbers.hottest_share, "", f"{IN_DESIGN}, or 1 ÷ shards"),
        ]
    if numbers.replicas:
        found.append(at.component(name, "read_replicas", "copies for each primary"))
    return tuple(found)


def _capacity(at: Lookup, name: str) -> Rule:
    one, numbers = at.component(name, "capacity_rps", "requests/s"), _numbers(at, name)
    if numbers.shards == 1 and not numbers.replicas:
        return Rule("instances × capacity of one", _LAZOWSKA, (*_shape(at, name), one))
    formula = "load at which the busiest copy is full: capacity of one × peak ÷ load of the busiest copy"
    return Rule(formula, _LAZOWSKA, (*_shape(at, name), one, *_mix(at, name)), _SPREAD)


_SPREAD: Final = (
    "writes go to primaries and are replayed by their replicas, reads go to all copies",
    "the mix of reads and writes stays as it is",
)


def _mix(at: Lookup, name: str) -> tuple[Input, ...]:
    return at.figure(f"components.{name}.peak_read_rps"), at.figure(f"components.{name}.peak_write_rps")


def _utilisation(at: Lookup, name: str) -> Rule:
    busiest = Input("load of the busiest copy", at.estimates.working.full[name].per_copy, "requests/s", _FORMAT)
    one = at.component(name, "capacity_rps", "requests/s")
    formula = "hot share × (writes ÷ instances + reads ÷ copies of one shard) ÷ capacity of one"
    return Rule(
        formula, _LAZOWSKA, (*_mix(at, name), *_shape(at, name), busiest, one), ("load spreads evenly", *_SPREAD[:1])
    )


def _instances(at: Lookup, name: str) -> Rule:
    return Rule("as given; 1 when not", _FORMAT, (at.component(name, "instances", "instances", ONE),))


def _needed(at: Lookup, name: str) -> Rule:
    inputs = (at.figure(f"components.{name}.peak_rps"), at.component(name, "capacity_rps", "requests/s"))
    return Rule("⌈load ÷ capacity of one⌉, at least 1", _LAZOWSKA, (*inputs, *_shape(at, name)[1:]))


def _recommended(at: Lookup, name: str) -> Rule:
    numbers = _numbers(at, name)
    inputs = [at.figure(f"components.{name}.peak_rps"), at.component(name, "capacity_rps", "requests/s")]
    inputs.append(
        Input("utilisation at most", TARGET_UTILISATION, "", "default of the engine (queues grow steeply beyond it)")
    )
    if numbers.zones > 1:
        inputs.append(at.component(name, "zones", "zones"))
        formula = "zones × ⌈n ÷ (zones − 1)⌉ with n = ⌈load ÷ (capacity of one × 0.7)⌉: one zone may be lost"
    else:
        formula = "⌈load ÷ (capacity of one × 0.7)⌉ + 1: one instance may be lost"
    return Rule(formula, _LAZOWSKA, tuple(inputs))


def _time(what: str) -> Callable[[Lookup, str], Rule]:
    def rule(at: Lookup, name: str) -> Rule:
        return _response(at, name, what)

    return rule


def _response(at: Lookup, name: str, what: str) -> Rule:
    numbers, latency = _numbers(at, name), at.component(name, "latency", "s")
    if numbers.is_client:
        return Rule("a client takes no time", _FORMAT)
    variation = at.component(name, "service_variation", "", SERVICE_VARIATION)
    if not numbers.queues:
        formula = f"{what} of its own service time: a vendor's service without a stated capacity makes nobody wait"
        return Rule(formula, _FORMAT, (latency, variation), ("gamma-distributed service",))
    queue = queue_of(numbers, at.estimates.working.full[name])
    inputs = [at.component(name, "capacity_rps", "requests/s"), latency, *_shape(at, name)]
    if queue is not None:
        workers = at.component(name, "workers", "requests at once")
        stated = workers.origin if workers.value is not None else "capacity × latency, at least 1"
        inputs += [
            Input("servers c", queue.servers, "", stated),
            Input("service time S", queue.service_time, "s", "workers ÷ capacity of one"),
            Input("arrivals λ", queue.arrival_rate, "requests/s", "load of the busiest copy, all copies when pooled"),
        ]
    shared = (
        "all instances share one queue" if numbers.pooled else "each instance has a queue of its own, fed at random"
    )
    assumptions = ("Poisson arrivals", "first come, first served", "steady state", shared)
    if numbers.variation == 1.0:
        formula = (
            f"{what} of wait + service in M/M/c: P(T > t) = e^(−μt)(1 + C·μt·φ((μ − θ)t)), θ = c/S − λ, C by Erlang"
        )
        return Rule(
            formula,
            "Erlang 1917; Kleinrock, Queueing Systems, 1975",
            tuple(inputs),
            (*assumptions, "exponential service"),
        )
    formula = f"{what} of wait + service in M/G/c: Erlang's C, mean wait by Whitt, gamma service"
    return Rule(formula, "Whitt, GI/G/m, 1993", (*inputs, variation), (*assumptions, "approximate"))


def _availability(at: Lookup, name: str) -> Rule:
    numbers, one = _numbers(at, name), at.component(name, "availability", "")
    if numbers.is_client:
        return Rule("a client never fails", _FORMAT)
    if name in at.estimates.working.basis.down:
        return Rule("it is down", "--down")
    if numbers.managed:
        return Rule("as its vendor promises", "the vendor's agreement; neither forecast nor bound", (one,))
    inputs = [one, *_shape(at, name)]
    needed = copies_needed(numbers, at.estimates.working.full[name])
    if needed is not None:
        inputs.append(Input("copies needed k", needed, "of each shard", "the load, at most all there are"))
    if numbers.common_cause:
        inputs.append(at.component(name, "common_cause", "", COMMON_CAUSE))
    formula = "P(at least k of n copies work) × (1 − β(1 − a)), each copy up with 1 − (1 − β)(1 − a)"
    if numbers.shards > 1:
        formula += ", to the power of the shards"
    assumptions = ["copies fail independently" if not numbers.common_cause else "a share β of failures hits all copies"]
    if numbers.zones > 1 and numbers.zone_availability is None:
        assumptions.append("zones count as independent copies: no availability of a zone is known")
    return Rule(formula, "Barlow and Proschan 1965; β factor: Fleming 1975", tuple(inputs), tuple(assumptions))


def _breaks_at(at: Lookup, name: str) -> Rule:
    inputs = [Input("load", at.estimates.load, "× today's peak", "--load"), at.figure(f"components.{name}.utilisation")]
    if at.estimates.working.load.generated[name].total:
        inputs.append(at.component(name, "generates_rps", "requests/s"))
    formula = "(1 − utilisation by load it makes itself) ÷ utilisation by users at today's peak"
    return Rule(formula, "rates are linear in the load of users", tuple(inputs), ("instances stay as they are",))


COMPONENT_RULES: Final[Mapping[str, Callable[[Lookup, str], Rule]]] = {
    "peak_rps": _load,
    "peak_read_rps": _load,
    "peak_write_rps": _load,
    "capacity_rps": _capacity,
    "utilisation": _utilisation,
    "instances": _instances,
    "instances_needed": _needed,
    "instances_recommended": _recommended,
    "mean_ms": _time("mean"),
    "p50_ms": _time("50th percentile"),
    "p95_ms": _time("95th percentile"),
    "p99_ms": _time("99th percentile"),
    "availability": _availability,
    "cost_per_month": component_cost_rule,
    "breaks_at": _breaks_at,
}
