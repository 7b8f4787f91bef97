"""What users make and models are asked: the traffic and AI figures of a design, each with what is missing."""

from collections.abc import MutableMapping
from typing import NamedTuple

from studio.estimates.basis import Basis
from studio.estimates.defaults import CACHE_HIT_RATIO, CACHED_INPUT_RATIO
from studio.estimates.formulas import ai, traffic
from studio.estimates.numbers import known
from studio.estimates.results import AiUse, Figure, Traffic

_SCALE = "requirements.scale"
_AI = "requirements.ai"
_MOST_REQUESTS = 1e24
"""Requests a day beyond which a number is a slip of the pen."""


def missing_peak(basis: Basis) -> str | None:
    """Why the peak of all users is unknown; None when it is known."""
    scale = basis.design.requirements.scale
    for field in ("daily_active_users", "requests_per_user_per_day"):
        if getattr(scale, field) is None:
            return f"{_SCALE}.{field} is not given"
    if daily_requests(basis) is None:
        return f"{_SCALE}.daily_active_users × requests_per_user_per_day is beyond any number of requests"
    return None


def daily_requests(basis: Basis) -> float | None:
    """Requests of all users in a day, today: users × requests each makes."""
    scale = basis.design.requirements.scale
    users, each = known(scale.daily_active_users), known(scale.requests_per_user_per_day)
    if users is None or each is None:
        return None
    daily = traffic.requests_per_day(users, each)
    return daily if daily * basis.peak_factor * basis.load <= _MOST_REQUESTS else None


def todays_peak(basis: Basis) -> float | None:
    """Requests/s of all users at today's peak."""
    daily = daily_requests(basis)
    return None if daily is None else traffic.peak_rate(traffic.average_rate(daily), basis.peak_factor)


def kept_seconds(basis: Basis) -> float | None:
    """How long records pile up: the smaller of retention and horizon, whichever is given."""
    scale = basis.design.requirements.scale
    given = [seconds for seconds in (known(scale.retention), known(scale.horizon)) if seconds is not None]
    return min(given, default=None)


def requests_per_month(basis: Basis) -> float | None:
    """Requests of all users in a month of 30 days; None when unknown."""
    daily = daily_requests(basis)
    return None if daily is None else traffic.per_month(daily)


def traffic_figures(basis: Basis, unassigned: float, unknown: MutableMapping[str, str]) -> Traffic:
    """The traffic figures; reasons for what is unknown go to ``unknown``."""
    scale = basis.design.requirements.scale
    daily, today = daily_requests(basis), todays_peak(basis)
    peak = None if today is None else today * basis.load
    size, record, kept = known(scale.request_size), known(scale.record_size), kept_seconds(basis)
    moved = None if daily is None or size is None else traffic.bytes_per_day(daily, size)
    stored = (
        None if daily is None or record is None else traffic.stored_bytes_per_day(daily, basis.reads_per_write, record)
    )
    found = Traffic(
        requests_per_day=daily,
        average_rps=None if daily is None else traffic.average_rate(daily),
        peak_rps=peak,
        peak_read_rps=None if peak is None else peak * basis.read_share,
        peak_write_rps=None if peak is None else peak * traffic.write_share(basis.reads_per_write),
        bytes_per_day=moved,
        bytes_per_month=None if moved is None else traffic.per_month(moved),
        stored_bytes_per_month=None if stored is None else traffic.per_month(stored),
        stored_bytes_total=None if stored is None or kept is None else traffic.stored_bytes(stored, kept),
        bandwidth_bytes_per_s=None if peak is None or size is None else traffic.bandwidth(peak, size),
        unassigned_rps=0.0 if not unassigned else None if peak is None else max(0.0, unassigned * peak),
    )
    _explain_missing_traffic(basis, found, unknown)
    return found


def _explain_missing_traffic(basis: Basis, found: Traffic, unknown: MutableMapping[str, str]) -> None:
    scale = basis.design.requirements.scale
    needs = {
        "bytes_per_day": "request_size", "bytes_per_month": "request_size", "bandwidth_bytes_per_s": "request_size",
        "stored_bytes_per_month": "record_size", "stored_bytes_total": "record_size",
    }  # fmt: skip
    late = f"{_SCALE}.retention is not given, nor is horizon"
    for name in Traffic._fields:
        if getattr(found, name) is not None:
            continue
        field = needs.get(name)
        lacks = field is not None and getattr(scale, field) is None
        unknown[f"traffic.{name}"] = missing_peak(basis) or (f"{_SCALE}.{field} is not given" if lacks else late)


class Price(NamedTuple):
    """USD per million tokens of one kind; None when unknown."""

    value: float | None
    origin: str
    """Where it comes from; when unknown, what is missing."""


def token_price(basis: Basis, kind: str) -> Price:
    """The price of `input`, `output` or `cached_input` tokens: the design's, the blended one, the technology's.

    A blended price is one for input and output; cached input is never part of it.
    """
    wanted = basis.design.requirements.ai
    names = [f"{kind}_price_per_million_tokens"]
    if kind != "cached_input":
        names.append("price_per_million_tokens")
    for name in names:
        given = None if wanted is None else known(getattr(wanted, name))
        if given is not None:
            return Price(given, f"{_AI}.{name} in the design")
    for component in basis.design.components:
        technology = basis.technology_of(component) if component.kind == "llm" else None
        figure = None if technology is None else next((f for f in map(technology.figures.get, names) if f), None)
        if figure is not None:
            return Price(figure.point, f"technology {component.technology}: {figure.source.title}, {figure.date}")
    return Price(None, f"{_AI}.{names[-1]} is not given")


def token_prices(basis: Basis) -> ai.TokenPrices | str:
    """USD per million tokens, or what is missing; the price of cached input counts only where some is cached."""
    sent, answered = token_price(basis, "input"), token_price(basis, "output")
    cached = token_price(basis, "cached_input") if cached_input_ratio(basis) else Price(0.0, "")
    if sent.value is None or answered.value is None:
        return sent.origin if sent.value is None else answered.origin
    if cached.value is None:
        return cached.origin
    return ai.TokenPrices(sent.value, answered.value, cached.value)


def cached_input_ratio(basis: Basis) -> float:
    """The share of input tokens billed as cached prompt."""
    wanted = basis.design.requirements.ai
    return CACHED_INPUT_RATIO.value if wanted is None else known(wanted.cached_input_ratio) or CACHED_INPUT_RATIO.value


def semantic_hits(basis: Basis) -> float:
    """The share of model calls a semantic cache answers."""
    wanted = basis.design.requirements.ai
    return CACHE_HIT_RATIO.value if wanted is None else known(wanted.cache_hit_ratio) or CACHE_HIT_RATIO.value


def ai_requests(basis: Basis) -> float | None:
    """Model calls of all users in a day, today; calls a cache answers count too."""
    wanted = basis.design.requirements.ai
    users = known(basis.design.requirements.scale.daily_active_users)
    each = None if wanted is None else known(wanted.requests_per_user_per_day)
    return None if users is None or each is None else traffic.requests_per_day(users, each)


def peak_tokens_per_minute(basis: Basis) -> float | None:
    """Tokens a minute at the peak asked for, what a provider's quota limits; None when unknown.

    Model calls a day ÷ 86,400 × peak factor × load × 60 × (1 − hits) × (tokens in + tokens out).
    """
    wanted, calls = basis.design.requirements.ai, ai_requests(basis)
    if wanted is None or calls is None:
        return None
    sent, answered = known(wanted.input_tokens), known(wanted.output_tokens)
    if sent is None or answered is None:
        return None
    rate = traffic.peak_rate(traffic.average_rate(calls), basis.peak_factor) * basis.load
    return ai.tokens_per_minute(rate, sent, answered, semantic_hits(basis))


def ai_figures(basis: Basis, unknown: MutableMapping[str, str]) -> AiUse | None:
    """The AI figures of today, whatever the load asked for; None when the design calls no language model."""
    wanted = basis.design.requirements.ai
    if wanted is None:
        reason = f"[{_AI}] is not given: no language model is called"
        unknown.update({f"ai.{name}": reason for name in AiUse._fields})
        return None
    sent, answered = known(wanted.input_tokens), known(wanted.output_tokens)
    requests, hits = ai_requests(basis), semantic_hits(basis)
    tokens: Figure = None if sent is None or answered is None else sent + answered
    daily: Figure = None
    cost: Figure = None
    prices = token_prices(basis)
    if requests is not None and sent is not None and answered is not None:
        daily = ai.tokens_per_day(requests, sent, answered, hits)
        if not isinstance(prices, str):
            cost = ai.cost_per_month(requests, sent, answered, prices, hits, cached_input_ratio(basis))
    monthly = None if daily is None else traffic.per_month(daily)
    found = AiUse(requests, tokens, daily, monthly, cost, peak_tokens_per_minute(basis))
    _explain_missing_ai(basis, found, prices if isinstance(prices, str) else "", unknown)
    return found


def _explain_missing_ai(basis: Basis, found: AiUse, lacking: str, unknown: MutableMapping[str, str]) -> None:
    wanted = basis.design.requirements.ai
    users_lack = basis.design.requirements.scale.daily_active_users is None
    no_requests = (
        f"{_SCALE}.daily_active_users is not given" if users_lack else f"{_AI}.requests_per_user_per_day is not given"
    )
    no_tokens = next(
        (
            f"{_AI}.{field} is not given"
            for field in ("input_tokens", "output_tokens")
            if getattr(wanted, field) is None
        ),
        None,
    )
    for name in AiUse._fields:
        if getattr(found, name) is not None:
            continue
        if name == "requests_per_day" or (found.requests_per_day is None and name != "tokens_per_request"):
            unknown[f"ai.{name}"] = no_requests
        else:
            unknown[f"ai.{name}"] = no_tokens or lacking
