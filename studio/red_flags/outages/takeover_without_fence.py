"""Before a new primary writes, the old one must be unable to.

## Why it matters
A primary that does not answer is not a primary that is dead. It may sit behind a broken switch, paused by its
hypervisor, or be cut off with half of the clients. Promote another one and both accept writes; when the network heals
there are two histories, each with acknowledged payments in it, and no rule that says which is true. The minutes of the
partition then cost days of merging.

## What to do
Take the old primary's right to write away before it is given to the new one: a lease that runs out, a fencing token
the storage checks, a quorum it cannot reach, power off as the last means. Then fence = true, and try it with a network
that is cut, not with a process that is killed.

## When it is fine
When a person promotes and makes sure. Writes that need a quorum fence by themselves. A cache may have two truths for a
while.
"""

from studio.edits.mend import mend
from studio.model.component import Component
from studio.model.kinds import DATA_HOLDERS
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown


def check(component: Component, facts: Facts) -> Verdict:
    """Fails an automatic takeover after which the old primary may go on writing."""
    failover = component.failover
    if component.kind not in DATA_HOLDERS - {"cache"} or failover is None or failover.mode == "manual":
        return not_applicable()
    if failover.mode is None:
        return unknown(f"components.{component.id}.failover.mode")
    if failover.fence or (component.replication and component.replication.mode == "quorum"):
        return passed(fence=failover.fence)
    if failover.fence is None:
        return not_applicable() if facts.is_managed(component) else unknown(f"components.{component.id}.failover.fence")
    return failed(
        f"{component.label} promotes a copy by itself, and nothing keeps the old primary from writing on",
        evidence={"mode": "automatic", "fence": False},
        fix=(
            f"a lease or a fencing token the storage checks; then failover.fence = true on components.{component.id}",
            'or replication.mode = "quorum": the old primary cannot commit alone',
            'or failover.mode = "manual"',
        ),
        mends=(
            mend(f"components.{component.id}.failover", fence=True),
            mend(f"components.{component.id}.replication", mode="quorum"),
            mend(f"components.{component.id}.failover", mode="manual"),
        ),
        field="failover",
    )


RULE = Rule(
    id="OUT011",
    title="Takeover without a fence",
    severity=Severity.ERROR,
    scope="components",
    check=check,
    patterns=("leader-election", "distributed-lock", "active-passive-failover"),
    sources=(
        "Martin Kleppmann, Designing Data-Intensive Applications, chapter 8, Fencing tokens (2017)",
        "GitHub, Downtime last Saturday (2012)",
    ),
)

_STORE = """
[components.store]
kind = "database"
read_replicas = 1
failover = {{ mode = "automatic"{fence} }}
"""

FLAGGED = _STORE.format(fence=", fence = false")

FINE = _STORE.format(fence=", fence = true")

UNKNOWN = _STORE.format(fence="")
