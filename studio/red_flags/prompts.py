"""Language models and agents: who uses one, who feeds them, and what they can do."""

from studio.model.component import Component
from studio.model.connection import Connection
from studio.red_flags.facts import PRIVATE, Facts
from studio.red_flags.once import once_per_design


def has_a_model(component: Component) -> bool:
    """Whether it is a language model, or works with one of its own."""
    return component.kind in ("llm", "agent") or component.language_model is not None


def uses_a_model(component: Component, facts: Facts) -> bool:
    """Whether it is, has, or calls a language model."""
    called = (facts.design.component[call.target] for call in facts.design.calls_of[component.id])
    return has_a_model(component) or any(has_a_model(callee) for callee in called)


def is_guarded(facts: Facts, *around: str) -> bool:
    """Whether guardrails are applied to one of these components or connections."""
    return any(facts.has_pattern("guardrails", on=id_) for id_ in around)


def tools_of(agent: Component, facts: Facts) -> tuple[Connection, ...]:
    """The calls an agent makes of anything but a model: its tools."""
    calls = facts.design.calls_of[agent.id]
    return tuple(call for call in calls if not has_a_model(facts.design.component[call.target]))


def writes(call: Connection) -> bool | None:
    """Whether a call changes something; None when nobody said."""
    if call.mutating is not None:
        return call.mutating
    return {"reads": False, "writes": True}.get(call.traffic or "")


def private_in(calls: tuple[Connection, ...], facts: Facts) -> tuple[str, ...]:
    """The private data these calls carry."""
    found = (data.id for call in calls for data in facts.data_on(call) if data.classification in PRIVATE)
    return tuple(dict.fromkeys(found))


@once_per_design
def waited_for(facts: Facts) -> frozenset[str]:
    """Ids of the calls that somebody waits for and cannot do without, in any journey."""
    flows = (*(facts.flow_of(journey) for journey in facts.design.journeys), *facts.must_flows)
    return frozenset(call.id for flow in flows for call in flow.calls)


@once_per_design
def fed_by_users(facts: Facts) -> frozenset[str]:
    """Components that get what a client sent, however many calls later."""
    waiting = [component.id for component in facts.design.components if component.kind == "client"]
    seen = set(waiting)
    while waiting:
        for call in facts.design.calls_of[waiting.pop()]:
            if call.target not in seen:
                seen.add(call.target)
                waiting.append(call.target)
    return frozenset(seen)
