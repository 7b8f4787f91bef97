"""Where a figure comes from: formula, inputs with their origin, assumptions, source."""

from collections.abc import Callable, Mapping

from studio.estimates.engine import Estimates
from studio.estimates.explaining.explanation import Explanation, Input, Lookup, Rule, unit_of
from studio.estimates.explaining.of_backlogs import BACKLOG_RULES
from studio.estimates.explaining.of_calls import CALL_BUDGET_RULES, explain_limit
from studio.estimates.explaining.of_components import COMPONENT_RULES
from studio.estimates.explaining.of_cost import UNIT_COST_RULES
from studio.estimates.explaining.of_demand import AI_RULES, TRAFFIC_RULES
from studio.estimates.explaining.of_error_budget import ERROR_BUDGET_RULES
from studio.estimates.explaining.of_journeys import CONNECTION_RULES, JOURNEY_RULES, TOP_RULES
from studio.estimates.explaining.of_questions import of_growth, of_loss, of_range, of_rung, of_target
from studio.estimates.figures import UnknownFigure, figure, full_path
from studio.model.design import Design

__all__ = ["Explanation", "Input", "UnknownFigure", "explain"]

_PARTS: Mapping[str, Mapping[str, Callable[[Lookup, str], Rule]]] = {
    "components": COMPONENT_RULES,
    "connections": CONNECTION_RULES,
    "call_budgets": CALL_BUDGET_RULES,
    "backlogs": BACKLOG_RULES,
    "journeys": JOURNEY_RULES,
}
_WHOLE: Mapping[str, Mapping[str, Callable[[Lookup], Rule]]] = {
    "traffic": TRAFFIC_RULES,
    "ai": AI_RULES,
    "unit_cost": UNIT_COST_RULES,
    "error_budget": ERROR_BUDGET_RULES,
}


_QUESTIONS: Mapping[str, Callable[[Lookup, str], Explanation]] = {
    "targets": of_target,
    "ladder": of_rung,
    "growth": of_growth,
    "blast_radius": of_loss,
}


def explain(design: Design, estimates: Estimates, name: str) -> Explanation:
    """The explanation of a figure of ``estimates``, which must be those of ``design``.

    ``name`` is a path such as `components.api.p99_ms` or a short name such as `peak_rps`. Raises `UnknownFigure`, a
    LookupError whose text names the nearest figure, when there is none of that name.
    """
    if design is not estimates.working.basis.design and design != estimates.working.basis.design:
        raise ValueError("the estimates are those of another design")
    path, at = full_path(name), Lookup(estimates)
    answer = _QUESTIONS.get(path.partition(".")[0])
    if answer is not None:
        return answer(at, path)
    if path.startswith("ranges."):
        return of_range(at, path, lambda inner: explain(design, estimates, inner))
    value = figure(estimates, path)
    if path.startswith("limits."):
        limit = next(limit for limit in estimates.limits if f"limits.{limit.path}" == path)
        return explain_limit(at, limit)
    rule = _rule(at, path)
    return Explanation(
        path,
        value,
        unit_of(path),
        rule.formula,
        rule.inputs,
        rule.assumptions,
        rule.source,
        estimates.unknown.get(path.removesuffix(".at")) if value is None else None,
    )


def _rule(lookup: Lookup, path: str) -> Rule:
    section, *rest = path.split(".")
    if section in _WHOLE:
        return _WHOLE[section][rest[0]](lookup)
    if section in _PARTS:
        return _PARTS[section][rest[1]](lookup, rest[0])
    return TOP_RULES[path](lookup)
