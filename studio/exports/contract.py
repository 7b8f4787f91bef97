"""contract.json: the contract for coding agents as data, for programs that hold code against it."""

import json
from collections.abc import Iterable
from typing import Any, Final

from studio.analysis import Analysis
from studio.exports.agreement.facts import (
    is_built,
    is_open,
    is_settled,
    model_hash,
    opened_by,
    rules_of,
    settings,
    touching,
    undecided,
)
from studio.exports.agreement.numbers import milliseconds, number, seconds
from studio.exports.agreement.scope import Scope
from studio.exports.agreement.trials import every_test
from studio.exports.frame.options import PLAIN, Options
from studio.model.behaviour import AppliedPattern, Data
from studio.model.component import AgentLimits, Component, Endpoint
from studio.model.connection import Connection
from studio.model.design import Design
from studio.model.records import Decision
from studio.red_flags.report import Finding
from studio.text import visible_json

SUFFIX = ".contract.json"
_BUDGET: Final = ("peak_rps", "utilisation", "mean_ms", "p99_ms", "availability", "cost_per_month")


def render(design: Design, analysis: Analysis, options: Options = PLAIN) -> str:
    """JSON with two blanks of indent: `"format": 1` first, then everything an agent may and may not do.

    What nobody has decided is null and named under `undecided`; what cannot be known is null and has its reason under
    `unknown`. Units are in the names; money is US dollars a month. `docs/contract.schema.json` describes it.
    """
    del options
    return visible_json(json.dumps(contract(design, analysis), ensure_ascii=False, indent=2)) + "\n"


def contract(design: Design, analysis: Analysis) -> dict[str, Any]:
    """The same as dictionaries and lists."""
    return {
        "format": 1,
        "design": design.design.name,
        "model_hash": model_hash(design),
        "calls_not_listed": "forbidden",
        "components": {c.id: _component(analysis, c) for c in design.components},
        "allowed_calls": {c.id: _call(design, c) for c in design.connections},
        "data": {d.id: _data(design, d) for d in design.data},
        "settings": settings(design),
        "targets": [{"target": t.target, "wanted": t.wanted} for t in analysis.estimates.targets],
        "security": {
            name: getattr(design.requirements.security, name)
            for name in ("authentication", "authorization", "data_protection")
        },
        "consistency": {
            "need": design.requirements.consistency.need,
            "during_partition": design.requirements.consistency.during_partition,
        },
        "patterns": [_pattern(analysis, applied) for applied in design.patterns],
        "tests": [{"kind": test.kind, "on": list(test.on), "says": test.says} for test in every_test(Scope(analysis))],
        "requirements": {
            r.id: {"text": r.text, "priority": r.priority, "realised_by": list(r.realised_by)}
            for r in design.requirements.functional
        },
        "not_to_build": list(design.design.non_goals),
        "decisions": {d.id: _decision(d) for d in design.decisions},
        "questions": {q.id: {"text": q.text, "ask": q.ask} for q in design.questions},
        "undecided": list(undecided(design)),
        "known_limits": [_limit(finding) for finding in analysis.report.findings],
        "unknown": _unknown(analysis),
    }


def _component(analysis: Analysis, component: Component) -> dict[str, Any]:
    found = analysis.estimates.components[component.id]
    return {
        "name": component.label,
        "kind": component.kind,
        "built_here": is_built(component),
        **_given(component, ("technology", "owner", "group", "purpose", "state", "health_check", "rate_limit")),
        **_given(component, ("tenancy", "guard", "invalidation", "pool_size", "encrypted_at_rest")),
        "ttl_s": seconds(component.ttl),
        "responsibilities": list(component.responsibilities),
        "regions": list(component.regions),
        "instances": component.copies,
        "max_instances": component.autoscale.max if component.autoscale else None,
        "agent_limits": _agent_limits(component.limits_of_agent),
        "endpoints": {e.id: _endpoint(e) for e in component.endpoints},
        "publishes": list(component.publishes),
        "consumes": list(component.consumes),
        "schema": component.schema_text,
        "failures": {f.id: _given(f, ("mode", "effect", "detection", "mitigation")) for f in component.failures},
        "budget": {name: number(getattr(found, name)) for name in _BUDGET} if component.kind != "client" else None,
    }


def _given(part: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(part, name) for name in names}


def _agent_limits(limits: AgentLimits | None) -> dict[str, Any] | None:
    if limits is None:
        return None
    cost, deadline = number(limits.cost), seconds(limits.deadline)
    return {"steps": limits.steps, "cost": cost, "deadline_s": deadline, "approval": limits.approval}


def _endpoint(endpoint: Endpoint) -> dict[str, Any]:
    names = ("method", "path", "purpose", "request", "response", "auth", "authorization", "idempotent")
    pages = _given(endpoint, ("returns_collection", "paginated"))
    return {**_given(endpoint, names), **pages, "errors": list(endpoint.errors)}


def _call(design: Design, call: Connection) -> dict[str, Any]:
    return {
        "from": call.source,
        "to": call.target,
        "opened_by": opened_by(design, call),
        "mode": call.mode or "sync",
        "traffic": call.traffic or "all",
        **_given(call, ("carries", "protocol", "on_miss_of")),
        "timeout_ms": milliseconds(call.timeout),
        **_given(call, ("attempts", "backoff", "jitter")),
        "retry_budget": number(call.retry_budget),
        "hedge_after_ms": milliseconds(call.hedge_after),
        **_given(call, ("mutating", "idempotent", "circuit_breaker", "bulkhead", "fallback")),
        "caller_fails_without_it": call.is_hard,
        **_given(call, ("delivery", "dead_letter", "validated", "encrypted", "auth")),
        "data": list(call.data),
    }


def _data(design: Design, data: Data) -> dict[str, Any]:
    return {
        **_given(data, ("store", "classification", "owner")),
        "retention_s": seconds(data.retention),
        **_given(data, ("partition_key", "consistency", "user_owned", "tenant_scoped")),
        "residency": list(data.residency),
        "may_be_touched_by": list(touching(design, data)),
    }


def _pattern(analysis: Analysis, applied: AppliedPattern) -> dict[str, Any]:
    name, rules, tests = rules_of(analysis, applied)
    on = list(applied.on)
    return {"pattern": applied.use, "name": name, "on": on, "always_holds": list(rules), "tests": list(tests)}


def _decision(decision: Decision) -> dict[str, Any]:
    standing = "decided" if is_settled(decision) else "open" if is_open(decision) else decision.status
    return {
        "title": decision.label,
        "standing": standing,
        **_given(decision, ("status", "chosen", "why", "revisit_when")),
        "about": list(decision.about),
        "options": {option.id: option.name or option.id for option in decision.options},
    }


def _limit(finding: Finding) -> dict[str, Any]:
    accepted = finding.accepted
    return {
        "rule": finding.rule.id,
        "severity": finding.severity.value,
        "on": finding.on,
        "message": finding.verdict.message,
        "accepted": {"by": accepted.by, "until": accepted.until.isoformat(), "why": accepted.why} if accepted else None,
    }


def _unknown(analysis: Analysis) -> dict[str, str]:
    """Why a figure of a budget is null."""
    wanted = {f"components.{id_}.{name}" for id_ in analysis.design.component for name in _BUDGET}
    return {path: reason for path, reason in analysis.estimates.unknown.items() if path in wanted}
