"""What users make and models are asked: the traffic and AI figures of a design, each with what is missing."""

from studio.estimates import ai, traffic
from studio.estimates.basis import Basis, known
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
    """Requests of all users in a day."""
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


def traffic_figures(basis: Basis, unassigned: float, unknown: dict[str, str]) -> Traffic:
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


def _explain_missing_traffic(basis: Basis, found: Traffic, unknown: dict[str, str]) -> None:
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


def token_prices(basis: Basis) -> tuple[ai.TokenPrices | None, str]:
    """USD per million tokens and where they come from; when None, what is missing."""
    wanted = basis.design.requirements.ai
    blended = None if wanted is None else known(wanted.price_per_million_tokens)
    if wanted is not None:
        input_price = known(wanted.input_price_per_million_tokens)
        output_price = known(wanted.output_price_per_million_tokens)
        input_price = blended if input_price is None else input_price
        output_price = blended if output_price is None else output_price
        if input_price is not None and output_price is not None:
            return ai.TokenPrices(input_price, output_price), f"{_AI} in the design"
    for component in basis.design.components:
        technology = basis.technology_of(component) if component.kind == "llm" else None
        if technology is None:
            continue
        figures = technology.figures
        one = figures.get("price_per_million_tokens")
        first, last = (figures.get(f"{way}_price_per_million_tokens", one) for way in ("input", "output"))
        if first is not None and last is not None:
            origin = f"technology {component.technology}: {first.source.title}, {first.date}"
            return ai.TokenPrices(first.point, last.point), origin
    return None, f"{_AI}.price_per_million_tokens is not given"


def ai_figures(basis: Basis, unknown: dict[str, str]) -> AiUse | None:
    """The AI figures; None when the design calls no language model."""
    wanted = basis.design.requirements.ai
    if wanted is None:
        reason = f"[{_AI}] is not given: no language model is called"
        unknown.update({f"ai.{name}": reason for name in AiUse._fields})
        return None
    users, each = known(basis.design.requirements.scale.daily_active_users), known(wanted.requests_per_user_per_day)
    sent, answered = known(wanted.input_tokens), known(wanted.output_tokens)
    hits = known(wanted.cache_hit_ratio) or 0.0
    requests = None if users is None or each is None else traffic.requests_per_day(users, each)
    tokens: Figure = None if sent is None or answered is None else sent + answered
    daily: Figure = None
    cost: Figure = None
    prices, lacking = token_prices(basis)
    if requests is not None and sent is not None and answered is not None:
        daily = ai.tokens_per_day(requests, sent, answered, hits)
        if prices is not None:
            cost = ai.cost_per_month(requests, sent, answered, prices, hits)
    found = AiUse(requests, tokens, daily, None if daily is None else traffic.per_month(daily), cost)
    _explain_missing_ai(basis, found, lacking, unknown)
    return found


def _explain_missing_ai(basis: Basis, found: AiUse, lacking: str, unknown: dict[str, str]) -> None:
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
