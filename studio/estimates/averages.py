"""The design at today's average load, which is what a month of use and the time after a peak are made of.

Whatever peak is asked for: a higher one is a busier hour, not another month.
"""

from functools import lru_cache

from studio.estimates.settling import at_load
from studio.estimates.working import Working


@lru_cache(maxsize=1)
def at_average(working: Working) -> Working:
    """The same design at today's peak ÷ peak factor; what components make by themselves stays as it is."""
    return at_load(working, 1.0 / working.basis.peak_factor)


def average_rps(working: Working, name: str) -> float | str:
    """Requests/s that reach a component on average, or why that is unknown."""
    peak = at_average(working).full[name].peak
    return unknown_load(working, name) if peak is None else peak


def unknown_load(working: Working, name: str) -> str:
    """Why the load of a component is unknown."""
    return working.load.unknown.get(name) or working.missing_peak or f"the load of {name} is unknown"
