"""An agent can do what its tools can do, on its worst day.

## Why it matters
The model decides which tool to call; what the tool may do decides how bad a wrong call is. An agent with the rights of
an administrator deletes the wrong customer as fluently as it greets the right one. With a person's own login, the log
says it was the person.

## What to do
An account of its own for each agent with the fewest rights, one tool for one thing. Reading is free, what can be undone
is written down, what cannot be undone waits for a person's yes. A dry run that shows what would happen.

## When it is fine
Agents whose tools only read. Approval of what writes: approval in limits_of_agent, or the pattern human-approval.
"""

from studio.model.component import Component
from studio.model.connection import Connection
from studio.red_flags.credentials import asks_nobody, is_borrowed
from studio.red_flags.facts import Facts
from studio.red_flags.prompts import tools_of, writes
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import listed, says_something


def check(component: Component, facts: Facts) -> Verdict:
    """Fails an agent that changes things without a person's yes, or under an account that is not its own."""
    if component.kind != "agent":
        return not_applicable()
    tools = [call for call in tools_of(component, facts) if writes(call) is not False]
    writing = [call for call in tools if writes(call)]
    limits = component.limits_of_agent
    around = (component.id, *(call.id for call in writing))
    asked = bool(limits and says_something(limits.approval))
    approved = asked or any(facts.has_pattern("human-approval", on=id_) for id_ in around)
    borrowed = [call for call in writing if asks_nobody(call.auth) or is_borrowed(call.auth)]
    if (writing and not approved) or borrowed:
        return _failed(component, writing, borrowed, facts, approved=approved)
    silent = (*(f"connections.{call.id}.mutating" for call in tools if writes(call) is None and not approved),
              *(f"connections.{call.id}.auth" for call in writing if not call.auth))  # fmt: skip
    if silent:
        return unknown(*silent)
    return passed(writing=[call.id for call in writing]) if tools_of(component, facts) else not_applicable()


def _failed(
    agent: Component, writing: list[Connection], borrowed: list[Connection], facts: Facts, *, approved: bool
) -> Verdict:
    def names(calls: list[Connection]) -> str:
        return listed(dict.fromkeys(facts.design.component[call.target].label for call in calls))

    faults = [] if approved else [f"changes {names(writing)} without anybody's yes"]
    faults += [f"uses {names(borrowed)} under an account that is not its own"] if borrowed else []
    return failed(
        f"{agent.label} {listed(faults)}",
        evidence={"writing": [call.id for call in writing], "borrowed": [call.id for call in borrowed]},
        fix=(
            *([] if approved else [f"approval in limits_of_agent of components.{agent.id}: what needs a person's yes"]),
            *([f"auth on connections.{c.id}: an account of the agent, for this tool only" for c in borrowed]),
        ),
        field="limits_of_agent",
    )


RULE = Rule(
    id="AIX004",
    title="Excessive agency",
    severity=Severity.ERROR,
    scope="components",
    check=check,
    patterns=("human-approval", "guardrails", "audit-log"),
    sources=(
        "OWASP Top 10 for LLM Applications, LLM06: Excessive Agency (2025)",
        "NIST AI 600-1, Generative Artificial Intelligence Profile, section 2.7 (2024)",
    ),
)

_AGENT = """
[components.helper]
kind = "agent"
{approval}
[components.orders]
kind = "service"
[connections.helper-orders]
from = "helper"
to = "orders"
auth = "workload identity, may cancel orders"
{mutating}
"""

FLAGGED = _AGENT.format(approval="", mutating="mutating = true")

FINE = _AGENT.format(approval='limits_of_agent = { approval = "refunds above 50" }', mutating="mutating = true")

UNKNOWN = _AGENT.format(approval="", mutating="")
