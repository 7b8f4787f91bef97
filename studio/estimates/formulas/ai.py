"""Tokens and what they cost. Prices in USD per million tokens; a month has 30 days.

A semantic cache that answers a share h of the requests saves all of their tokens, a cached prompt makes a share of
the input cheaper: savings multiply, they do not add. Source: price lists per million tokens; the vendors bill fresh
input, cached input and output apart.
"""

from typing import NamedTuple

from studio.estimates.formulas.traffic import per_month

TOKENS_PER_PRICE = 1_000_000


class TokenPrices(NamedTuple):
    """USD per million tokens, in and out; equal when one blended price is given."""

    input: float
    output: float
    cached_input: float = 0.0
    """Of input billed as cached prompt; it matters only where a share of the input is."""


def tokens_per_day(requests: float, input_tokens: float, output_tokens: float, cache_hit_ratio: float = 0.0) -> float:
    """Tokens bought a day, cached input included: requests a day × (1 − hits) × (tokens in + tokens out)."""
    return requests * (1 - cache_hit_ratio) * (input_tokens + output_tokens)


def cost_per_month(
    requests_per_day: float,
    input_tokens: float,
    output_tokens: float,
    prices: TokenPrices,
    cache_hit_ratio: float = 0.0,
    cached_input_ratio: float = 0.0,
) -> float:
    """USD a month: requests × 30 × (1 − hits) × (fresh in × price + cached in × its price + out × price) ÷ 1,000,000.

    ``cached_input_ratio`` is the share of the input tokens billed as cached prompt.
    """
    fresh, cached = input_tokens * (1 - cached_input_ratio), input_tokens * cached_input_ratio
    one = fresh * prices.input + output_tokens * prices.output + cached * prices.cached_input
    return per_month(requests_per_day) * (1 - cache_hit_ratio) * one / TOKENS_PER_PRICE


def tokens_per_minute(rate: float, input_tokens: float, output_tokens: float, cache_hit_ratio: float = 0.0) -> float:
    """Tokens a minute, what a provider's quota limits: requests/s × 60 × (1 − hits) × (tokens in + tokens out)."""
    return rate * 60 * (1 - cache_hit_ratio) * (input_tokens + output_tokens)
