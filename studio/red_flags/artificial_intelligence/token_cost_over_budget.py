"""Tokens are the one cost that grows with every user and with every word of the prompt.

## Why it matters
Two calls a second with 3,000 tokens in at $3 and 500 out at $15 a million are $85,536 a month. A server costs the same
whether the prompt is long or short; a model does not. What is a rounding error in the trial is the largest line of the
invoice after a good quarter.

## What to do
In the order of what it saves: do not call (a cache, a rule), call a smaller model first, say less in, ask for less
out. Output is usually four to eight times dearer than input. Then decide what share of the budget it may take.

## When it is fine
Up to three tenths of the budget, or more with a decision about the model that says so. A model on your own instances
is paid for with these.
"""

from studio.model.design import Design
from studio.red_flags import missing
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import money, percent, ratio
from studio.units import point


def check(design: Design, facts: Facts) -> Verdict:
    """Warns when tokens take more than three tenths of the budget undecided; an error when they exceed all of it."""
    models = [c for c in design.components if c.kind in ("llm", "agent")]
    bought = [c for c in models if c.kind == "llm" and facts.is_managed(c)]
    if design.requirements.ai is None and not bought:
        return not_applicable()
    cost = facts.estimates.ai.cost_per_month if facts.estimates.ai else None
    if cost is None:
        return unknown(*missing.of_tokens(facts))
    if facts.budget is None:
        return unknown("requirements.cost.budget_per_month")
    allowed = facts.thresholds.model_cost_share * facts.budget
    decided = bool(facts.decisions_about(*(c.id for c in models)))
    evidence = {"cost_per_month": cost, "budget_per_month": facts.budget, "decided": decided}
    if cost <= allowed or (decided and cost <= facts.budget):
        return passed(**evidence)
    over = cost > facts.budget
    most = facts.budget if over and decided else allowed
    share = percent(cost / facts.budget) if facts.budget else "all"
    return failed(
        f"calls of language models cost {money(cost)} a month, {share} of the budget of {money(facts.budget)}"
        f"{'' if over else ', and no decision says so'}",
        evidence=evidence,
        fix=_fixes(design, cost, most),
        severity=Severity.ERROR if over else None,
        field="requirements.ai",
    )


def _fixes(design: Design, cost: float, most: float) -> tuple[str, ...]:
    """What would bring the cost down to `most`, each on its own."""
    wanted = design.requirements.ai
    hits = point(wanted.cache_hit_ratio) if wanted and wanted.cache_hit_ratio is not None else 0.0
    factor = most / cost
    cache = f"a semantic cache that answers {ratio(round(1 - (1 - hits) * factor, 3))} of the calls"
    tokens = f"or {percent(1 - factor)} fewer tokens, output before input, or a model at {percent(factor)} of the price"
    return (cache, tokens, "or a decision about the model that says what share of the budget it may take")


RULE = Rule(
    id="AIX005",
    title="Token cost over budget",
    severity=Severity.WARNING,
    scope="design",
    check=check,
    patterns=("semantic-cache", "model-routing", "prompt-prefix-cache", "context-window-management"),
    sources=(
        "AWS Well-Architected, Generative AI Lens, GENCOST01-BP01 and GENCOST03-BP01 (2025)",
        "Lingjiao Chen, Matei Zaharia and James Zou, FrugalGPT (2023)",
    ),
)

_CALLS = """
[requirements.scale]
daily_active_users = 1000
[requirements.ai]
requests_per_user_per_day = 10
input_tokens = 1000
output_tokens = 500
{price}
[requirements.cost]
budget_per_month = 2000
[components.model]
kind = "llm"
managed = true
"""

FLAGGED = _CALLS.format(price="price_per_million_tokens = 3.0")

FINE = _CALLS.format(price="price_per_million_tokens = 0.5")

UNKNOWN = _CALLS.format(price="")
