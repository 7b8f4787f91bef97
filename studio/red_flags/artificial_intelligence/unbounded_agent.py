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

from typing import Any

from studio.edits.mend import Mend, mend
from studio.model.component import Component
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed
from studio.text import listed
from studio.units import Dimension, as_written, point

LIMITS = ("steps", "cost", "deadline")
EXAMPLES = {"steps": "steps = 20", "cost": "cost = 0.50", "deadline": 'deadline = "60 s"'}
WORDS = {"steps": "steps", "cost": "cost", "deadline": "time"}

DAYS_OF_A_MONTH = 30


def check(component: Component, facts: Facts) -> Verdict:
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
        mends=(_limits(component, lacking, facts),),
        field="limits_of_agent",
    )


def _limits(agent: Component, lacking: list[str], facts: Facts) -> Mend:
    """The limits nobody set: time as long as its callers wait, money as the budget leaves for a run, else examples."""
    waits = [point(call.timeout) for call in facts.design.callers_of[agent.id] if call.timeout is not None]
    runs = facts.estimates.ai.requests_per_day if facts.estimates.ai else None
    wanted: dict[str, Any] = {"steps": 20, "cost": 0.5, "deadline": "60 s"}
    if waits:
        wanted["deadline"] = as_written(min(waits), Dimension.DURATION)
    if runs and facts.budget:
        share = facts.thresholds.model_cost_share * facts.budget / (runs * DAYS_OF_A_MONTH)
        wanted["cost"] = float(f"{share:.2g}")
    found = {name: wanted[name] for name in lacking}
    return mend(f"components.{agent.id}.limits_of_agent", "a first guess, to be measured", **found)


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
