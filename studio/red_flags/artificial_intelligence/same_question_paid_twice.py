"""Tokens that are the same in every call need not be paid in every call.

## Why it matters
A prompt begins with the same two thousand tokens of instructions and examples each time, and users ask the same things
in other words. Providers keep a beginning for a tenth to a half of the price; an answer that is kept costs nothing and
comes in milliseconds. From ten thousand calls a day it is the cheapest change there is.

## What to do
What never changes first in the prompt, what changes last, and the provider's prefix cache on. For questions that
repeat, a semantic cache: keyed by tenant, with a lifetime, and a threshold that was measured on real questions.

## When it is fine
Fewer calls. Short prompts of which somebody measured that they seldom repeat: repeat_share below a fifth, or
cache_hit_ratio = 0, said.
"""

from studio.model.design import Design
from studio.red_flags import missing
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import money, percent
from studio.units import grouped, point

CACHES = ("semantic-cache", "prompt-prefix-cache")


def check(design: Design, facts: Facts) -> Verdict:
    """Warns about many calls of a model with a long beginning in common and nothing that keeps it."""
    wanted = design.requirements.ai
    if wanted is None or not any(c.kind in ("llm", "agent") for c in design.components):
        return not_applicable()
    calls = facts.estimates.ai.requests_per_day if facts.estimates.ai else None
    if calls is None:
        silent = [field for field in missing.of_tokens(facts) if "price" not in field and "tokens" not in field]
        return unknown(*silent) if silent else not_applicable()
    if calls < facts.thresholds.model_calls_per_day:
        return not_applicable()
    repeated = None if wanted.repeat_share is None else point(wanted.repeat_share)
    kept = facts.has_pattern("semantic-cache") or bool(wanted.cache_hit_ratio)
    if repeated is not None and repeated >= facts.thresholds.repeat_share and not kept:
        return _repeated(calls, repeated)
    if facts.has_pattern(*CACHES) or wanted.cached_input_ratio or wanted.cache_hit_ratio:
        return passed(calls_per_day=calls)
    if wanted.input_tokens is None:
        return unknown("requirements.ai.input_tokens")
    tokens = point(wanted.input_tokens)
    if tokens >= facts.thresholds.shared_prefix_tokens and wanted.cached_input_ratio is None:
        return _failed(calls, tokens, facts)
    if wanted.cache_hit_ratio is None and repeated is None:
        return unknown("requirements.ai.repeat_share", "requirements.ai.cache_hit_ratio")
    return passed(calls_per_day=calls)


def _repeated(calls: float, share: float) -> Verdict:
    return failed(
        f"{percent(share)} of {grouped(calls)} calls of language models a day ask what was asked before, "
        "and no answer is kept",
        evidence={"calls_per_day": calls, "repeat_share": share},
        fix=(
            "a semantic cache keyed by tenant, with a lifetime: pattern semantic-cache",
            "then requirements.ai.cache_hit_ratio says how many calls it answers",
        ),
        field="requirements.ai",
    )


def _failed(calls: float, tokens: float, facts: Facts) -> Verdict:
    cost = facts.estimates.ai.cost_per_month if facts.estimates.ai else None
    of = f"; tokens cost {money(cost)} a month now" if cost else ""
    return failed(
        f"{grouped(calls)} calls of language models a day with {grouped(tokens)} tokens each, and nothing is kept",
        evidence={"calls_per_day": calls, "input_tokens": tokens, "cost_per_month": cost},
        fix=(
            f"the provider's cache for the beginning of the prompt, half the price of input or less{of}",
            "then requirements.ai.cached_input_ratio says how much of the input it is",
            "or a semantic cache for what is asked again, and requirements.ai.cache_hit_ratio, 0 if it was measured",
        ),
        field="requirements.ai",
    )


RULE = Rule(
    id="AIX006",
    title="Same prompt paid again and again",
    severity=Severity.WARNING,
    scope="design",
    check=check,
    patterns=CACHES,
    sources=(
        "AWS Well-Architected, Generative AI Lens, GENCOST03-BP03 (2025)",
        "In Gim and others, Prompt Cache: Modular Attention Reuse for Low-Latency Inference, MLSys (2024)",
    ),
)

_CALLS = """
[requirements.scale]
daily_active_users = 10_000
[requirements.ai]
requests_per_user_per_day = 5
{said}
[components.model]
kind = "llm"
"""

FLAGGED = _CALLS.format(said="input_tokens = 2500")

FINE = _CALLS.format(said="input_tokens = 2500\ncached_input_ratio = 0.8")

UNKNOWN = _CALLS.format(said="")
