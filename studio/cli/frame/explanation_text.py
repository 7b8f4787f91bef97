"""Where one figure comes from, as a person reads it in a terminal."""

from collections.abc import Iterator

from studio.cli.frame.ranges_text import spread_of
from studio.cli.frame.terminal import table
from studio.estimates.explaining.explanation import Explanation, Input
from studio.estimates.ranges import Ranges
from studio.estimates.wording import worded
from studio.units import Dimension, grouped, shown


def explanation_text(explanation: Explanation, ranges: Ranges) -> str:
    """One figure: its value, how sure it is, formula, inputs with where they come from, assumptions and source."""
    value, *rest = _explanation(explanation)
    return "\n".join([value, *spread_of(ranges, explanation.figure), *rest])


def _explanation(explanation: Explanation) -> Iterator[str]:
    yield f"{explanation.figure} = {worded(explanation.figure, explanation.value)}"
    if explanation.reason:
        yield f"  unknown: {explanation.reason}"
    yield f"  {explanation.formula}"
    rows = [(f"  {i.name}", _with_unit(i), i.origin) for i in explanation.inputs]
    yield from table(rows)
    for assumption in explanation.assumptions:
        yield f"  assumes {assumption}"
    if explanation.source:
        yield f"  source: {explanation.source}"


def _with_unit(given: Input) -> str:
    """An input's value in its own unit: durations and sizes as a person writes them."""
    if not isinstance(given.value, int | float):
        return worded(given.name, given.value)
    if given.name.endswith(("availability", "availability.target")):
        return worded("availability", given.value)
    if given.unit == "s":
        return shown(given.value, Dimension.DURATION)
    if given.unit == "B":
        return shown(given.value, Dimension.SIZE)
    if given.unit == "ms":
        return shown(given.value / 1000, Dimension.DURATION)
    return f"{grouped(given.value)} {given.unit}".rstrip()
