"""Explanations of what users make and models are asked."""

from collections.abc import Callable, Mapping
from typing import Final

from studio.estimates.defaults import CACHE_HIT_RATIO, CACHED_INPUT_RATIO, PEAK_FACTOR, READS_PER_WRITE
from studio.estimates.demand import cached_input_ratio, kept_seconds, token_price
from studio.estimates.explaining.explanation import Input, Lookup, Rule
from studio.estimates.formulas.ai import TOKENS_PER_PRICE

_PRIMER: Final = "back-of-the-envelope estimation; Xu, System Design Interview, 2020"
_MONTH: Final = "a month has 30 days"
_LOAD: Final = "--load, × today's peak"


def load_asked_for(at: Lookup) -> Input:
    """The multiple of today's peak the estimate is made for."""
    return Input("load", at.estimates.load, "× today's peak", _LOAD)


def _reads_per_write(at: Lookup) -> Input:
    return at.scale("reads_per_write", "", READS_PER_WRITE)


def _requests(at: Lookup) -> Rule:
    inputs = (at.scale("daily_active_users", "users"), at.scale("requests_per_user_per_day", "requests/day"))
    return Rule("daily active users × requests each makes a day", _PRIMER, inputs)


def _average(at: Lookup) -> Rule:
    return Rule("requests a day ÷ 86,400 s", _PRIMER, (at.figure("traffic.requests_per_day"),))


def _peak(at: Lookup) -> Rule:
    inputs = (at.figure("traffic.average_rps"), at.scale("peak_factor", "", PEAK_FACTOR), load_asked_for(at))
    return Rule("average × peak factor × load", _PRIMER, inputs, ("the busiest hour is flat: seconds vary around it",))


def _class(share: str) -> Callable[[Lookup], Rule]:
    def rule(at: Lookup) -> Rule:
        return Rule(
            f"peak × {share}, r = reads per write", _PRIMER, (at.figure("traffic.peak_rps"), _reads_per_write(at))
        )

    return rule


def _bytes(at: Lookup) -> Rule:
    inputs = (at.figure("traffic.requests_per_day"), at.scale("request_size", "B"))
    return Rule("requests a day × bytes of one", _PRIMER, inputs, ("1 KB = 1,000 B",))


def _bytes_month(at: Lookup) -> Rule:
    return Rule("bytes a day × 30", _PRIMER, (at.figure("traffic.bytes_per_day"),), (_MONTH,))


def _stored_month(at: Lookup) -> Rule:
    inputs = (at.figure("traffic.requests_per_day"), _reads_per_write(at), at.scale("record_size", "B"))
    return Rule("requests a day ÷ (r + 1) × bytes of a record × 30", _PRIMER, inputs, (_MONTH, "before replication"))


def _stored_total(at: Lookup) -> Rule:
    kept = Input(
        "kept", kept_seconds(at.estimates.working.basis), "s", "the smaller of retention and horizon in the design"
    )
    inputs = (at.figure("traffic.requests_per_day"), _reads_per_write(at), at.scale("record_size", "B"), kept)
    formula = "requests a day ÷ (r + 1) × bytes of a record × days kept"
    return Rule(formula, _PRIMER, inputs, ("today's load throughout", "before replication"))


def _bandwidth(at: Lookup) -> Rule:
    inputs = (at.figure("traffic.peak_rps"), at.scale("request_size", "B"))
    return Rule("peak requests/s × bytes of one", _PRIMER, inputs)


def _unassigned(at: Lookup) -> Rule:
    share = Input("shares left over", at.estimates.working.load.unassigned, "", "1 − the shares of all journeys")
    return Rule(
        "peak × what the shares of the journeys leave over", "the file format", (at.figure("traffic.peak_rps"), share)
    )


def _ai_requests(at: Lookup) -> Rule:
    inputs = (at.scale("daily_active_users", "users"), at.ai("requests_per_user_per_day", "calls/day"))
    return Rule(
        "daily active users × model calls each causes a day", _PRIMER, inputs, ("calls a cache answers count too",)
    )


def _tokens(at: Lookup) -> Rule:
    return Rule("tokens in + tokens out", _PRIMER, (at.ai("input_tokens", "tokens"), at.ai("output_tokens", "tokens")))


def _tokens_minute(at: Lookup) -> Rule:
    inputs = (
        at.figure("ai.requests_per_day"), at.scale("peak_factor", "", PEAK_FACTOR), load_asked_for(at),
        at.ai("cache_hit_ratio", "", CACHE_HIT_RATIO), at.figure("ai.tokens_per_request"),
    )  # fmt: skip
    return Rule("calls a day ÷ 86,400 × peak factor × load × 60 × (1 − cache hits) × tokens of one", _PRIMER, inputs)


def _tokens_day(at: Lookup) -> Rule:
    inputs = (
        at.figure("ai.requests_per_day"),
        at.figure("ai.tokens_per_request"),
        at.ai("cache_hit_ratio", "", CACHE_HIT_RATIO),
    )
    return Rule("calls a day × tokens of one × (1 − cache hits)", _PRIMER, inputs)


def _tokens_month(at: Lookup) -> Rule:
    return Rule("tokens a day × 30", _PRIMER, (at.figure("ai.tokens_per_day"),), (_MONTH,))


def _price(at: Lookup, kind: str) -> Input:
    price = token_price(at.estimates.working.basis, kind)
    return Input(f"{kind.replace('_', ' ')} price", price.value, "USD per million tokens", price.origin)


def _ai_cost(at: Lookup) -> Rule:
    inputs = [
        at.figure("ai.requests_per_day"),
        at.ai("cache_hit_ratio", "", CACHE_HIT_RATIO),
        at.ai("input_tokens", "tokens"),
        _price(at, "input"),
        at.ai("output_tokens", "tokens"),
        _price(at, "output"),
        at.ai("cached_input_ratio", "", CACHED_INPUT_RATIO),
    ]
    one = "in × price in + out × price out"
    if cached_input_ratio(at.estimates.working.basis):
        inputs.append(_price(at, "cached_input"))
        one = "in × ((1 − cached) × price in + cached × cached price) + out × price out"
    formula = f"calls a day × 30 × (1 − cache hits) × ({one}) ÷ {TOKENS_PER_PRICE:,}"
    assumptions = (_MONTH, "one try for each call", "today's calls, whatever the load asked for")
    return Rule(formula, "price lists per million tokens", tuple(inputs), assumptions)


TRAFFIC_RULES: Final[Mapping[str, Callable[[Lookup], Rule]]] = {
    "requests_per_day": _requests,
    "average_rps": _average,
    "peak_rps": _peak,
    "peak_read_rps": _class("r ÷ (r + 1)"),
    "peak_write_rps": _class("1 ÷ (r + 1)"),
    "bytes_per_day": _bytes,
    "bytes_per_month": _bytes_month,
    "stored_bytes_per_month": _stored_month,
    "stored_bytes_total": _stored_total,
    "bandwidth_bytes_per_s": _bandwidth,
    "unassigned_rps": _unassigned,
}
AI_RULES: Final[Mapping[str, Callable[[Lookup], Rule]]] = {
    "requests_per_day": _ai_requests,
    "tokens_per_request": _tokens,
    "tokens_per_day": _tokens_day,
    "tokens_per_month": _tokens_month,
    "cost_per_month": _ai_cost,
    "peak_tokens_per_minute": _tokens_minute,
}
