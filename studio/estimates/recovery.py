"""How long data and service take to come back, from what the stores say of their backups and copies.

Source: recovery time and recovery point objectives, NIST SP 800-34 Rev. 1, 2010.
"""

from collections.abc import Iterator

from studio.estimates.basis import Basis
from studio.estimates.numbers import known
from studio.estimates.results import Target
from studio.model.component import Component
from studio.model.kinds import DURABLE_STORES
from studio.units import Dimension, shown


def recovery_targets(basis: Basis) -> Iterator[Target]:
    """Recovery time and point, in minutes, where they are asked for: the worst of the systems of record."""
    wanted = basis.design.requirements.availability
    stores = systems_of_record(basis)
    for name, most, each, field in (
        ("recovery_time_minutes", known(wanted.recovery_time), restore_time, "backup.restore_time"),
        ("recovery_point_minutes", known(wanted.recovery_point), data_loss, "backup.every"),
    ):
        if most is None:
            continue
        times = {store.label: each(store) for store in stores}
        worst = max((time for time in times.values() if time is not None), default=None)
        if not times or worst is None or None in times.values():
            yield Target(name, most / 60, None, None, None)
            continue
        late = ", ".join(label for label, time in times.items() if time is not None and time > most)
        words = f"{field} of at most {shown(most, Dimension.DURATION)} for {late}" if late else None
        yield Target(name, most / 60, worst / 60, not late, words)


def systems_of_record(basis: Basis) -> tuple[Component, ...]:
    """The stores that data names as its own; every durable store when no data is described."""
    named = {data.store for data in basis.design.data if data.store is not None}
    return tuple(
        component
        for component in basis.design.components
        if (component.id in named if named else component.kind in DURABLE_STORES)
    )


def restore_time(store: Component) -> float | None:
    """Seconds until the store is back: what its last restore took."""
    return None if store.backup is None else known(store.backup.restore_time)


def data_loss(store: Component) -> float | None:
    """Seconds of writes a loss of the store costs at most: the lag of its copies, or the time between backups."""
    copies = store.replication
    if copies is not None and copies.mode in ("sync", "quorum"):
        return 0.0
    if copies is not None and copies.lag is not None:
        return known(copies.lag)
    return None if store.backup is None else known(store.backup.every)
