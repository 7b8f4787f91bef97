"""How busy a component is at peak, how busy what is left of it after a loss, and what would be enough."""

from math import ceil, floor
from typing import Any, NamedTuple

from studio.edits.mend import Mend, mend, together
from studio.estimates.formulas.sizing import whole
from studio.model.component import Component
from studio.red_flags.facts import Facts
from studio.red_flags.words import percent
from studio.units import grouped, point

ROUNDING = 1e-9

SCALED_BY_THE_VENDOR = frozenset(
    {"cdn", "load-balancer", "queue", "stream", "object-store", "llm", "identity", "secrets", "monitoring", "external"}
)
"""Kinds whose managed form has no size of its own: its ceiling is a quota."""


class Peak(NamedTuple):
    """A component at today's peak."""

    load: float
    """Requests/s."""
    instances: int
    """Instances that run then: with autoscaling enough for 70 %, as far as its maximum allows."""
    utilisation: float
    """Share of its capacity in use, in the busiest copy."""

    @property
    def capacity(self) -> float:
        """Requests/s all its running instances serve."""
        return self.load / self.utilisation


def has_size(component: Component, facts: Facts) -> bool:
    """Whether its capacity is the team's to choose: no client, and no managed service without a stated capacity."""
    if component.kind == "client":
        return False
    return facts.numbers(component).capacity is not None or not is_bought_by_quota(component, facts)


def is_bought_by_quota(component: Component, facts: Facts) -> bool:
    """Whether more of it is a matter of the vendor's plan, not of instances."""
    return component.kind in SCALED_BY_THE_VENDOR and facts.is_managed(component)


def at_peak(component: Component, facts: Facts) -> Peak | None:
    """The component at peak; None when its load or capacity is unknown, or it has no load."""
    figures = facts.estimates.components[component.id]
    if not figures.peak_rps or figures.utilisation is None:
        return None
    stated, most = component.instances or 1, most_instances(component)
    wanted = whole(stated * figures.utilisation / facts.thresholds_for(component).utilisation_warning)
    running = max(stated, min(wanted, most))
    return Peak(figures.peak_rps, running, figures.utilisation * stated / running)


def most_instances(component: Component) -> int:
    """The instances it may have: those stated, or the maximum of its autoscaling."""
    most = component.autoscale.max if component.autoscale else None
    return max(component.instances or 1, most or 1)


def lost_with_a_zone(component: Component, copies: int) -> int:
    """How many of its copies go at once: one, or all that the fullest of its zones holds."""
    zones = min(component.zones or 1, copies)
    return ceil(copies / zones) if zones > 1 else 1


def after_a_loss(component: Component, peak: Peak, facts: Facts) -> float | None:
    """Utilisation of what is left at peak after one copy or one zone is lost; None when nothing is left to compare."""
    replicas = component.read_replicas or 0
    copies = 1 + replicas if replicas else peak.instances
    left = copies - lost_with_a_zone(component, copies)
    if left < 1:
        return None
    if not replicas:
        return peak.utilisation * copies / left
    reads, writes = _mix(component, facts)
    return peak.utilisation * (writes + reads / left) / (writes + reads / copies)


def enough_for(component: Component, peak: Peak, wanted: float, facts: Facts) -> str:
    """The change that brings its utilisation at peak down to `wanted`, in numbers."""
    factor = peak.utilisation / wanted
    if is_bought_by_quota(component, facts):
        return f"a plan or quota of the vendor for {grouped(peak.capacity * factor)} requests/s"
    lever = _lever(component, peak, factor, facts)
    if lever is None:
        share = point(component.hot_share or 1.0) / factor
        return f"a partition key that puts at most {share * 100:.3g} % of the load on one shard"
    field, count = lever
    if field == "read_replicas":
        return f"{count} read replicas beside each primary instead of {component.read_replicas}"
    return f"{count} {field} instead of {peak.instances if field == 'instances' else component.shards}"


def raised(component: Component, peak: Peak, wanted: float, facts: Facts) -> tuple[Mend, ...]:
    """The same as fields of the design; nothing where no number of copies does it, or a vendor decides."""
    factor = peak.utilisation / wanted
    lever = None if is_bought_by_quota(component, facts) else _lever(component, peak, factor, facts)
    if lever is None:
        return ()
    field, count = lever
    place = f"components.{component.id}"
    because = f"{percent(wanted)} busy at peak instead of {percent(peak.utilisation)}"
    if field == "instances" and component.autoscale:
        return (mend(f"{place}.autoscale", because, max=count),)
    values: dict[str, Any] = {field: count}
    return (mend(place, because, **values),)


def _lever(component: Component, peak: Peak, factor: float, facts: Facts) -> tuple[str, int] | None:
    """What is raised to divide its utilisation by `factor`, and how many there must be; None for one hot shard."""
    replicas = _replicas_for(component, factor, facts)
    if replicas is not None:
        return "read_replicas", replicas
    shards = component.shards or 1
    if shards == 1:
        return "instances", whole(peak.instances * factor)
    return ("shards", whole(shards * factor)) if component.hot_share is None else None


def instances_for_growth(component: Component, facts: Facts) -> int | None:
    """The fewest instances that are not yet full when the load has grown as planned; None when nobody knows, or where
    replicas and shards divide the load."""
    at = facts.estimates.components[component.id].breaks_at
    if not at or component.read_replicas or (component.shards or 1) > 1:
        return None
    return floor((component.instances or 1) * facts.growth / at + ROUNDING) + 1


def more_consumers(queue: Component, consumer: Component, factor: float) -> Mend:
    """`factor` times the instances that may take messages out of a queue, and a partition for each."""
    wanted = whole(most_instances(consumer) * factor)
    place, tied = f"components.{consumer.id}", queue.shards is not None and queue.shards < wanted
    more = mend(f"{place}.autoscale", max=wanted) if consumer.autoscale else mend(place, instances=wanted)
    return together(more, mend(f"components.{queue.id}", shards=wanted)) if tied else more


def _mix(component: Component, facts: Facts) -> tuple[float, float]:
    """Reads and writes at peak."""
    figures = facts.estimates.components[component.id]
    return figures.peak_read_rps or 0.0, figures.peak_write_rps or 0.0


def _replicas_for(component: Component, factor: float, facts: Facts) -> int | None:
    """Read replicas that would divide its utilisation by `factor`, when it is the reads that fill it."""
    reads, writes = _mix(component, facts)
    copies = 1 + (component.read_replicas or 0)
    allowed = (writes + reads / copies) / factor
    return whole(reads / (allowed - writes)) - 1 if component.read_replicas and allowed > writes * 1.05 else None
