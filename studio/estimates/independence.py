"""Where the parts of a journey are not as independent as its response time takes them to be, and how far that is off.

The figures are those of simulated networks: one with feedback, forks on queues, calls tried again at once.
"""

from collections import Counter

from studio.estimates.journeys import Call, Way
from studio.model.behaviour import Journey
from studio.text import listed


def assumptions(journey: Journey, found: Way) -> tuple[str, ...]:
    """What an explanation of the journey's response time says about independence: one sentence for each case."""
    calls = _all(found.calls)
    visits = Counter(call.connection.target for call in calls)
    again = [name for name, number in visits.items() if number > 1]
    forks = any(call.connection.parallel is True for call in calls) or any(len(group) > 1 for group in journey.at_once)
    at_once = [c.id for c in (call.connection for call in calls) if c.tries > 1 and c.backoff in (None, "none")]
    said = ["hops are independent of each other"]
    if again:
        said.append(
            f"it comes back to {listed(again)}, whose waits resemble each other: percentiles are 10 to 15 % low"
        )
    if forks:
        said.append("calls at once meet queues that fill together: the mean of the slowest is up to 17 % high, p99 2 %")
    if at_once:
        said.append(f"a try of {listed(at_once)} right after another meets the same queue: p99 is about 2 % low")
    return tuple(said)


def _all(calls: tuple[Call, ...]) -> list[Call]:
    found: list[Call] = []
    for call in calls:
        found += [call, *_all(tuple(call.below))]
    return found
