"""An entry that nothing removes is right until the first change, and wrong from then on.

## Why it matters
A cache without an end date fills with the past. Nobody can say how old an answer is, the mistake of one bad write is
served for weeks, and the only cure is to empty everything at once, which sends the whole load to the store behind.

## What to do
A lifetime for every entry, spread by a tenth at random, even where an event removes it earlier: events get lost. Choose
it by how stale an answer may be, for each kind of data. Or put the version into the key.

## When it is fine
Entries that never change: say so in invalidation, «never: the key is a hash of the content». A CDN that keeps nothing
(hit_ratio = 0). A cache that every write goes through still wants a lifetime, but is not flagged. A lifetime above
allowed_staleness of what it keeps is one too many, unless an event removes entries earlier.
"""

from studio.model.behaviour import Data
from studio.model.component import Component
from studio.red_flags.facts import CACHES, Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import duration
from studio.text import says_something
from studio.units import point


def check(component: Component, facts: Facts) -> Verdict:
    """Warns about a cache whose entries neither expire nor are removed."""
    if component.kind not in CACHES or not any(c.is_synchronous for c in facts.design.callers_of[component.id]):
        return not_applicable()
    hits = facts.numbers(component).hit_ratio
    keeps_records = any(data.store == component.id for data in facts.design.data)
    if hits == 0 or keeps_records:
        return not_applicable()
    through = facts.has_pattern("write-through-cache", "write-behind-cache", on=component.id)
    stale = _older_than_allowed(component, facts)
    removed = says_something(component.invalidation)
    if stale is not None and not removed and not through:
        return _too_old(component, stale)
    if component.ttl is not None or removed or through:
        return passed(
            ttl_s=None if component.ttl is None else point(component.ttl), invalidation=component.invalidation
        )
    if component.kind == "cdn" and hits is None:
        return unknown(f"components.{component.id}.hit_ratio", f"components.{component.id}.ttl")
    return failed(
        f"nothing ends the life of an entry in {component.label}",
        evidence={"ttl": None, "invalidation": None},
        fix=(
            f"ttl on components.{component.id}: the longest an answer may be stale",
            "or invalidation: which event removes an entry; best both",
        ),
        field="ttl",
    )


def _older_than_allowed(cache: Component, facts: Facts) -> Data | None:
    """The data it may serve older than is allowed; the strictest of them."""
    if cache.ttl is None:
        return None
    strict = [data for data in facts.data_in(cache) if data.allowed_staleness is not None]
    first = min(strict, key=lambda data: point(data.allowed_staleness or 0.0), default=None)
    return first if first is not None and point(first.allowed_staleness or 0.0) < point(cache.ttl) else None


def _too_old(cache: Component, data: Data) -> Verdict:
    allowed, lives = (duration(1000 * point(time or 0.0)) for time in (data.allowed_staleness, cache.ttl))
    return failed(
        f"{cache.label} keeps {data.id} for {lives}, and an answer may be {allowed} old",
        evidence={"ttl_s": point(cache.ttl or 0.0), "allowed_staleness_s": point(data.allowed_staleness or 0.0)},
        fix=(
            f"ttl of at most {allowed} on components.{cache.id}",
            f"or invalidation: which event removes {data.id} when it changes",
        ),
        field="ttl",
    )


RULE = Rule(
    id="CON007",
    title="Cache without an end",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    patterns=("cache-aside", "write-through-cache"),
    sources=(
        "Rajesh Nishtala and others, Scaling Memcache at Facebook, NSDI (2013)",
        "Amazon Builders' Library, Caching challenges and strategies (2019)",
    ),
)

_CACHE = """
[components.app]
kind = "service"
[components.cache]
kind = "{kind}"
{ttl}
[connections.app-cache]
from = "app"
to = "cache"
"""

FLAGGED = _CACHE.format(kind="cache", ttl="")

FINE = _CACHE.format(kind="cache", ttl='ttl = "10 min"')

UNKNOWN = _CACHE.format(kind="cdn", ttl="")
