"""What a model writes is input like any other, from the stranger who wrote the prompt.

## Why it matters
Text that goes from a model into a query, a shell, a page or a record carries whatever was put into the prompt, and now
and then an invention nobody put there: a column that does not exist, an amount with a zero too many. It is well
formed, so nothing stops it.

## What to do
Let it answer in a form with a schema, and refuse what does not fit. Then check as for any stranger: allowed values
only, parameters instead of text in queries, escaping in pages, a sandbox for code. What goes into a system of record
is seen by a person, or can be undone.

## When it is fine
Calls that say they are checked: validated = true. Guardrails or a person's approval on the agent. Calls that only read.
"""

from studio.edits.mend import mend
from studio.model.connection import Connection
from studio.red_flags.facts import Facts
from studio.red_flags.prompts import has_a_model, is_guarded, writes
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import says_something


def check(connection: Connection, facts: Facts) -> Verdict:
    """Fails a write that comes out of a model and that nothing checks."""
    source, target = (facts.design.component[end] for end in (connection.source, connection.target))
    if source.kind not in ("llm", "agent") or has_a_model(target) or target.kind == "client":
        return not_applicable()
    changes = writes(connection)
    if changes is False:
        return not_applicable()
    around = (connection.id, source.id)
    approved = any(facts.has_pattern("human-approval", on=id_) for id_ in around)
    limits = source.limits_of_agent
    approved = approved or bool(limits and says_something(limits.approval))
    if connection.validated or approved or is_guarded(facts, *around, target.id):
        return passed(validated=connection.validated)
    place = f"connections.{connection.id}"
    if changes is None:
        return unknown(f"{place}.mutating")
    if connection.validated is None:
        return unknown(f"{place}.validated")
    return failed(
        f"{target.label} does what {source.label} writes, and nothing checks it",
        evidence={"validated": False},
        fix=(
            f"a schema that is enforced, and allowed values only, then validated = true on {place}",
            f"or a person's yes before it: approval in limits_of_agent of components.{source.id}",
        ),
        mends=(mend(place, validated=True),),
        field="validated",
    )


RULE = Rule(
    id="AIX008",
    title="Output of a model trusted",
    severity=Severity.ERROR,
    scope="connections",
    check=check,
    patterns=("guardrails", "human-approval"),
    sources=(
        "OWASP Top 10 for LLM Applications, LLM05: Improper Output Handling (2025)",
        "AWS Well-Architected, Generative AI Lens, GENSEC02-BP01 (2025)",
    ),
)

_AGENT = """
[components.helper]
kind = "agent"
[components.orders]
kind = "database"
[connections.helper-orders]
from = "helper"
to = "orders"
mutating = true
{validated}
"""

FLAGGED = _AGENT.format(validated="validated = false")

FINE = _AGENT.format(validated="validated = true")

UNKNOWN = _AGENT.format(validated="")
