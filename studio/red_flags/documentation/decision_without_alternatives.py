"""A decision without alternatives is an announcement.

## Why it matters
Whoever reads it in two years wants to know whether the world has changed enough to decide again. That needs what else
was on the table, and what the choice cost: every option has a drawback, and the one nobody wrote down is the one that
bites.

## What to do
Two options or more, «do nothing» being one of them, each with what speaks for and against it; the chosen one by its
id; at least one drawback of it that was accepted.

## When it is fine
Decisions that were rejected or superseded. One that is only proposed need not have chosen yet.
"""

from studio.model.records import Decision, Option
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed
from studio.text import listed

FEWEST = 2


def check(decision: Decision, _: Facts) -> Verdict:
    """Fails a standing decision with fewer than two options, an unknown choice, or a choice without a drawback."""
    if decision.status in ("rejected", "superseded"):
        return not_applicable()
    place = f"decisions.{decision.id}"
    faults = dict(_faults(decision, place))
    if not faults:
        return passed(options=len(decision.options), chosen=decision.chosen)
    return failed(
        f"“{decision.label}” {listed(faults)}",
        evidence={"options": [option.id for option in decision.options], "chosen": decision.chosen},
        fix=tuple(faults.values()),
        field="options" if len(decision.options) < FEWEST else "chosen",
    )


def _faults(decision: Decision, place: str) -> list[tuple[str, str]]:
    """What is wrong, each with what to do."""
    found = []
    if len(decision.options) < FEWEST:
        count = {0: "has no options", 1: "has one option only"}[len(decision.options)]
        found.append((count, f"two options or more under {place}.options, «do nothing» being one"))
    chosen = _chosen(decision)
    if decision.chosen and chosen is None and decision.options:
        ids = listed((option.id for option in decision.options), "or")
        found.append((f"chose “{decision.chosen}”, which is no option of it", f"{place}.chosen = {ids}"))
    if not decision.chosen and decision.status == "accepted":
        found.append(("is accepted and chose nothing", f"{place}.chosen: the id of an option"))
    if chosen is not None and not chosen.cons:
        advice = f"{place}.options.{chosen.id}.cons: what it costs"
        found.append(("names no drawback of its choice", advice))
    return found


def _chosen(decision: Decision) -> Option | None:
    wanted = (decision.chosen or "").casefold()
    return next((o for o in decision.options if wanted in (o.id, (o.name or "").casefold()) and wanted), None)


RULE = Rule(
    id="DOC004",
    title="Decision without alternatives",
    severity=Severity.WARNING,
    scope="decisions",
    check=check,
    sources=(
        "Michael Nygard, Documenting Architecture Decisions (2011)",
        "MADR, Markdown Architectural Decision Records, 4.0 (2024)",
    ),
)

FLAGGED = """
[decisions.store]
title = "Which database?"
status = "accepted"
chosen = "postgresql"
[decisions.store.options.postgresql]
pros = ["known"]
"""

FINE = """
[decisions.store]
title = "Which database?"
status = "accepted"
chosen = "postgresql"
[decisions.store.options.postgresql]
pros = ["the team knows it"]
cons = ["one primary takes all writes"]
[decisions.store.options.cassandra]
pros = ["writes scale"]
cons = ["nobody here has run it"]
"""
