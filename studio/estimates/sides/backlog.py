"""What piles up during a peak, how long it takes to go, and how long an outage of the consumers is bridged.

For every queue and stream that somebody consumes, and for every overloaded component. Of several consumers the one
that falls behind most decides; a broker that takes less than comes counts like one. Source: the fluid model, `fluid`.
"""

import math
from collections.abc import Iterator, Mapping, MutableMapping
from typing import NamedTuple

from studio.estimates.averages import at_average, unknown_load
from studio.estimates.basis import Basis
from studio.estimates.defaults import CONSUMER_OUTAGE, PEAK_DURATION
from studio.estimates.formulas.fluid import backlog_after, catch_up_time, drain_time, growth, longest_wait, outage_held
from studio.estimates.numbers import known
from studio.estimates.sides.consumers import Copies, Flow, consumers_of, copies_of, flow_over, idle_consumers, own_flow
from studio.estimates.sides.results import Backlog, Figure
from studio.estimates.working import Working
from studio.model.connection import Connection
from studio.model.kinds import MESSAGING
from studio.units import Dimension, grouped, shown

_FROM_FLOW = (
    "arrival_rps", "drain_rps", "growth_rps", "messages_after_peak", "drain_minutes", "oldest_minutes",
    "catch_up_minutes",
)  # fmt: skip


class Phases(NamedTuple):
    """The flow that decides, at peak and on average; the average only where the peak leaves something to drain."""

    peak: Flow
    average: Flow | None


def backlogs(working: Working, unknown: MutableMapping[str, str]) -> Mapping[str, Backlog]:
    """All of them in file order; reasons for what is unknown go to ``unknown`` under `backlogs.ID.figure`."""
    return {name: _one(working, name, unknown) for name in working.basis.numbers if has_backlog(working, name)}


def backlog_notes(working: Working, found: Mapping[str, Backlog]) -> tuple[str, ...]:
    """Sentences a reader should know beside the figures: consumers without work, messages a peak costs."""
    return tuple(_notes(working, found))


def _notes(working: Working, found: Mapping[str, Backlog]) -> Iterator[str]:
    for name, backlog in found.items():
        partitions = working.basis.design.component[name].shards
        for consumer, idle in idle_consumers(working, name).items():
            verb = "gets" if idle == 1 else "get"
            yield f"{idle} of the copies of {consumer} {verb} nothing: {name} has {partitions} partitions"
        if backlog.lost_messages:
            yield f"{name} loses {grouped(backlog.lost_messages)} messages in a peak: {_too_much(working, name)}"


def _too_much(working: Working, name: str) -> str:
    most, oldest = _limits(working, name)
    limits = [] if most is None else [f"max_length is {grouped(most)}"]
    limits += [] if oldest is None else [f"max_age is {shown(oldest, Dimension.DURATION)}"]
    return " and ".join(limits)


def has_backlog(working: Working, name: str) -> bool:
    """Whether messages may wait there: a queue or stream with consumers, or whatever is overloaded."""
    numbers = working.numbers[name]
    is_consumed = numbers.kind in MESSAGING and bool(consumers_of(working, name))
    return is_consumed or (not numbers.is_client and working.is_overloaded(name))


def peak_duration(basis: Basis) -> float:
    """How long a peak lasts, in seconds."""
    given = known(basis.design.requirements.scale.peak_duration)
    return PEAK_DURATION.value if given is None else given


def phases(working: Working, name: str) -> Phases | str:
    """The flow that decides, or why it is unknown."""
    if name in working.basis.down:
        return f"{name} is down"
    found = _flows(working, name)
    if isinstance(found, str):
        return found
    at_peak, over = found
    if growth(at_peak.arrival, at_peak.room) <= 0:
        return Phases(at_peak, None)
    calm = at_average(working)
    after = own_flow(calm, name) if over is None else flow_over(calm, over)
    return after if isinstance(after, str) else Phases(at_peak, after)


def _flows(working: Working, name: str) -> tuple[Flow, Connection | None] | str:
    """The flow that decides at peak and the connection it comes over; None for the component itself."""
    choices = list[Connection | None]()
    if working.numbers[name].kind in MESSAGING:
        choices += consumers_of(working, name)
    if working.numbers[name].capacity is not None or not choices:
        choices.append(None)
    flows: list[tuple[Flow, Connection | None]] = []
    for over in choices:
        flow = own_flow(working, name) if over is None else flow_over(working, over)
        if isinstance(flow, str):
            return flow
        flows.append((flow, over))
    return max(flows, key=lambda pair: _behind(pair[0]))


def _behind(flow: Flow) -> tuple[float, float]:
    """How far a flow falls behind: what piles up, then how full it is."""
    used = flow.arrival / flow.room if flow.room > 0 else float(flow.arrival > 0)
    return growth(flow.arrival, flow.room), used


def _one(working: Working, name: str, unknown: MutableMapping[str, str]) -> Backlog:
    found, path = phases(working, name), f"backlogs.{name}"
    copies, holds, lost = _copies(working, name), _holds(working, name), _lost(working, name, found)
    for figure, value in (("holds_outage_minutes", holds), ("lost_messages", lost)):
        if isinstance(value, str):
            unknown[f"{path}.{figure}"] = value
    if isinstance(found, str):
        unknown.update({f"{path}.{figure}": found for figure in _FROM_FLOW})
        filled = Backlog()
    else:
        filled = _filled(working, found)
        _explain_missing(name, found, filled, unknown)
    return filled._replace(
        lost_messages=None if isinstance(lost, str) else lost,
        holds_outage_minutes=None if isinstance(holds, str) else holds,
        working_consumers=copies.working,
        idle_consumers=copies.idle,
    )


def _filled(working: Working, found: Phases) -> Backlog:
    peak, average = found
    waiting = backlog_after(peak.arrival, peak.room, peak_duration(working.basis))
    return Backlog(
        waits_for=peak.name,
        arrival_rps=peak.arrival,
        drain_rps=None if peak.room == math.inf else peak.room,
        growth_rps=growth(peak.arrival, peak.room),
        messages_after_peak=waiting,
        drain_minutes=_minutes(drain_time(waiting, average.arrival, average.room)) if average else 0.0,
        oldest_minutes=_minutes(longest_wait(waiting, peak.room)),
        catch_up_minutes=_minutes(catch_up_time(peak.arrival, peak.room, CONSUMER_OUTAGE.value)),
    )


def _copies(working: Working, name: str) -> Copies:
    numbers = working.numbers[name]
    if numbers.kind in MESSAGING:
        return copies_of(working, name)
    return Copies(numbers.instances * numbers.shards * (1 + numbers.replicas), 0)


def _lost(working: Working, name: str, found: Phases | str) -> float | str:
    """Messages of the peak a queue drops: those beyond its length, or beyond what it can pass on in their time."""
    most, oldest = _limits(working, name)
    if most is None and oldest is None:
        return _no_limit(working, name)
    if isinstance(found, str):
        return found
    waiting = backlog_after(found.peak.arrival, found.peak.room, peak_duration(working.basis))
    if waiting <= 0:
        return 0.0
    by_age = math.inf if oldest is None else oldest * found.peak.room
    return max(0.0, waiting - min(by_age, math.inf if most is None else most))


def _holds(working: Working, name: str) -> float | str:
    """Minutes until a queue loses messages when nobody takes any, or why that is unknown."""
    arrival = working.full[name].peak
    most, oldest = _limits(working, name)
    if most is None and oldest is None:
        return _no_limit(working, name)
    if most is not None and arrival is None:
        return unknown_load(working, name)
    full = None if most is None or arrival is None else outage_held(most, arrival)
    held = min((limit for limit in (full, oldest) if limit is not None), default=math.inf)
    return held / 60 if held < math.inf else f"nothing arrives at {name}: it never fills"


def _limits(working: Working, name: str) -> tuple[float | None, float | None]:
    """Most messages a queue or stream holds and, in seconds, the oldest one; None where nobody said."""
    component = working.basis.design.component[name]
    return (known(component.max_length), known(component.max_age)) if component.kind in MESSAGING else (None, None)


def _no_limit(working: Working, name: str) -> str:
    if working.numbers[name].kind in MESSAGING:
        return f"max_length of {name} is not given, nor is max_age"
    return f"{name} is neither queue nor stream: what it holds back is not given"


def _minutes(seconds: float | None) -> Figure:
    return None if seconds is None or seconds == math.inf else seconds / 60


def _explain_missing(name: str, found: Phases, flow: Backlog, unknown: MutableMapping[str, str]) -> None:
    peak, average = found
    outage = shown(CONSUMER_OUTAGE.value, Dimension.DURATION)
    reasons = {
        "drain_rps": f"nothing limits {peak.name}: a client, or a vendor's service that states no capacity",
        "drain_minutes": f"{name} never drains: on average {_rates(average or peak)}",
        "oldest_minutes": f"{peak.name} takes nothing, so the oldest waits for ever",
        "catch_up_minutes": f"{name} never catches up after {outage} without consumers: at peak {_rates(peak)}",
    }
    for figure, reason in reasons.items():
        if getattr(flow, figure) is None:
            unknown[f"backlogs.{name}.{figure}"] = reason


def _rates(flow: Flow) -> str:
    return f"{grouped(flow.arrival)} messages/s come and {flow.name} takes {grouped(flow.room)}"
