"""A search that feeds a model must know for whom it searches.

## Why it matters
The index was built from everything, and the question of one customer is nearest to the document of another. The model
reads it and tells, politely and in its own words, so that no filter on the way recognises it. What was kept apart by
every page of the application comes together in the prompt.

## What to do
The owner or tenant of each document in the index, and a filter that the caller's identity sets and the prompt cannot
change. An index for each tenant where few are large. Filter in the search, never in the answer.

## When it is fine
Documents that everybody may read: user_owned and tenant_scoped false, or public. Isolation said in tenancy of the
index, or the patterns tenant-isolation or object-level-authorization on it.
"""

from studio.model.behaviour import Data
from studio.model.component import Component
from studio.red_flags.facts import Facts
from studio.red_flags.prompts import uses_a_model
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import listed, says_something

INDEXES = frozenset({"vector-store", "search"})
FILTERS = ("tenant-isolation", "object-level-authorization")


def check(index: Component, facts: Facts) -> Verdict:
    """Fails an index with things of several owners that a model reads and nothing filters by caller."""
    if index.kind not in INDEXES:
        return not_applicable()
    readers = [
        call
        for call in facts.design.callers_of[index.id]
        if not call.mutating and call.is_synchronous and uses_a_model(facts.design.component[call.source], facts)
    ]
    if not readers:
        return not_applicable()
    held = facts.data_in(index)
    owned = [data.id for data in held if data.user_owned or data.tenant_scoped]
    around = (index.id, *(call.id for call in readers), *(call.source for call in readers))
    filtered = says_something(index.tenancy) or any(facts.has_pattern(*FILTERS, on=id_) for id_ in around)
    if filtered:
        return passed(data=owned, tenancy=index.tenancy)
    if not owned:
        silent = _unsaid(held, [call.id for call in readers])
        return unknown(*silent) if silent else passed(data=[data.id for data in held])
    callers = listed(dict.fromkeys(facts.design.component[call.source].label for call in readers))
    return failed(
        f"prompts of {callers} get {listed(owned)} of everybody out of {index.label}",
        evidence={"data": owned},
        fix=(
            f"tenancy on components.{index.id}: a filter by owner or tenant that the caller's identity sets",
            f'or the pattern tenant-isolation on "{index.id}": an index for each tenant',
        ),
        field="tenancy",
    )


def _unsaid(held: tuple[Data, ...], readers: list[str]) -> tuple[str, ...]:
    if not held:
        return tuple(f"connections.{id_}.data" for id_ in readers)
    silent = (d for d in held if d.classification != "public")
    return tuple(
        f"data.{data.id}.{field}"
        for data in silent
        for field in ("user_owned", "tenant_scoped")
        if getattr(data, field) is None
    )


RULE = Rule(
    id="AIX010",
    title="Retrieval without an access filter",
    severity=Severity.ERROR,
    scope="components",
    check=check,
    patterns=(*FILTERS, "retrieval-augmented-generation"),
    sources=(
        "OWASP Top 10 for LLM Applications, LLM08: Vector and Embedding Weaknesses (2025)",
        "AWS Well-Architected, Generative AI Lens, GENSEC01 (2025)",
    ),
)

_SEARCH = """
[components.helper]
kind = "agent"
[components.index]
kind = "vector-store"
{tenancy}
[data.letter]
store = "index"
{owned}
[connections.helper-index]
from = "helper"
to = "index"
data = ["letter"]
"""

FLAGGED = _SEARCH.format(tenancy="", owned="user_owned = true")

FINE = _SEARCH.format(tenancy='tenancy = "filter by owner, set from the token"', owned="user_owned = true")

UNKNOWN = _SEARCH.format(tenancy="", owned="")
