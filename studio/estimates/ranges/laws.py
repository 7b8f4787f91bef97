"""The response time of one component in all samples: a wait with some chance, then service.

Where a sample is overloaded the law is that of an idle queue and ``late`` marks it: it has no time.
"""

from typing import NamedTuple

import numpy as np

from studio.estimates.ranges.fullness import Fullness
from studio.estimates.ranges.queue_tables import waiting_chance
from studio.estimates.ranges.sampled import Machine, Sampled
from studio.estimates.ranges.values import Array, Mask, Value, larger, over, picked, varies


class Law(NamedTuple):
    """The law of one component's own time."""

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
    servers: Value | None = None
    """Servers of the queue, where the law is M/M/c; None where it is another."""
    utilisation: Value | None = None

    @property
    def varies(self) -> bool:
        """Whether it is not the same in all samples."""
        return any(isinstance(value, np.ndarray) for value in self)

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
        return 2 * self.variation**2 * self.service**3 + c * (6 - 6 * c + 2 * c * c) / self.rate**3

    def picked(self, index: np.ndarray) -> "Law":
        """The same in some of the samples in which it is not overloaded."""
        return Law(
            picked(self.chance, index),
            picked(self.rate, index),
            picked(self.service, index),
            picked(self.variation, index),
        )


def law_of(sampled: Sampled, machine: Machine, full: Fullness) -> Law | None:
    """The law of a component's own time; None when it is unknown in all samples."""
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
        return _behind_held_workers(machine, arrival, (service, workers * together), held, sampled.samples)
    return _queue(machine, arrival, (service, workers * together), arrivals_at(sampled, arrival), sampled.samples)


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


def _behind_held_workers(
    machine: Machine, arrival: Value, queue: tuple[Value, Value], held: float, samples: int
) -> Law:
    """The wait is that of a queue whose service is the whole time a worker is held; then comes the own work."""
    service, servers = queue
    law = _queue(machine._replace(variation=1.0), arrival, (service + held, servers), 1.0, samples)
    return law._replace(service=service, variation=machine.variation, servers=None)


def _queue(machine: Machine, arrival: Value, queue: tuple[Value, Value], arrivals: Value, samples: int) -> Law:
    """The law of a queue: its service time and servers, what arrives, and the variation of arrivals."""
    service, servers = queue
    utilisation = np.atleast_1d(arrival * service / servers)
    late = ~(utilisation < 1.0)
    utilisation = np.where(late, 0.5, utilisation)
    chance = waiting_chance(servers, utilisation)
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
    shown = servers if is_plain and is_at_random else None
    law = Law(chance, rate, service, machine.variation, late if late.any() else None, shown, utilisation)
    return law if len(utilisation) > 1 else _certain(law, samples)


def _is_one(value: Value) -> bool:
    return not varies(value) and value == 1.0


def _certain(law: Law, samples: int) -> Law:
    """A law whose load is certain, in plain numbers where they do not vary; it is overloaded always or never."""

    def plain(value: Value) -> Value:
        return float(value[0]) if isinstance(value, np.ndarray) and len(value) == 1 else value

    return Law(
        plain(law.chance),
        plain(law.rate),
        plain(law.service),
        plain(law.variation),
        None if law.late is None else np.ones(samples, dtype=bool),
        law.servers,
        None if law.utilisation is None else plain(law.utilisation),
    )


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
