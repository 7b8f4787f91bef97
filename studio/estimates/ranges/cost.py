"""What a month costs in all samples: copies, what is paid by use, tokens, support; as `studio.estimates.cost`."""

from studio.estimates.cost import REQUESTS_PER_PRICE, free_requests, is_paid_by_tokens
from studio.estimates.formulas.traffic import SECONDS_PER_MONTH
from studio.estimates.ranges.load import Rates, SampledLoad
from studio.estimates.ranges.sampled import Machine, Sampled
from studio.estimates.ranges.values import Value, larger


def component_cost(sampled: Sampled, load: SampledLoad, machine: Machine) -> Value | None:
    """USD a month: copies × the cost of one + use; None when unknown."""
    numbers, name = machine.certain, machine.certain.id
    copies = None if machine.cost is None else numbers.copies * machine.cost
    price = sampled.component(name, "cost_per_million_requests")
    if price is not None:
        rate = _average(sampled, load, name)
        if rate is None:
            return None
        free = sampled.component(name, "free_requests_per_month")
        free = free_requests(sampled.basis, name) if free is None else free
        used = larger(0.0, rate * SECONDS_PER_MONTH - free) * price / REQUESTS_PER_PRICE
        return used if copies is None else copies + used
    if copies is not None:
        return copies
    return 0.0 if numbers.is_client or is_paid_by_tokens(sampled.basis, numbers) else None


def _average(sampled: Sampled, load: SampledLoad, name: str) -> Value | None:
    """Requests/s that reach a component on average today, whatever peak is asked for."""
    if name in sampled.working.load.unknown:
        return None
    users, made = load.of_peak.get(name, Rates()).total, load.generated.get(name, Rates()).total
    if sampled.peak is None:
        return made if sampled.working.load.of_peak[name].total == 0 else None
    return users * (sampled.peak / (sampled.peak_factor * sampled.basis.load)) + made


def support_cost(sampled: Sampled) -> Value:
    """USD a month for people and tools that keep it running; nothing unless it is given."""
    cost = sampled.given(sampled.basis.design.operations, "operations", "support_cost_per_month")
    return 0.0 if cost is None else cost
