"""An agent stops when it thinks it is done, unless something else stops it.

## Why it matters
An agent that does not get on tries again, differently, for ever: each step costs tokens, holds a worker and may call a
tool. Nothing in the model counts. The ceiling of the cost is then the limit of the credit card, and the ceiling of
the latency is the patience of whoever notices.

## What to do
Three limits, enforced by the loop and never by the prompt: steps, cost, deadline. And an answer for the case that one
is reached: what was found so far, or a person.

## When it is fine
Never without limits. Generous ones are fine: they are there for the run that goes wrong.
"""

from studio.model.component import Component
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed
from studio.text import listed

LIMITS = ("steps", "cost", "deadline")
EXAMPLES = {"steps": "steps = 20", "cost": "cost = 0.50", "deadline": 'deadline = "60 s"'}
WORDS = {"steps": "steps", "cost": "cost", "deadline": "time"}


def check(component: Component, _: Facts) -> Verdict:
    """Fails an agent without a limit of steps, of cost or of time."""
    if component.kind != "agent":
        return not_applicable()
    limits = component.limits_of_agent
    lacking = [name for name in LIMITS if limits is None or getattr(limits, name) is None]
    if not lacking:
        return passed(**{name: getattr(limits, name) for name in LIMITS})
    return failed(
        f"nothing limits the {listed((WORDS[name] for name in lacking), 'or')} of one run of {component.label}",
        evidence={"lacking": lacking},
        fix=(f"{', '.join(EXAMPLES[name] for name in lacking)} in limits_of_agent of components.{component.id}",),
        field="limits_of_agent",
    )


RULE = Rule(
    id="AIX003",
    title="Unbounded agent loop",
    severity=Severity.ERROR,
    scope="components",
    check=check,
    patterns=("agent-loop", "human-approval"),
    sources=(
        "AWS Well-Architected, Generative AI Lens, GENCOST05-BP01 and GENREL03-BP02 (2025)",
        "OWASP Top 10 for LLM Applications, LLM10: Unbounded Consumption (2025)",
    ),
)

_AGENT = """
[components.researcher]
kind = "agent"
limits_of_agent = {{ {limits} }}
"""

FLAGGED = _AGENT.format(limits="steps = 20")

FINE = _AGENT.format(limits='steps = 20, cost = 0.50, deadline = "60 s"')
