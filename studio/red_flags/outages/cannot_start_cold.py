"""A system that runs only because its caches are warm cannot be started.

## Why it matters
Each cache alone may be lost: the others still hold. After a restart of everything, a move to another region or a flush
all of them are empty together, and what stands behind gets the product of their misses: two caches of 90 % in a row
let a hundredth through when warm, and everything when cold. The system was never started under load since it was
small, so nobody knows.

## What to do
Let users in by and by until the caches are warm (recovery_admission = "limited"), fill them before traffic comes, or
keep enough behind them. Keep the case as a scenario with cold = [...] of all caches: it shows the load it must survive.

## When it is fine
When what stands behind carries the peak with all caches empty, as estimated. A cache whose loss alone is too much is
another flag (REL016).
"""

from studio.edits.mend import mend
from studio.model.component import Component
from studio.model.design import Design
from studio.red_flags import missing
from studio.red_flags.cold_caches import admits_by_and_by, behind, is_protected, overloaded_when_cold
from studio.red_flags.facts import CACHES, Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import percent
from studio.text import listed


def check(design: Design, facts: Facts) -> Verdict:
    """Fails a design in which something is overloaded when all caches are empty, though no single one would do it."""
    caches = tuple(c for c in design.components if c.kind in CACHES and behind(c, facts))
    holding = tuple(cache for cache in caches if facts.numbers(cache).hit_ratio)
    silent = [f"components.{c.id}.hit_ratio" for c in caches if facts.numbers(c).hit_ratio is None]
    if len(caches) < 2 or (len(holding) < 2 and not silent):
        return not_applicable()
    if silent:
        return unknown(*silent)
    stores = tuple({store.id: store for cache in holding for store in behind(cache, facts)}.values())
    if admits_by_and_by(facts) or any(is_protected(cache, behind(cache, facts), facts) for cache in holding):
        return passed(protected=True)
    over = overloaded_when_cold(holding, stores, facts)
    alone = {store.id for cache in holding if over for store in _lost_alone(cache, facts)}
    worse = [pair for pair in over if pair[0].id not in alone]
    if not worse:
        fields = [f for s in stores if facts.estimates.components[s.id].utilisation is None
                  for f in missing.of_utilisation(s, facts)]  # fmt: skip
        return unknown(*fields) if fields and not over else passed(caches=[cache.id for cache in holding])
    store, peak = max(worse, key=lambda pair: pair[1].utilisation)
    return failed(
        f"with {listed(cache.label for cache in holding)} empty at once, as after a restart, {store.label} is "
        f"{percent(peak.utilisation)} busy at peak",
        evidence={"cold": [cache.id for cache in holding], "utilisation_cold": peak.utilisation},
        fix=(
            'recovery_admission = "limited" where users come in: a share of them until the caches are warm',
            f"or {store.label} for {peak.utilisation:.2g}× what it can do today",
        ),
        mends=(mend(f"components.{_gate(holding[0], facts)}", recovery_admission="limited"),),
        field=f"components.{store.id}.capacity_rps",
    )


def _gate(cache: Component, facts: Facts) -> str:
    """What lets users in before a cache: its first caller that is no client, else the cache."""
    callers = (call.source for call in facts.design.callers_of[cache.id])
    return next((name for name in callers if facts.design.component[name].kind != "client"), cache.id)


def _lost_alone(cache: Component, facts: Facts) -> tuple[Component, ...]:
    return tuple(store for store, _ in overloaded_when_cold((cache,), behind(cache, facts), facts))


RULE = Rule(
    id="OUT006",
    title="Cannot be started cold",
    severity=Severity.WARNING,
    scope="design",
    check=check,
    patterns=("load-shedding", "request-coalescing", "graceful-degradation"),
    sources=(
        "Matt Brinkley and Jas Chhabra, Caching challenges and strategies, Amazon Builders' Library (2019)",
        "Lexiang Huang and others, Metastable Failures in the Wild, OSDI (2022)",
    ),
)

_PAGES = """
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = 1_000
peak_factor = 3
reads_per_write = 1_000_000
[components.web]
kind = "client"
[components.edge]
kind = "cdn"
hit_ratio = 0.8
[components.pages]
kind = "service"
capacity_rps = 5_000
[components.cache]
kind = "cache"
{hit_ratio}
[components.store]
kind = "database"
capacity_rps = {capacity}
[connections.web-edge]
from = "web"
to = "edge"
[connections.edge-pages]
from = "edge"
to = "pages"
[connections.pages-cache]
from = "pages"
to = "cache"
hard = false
[connections.pages-store]
from = "pages"
to = "store"
on_miss_of = "cache"
"""

FLAGGED = _PAGES.format(hit_ratio="hit_ratio = 0.9", capacity=700)

FINE = _PAGES.format(hit_ratio="hit_ratio = 0.9", capacity=4_000)

UNKNOWN = _PAGES.format(hit_ratio="", capacity=700)
