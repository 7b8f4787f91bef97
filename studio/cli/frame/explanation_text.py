"""Where one figure comes from, as a person reads it in a terminal."""

from collections.abc import Iterator

from studio.cli.frame.terminal import table
from studio.estimates.explaining.explanation import Explanation, in_its_unit
from studio.estimates.ranges import Ranges
from studio.estimates.ranges.words import sureness
from studio.estimates.wording import worded


def explanation_text(explanation: Explanation, ranges: Ranges) -> str:
    """One figure: its value, how sure it is, formula, inputs with where they come from, assumptions and source."""
    value, *rest = _explanation(explanation)
    return "\n".join([value, *(f"  {line}" for line in sureness(ranges, explanation.figure)), *rest])


def _explanation(explanation: Explanation) -> Iterator[str]:
    yield f"{explanation.figure} = {worded(explanation.figure, explanation.value)}"
    if explanation.reason:
        yield f"  unknown: {explanation.reason}"
    yield f"  {explanation.formula}"
    rows = [(f"  {i.name}", in_its_unit(i), i.origin) for i in explanation.inputs]
    yield from table(rows)
    for assumption in explanation.assumptions:
        yield f"  assumes {assumption}"
    if explanation.source:
        yield f"  source: {explanation.source}"
