"""A pattern is paid for every day; what it was bought for must be there.

## Why it matters
Shards for a store that one machine carries, a second model for reads that are as rare as the writes, a cache that is
asked ten times a minute: each works, and each is one more thing that can be wrong, for nothing. Patterns are copied
from companies that had the problem.

## What to do
Look at the number that speaks for the pattern. Take it out while that is easy, or write down what it is there for, and
the figure at which it will be needed.

## When it is fine
A reason in why of the pattern, or a decision about it, makes it a note: then the number is known and something else
decided. Patterns whose need is not a number are not looked at.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from studio.model.behaviour import AppliedPattern
from studio.model.component import Component
from studio.red_flags import missing
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import percent, rate
from studio.units import grouped, point


class Need(NamedTuple):
    """What speaks for a pattern: `lacking` says why it does not, `silent` which fields would tell."""

    lacking: str = ""
    advice: str = ""
    silent: tuple[str, ...] = ()


def check(pattern: AppliedPattern, facts: Facts) -> Verdict:
    """Warns about a pattern whose need the figures deny; a note where somebody says why."""
    look = _NEEDS.get(pattern.use)
    need = look(pattern, facts) if look else None
    if need is None:
        return not_applicable()
    if need.silent:
        return unknown(*need.silent)
    if not need.lacking:
        return passed(use=pattern.use)
    reasoned = bool(pattern.why) or bool(facts.decisions_about(pattern.id))
    return failed(
        f"{pattern.use} is applied, and {need.lacking}",
        evidence={"use": pattern.use},
        fix=(need.advice, *(() if reasoned else (f"or patterns.{pattern.id}.why: what it is there for all the same",))),
        severity=Severity.NOTE if reasoned else None,
    )


def _components(pattern: AppliedPattern, facts: Facts) -> list[Component]:
    """The components it is applied to, the ends of connections included."""
    known = facts.design.connection
    ends = (end for id_ in pattern.on if id_ in known for end in (known[id_].source, known[id_].target))
    names = dict.fromkeys((*(id_ for id_ in pattern.on if id_ not in known), *ends))
    return [facts.design.component[name] for name in names if name in facts.design.component]


def _reads(least: Callable[[Facts], float], instead: str) -> Callable[[AppliedPattern, Facts], Need]:
    def look(_: AppliedPattern, facts: Facts) -> Need:
        ratio = facts.design.requirements.scale.reads_per_write
        if ratio is None:
            return Need(silent=("requirements.scale.reads_per_write",))
        if point(ratio) >= least(facts):
            return Need()
        return Need(
            f"there are {grouped(point(ratio))} reads for each write: every copy must take all writes too", instead
        )

    return look


def _shards(pattern: AppliedPattern, facts: Facts) -> Need | None:
    """Whether one primary would carry the load to survive."""
    for store in _components(pattern, facts):
        if (store.shards or 1) == 1:
            continue
        utilisation = facts.estimates.components[store.id].utilisation
        if utilisation is None:
            silent = missing.of_utilisation(store, facts)
            return Need(silent=silent) if silent else None
        alone = utilisation / facts.numbers(store).hottest_share * facts.growth
        if alone < facts.thresholds_for(store).utilisation_warning:
            words = f"one primary of {store.label} would run at {percent(alone)} of its capacity"
            return Need(
                f"{words} at {grouped(facts.growth)}× the load",
                f"one shard for {store.label}, and shards when peak_rps says so",
            )
        return Need()
    return None


def _cache(pattern: AppliedPattern, facts: Facts) -> Need | None:
    """Whether the caches it brought are asked often enough and answer often enough."""
    around = {component.id for component in _components(pattern, facts)}
    called = {call.target for name in around for call in facts.design.calls_of[name]}
    caches = [c for c in facts.design.components if c.kind == "cache" and c.id in around | called]
    judged = [_worth(cache, facts) for cache in caches]
    return next(
        (need for need in judged if need.lacking), next((n for n in judged if n.silent), judged[0] if judged else None)
    )


def _worth(cache: Component, facts: Facts) -> Need:
    hits, load = facts.numbers(cache).hit_ratio, facts.estimates.components[cache.id].peak_rps
    limits = facts.thresholds_for(cache)
    least, ratio = limits.cache_rps, limits.cache_hit_ratio
    without = f"the calls without {cache.label}, until there are more of them"
    if hits is not None and hits < ratio:
        return Need(f"{cache.label} answers {percent(hits)} of what it is asked", without)
    if load is not None and load < least:
        return Need(f"{cache.label} is asked {rate(load)} at peak", without)
    silent = (f"components.{cache.id}.hit_ratio",) if hits is None else ()
    return Need(silent=silent or (missing.of_peak(cache, facts) if load is None else ()))


def _regions(_: AppliedPattern, facts: Facts) -> Need | None:
    """Whether there is more than one region to balance over."""
    named = {region.casefold() for component in facts.design.components for region in component.regions}
    asked = {region.casefold() for region in facts.design.constraints.regions}
    if not named and not asked:
        return Need(silent=("constraints.regions",))
    only = next(iter(sorted(named | asked)))
    return Need() if len(named | asked) > 1 else Need(f"everything runs in {only}", "a load balancer in that region")


_NEEDS: Mapping[str, Callable[[AppliedPattern, Facts], Need | None]] = {
    "cache-aside": _cache,
    "read-through-cache": _cache,
    "write-through-cache": _cache,
    "write-behind-cache": _cache,
    "cqrs": _reads(lambda facts: facts.thresholds.reads_for_copies, "one model for both, with an index for the reads"),
    "read-replicas": _reads(
        lambda facts: facts.thresholds.reads_for_copies, "a larger primary, or shards for the writes"
    ),
    "sharding": _shards,
    "consistent-hashing": _shards,
    "hot-key-splitting": _shards,
    "global-load-balancing": _regions,
}

RULE = Rule(
    id="CPX002",
    title="Pattern without its need",
    severity=Severity.WARNING,
    scope="patterns",
    check=check,
    patterns=("monolith", "vertical-scaling"),
    sources=(
        "Dan McKinley, Choose Boring Technology (2015)",
        "Frank McSherry, Michael Isard and Derek G. Murray, Scalability! But at what COST?, HotOS (2015)",
    ),
)

_SPLIT = """
[requirements.scale]
{ratio}
[components.shop]
kind = "service"
[components.db]
kind = "database"
read_replicas = 2
[patterns.split]
use = "cqrs"
on = ["shop"]
"""

FLAGGED = _SPLIT.format(ratio="reads_per_write = 1")

FINE = _SPLIT.format(ratio="reads_per_write = 50")

UNKNOWN = _SPLIT.format(ratio="")
