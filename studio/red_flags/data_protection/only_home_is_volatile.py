"""Data whose only home forgets them are lost; the question is when.

## Why it matters
A cache evicts when it is full, and it is emptied by an upgrade. A queue drops what is too old. The disk of an instance
goes with the instance, on the day it is replaced. All of that is normal operation, not failure: the loss is designed
in, and it passes every test, because tests are short.

## What to do
A durable store first, and the fast one in front of it. Or write the data down as what they are: made again from
elsewhere, or gone with the session, with a retention no longer than the store's own.

## When it is fine
Data that live no longer than their home keeps them: sessions of thirty minutes in a cache with a ttl of an hour. A
stream without max_age that is kept for good.
"""

from studio.model.behaviour import Data
from studio.model.component import Component
from studio.model.kinds import OWN_CODE
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import duration
from studio.units import point

WORDS = {"cache": "a cache", "cdn": "a CDN", "queue": "a queue", "stream": "a stream"}


def check(data: Data, facts: Facts) -> Verdict:
    """Fails data whose system of record is a cache, a queue, a stream that forgets, or the disk of an instance."""
    if data.store is None:
        return not_applicable()
    home = facts.design.component[data.store]
    how = _forgets(home)
    if how is None:
        return passed(store=home.id) if home.kind not in OWN_CODE or home.state == "external" else not_applicable()
    kept, wanted = _kept(home), None if data.retention is None else point(data.retention)
    if kept is not None and wanted is None:
        return unknown(f"data.{data.id}.retention")
    if kept is not None and wanted is not None and wanted <= kept:
        return passed(store=home.id, kept_s=kept)
    if home.kind == "stream" and kept is None:
        return passed(store=home.id)
    span = f", which keeps it {duration(1000 * kept)}" if kept is not None else ""
    need = f" of the {duration(1000 * wanted)} wanted" if kept is not None and wanted is not None else ""
    return failed(
        f"the only home of {data.id} is {home.label}, {how}{span}{need}",
        evidence={"store": home.id, "kept_s": kept, "retention_s": wanted},
        fix=(
            f"a durable store for {data.id}, written before {home.label}, as data.{data.id}.store",
            f"or data.{data.id}.retention within what {home.label} keeps, if it may be gone by then",
        ),
        field="store",
    )


def _forgets(home: Component) -> str | None:
    """What kind of thing forgets, in words; None for a home that does not."""
    if home.kind in WORDS:
        return WORDS[home.kind]
    local = home.kind in OWN_CODE and home.state in ("memory", "disk") and not home.managed
    return f"the {home.state} of its instances" if local else None


def _kept(home: Component) -> float | None:
    """Seconds it keeps what it holds; None when nobody says or nothing limits it."""
    limit = home.max_age if home.kind in ("queue", "stream") else home.ttl
    return None if limit is None else point(limit)


RULE = Rule(
    id="DAT009",
    title="Only home is volatile",
    severity=Severity.ERROR,
    scope="data",
    check=check,
    patterns=("relational-store", "key-value-store", "write-through-cache"),
    sources=(
        "Twilio, Billing Incident Post-Mortem: Breakdown, Analysis and Root Cause (2013)",
        "Redis documentation, Redis persistence and Key eviction (2024)",
    ),
)

_BASKET = """
[components.cache]
kind = "cache"
ttl = "1 h"
[data.basket]
store = "cache"
{said}
"""

FLAGGED = _BASKET.format(said='retention = "30 days"')

FINE = _BASKET.format(said='retention = "30 min"')

UNKNOWN = _BASKET.format(said="")
