"""What can be counted and runs out: limits by the field that sets them, and connections at the most copies."""

from collections.abc import Mapping

from studio.estimates.sides.limits import Limit
from studio.model.component import Component
from studio.red_flags.facts import Facts
from studio.red_flags.headroom import most_instances
from studio.red_flags.once import once_per_design


def limit_at(path: str, facts: Facts) -> Limit | None:
    """The limit a field sets; None where nothing sets one."""
    return _limits(facts).get(path)


def connections_at_most(store: Component, facts: Facts) -> float | None:
    """Connections the callers of a store have open when all of them run as many instances as they may; None when
    unknown."""
    limit = limit_at(f"components.{store.id}.max_connections", facts)
    if limit is None or limit.used is None:
        return None
    callers = dict.fromkeys(call.source for call in facts.design.callers_of[store.id])
    return limit.used + sum(_later(facts.design.component[name]) for name in callers)


def _later(caller: Component) -> int:
    """Connections that its autoscaling would add."""
    return (most_instances(caller) - (caller.instances or 1)) * (caller.pool_size or 0)


@once_per_design
def _limits(facts: Facts) -> Mapping[str, Limit]:
    return {limit.path: limit for limit in facts.estimates.limits}
