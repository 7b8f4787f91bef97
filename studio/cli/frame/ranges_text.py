"""`tenfold estimate`: how sure the figures are, as a person reads it in a terminal."""

from collections.abc import Iterator

from studio.cli.frame.terminal import table
from studio.estimates.engine import Estimates
from studio.estimates.ranges import Influence, Ranges, Spread
from studio.estimates.ranges.words import bound
from studio.estimates.wording import titled

_SHOWN = ("traffic.peak_rps", "p50_ms", "p99_ms", "availability", "cost_per_month", "breaks_first.at")
_MOST_INFLUENCES = 8
_WORTH_SAYING = 0.1
"""A rank correlation below which an input hardly moves a figure."""


def ranges(estimates: Estimates) -> Iterator[str]:
    """The spread of what a design is judged by, how likely its targets are met, and what to measure first."""
    found = estimates.ranges
    if not found.samples:
        return
    used = tuple(f"components.{name}.utilisation" for name in estimates.components)
    rows: list[tuple[str, ...]] = [("in 90 of 100 cases", "from", "median", "to", "")]
    rows += [_row(path, found.figures[path], found) for path in (*_SHOWN, *used) if path in found.figures]
    yield from table(rows, right=frozenset({1, 2, 3}))
    unsure = {name: chance for name, chance in found.probability_met.items() if chance < 1}
    if unsure:
        yield "met in"
        yield from table([(f"  {titled(name)}", _percent(chance)) for name, chance in unsure.items()])
    strong = [one for one in found.measure_first if abs(one.correlation) >= _WORTH_SAYING]
    if strong:
        yield "measure first"
        yield from table([_influence(one) for one in strong[:_MOST_INFLUENCES]])


def _row(path: str, spread: Spread, found: Ranges) -> tuple[str, ...]:
    _, _, rest = path.partition("components.")
    name = rest.partition(".")[0]
    over = found.overloaded.get(name) if rest else None
    note = f"overloaded in {_percent(over)}" if over else ""
    return (f"  {titled(path)}", *(bound(path, value) for value in spread), note)


def _percent(share: float) -> str:
    """A share of samples; never rounded up to all of them or down to none."""
    if 0 < share < 0.01:
        return "< 1 %"
    return "> 99 %" if 0.99 < share < 1 else f"{share * 100:.0f} %"


def _influence(one: Influence) -> tuple[str, ...]:
    return (f"  {one.input}", "→", one.figure, f"rank correlation {one.correlation:+.2f}")
