"""To a language model every text is an instruction, the visitor's and the web page's too.

## Why it matters
There is no quoting in a prompt. What a user types, what a mail says, what a retrieved page hides in white on white is
read like the words of its owner. A model that only talks says something silly; one that sees other people's data tells
them, and one that has tools uses them, with your credentials.

## What to do
Suppose that it works, and limit what it can do: no tool that the user could not use, no data the user may not see, a
person before what cannot be undone. Then make it rarer: keep instructions and text apart, filter what comes in and
check what goes out.

## When it is fine
Input that only your own code makes. Guardrails on the model or its caller, or a call that says it is checked
(validated). No guard stops all of it: the limits do.
"""

from studio.model.component import Component
from studio.model.connection import Connection
from studio.red_flags.facts import Facts
from studio.red_flags.prompts import fed_by_users, has_a_model, is_guarded, private_in, tools_of, writes
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import listed

FOUND = frozenset({"search", "vector-store", "external"})
"""Kinds whose answers hold texts of others."""


def check(component: Component, facts: Facts) -> Verdict:
    """Warns about a model or agent that reads foreign text unguarded; an error when it has tools or private data."""
    if not has_a_model(component):
        return not_applicable()
    calls, callers = facts.design.calls_of[component.id], facts.design.callers_of[component.id]
    foreign = [call for call in callers if call.source in fed_by_users(facts)]
    foreign += [call for call in calls if facts.design.component[call.target].kind in FOUND]
    if not foreign:
        return not_applicable()
    open_ = [c for c in foreign if not c.validated and not is_guarded(facts, component.id, c.id, c.source, c.target)]
    if not open_:
        return passed(guarded=[call.id for call in foreign])
    tools = [c for c in tools_of(component, facts) if writes(c)] if component.kind == "agent" else []
    private = private_in((*calls, *callers), facts)
    if not tools and not private:
        silent = _unsaid(component, (*calls, *callers), facts)
        if silent:
            return unknown(*silent)
    return _failed(component, open_, tools, private, facts)


def _unsaid(component: Component, calls: tuple[Connection, ...], facts: Facts) -> tuple[str, ...]:
    """What would tell whether anything is at stake."""
    tools = tools_of(component, facts) if component.kind == "agent" else ()
    silent = tuple(f"connections.{call.id}.mutating" for call in tools if writes(call) is None)
    carries = tuple(f"connections.{call.id}.data" for call in calls if not call.data)
    return (*silent, *carries)


def _failed(
    component: Component, open_: list[Connection], tools: list[Connection], private: tuple[str, ...], facts: Facts
) -> Verdict:
    labels = facts.design.component
    sources = listed(dict.fromkeys(labels[c.target if c.source == component.id else c.source].label for c in open_))
    can = listed(dict.fromkeys(labels[call.target].label for call in tools))
    stake = [*([f"can change {can}"] if tools else []), *([f"sees {listed(private)}"] if private else [])]
    return failed(
        f"{component.label} reads what comes from {sources} unguarded{f', and {listed(stake)}' if stake else ''}",
        evidence={"from": [call.id for call in open_], "tools": [call.id for call in tools], "private": list(private)},
        fix=(
            f'the pattern guardrails on "{component.id}": what comes in and what goes out is checked',
            *([f'human-approval on "{component.id}" before anything that cannot be undone'] if tools else []),
            *([f"only the caller's own {listed(private)} in the prompt"] if private else []),
        ),
        severity=Severity.ERROR if stake else None,
    )


RULE = Rule(
    id="AIX001",
    title="Prompt injection unguarded",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    patterns=("guardrails", "human-approval", "llm-gateway"),
    sources=(
        "OWASP Top 10 for LLM Applications, LLM01: Prompt Injection (2025)",
        "Kai Greshake and others, Not What You've Signed Up For: Indirect Prompt Injection, AISec (2023)",
    ),
)

_CHAT = """
[components.web]
kind = "client"
[components.helper]
kind = "agent"
[components.orders]
kind = "service"
[data.question]
classification = "internal"
[connections.web-helper]
from = "web"
to = "helper"
data = ["question"]
[connections.helper-orders]
from = "helper"
to = "orders"
data = ["question"]
{mutating}
{guard}
"""

FLAGGED = _CHAT.format(mutating="mutating = true", guard="")

FINE = _CHAT.format(mutating="mutating = true", guard='[patterns.guard]\nuse = "guardrails"\non = ["helper"]')

UNKNOWN = _CHAT.format(mutating="", guard="")
