"""The trade-off matrix in words; whoever prints them escapes them."""

from collections.abc import Iterator
from typing import Final

from studio.comparing.weighing import CRITERIA, Matrix, Row, Turn
from studio.estimates.wording import worded
from studio.text import listed
from studio.units import grouped

_HEADINGS: Final = {
    "cost": "cost a month", "p99": "p99", "availability": "availability", "complexity": "complexity",
    "effort": "effort", "flags": "open flags",
}  # fmt: skip


def heading(criterion: str) -> str:
    """What stands over its column."""
    return _HEADINGS[criterion]


def cell(criterion: str, value: float | None) -> str:
    """A figure with its unit; `?` where it is unknown."""
    if value is not None and criterion == "effort":
        return f"{grouped(value)} weeks"
    if value is not None and criterion == "flags":
        return f"{value:.0f}"
    return worded(CRITERIA[criterion], value)


def flags(row: Row) -> str:
    """`new REL001 components.db; resolves SEC003 components.api`, beside the chosen option."""
    parts = [f"new {listed(row.new)}"] if row.new else []
    return "; ".join((*parts, *([f"resolves {listed(row.resolved)}"] if row.resolved else [])))


def verdict(matrix: Matrix) -> Iterator[str]:
    """Who wins by the weights given, and whether that is the chosen one."""
    if not matrix.weights:
        return
    weights = listed(f"{name} {grouped(weight)}" for name, weight in matrix.weights.items())
    if matrix.winner is None:
        yield f"by {weights}: no winner, fewer than two options have all of these figures"
        return
    chosen = matrix.decision.chosen
    beside = "" if chosen is None else ", as chosen" if chosen == matrix.winner else f", and {chosen} is chosen"
    yield f"by {weights}: {matrix.winner} wins with {matrix.scores[matrix.winner]:.2f} of 1{beside}"
    if not matrix.turns:
        yield "no other weight of any one of these makes another option win"


def turned(turn: Turn) -> str:
    """`with cost above 3.4 instead of 2, permanent wins`."""
    side = "above" if turn.is_above else "below"
    return f"with {turn.criterion} {side} {grouped(turn.at)} instead of {grouped(turn.weight)}, {turn.winner} wins"
