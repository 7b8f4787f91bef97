"""What users make and models are asked, in all samples: traffic and AI figures as the engine names them."""

from collections.abc import Iterator
from typing import Any

from studio.estimates.formulas import ai
from studio.estimates.formulas.traffic import DAYS_PER_MONTH, SECONDS_PER_DAY
from studio.estimates.ranges.draws import drawn
from studio.estimates.ranges.sampled import Sampled
from studio.estimates.ranges.values import Value, is_positive, larger, smaller

_AI = "requirements.ai"


def traffic_figures(sampled: Sampled, unassigned: Value) -> Iterator[tuple[str, Value | None]]:
    """The figures of `traffic` by name; None is unknown."""
    daily, peak = sampled.daily_requests, sampled.peak
    if daily is None or peak is None:
        return
    size, record, kept = sampled.scale("request_size"), sampled.scale("record_size"), _kept(sampled)
    yield "requests_per_day", daily
    yield "average_rps", daily / SECONDS_PER_DAY
    yield "peak_rps", peak
    yield "peak_read_rps", peak * sampled.read_share
    yield "peak_write_rps", peak / (sampled.reads_per_write + 1)
    if size is not None:
        yield "bytes_per_day", daily * size
        yield "bytes_per_month", daily * size * DAYS_PER_MONTH
        yield "bandwidth_bytes_per_s", peak * size
    if record is not None:
        stored = daily / (sampled.reads_per_write + 1) * record
        yield "stored_bytes_per_month", stored * DAYS_PER_MONTH
        yield "stored_bytes_total", None if kept is None else stored * kept / SECONDS_PER_DAY
    yield "unassigned_rps", larger(0.0, unassigned * peak)


def _kept(sampled: Sampled) -> Value | None:
    """Seconds records pile up: the smaller of retention and horizon, whichever is given."""
    retention, horizon = sampled.scale("retention"), sampled.scale("horizon")
    if retention is None or horizon is None:
        return horizon if retention is None else retention
    return smaller(retention, horizon)


def ai_figures(sampled: Sampled) -> dict[str, Value]:
    """The figures of `ai` by name, those that are known; empty when the design calls no language model."""
    wanted = sampled.basis.design.requirements.ai
    if wanted is None:
        return {}
    found: dict[str, Value] = {}
    users, each = sampled.scale("daily_active_users"), _ai(sampled, "requests_per_user_per_day")
    sent, answered = _ai(sampled, "input_tokens"), _ai(sampled, "output_tokens")
    if users is not None and each is not None:
        found["requests_per_day"] = users * each
    if sent is None or answered is None:
        return found
    found["tokens_per_request"] = sent + answered
    if "requests_per_day" not in found:
        return found
    asked = found["requests_per_day"] * (1 - _semantic_hits(sampled))
    found["tokens_per_day"] = asked * (sent + answered)
    found["tokens_per_month"] = found["tokens_per_day"] * DAYS_PER_MONTH
    busy = sampled.peak_factor * sampled.basis.load / (SECONDS_PER_DAY / 60)
    found["peak_tokens_per_minute"] = found["tokens_per_day"] * busy
    cached = _ai(sampled, "cached_input_ratio")
    cost = _cost_of_one(sampled, sent, answered, 0.0 if cached is None else cached)
    if cost is not None:
        found["cost_per_month"] = asked * DAYS_PER_MONTH * cost / ai.TOKENS_PER_PRICE
    return found


def _cost_of_one(sampled: Sampled, sent: Value, answered: Value, cached: Value) -> Value | None:
    """The price of a million calls in millionths: tokens × price per million."""
    prices = _price(sampled, "input"), _price(sampled, "output")
    if prices[0] is None or prices[1] is None:
        return None
    one = sent * (1 - cached) * prices[0] + answered * prices[1]
    if not is_positive(cached):
        return one
    cheaper = _price(sampled, "cached_input")
    return None if cheaper is None else one + sent * cached * cheaper


def _semantic_hits(sampled: Sampled) -> Value:
    hits = _ai(sampled, "cache_hit_ratio")
    return 0.0 if hits is None else hits


def _ai(sampled: Sampled, name: str) -> Value | None:
    return sampled.given(sampled.basis.design.requirements.ai, _AI, name)


def _price(sampled: Sampled, kind: str) -> Value | None:
    """USD per million tokens of one kind: the design's, the blended one, else the first that a technology gives."""
    names = [f"{kind}_price_per_million_tokens"]
    if kind != "cached_input":
        names.append("price_per_million_tokens")
    for name in names:
        given = _ai(sampled, name)
        if given is not None:
            return given
    for component in sampled.basis.design.components:
        technology = sampled.basis.technology_of(component) if component.kind == "llm" else None
        for name in names if technology is not None else ():
            figure: Any = technology.figures.get(name) if technology is not None else None
            if figure is not None:
                return drawn(f"components.{component.id}.{name}", figure.value, sampled.samples)
    return None
