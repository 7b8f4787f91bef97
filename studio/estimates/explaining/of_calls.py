"""Explanations of call budgets and of limits."""

from collections.abc import Callable, Mapping
from typing import Final

from studio.estimates.defaults import NETWORK_ROUND_TRIP, ONE
from studio.estimates.explaining.explanation import IN_DESIGN, Explanation, Input, Lookup, Rule
from studio.estimates.numbers import known
from studio.estimates.sides.limits import Limit
from studio.model.connection import Connection

_SRE: Final = "Google SRE book, Addressing Cascading Failures"
_STORMS: Final = "Bronson et al., Metastable Failures, HotOS 2021"
_LITTLE: Final = "Little's law; Little 1961"


def _connection(at: Lookup, name: str) -> Connection:
    return at.estimates.working.basis.connection[name]


def _deadline(at: Lookup, name: str) -> Rule:
    connection = _connection(at, name)
    above = at.estimates.working.basis.design.callers_of[connection.source]
    inputs = [at.connection(connection, "timeout", "s")]
    inputs += [at.figure(f"call_budgets.{call.id}.deadline_ms") for call in above if call.is_synchronous]
    return Rule("the shortest timeout of this call and of the calls that lead to it", _SRE, tuple(inputs))


def _worst(at: Lookup, name: str) -> Rule:
    return Rule("timeout × attempts + Σ back-off", _SRE, (at.figure(f"connections.{name}.worst_case_ms"),))


def _below(at: Lookup, name: str) -> Rule:
    basis = at.estimates.working.basis
    inner = basis.synchronous_calls.get(_connection(at, name).target, ())
    inputs = tuple(at.figure(f"connections.{call.id}.worst_case_ms") for call in inner)
    formula = "Σ of the worst cases of its callee's own calls on the worst journey; calls at once count by the longest"
    return Rule(formula, _SRE, inputs, ("nobody passes a deadline on",))


def _times(at: Lookup, name: str) -> tuple[Input, ...]:
    connection = _connection(at, name)
    inputs = [
        at.figure(f"components.{connection.target}.mean_ms"),
        at.connection(connection, "network", "s", NETWORK_ROUND_TRIP),
        at.connection(connection, "timeout", "s"),
        at.connection(connection, "attempts", "tries", ONE),
    ]
    if at.estimates.working.basis.numbers[connection.target].error_ratio:
        inputs.append(at.component(connection.target, "error_ratio", ""))
    if connection.hedge_after is not None:
        inputs.append(at.connection(connection, "hedge_after", "s"))
    if connection.retry_budget is not None:
        inputs.append(at.connection(connection, "retry_budget", ""))
    return tuple(inputs)


_TAIL: Final = (
    "work that is given up still runs to its end",
    "where the callee calls on, the tail of its answer is that of the gamma law with its mean and variance",
)


def _too_late(at: Lookup, name: str) -> Rule:
    return Rule("P(network + answer of the callee > timeout)", _STORMS, _times(at, name), _TAIL)


def _expected(at: Lookup, name: str) -> Rule:
    inputs = (at.figure(f"call_budgets.{name}.too_late"), *_times(at, name))
    formula = "1 + p + … + pⁿ⁻¹ with p = P(one try fails), at the load these tries make: a fixed point"
    if _connection(at, name).retry_budget is not None:
        formula += "; at most 1 + the retry budget"
    return Rule(formula, _STORMS, inputs, _TAIL)


def _gives_up(at: Lookup, name: str) -> Rule:
    inputs = (at.figure(f"call_budgets.{name}.too_late"), *_times(at, name))
    return Rule("pⁿ with p = P(one try fails)", _STORMS, inputs, ("tries fail independently", *_TAIL))


CALL_BUDGET_RULES: Final[Mapping[str, Callable[[Lookup, str], Rule]]] = {
    "deadline_ms": _deadline,
    "worst_case_ms": _worst,
    "below_ms": _below,
    "too_late": _too_late,
    "expected_attempts": _expected,
    "gives_up": _gives_up,
}


def explain_limit(at: Lookup, limit: Limit) -> Explanation:
    """What a limit's use is worked out from."""
    _, name, field = limit.path.split(".")[:3]
    field, _, store = field.partition(" → ")
    rule = _LIMIT_RULES[field](at, name, store)
    most = Input("limit", limit.most, "", f"{limit.path} {IN_DESIGN} or its technology, × what there is of it")
    unit = "requests/s" if field == "quota_rps" else ""
    return Explanation(
        f"limits.{limit.path}", limit.used, unit, rule.formula, (*rule.inputs, most), rule.assumptions, rule.source,
        limit.reason,
    )  # fmt: skip


def _workers(at: Lookup, name: str, _: str) -> Rule:
    visits = at.estimates.working.visits(name)
    inputs = [at.figure(f"components.{name}.peak_rps"), at.figure(f"components.{name}.mean_ms")]
    inputs += [at.figure(f"components.{visit.connection.target}.mean_ms") for visit in visits]
    formula = "rate × (own service time + Σ calls × (network + their answers)) in one queue"
    return Rule(formula, _LITTLE, tuple(inputs), ("a worker waits for the calls it makes: blocking = true",))


def _pool(at: Lookup, name: str, store: str) -> Rule:
    basis = at.estimates.working.basis
    calls = [call for call in basis.synchronous_calls.get(name, ()) if call.target == store]
    inputs = [at.figure(f"connections.{call.id}.peak_rps") for call in calls]
    inputs += [at.figure(f"components.{store}.mean_ms"), at.component(name, "pool_size", "connections")]
    formula = f"calls/s to {store} × (network + its answer)"
    return Rule(formula, _LITTLE, tuple(inputs), ("a connection is held for the whole answer",))


def _connections(at: Lookup, name: str, _: str) -> Rule:
    basis = at.estimates.working.basis
    callers = dict.fromkeys(call.source for call in basis.design.callers_of[name])
    inputs: list[Input] = []
    for caller in callers:
        if basis.design.component[caller].pool_size is not None:
            inputs.append(at.component(caller, "pool_size", "connections"))
            inputs.append(at.component(caller, "instances", "instances", ONE))
    inputs.append(at.component(name, "max_connections", "connections"))
    formula = "Σ of its callers' pools × their instances, and of the calls in flight of callers without a pool"
    return Rule(formula, _LITTLE, tuple(inputs), ("pools are open whether busy or not",))


def _quota(at: Lookup, name: str, _: str) -> Rule:
    inputs = (at.figure(f"components.{name}.peak_rps"), at.component(name, "quota_rps", "requests/s"))
    return Rule("its load at peak", "the vendor's agreement", inputs)


def _stated(at: Lookup, name: str, _: str) -> Rule:
    found = []
    for limit in at.estimates.working.basis.design.component[name].limits:
        path = f"components.{name}.limits.{limit.id}"
        found.append(Input(f"{path}.now", known(limit.now), "", IN_DESIGN))
        found.append(Input(f"{path}.grows_with", limit.grows_with, "", IN_DESIGN))
    formula = "as given; × the load where it grows with the load"
    return Rule(formula, "the design", tuple(found))


_LIMIT_RULES: Final[Mapping[str, Callable[[Lookup, str, str], Rule]]] = {
    "workers": _workers,
    "pool_size": _pool,
    "max_connections": _connections,
    "quota_rps": _quota,
    "limits": _stated,
}
