"""State inside one of several copies is different in each of them, and gone with it.

## Why it matters
A session, a lock, a counter or an upload that lives in one process is not there when the next request meets another
copy. A limit of a hundred becomes a hundred per copy. Every release loses what was in memory. It works on one machine,
so it is found in production.

## What to do
Move the state to a store that all copies share, or give each copy its own keys (shards, consistent hashing) and say
who takes them over. Sticky sessions postpone the loss; they do not prevent it.

## When it is fine
Stores, caches, queues and streams hold state by trade. What may vanish at any time without anybody noticing, such as a
small local cache, is no state: say state = "none".
"""

from studio.edits.mend import mend
from studio.model.component import Component
from studio.model.kinds import OWN_CODE
from studio.red_flags.facts import Facts
from studio.red_flags.headroom import most_instances
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown

WORDS = {"memory": "in memory", "disk": "on its own disk"}


def check(component: Component, facts: Facts) -> Verdict:
    """Fails own code that keeps state in the process or on local disk while several copies of it run."""
    if component.kind not in OWN_CODE:
        return not_applicable()
    copies = most_instances(component)
    if copies == 1 and component.kind != "function":
        silent = component.instances is None and component.state in WORDS
        return unknown(f"components.{component.id}.instances") if silent else not_applicable()
    if component.state is None:
        return unknown(f"components.{component.id}.state")
    if component.state not in WORDS or _owns_its_keys(component, facts):
        return passed(state=component.state, copies=copies)
    many = f"{copies} copies" if copies > 1 else "as many copies as there are requests"
    return failed(
        f"{component.label} keeps state {WORDS[component.state]} and runs {many}, each with its own",
        evidence={"state": component.state, "copies": copies},
        fix=(
            'a store all copies share; then state = "external"',
            "or shards, so that each key belongs to one copy",
            "or one instance, as long as that carries the load",
        ),
        mends=(mend(f"components.{component.id}", state="external"),),
        field="state",
    )


def _owns_its_keys(component: Component, facts: Facts) -> bool:
    partitioned = facts.has_pattern("sharding", "consistent-hashing", "leader-election", on=component.id)
    return partitioned or (component.shards or 1) > 1


RULE = Rule(
    id="REL017",
    title="State inside one of several copies",
    severity=Severity.ERROR,
    scope="components",
    check=check,
    patterns=("key-value-store", "consistent-hashing"),
    sources=(
        "AWS Well-Architected, Reliability Pillar, REL05-BP06 (2024)",
        "Adam Wiggins, The Twelve-Factor App, VI. Processes (2011)",
    ),
)

_SERVICE = """
[components.api]
kind = "service"
instances = 4
{said}
"""

FLAGGED = _SERVICE.format(said='state = "memory"')

FINE = _SERVICE.format(said='state = "external"')

UNKNOWN = _SERVICE.format(said="")
