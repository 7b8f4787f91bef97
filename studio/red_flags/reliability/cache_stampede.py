"""What stands behind a cache must live through the day the cache is empty.

## Why it matters
A cache with 95 % hits turns 3,000 requests a second into 150. When it is flushed, restarted, resized, or one key that
everybody wants expires, 3,000 reach a store that was bought for 400. The store slows down, answers time out before
they can fill the cache, and so the cache stays empty: the way back up is closed from inside.

## What to do
Let one request fetch a missing key while the others wait for it (coalescing), spread lifetimes at random, serve the
old value while the new one is fetched. Fill the cache before traffic comes, and let users back in by and by
(recovery_admission = "limited"). Or buy the store for the full load, and try it: a scenario with cold = ["cache"].

## When it is fine
When the store carries the load without the cache, as estimated. An edge network with many places does not lose all of
them at once, so for a CDN this is a warning; but one purge does it. With lifetimes spread at random (ttl_jitter) it is
a warning too: entries no longer end together, but a restart still empties all.
"""

from studio.edits.mend import mend
from studio.model.component import Component
from studio.red_flags import missing
from studio.red_flags.cold_caches import behind, is_protected, overloaded_when_cold
from studio.red_flags.facts import CACHES, Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import percent, rate, rounded_up
from studio.units import grouped


def check(cache: Component, facts: Facts) -> Verdict:
    """Fails a cache whose loss puts more load on what stands behind it than that can carry."""
    stores = behind(cache, facts)
    if cache.kind not in CACHES or not stores:
        return not_applicable()
    hit_ratio = facts.numbers(cache).hit_ratio
    if hit_ratio is None:
        return unknown(f"components.{cache.id}.hit_ratio")
    if not hit_ratio:
        return not_applicable()
    if is_protected(cache, stores, facts):
        return passed(hit_ratio=hit_ratio)
    silent = tuple(f for s in stores for f in missing.of_utilisation(s, facts) if _unknown(s, facts))
    over = overloaded_when_cold((cache,), stores, facts)
    if not over:
        return unknown(*silent) if silent else passed(hit_ratio=hit_ratio, stores=[store.id for store in stores])
    store, peak = max(over, key=lambda pair: pair[1].utilisation)
    today = facts.estimates.components[store.id].utilisation or 0.0
    return failed(
        f"without what {cache.label} holds, {rate(round(peak.load, 1))} reach {store.label}, "
        f"{grouped(peak.utilisation)}× what it can do; today it is {percent(today)} busy",
        evidence={"hit_ratio": hit_ratio, "load_rps": peak.load, "utilisation_cold": peak.utilisation},
        fix=(
            "one request for each missing key at a time: pattern request-coalescing",
            f'or recovery_admission = "limited" on components.{cache.id}: users come back only as fast as it fills',
            f"or {store.label} for {rate(rounded_up(peak.load))} instead of {rate(peak.capacity)}",
        ),
        mends=(mend(f"components.{cache.id}", recovery_admission="limited"),),
        severity=Severity.WARNING if cache.kind == "cdn" or cache.ttl_jitter else None,
        field="hit_ratio",
    )


def _unknown(store: Component, facts: Facts) -> bool:
    return facts.estimates.components[store.id].utilisation is None


RULE = Rule(
    id="REL016",
    title="Cache stampede",
    severity=Severity.ERROR,
    scope="components",
    check=check,
    patterns=("request-coalescing", "load-shedding", "graceful-degradation"),
    sources=(
        "Rajesh Nishtala and others, Scaling Memcache at Facebook, NSDI (2013)",
        "Slack, Slack's Incident on 2-22-22 (2022)",
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
[components.pages]
kind = "service"
capacity_rps = 5_000
[components.cache]
kind = "cache"
{hit_ratio}
[components.store]
kind = "database"
capacity_rps = {capacity}
[connections.web-pages]
from = "web"
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

FLAGGED = _PAGES.format(hit_ratio="hit_ratio = 0.95", capacity=400)

FINE = _PAGES.format(hit_ratio="hit_ratio = 0.95", capacity=4_000)

UNKNOWN = _PAGES.format(hit_ratio="", capacity=400)
