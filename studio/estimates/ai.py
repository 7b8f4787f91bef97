"""Tokens and what they cost. Prices in USD per million tokens; a month has 30 days.

A semantic cache that answers a share h of the requests saves their tokens: savings multiply, they do not add.
"""

from typing import NamedTuple

from studio.estimates.traffic import per_month

TOKENS_PER_PRICE = 1_000_000


class TokenPrices(NamedTuple):
    """USD per million tokens, in and out; equal when one blended price is given."""

    input: float
    output: float


def tokens_per_day(requests: float, input_tokens: float, output_tokens: float, cache_hit_ratio: float = 0.0) -> float:
    """Tokens bought a day: requests × (1 − hits) × (tokens in + tokens out)."""
    return requests * (1 - cache_hit_ratio) * (input_tokens + output_tokens)


def cost_per_month(
    requests_per_day: float,
    input_tokens: float,
    output_tokens: float,
    prices: TokenPrices,
    cache_hit_ratio: float = 0.0,
) -> float:
    """USD a month: requests × 30 × (1 − hits) × (in × price in + out × price out) ÷ 1,000,000."""
    one = input_tokens * prices.input + output_tokens * prices.output
    return per_month(requests_per_day) * (1 - cache_hit_ratio) * one / TOKENS_PER_PRICE


def tokens_per_minute(rate: float, input_tokens: float, output_tokens: float) -> float:
    """The figure a provider's quota is compared with: requests/s × 60 × tokens of one."""
    return rate * 60 * (input_tokens + output_tokens)
