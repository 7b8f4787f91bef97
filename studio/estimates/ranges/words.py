"""How sure a figure is, in words that the terminal and the studio share."""

from studio.estimates.ranges.results import Ranges
from studio.estimates.wording import worded


def bound(path: str, value: float | None) -> str:
    """One end of a spread, or its middle; ∞ where the figure has no end."""
    return "∞" if value is None else worded(path, value)


def sureness(found: Ranges, path: str) -> tuple[str, ...]:
    """The spread of a figure, then the inputs it hangs on, a sentence each; nothing for what does not vary."""
    spread = found.figures.get(path)
    if spread is None:
        return ()
    low, median, high = (bound(path, value) for value in spread)
    influences = (one for one in found.measure_first if one.figure == path)
    return (
        f"in 90 of 100 cases between {low} and {high}, median {median}",
        *(f"hangs on {one.input}: rank correlation {one.correlation:+.2f}" for one in influences),
    )
