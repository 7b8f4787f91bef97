"""Figures and counts as the messages of rules write them."""

from math import floor, log10

from studio.units import Dimension, grouped, shown


def ratio(value: float) -> str:
    """0.9979 → `99.79 %`."""
    return shown(value, Dimension.RATIO)


def duration(milliseconds: float) -> str:
    """2700 → `2.7 s`."""
    return shown(milliseconds / 1000, Dimension.DURATION)


def percent(share: float) -> str:
    """0.904 → `90 %`; for utilisations, where tenths mean nothing."""
    return f"{grouped(round(share * 100))} %"


def rate(per_second: float) -> str:
    """900 → `900 requests/s`."""
    return f"{grouped(per_second)} requests/s"


def money(amount: float) -> str:
    """85536 → `85,536`, in the currency of the design."""
    return f"{amount:,.0f}" if abs(amount) >= 10 else f"{amount:,.2f}"


def counted(number: int, noun: str) -> str:
    """`1 copy`, `2 copies`, `3 instances`, `4 days`."""
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else f"{number:,} {noun}s"


def rounded_down(value: float) -> float:
    """To two figures, never up: 233.3 → 230."""
    if value <= 0:
        return 0.0
    step = 10.0 ** (floor(log10(value)) - 1)
    return floor(value / step + 1e-9) * step


def rounded_up(value: float) -> float:
    """To two figures, never down: 2701 → 2800."""
    if value <= 0:
        return 0.0
    step = 10.0 ** (floor(log10(value)) - 1)
    return -floor(-value / step + 1e-9) * step
