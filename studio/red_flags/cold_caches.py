"""What stands behind caches, and how busy it is while they are empty."""

from collections.abc import Callable, Sequence
from functools import cache as once_each
from math import prod

from studio.estimates.conditions import Conditions
from studio.model.component import Component
from studio.model.connection import Connection
from studio.red_flags.facts import CACHES, Facts
from studio.red_flags.headroom import Peak, at_peak, is_bought_by_quota
from studio.red_flags.once import once_per_design

PROTECTING = ("request-coalescing", "load-shedding", "graceful-degradation")
"""Patterns that keep the load of a cold cache away from what stands behind it."""


def behind(cache: Component, facts: Facts) -> tuple[Component, ...]:
    """What is asked when a cache has no answer: by its callers, or by itself when it is in the way."""
    design = facts.design
    asked = [call.target for call in _misses(facts).get(cache.id, ())]
    if cache.kind in CACHES:
        asked += [call.target for call in design.calls_of[cache.id] if call.is_synchronous]
    found = (design.component[name] for name in dict.fromkeys(asked))
    return tuple(component for component in found if component.kind != "client" and component.id != cache.id)


@once_per_design
def _misses(facts: Facts) -> dict[str, list[Connection]]:
    """The calls that are made only when a cache misses, by the cache."""
    found: dict[str, list[Connection]] = {}
    for call in facts.design.connections:
        if call.on_miss_of is not None:
            found.setdefault(call.on_miss_of, []).append(call)
    return found


def is_protected(cache: Component, stores: Sequence[Component], facts: Facts) -> bool:
    """Whether something keeps a flood of misses from the stores, or users from coming back all at once."""
    over = _misses(facts).get(cache.id, ())
    near = {cache.id, *(store.id for store in stores), *(call.id for call in over), *(call.source for call in over)}
    near |= {call.source for call in facts.design.callers_of[cache.id]}
    admitting = (facts.design.component.get(name) for name in near)
    if any(component is not None and component.recovery_admission == "limited" for component in admitting):
        return True
    return any(pattern.use in PROTECTING and near & set(pattern.on) for pattern in facts.design.patterns)


def admits_by_and_by(facts: Facts) -> bool:
    """Whether every entrance lets clients back in gradually, or sheds what is too much."""
    gates = facts.entrances
    return bool(gates) and all(
        gate.recovery_admission == "limited" or facts.has_pattern("load-shedding", on=gate.id) for gate in gates
    )


def overloaded_when_cold(
    caches: Sequence[Component], stores: Sequence[Component], facts: Facts
) -> tuple[tuple[Component, Peak], ...]:
    """The stores that have more to do than they can while these caches are empty, each with its peak then.

    The design is worked out again only where the caches hold back enough for that to be possible, and with all of its
    caches empty first: what carries that carries the loss of some.
    """
    judged = [store for store in stores if not is_bought_by_quota(store, facts)]
    today = ((store, at_peak(store, facts)) for store in judged)
    strained = [store for store, peak in today if peak is not None and peak.utilisation > _passed(caches, store, facts)]
    if not strained:
        return ()
    holding = (c.id for c in facts.design.components if c.kind in CACHES and facts.numbers(c).hit_ratio)
    found = _full(strained, frozenset(holding), facts)
    return _full([store for store, _ in found], frozenset(cache.id for cache in caches), facts)


def _passed(caches: Sequence[Component], store: Component, facts: Facts) -> float:
    """The least share of its load without caches that can reach a store while they are full."""
    before = (cache for cache in caches if store.id in _reached(facts)(cache.id))
    return 0.999 * prod(1 - (facts.numbers(cache).hit_ratio or 0.0) for cache in before)


@once_per_design
def _reached(facts: Facts) -> Callable[[str], frozenset[str]]:
    """All that the misses of a cache lead to."""
    design = facts.design

    @once_each
    def reached(name: str) -> frozenset[str]:
        seen: set[str] = {component.id for component in behind(design.component[name], facts)}
        waiting = list(seen)
        while waiting:
            for call in design.calls_of[waiting.pop()]:
                if call.target not in seen:
                    seen.add(call.target)
                    waiting.append(call.target)
        return frozenset(seen)

    return reached


def _full(stores: Sequence[Component], empty: frozenset[str], facts: Facts) -> tuple[tuple[Component, Peak], ...]:
    found = [(store, at_peak(store, _cold(facts)(empty))) for store in stores]
    return tuple((store, peak) for store, peak in found if peak is not None and peak.utilisation > 1)


@once_per_design
def _cold(facts: Facts) -> Callable[[frozenset[str]], Facts]:
    """What is known of the design with some caches empty; each set of them is worked out once."""
    from studio.estimates.engine import estimate

    design, today, settings, named = facts.design, facts.today, facts.settings, facts.technologies
    technologies = facts.estimates.working.basis.technologies

    @once_each
    def known(empty: frozenset[str]) -> Facts:
        figures = estimate(design, Conditions(cold=empty), technologies=technologies)
        return Facts(design, figures, today=today, settings=settings, technologies=named)

    return known
