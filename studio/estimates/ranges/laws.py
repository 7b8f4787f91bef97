"""The response times of components in all samples: a wait with some chance, then service.

Where a sample is overloaded the law is that of an idle queue and ``late`` marks it: it has no time.
"""

from typing import NamedTuple

import numpy as np

from studio.estimates.ranges.fullness import Fullness
from studio.estimates.ranges.queue_tables import Queues
from studio.estimates.ranges.sampled import Machine, Sampled
from studio.estimates.ranges.stacks import row
from studio.estimates.ranges.values import Array, Mask, Value, larger, over, picked, varies


class Law(NamedTuple):
    """The law of a component's own time, or those of a stack."""

    chance: Value
    """P(wait > 0)."""
    rate: Value
    """1 ÷ the mean wait of those who wait, 1/s."""
    service: Value
    """Mean service time, seconds."""
    variation: Value
    """Variance ÷ mean² of the service time."""
    late: Mask | None = None
    """Samples in which it is overloaded, where it has no time; None when it never is."""
    queues: Queues | None = None
    """Where the law is M/M/c; None where it is another, and of one component alone."""
    moments: tuple[Value, Value, Value] | None = None
    """Mean, variance and third central moment of one component, where they were worked out with its stack."""

    @property
    def varies(self) -> bool:
        """Whether it is not the same in all samples."""
        return any(isinstance(value, np.ndarray) for value in self[:5])

    @property
    def mean(self) -> Value:
        """Seconds."""
        return self.service + self.chance / self.rate

    @property
    def variance(self) -> Value:
        """Seconds squared: service and wait are independent."""
        return self.variation * self.service**2 + self.chance * (2.0 - self.chance) / self.rate**2

    @property
    def third(self) -> Value:
        """The third central moment, seconds cubed."""
        c = self.chance
        wait, service = 1.0 / self.rate, self.service
        of_service = 2 * self.variation * self.variation * (service * service * service)
        return of_service + c * (6 - 6 * c + 2 * c * c) * (wait * wait * wait)

    def of_one(self, place: int, samples: int) -> "Law":
        """The law of one component of a stack; what is certain about it in plain numbers."""
        late = None if self.late is None or not self.late[place].any() else self.late[place]
        return Law(
            row(self.chance, place),
            row(self.rate, place),
            row(self.service, place),
            row(self.variation, place),
            None if late is None else np.broadcast_to(late, (samples,)),
            moments=None if self.moments is None else _of_row(self.moments, place),
        )

    def picked(self, index: np.ndarray) -> "Law":
        """The same in some of the samples in which it is not overloaded."""
        return Law(
            picked(self.chance, index),
            picked(self.rate, index),
            picked(self.service, index),
            picked(self.variation, index),
        )


def _of_row(moments: tuple[Value, Value, Value], place: int) -> tuple[Value, Value, Value]:
    mean, variance, third = moments
    return row(mean, place), row(variance, place), row(third, place)


def law_of(sampled: Sampled, machine: Machine, full: Fullness) -> Law | None:
    """The laws of a stack's own times; None when they are unknown in all samples."""
    numbers = machine.certain
    if machine.latency is None or numbers.id in sampled.basis.down or numbers.id in sampled.working.collapsed:
        return None
    if not numbers.queues:
        return Law(0.0, 1.0, machine.latency, machine.variation)
    held = sampled.held(numbers.id)
    if machine.each is None or full.per_copy is None or held is None:
        return None
    workers = workers_of(machine)
    together = numbers.instances * (1 + numbers.replicas) if numbers.pooled else 1
    service = workers / machine.each
    arrival = full.per_copy * together
    if held:
        return _behind_held_workers(machine, arrival, (service, workers * together), held)
    return _queue(machine, arrival, (service, workers * together), arrivals_at(sampled, arrival))


def arrivals_at(sampled: Sampled, rate: Value) -> Value:
    """The variation of the part of the stream of all users that arrives at one queue."""
    variation, peak = sampled.arrival_variation, sampled.peak
    if peak is None or (not varies(variation) and variation == 1.0):
        return 1.0
    kept = np.clip(over(rate, peak), 0.0, 1.0)
    found: Value = kept * variation + 1.0 - kept
    return found


def workers_of(machine: Machine) -> Value:
    """Requests one instance works on at once: as stated, or capacity × latency, at least one."""
    if machine.workers is not None:
        return machine.workers
    if machine.capacity is None or machine.latency is None:
        return 1.0
    both = np.rint(machine.capacity * machine.latency)
    return larger(1.0, both if varies(both) else float(both))


def _behind_held_workers(machine: Machine, arrival: Value, queue: tuple[Value, Value], held: float) -> Law:
    """The wait is that of a queue whose service is the whole time a worker is held; then comes the own work."""
    service, servers = queue
    law = _queue(machine._replace(variation=1.0), arrival, (service + held, servers), 1.0)
    return law._replace(service=service, variation=machine.variation, queues=None)


def _queue(machine: Machine, arrival: Value, queue: tuple[Value, Value], arrivals: Value) -> Law:
    """The law of a queue: its service time and servers, what arrives, and the variation of arrivals."""
    service, servers = queue
    utilisation = np.atleast_1d(arrival * service / servers)
    late = ~(utilisation < 1.0)
    utilisation = np.where(late, 0.5, utilisation)
    queues = Queues(np.atleast_2d(servers), np.atleast_2d(utilisation))
    chance = queues.waiting_chance()
    rate: Value = servers * (1.0 - utilisation) / service
    is_at_random, is_plain = _is_one(arrivals), _is_one(machine.variation)
    if not (is_at_random and is_plain):
        wait = chance / rate
        if not is_at_random:
            # GI/M/c: those who wait do so as in one server as fast as all; Kleinrock 1975, 6.2 and 6.3.
            alone = service / servers * utilisation / (1.0 - utilisation) * stretch(utilisation, 1.0, arrivals, 1.0)
            slowness = service / servers + alone
            chance = np.minimum(1.0, wait * stretch(utilisation, servers, arrivals, 1.0) / slowness)
        wait = wait * stretch(utilisation, servers, arrivals, machine.variation)
        rate = np.where((chance > 0) & (wait > 0), chance / wait, 1.0 / service)
        chance = np.where(wait > 0, chance, 0.0)
    shown = queues if is_plain and is_at_random else None
    return Law(chance, rate, service, machine.variation, late if late.any() else None, shown)


def _is_one(value: Value) -> bool:
    return not varies(value) and value == 1.0


def stretch(utilisation: Array, servers: Value, arrivals: Value, variation: Value) -> Value:
    """The wait ÷ that of M/M/c: Allen and Cunneen with Whitt's correction. Whitt 1993."""
    idle, ca, cs = 1.0 - utilisation, arrivals, variation
    gamma = np.minimum(0.24, idle * (servers - 1) * (np.sqrt(4 + 5 * servers) - 2) / (16 * servers * utilisation))
    fixed_service = 1 + gamma
    fixed_arrival = (1 - 4 * gamma) * np.exp(-2 * idle / (3 * utilisation))
    average = (ca + cs) / 2
    between = np.minimum(1.0, (fixed_service + fixed_arrival) / 2)
    psi = np.where(average >= 1, 1.0, between ** (2 * (1 - np.minimum(average, 1.0))))
    spread = np.where((ca >= cs) & (4 * ca - 3 * cs > 0), 4 * ca - 3 * cs, 1.0)
    more = (4 * (ca - cs) * fixed_service + cs * psi) / spread
    less = ((cs - ca) * fixed_arrival + (cs + 3 * ca) * psi) / (2 * (ca + cs) + 1e-300)
    # One server at random arrivals has the exact mean wait of Pollaczek and Khinchine.
    is_exact = (servers == 1) & (ca == 1.0)
    found: Value = average * np.where((utilisation > 0) & ~np.asarray(is_exact), np.where(ca >= cs, more, less), 1.0)
    return found
