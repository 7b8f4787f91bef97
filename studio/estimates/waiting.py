"""The response time of one component: a queue for each instance, or one for all when they are pooled.

Service time = workers ÷ capacity; workers default to capacity × latency. FORMAT: M/M/workers; a service variation
other than 1 uses Whitt's correction.
"""

from typing import NamedTuple

from studio.estimates.capacity import Fullness
from studio.estimates.laws.general_service import GeneralSojourn, general_sojourn, split_variation
from studio.estimates.laws.law import NO_TIME, Law
from studio.estimates.laws.queueing import Sojourn, sojourn
from studio.estimates.numbers import Numbers
from studio.units import grouped


class Queue(NamedTuple):
    """The queue a request meets: who serves, how long, and how much arrives at it."""

    servers: int
    service_time: float
    arrival_rate: float


class Stream(NamedTuple):
    """All requests at peak: how many, and how unevenly they come."""

    rate: float
    variation: float

    def picked(self, rate: float) -> float:
        """The variation of the part of it that arrives at one queue."""
        if self.variation == 1.0 or self.rate <= 0:
            return 1.0
        return split_variation(self.variation, rate / self.rate)


RANDOM = Stream(0.0, 1.0)


def workers_of(numbers: Numbers) -> int | None:
    """Requests one instance works on at once: as stated, or capacity × latency, at least one."""
    if numbers.workers is not None:
        return numbers.workers
    if numbers.capacity is None or numbers.latency is None:
        return None
    return max(1, round(numbers.capacity * numbers.latency))


def queue_of(numbers: Numbers, full: Fullness) -> Queue | None:
    """The queue of the busiest copy, or of all copies of the busiest shard when they are pooled."""
    workers, each = workers_of(numbers), numbers.each
    if workers is None or each is None or full.per_copy is None:
        return None
    together = numbers.instances * (1 + numbers.replicas) if numbers.pooled else 1
    return Queue(workers * together, workers / each, full.per_copy * together)


def workers_used(numbers: Numbers, full: Fullness, held: float) -> float | None:
    """The share of a blocking component's workers that are held: Little's law over own work and calls waited for."""
    queue = queue_of(numbers, full)
    return None if queue is None else queue.arrival_rate * (queue.service_time + held) / queue.servers


def response(numbers: Numbers, full: Fullness, held: float = 0.0, stream: Stream = RANDOM) -> Law | str:
    """The law of the component's own response time, or why it has none.

    ``held`` is how many seconds a worker of a blocking component waits for the calls of one request: nobody else is
    served meanwhile, so it lengthens the wait of others, not its own work.
    """
    if numbers.is_client:
        return NO_TIME
    if numbers.latency is None:
        return f"latency of {numbers.id} is not given"
    if not numbers.queues:
        return _undisturbed(numbers.latency, numbers.variation)
    if numbers.capacity is None:
        return f"capacity_rps of {numbers.id} is not given"
    queue = queue_of(numbers, full)
    if queue is None:
        return f"the load of {numbers.id} is not known"
    arrivals = stream.picked(queue.arrival_rate)
    law = (
        sojourn(queue.arrival_rate, queue.service_time, queue.servers)
        if numbers.variation == 1.0 == arrivals
        else general_sojourn(queue.arrival_rate, queue.service_time, queue.servers, numbers.variation, arrivals)
    )
    if law is None:
        return overload(numbers, full)
    return _behind_held_workers(numbers, full, queue, held) if held > 0 else law


def _behind_held_workers(numbers: Numbers, full: Fullness, queue: Queue, held: float) -> Law | str:
    """The wait is that of a queue whose service is the whole time a worker is held; then comes the own work."""
    waiting = sojourn(queue.arrival_rate, queue.service_time + held, queue.servers)
    if waiting is None:
        used = workers_used(numbers, full, held) or 0.0
        return (
            f"the workers of {numbers.id} are all held by the calls they wait for: {grouped(used * queue.servers)} "
            f"would be needed and there are {queue.servers} in each queue"
        )
    if numbers.variation == 1.0:
        return Sojourn(waiting.wait_probability, waiting.wait_rate, 1.0 / queue.service_time)
    return GeneralSojourn(waiting.wait_probability, waiting.wait_rate, queue.service_time, numbers.variation)


def overload(numbers: Numbers, full: Fullness) -> str:
    """Why an overloaded component has no response time: what arrives, what it serves, how fast the backlog grows."""
    arrives, serves = full.peak or 0.0, full.capacity or 0.0
    return (
        f"{numbers.id} is overloaded: {grouped(arrives)} requests/s arrive and it serves {grouped(serves)}, "
        f"so its backlog grows by {grouped(max(0.0, arrives - serves))} requests/s"
    )


def _undisturbed(latency: float, variation: float) -> Law:
    if latency <= 0:
        return NO_TIME
    if variation == 1.0:
        return Sojourn(0.0, 1.0 / latency, 1.0 / latency)
    return GeneralSojourn(0.0, 1.0 / latency, latency, variation)
