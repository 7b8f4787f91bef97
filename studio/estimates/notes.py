"""What a reader should know beside the figures."""

from studio.estimates.load import entering_at_clients
from studio.estimates.results import Traffic
from studio.estimates.waiting import overload
from studio.estimates.working import Working
from studio.units import grouped


def _overloaded(working: Working, name: str) -> str:
    full, reason = working.full[name], working.laws[name]
    if (full.utilisation is not None and full.utilisation >= 1) or not isinstance(reason, str):
        return overload(working.numbers[name], full)
    return reason


def notes(working: Working, traffic: Traffic) -> list[str]:
    """Load that no journey carries, shares that add up to more than all, what is overloaded."""
    found = []
    if traffic.unassigned_rps:
        share = working.load.unassigned
        found.append(f"{share * 100:.3g} % of the load ({grouped(traffic.unassigned_rps)} requests/s) is on no journey")
    if working.load.unassigned < 0:
        found.append(f"the shares of the journeys add up to {1 - working.load.unassigned:.4g}, more than all requests")
    entering = entering_at_clients(working.basis)
    if entering is not None and abs(entering - 1) > 1e-9:
        found.append(f"the shares of the clients add up to {entering:.4g} of all requests, and 1 is all of them")
    found.extend(_overloaded(working, name) for name in working.basis.numbers if working.is_overloaded(name))
    return found
