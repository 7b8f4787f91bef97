"""A list without pages works until somebody has enough things.

## Why it matters
The demonstration has ten orders, the largest customer has eighty thousand, and one request reads them all: into
memory here, over the network, into memory there. It takes down an instance for everybody, it comes back with every
retry, and clients that were written against the whole list break the day it gets pages.

## What to do
A cursor and a limit with a ceiling from the first version on, newest first. Totals and exports are other endpoints:
a number that is kept, a file that is written in the background.

## When it is fine
Lists that are short by nature: say so in the response, «at most 50 countries». Up to a thousand items is no flag.
"""

import re

from studio.edits.mend import mend
from studio.model.component import Component, Endpoint
from studio.red_flags.credentials import asks_nobody
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown


def check(endpoint: Endpoint, facts: Facts) -> Verdict:
    """Warns about a list that is said to come without pages; an error where anybody may ask for it."""
    owner = facts.owner_of(endpoint)
    place = f"components.{owner.id}.endpoints.{endpoint.id}"
    if endpoint.returns_collection is None:
        return unknown(f"{place}.returns_collection") if _looks_like_a_list(endpoint) else not_applicable()
    if not endpoint.returns_collection:
        return not_applicable()
    if endpoint.paginated or _is_short(endpoint, facts):
        return passed(paginated=bool(endpoint.paginated))
    if endpoint.paginated is None:
        return unknown(f"{place}.paginated")
    return failed(
        f"{(endpoint.method or '').upper() or 'endpoint'} {endpoint.path or endpoint.id} of {owner.label} returns a "
        "whole list",
        evidence={"paginated": False},
        fix=(
            f"a cursor and a limit, and paginated = true on {place}",
            f"or the most it can be in {place}.response: “at most 200 items”",
        ),
        mends=(mend(place, paginated=True),),
        severity=Severity.ERROR if _is_public(endpoint, owner, facts) else None,
        field="paginated",
    )


def _looks_like_a_list(endpoint: Endpoint) -> bool:
    """A GET whose path ends in a plural word."""
    last = (endpoint.path or "").split("?")[0].rstrip("/").rpartition("/")[2]
    return (endpoint.method or "").upper() == "GET" and re.fullmatch(r"[a-z-]+[^su]s", last) is not None


def _is_short(endpoint: Endpoint, facts: Facts) -> bool:
    """Whether request or response name a ceiling a page may have."""
    words = f"{endpoint.request or ''} {endpoint.response or ''}"
    found = re.findall(r"(?:at most|up to|no more than|max(?:imum)?|≤)\s*(\d[\d_,]*)", words, re.IGNORECASE)
    return any(float(re.sub(r"[_,]", "", number)) <= facts.thresholds_for(endpoint).longest_page for number in found)


def _is_public(endpoint: Endpoint, owner: Component, facts: Facts) -> bool:
    """Whether anybody may ask: nobody is asked who they are, and clients reach it."""
    return asks_nobody(endpoint.auth) and any(component is owner for component in facts.entrances)


RULE = Rule(
    id="CAP008",
    title="List without pages",
    severity=Severity.WARNING,
    scope="endpoints",
    check=check,
    patterns=("cursor-pagination", "streaming-response"),
    sources=(
        "OWASP API Security Top 10, API4: Unrestricted Resource Consumption (2023)",
        "Google, API Improvement Proposal AIP-158, Pagination (2019)",
    ),
)

_LIST = """
[components.shop]
kind = "service"
[components.shop.endpoints.list]
method = "GET"
path = "/orders"
returns_collection = true
{said}
"""

FLAGGED = _LIST.format(said="paginated = false")

FINE = _LIST.format(said="paginated = true")

UNKNOWN = _LIST.format(said="")
