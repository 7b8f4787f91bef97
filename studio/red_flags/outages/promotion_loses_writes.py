"""A copy that runs behind, promoted by itself, throws away what it had not yet received.

## Why it matters
Asynchronous replication says «done» before the copy has it. When the primary goes, the last writes exist only there;
promoting the copy makes their absence official. Users were told that their payment went through. Worse, ids and
sequences are handed out a second time, and the old primary comes back with a different truth that somebody must merge
by hand.

## What to do
If nothing may be lost: synchronous replication or a quorum for what must not be, and pay its milliseconds. If automatic
takeover matters more: promise what the lag allows (recovery_point), and watch the lag. Or let a person promote, who
first looks at what is missing.

## When it is fine
When the promise allows the loss. Caches, and what can be made again from elsewhere. Whether lag and promise fit in
numbers is another flag (DAT003).
"""

from collections.abc import Sequence

from studio.edits.mend import mend
from studio.model.component import Component
from studio.model.kinds import DATA_HOLDERS
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import duration
from studio.text import listed
from studio.units import point


def check(component: Component, facts: Facts) -> Verdict:
    """Fails a store that promotes an asynchronous copy by itself although nothing may be lost."""
    failover, replication = component.failover, component.replication
    if component.kind not in DATA_HOLDERS - {"cache"} or failover is None or failover.mode == "manual":
        return not_applicable()
    if failover.mode is None or replication is None or replication.mode is None:
        lacking = ["failover.mode"] if failover.mode is None else []
        lacking += ["replication.mode"] if replication is None or replication.mode is None else []
        return unknown(*(f"components.{component.id}.{name}" for name in lacking))
    if replication.mode != "async":
        return passed(replication=replication.mode)
    allowed = facts.design.requirements.availability.recovery_point
    strong = [d.id for d in facts.design.data if d.store == component.id and d.consistency == "strong"]
    every = _promises_every_write(facts, is_silent=allowed is None)
    if allowed is None and not strong and not every:
        return unknown("requirements.availability.recovery_point")
    if not strong and not every and allowed is not None and point(allowed) > 0:
        return passed(recovery_point_s=point(allowed))
    none_lost = allowed is not None and point(allowed) == 0
    promise = f"readers of {listed(strong)} may rely on every write" if strong else "nothing may be lost"
    promise = promise if strong or none_lost else f"{every} promises that every write counts"
    lag = "" if replication.lag is None else f" up to {duration(1000 * point(replication.lag))} behind"
    return failed(
        f"{component.label} promotes a copy{lag} by itself, and {promise}",
        evidence={"replication": "async", "recovery_point_s": None if allowed is None else point(allowed)},
        fix=(
            f'replication.mode = "sync" or "quorum" on components.{component.id}',
            'or failover.mode = "manual": a person looks at what is missing first',
            f"or a promise that allows it: requirements.availability.recovery_point{_above(replication.lag)}"
            + _besides(strong, every),
        ),
        mends=(
            mend(f"components.{component.id}.replication", mode="sync"),
            mend(f"components.{component.id}.failover", mode="manual"),
        ),
        severity=None if allowed is not None and point(allowed) == 0 else Severity.WARNING,
        field="failover",
    )


def _besides(strong: Sequence[str], every: str | None) -> str:
    """What else the promise would have to change."""
    if strong:
        return f', and consistency = "eventual" for {listed(strong)}'
    return f", and another {every}" if every else ""


def _promises_every_write(facts: Facts, *, is_silent: bool) -> str | None:
    """The field by which the whole design promises that no acknowledged write is taken back; None where none does.

    What a partition does counts where the recovery point is silent: else that says what may be lost.
    """
    wanted = facts.design.requirements.consistency
    if wanted.need == "strong":
        return "requirements.consistency.need"
    consistent = wanted.during_partition == "consistent"
    return "requirements.consistency.during_partition" if consistent and is_silent else None


def _above(lag: object) -> str:
    seconds = point(lag) if isinstance(lag, float | int) else None
    return " above 0" if not seconds else f" of {duration(1000 * seconds)} or more"


RULE = Rule(
    id="OUT010",
    title="Promotion loses writes",
    severity=Severity.ERROR,
    scope="components",
    check=check,
    patterns=("leader-election", "active-passive-failover"),
    sources=(
        "GitHub, October 21 post-incident analysis (2018)",
        "Martin Kleppmann, Designing Data-Intensive Applications, chapter 5, Handling Node Outages (2017)",
    ),
)

_STORE = """
[requirements.availability]
recovery_point = "{allowed}"
[components.store]
kind = "database"
read_replicas = 1
failover = {{ mode = "automatic" }}
{replication}
"""

FLAGGED = _STORE.format(allowed="0 s", replication='replication = { mode = "async", lag = "2 s" }')

FINE = _STORE.format(allowed="5 min", replication='replication = { mode = "async", lag = "2 s" }')

UNKNOWN = _STORE.format(allowed="0 s", replication="")
