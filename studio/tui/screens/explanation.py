"""Where a figure comes from, as rows."""

from collections.abc import Iterator

from studio.estimates.explaining.explanation import Explanation, Input
from studio.estimates.wording import worded
from studio.tui.lines.rows import Row, Span, words
from studio.units import Dimension, grouped, shown


def explanation_rows(found: Explanation) -> list[Row]:
    """Value, formula, inputs with where they come from, assumptions, source."""
    return list(_rows(found))


def _rows(found: Explanation) -> Iterator[Row]:
    yield words("value", Span(f"{found.figure} = ", "dim"), Span(worded(found.figure, found.value), "strong"))
    if found.reason:
        yield words("reason", Span("? ", "faint"), found.reason, wraps=True, indent=2)
    yield words("gap", "")
    yield words("formula", Span(found.formula, "accent"), wraps=True, indent=2)
    yield words("gap2", "")
    wide = max((len(given.name) for given in found.inputs), default=0)
    for number, given in enumerate(found.inputs):
        caption, value = f"{given.name:<{wide}}  ", f"{_with_unit(given):<14}  "
        yield words(f"input:{number}", caption, Span(value, "strong"), Span(given.origin, "dim"), wraps=True, indent=4)
    for number, assumed in enumerate(found.assumptions):
        yield words(f"assumed:{number}", Span("assumes ", "dim"), assumed, wraps=True, indent=8)
    if found.source:
        yield words("source", Span(f"source: {found.source}", "faint"), wraps=True, indent=8)


def _with_unit(given: Input) -> str:
    """An input in its own unit: durations and sizes as a person writes them."""
    if not isinstance(given.value, int | float):
        return worded(given.name, given.value)
    if given.unit == "s":
        return shown(given.value, Dimension.DURATION)
    if given.unit == "ms":
        return shown(given.value / 1000, Dimension.DURATION)
    if given.unit == "B":
        return shown(given.value, Dimension.SIZE)
    return f"{grouped(given.value)} {given.unit}".rstrip()
