"""A 32-bit key ends at 2,147,483,647, and the insert after that one fails.

## Why it matters
serial and int auto_increment are the default of half of all tutorials. They work for years, and then every insert into
the largest table fails in the same second. Widening the column rewrites the table and every index and foreign key on
it, which takes hours or days with that much in it, at the one moment when there is no time.

## What to do
Use a 64-bit key from the first migration on (bigint, a bigint identity, a uuid); it costs four bytes a row. In a table
that exists widen it now, while it is small or the load is: a new column, filled in the background, then swapped. And
watch the highest key as a share of its type, foreign keys included.

## When it is fine
When all writes that reach the store, even if each were a row of that table, need more than ten years for it. Keys that
somebody assigns, and keys of 64 bits.
"""

from functools import cache
from re import IGNORECASE, Pattern
from re import compile as compiled
from typing import NamedTuple

from studio.model.component import Component
from studio.red_flags import missing
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import duration
from studio.units import grouped

SIGNED, UNSIGNED = 2**31 - 1, 2**32 - 1
DAY = 86_400.0
YEAR = 365.25 * DAY
WIDE = frozenset({"sqlite"})
"""Engines whose integer keys have 64 bits whatever they are called."""


class Key(NamedTuple):
    """A generated key of 32 bits."""

    column: str
    last: int


def check(component: Component, facts: Facts) -> Verdict:
    """Fails a store whose schema generates 32-bit keys that its writes use up within years."""
    if not component.schema_text or (component.technology or "").casefold() in WIDE:
        return not_applicable()
    key = _smallest_key(component.schema_text)
    if key is None:
        return not_applicable()
    writes = _writes_a_second(component, facts)
    if writes is None:
        silent = missing.of_peak(component, facts)
        return unknown(*silent) if silent else not_applicable()
    years = key.last / (writes * YEAR) if writes > 0 else None
    if years is None or years >= facts.thresholds_for(component).ids_last_years:
        return passed(key=key.column, years=years)
    return failed(
        f"the key {key.column} of {component.label} ends at {key.last:,}, which {grouped(writes)} writes/s use up in "
        f"{duration(1000 * years * YEAR)}",
        evidence={"key": key.column, "last": key.last, "writes_per_second": writes, "years": years},
        fix=(
            f"bigint for {key.column} and for every key that refers to it, before there are rows to rewrite",
            f"and until then an alert on the highest {key.column}, at half of its type",
        ),
        severity=Severity.ERROR if years < 1 else None,
        field="schema",
    )


def _smallest_key(schema: str) -> Key | None:
    said = "\n".join(line.partition("--")[0] for line in schema.splitlines())
    found = [Key(m["column"], UNSIGNED if "unsigned" in m[0].casefold() else SIGNED) for m in _keys().finditer(said)]
    return min(found, key=lambda key: key.last, default=None)


@cache
def _keys() -> Pattern[str]:
    generated = r"auto_increment|generated\s+(?:always|by\s+default)\s+as\s+identity"
    number = rf"int(?:eger|4)?(?:\(\d+\))?(?:\s+unsigned)?(?:\s+not\s+null)?(?:\s+primary\s+key)?\s+(?:{generated})"
    return compiled(rf"[\"`]?\b(?P<column>\w+)[\"`]?\s+(?:serial4?\b|{number})", IGNORECASE)


def _writes_a_second(component: Component, facts: Facts) -> float | None:
    """On average: the share of its writes at peak that the whole system makes on average."""
    traffic, at_peak = facts.estimates.traffic, facts.estimates.components[component.id].peak_write_rps
    if at_peak is None or traffic.average_rps is None or not traffic.peak_rps:
        return at_peak
    return at_peak * traffic.average_rps / traffic.peak_rps


RULE = Rule(
    id="OUT013",
    title="Ids run out",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    patterns=("index-design", "retention-and-tiering"),
    sources=(
        "Basecamp, Postmortem on the read-only outage of Basecamp on November 9th, 2018 (2018)",
        "PostgreSQL 17 documentation, 8.1 Numeric Types (2024)",
    ),
)

_ORDERS = """
[requirements.scale]
{users}
requests_per_user_per_day = 100
[components.web]
kind = "client"
[components.store]
kind = "database"
schema = "CREATE TABLE event (id {key}, at timestamptz)"
[connections.web-store]
from = "web"
to = "store"
traffic = "writes"
"""

FLAGGED = _ORDERS.format(users="daily_active_users = 100_000", key="serial PRIMARY KEY")

FINE = _ORDERS.format(users="daily_active_users = 1_000", key="serial PRIMARY KEY")

UNKNOWN = _ORDERS.format(users="", key="serial PRIMARY KEY")
