"""What may be set as a threshold: its unit, its bounds, and for which parts it can differ."""

from collections.abc import Mapping
from typing import Final

from studio.model.values import Measure, WholeNumber
from studio.units import Dimension

_SHARE: Final = Measure(Dimension.RATIO, most=1.0, above=True)
_MULTIPLE: Final = Measure(Dimension.FACTOR, least=1.0)
_AMOUNT: Final = Measure(Dimension.COUNT, above=True)
_RATE: Final = Measure(Dimension.RATE)
_TIME: Final = Measure(Dimension.DURATION, above=True)
_WHOLE: Final = WholeNumber(1)

MEASURES: Final[Mapping[str, Measure | WholeNumber]] = {
    "utilisation_warning": _SHARE,
    "growth": _MULTIPLE,
    "growth_worth_a_plan": _MULTIPLE,
    "deployables_per_engineer": _AMOUNT,
    "smallest_microservice_team": _WHOLE,
    "complexity_per_engineer": _AMOUNT,
    "complexity_error": _MULTIPLE,
    "prototype_complexity": _SHARE,
    "model_cost_share": _SHARE,
    "latency_error": _MULTIPLE,
    "synchronous_hops": _WHOLE,
    "retry_product": _MULTIPLE,
    "retry_product_error": _MULTIPLE,
    "budget_share_of_a_dependency": _SHARE,
    "several_regions": _SHARE,
    "limit_share": _SHARE,
    "expires_soon_days": _AMOUNT,
    "ids_last_years": _AMOUNT,
    "pool_share": _SHARE,
    "quota_share": _SHARE,
    "calls_for_one_request": _MULTIPLE,
    "calls_one_after_another": _WHOLE,
    "longest_page": _AMOUNT,
    "keys_per_shard": _AMOUNT,
    "hot_shard_factor": _MULTIPLE,
    "region_round_trip": _TIME,
    "continent_round_trip": _TIME,
    "drill_days": _WHOLE,
    "cost_growth": _AMOUNT,
    "idle_utilisation": _SHARE,
    "availability_without_regions": _SHARE,
    "focus": _SHARE,
    "on_call": _WHOLE,
    "on_call_availability": _SHARE,
    "cache_rps": _RATE,
    "cache_hit_ratio": _SHARE,
    "reads_for_copies": _AMOUNT,
    "degree": _WHOLE,
    "entities": _WHOLE,
    "model_calls_per_day": _AMOUNT,
    "shared_prefix_tokens": _AMOUNT,
    "repeat_share": _SHARE,
    "data_growth": _SHARE,
    "hops_to_trace": _WHOLE,
}
"""Every threshold with its unit and bounds."""

DIFFERING: Final[Mapping[str, frozenset[str]]] = {
    "components": frozenset({
        "utilisation_warning", "growth_worth_a_plan", "budget_share_of_a_dependency", "limit_share",
        "expires_soon_days", "ids_last_years", "pool_share", "quota_share", "longest_page", "keys_per_shard",
        "hot_shard_factor", "region_round_trip", "continent_round_trip", "drill_days", "idle_utilisation",
        "availability_without_regions", "cache_rps", "cache_hit_ratio", "degree", "entities",
    }),
    "connections": frozenset({
        "retry_product", "retry_product_error", "calls_for_one_request", "calls_one_after_another",
    }),
    "journeys": frozenset({"synchronous_hops", "hops_to_trace", "latency_error"}),
}  # fmt: skip
"""By section: the thresholds of rules that look at one such part at a time. The others are about the whole design."""
