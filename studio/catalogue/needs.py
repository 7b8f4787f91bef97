"""What a pattern needs of a design, answered with the figures of one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from studio.catalogue.entries import Need, Pattern
from studio.catalogue.tables import Complaint
from studio.comparisons import Comparison, Lookup, Value
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.fields import shapes
from studio.text import listed, nearest

OF_THE_DESIGN: Final = (
    "peak_rps", "average_rps", "peak_read_rps", "peak_write_rps", "reads_per_write", "growth", "team_size",
    "availability", "availability_target", "p99_ms", "p99_target_ms", "cost_per_month", "budget_per_month",
    "components", "deployables", "stores", "stored_bytes_total", "ai_requests_per_day", "stage", "consistency_need",
)  # fmt: skip
"""The names a need may use of the design as a whole."""

OF_A_COMPONENT: Final = (
    "peak_rps", "peak_read_rps", "peak_write_rps", "capacity_rps", "utilisation", "instances", "instances_needed",
    "p99_ms", "availability", "cost_per_month", "breaks_at",
)  # fmt: skip
"""The figures a need may use of a role, beside the fields of the design file."""

OF_A_CONNECTION: Final = ("peak_rps", "worst_case_ms", "retry_amplification")


class NeedResult(NamedTuple):
    """A need with its answer."""

    need: Need
    met: bool | None
    """None when a figure or field it hangs on is unknown."""
    advice: str
    """What to do when it is not met; empty when it is."""


def needs_of(pattern: Pattern, lookup: Lookup, on: Mapping[str, Sequence[str]] | None = None) -> tuple[NeedResult, ...]:
    """Whether each need of the pattern is met.

    `lookup` is asked for figures of the design by their name (`peak_rps`). With `on` (ids by role) it is asked for
    `components.ID.FIELD` and `connections.ID.FIELD`; without it, for `ROLE.FIELD`. Of a role with several ids all
    must meet the need; a role without an id leaves it unknown.
    """
    answers = (
        (need, need.check.holds(lookup) if on is None else is_met(pattern, need.check, lookup, on))
        for need in pattern.needs
    )
    return tuple(NeedResult(need, met, "" if met else need.advice) for need, met in answers)


def is_met(pattern: Pattern, check: Comparison, lookup: Lookup, on: Mapping[str, Sequence[str]]) -> bool | None:
    """Whether a comparison over roles (`ROLE.FIELD`) holds for every id in them; None when that is not known.

    `lookup` is asked for `components.ID.FIELD` and `connections.ID.FIELD`.
    """
    answers = [check.holds(_of(pattern, chosen, lookup)) for chosen in _choices(check, on)]
    return False if False in answers else None if None in answers else True


def _choices(check: Comparison, on: Mapping[str, Sequence[str]]) -> Iterator[dict[str, str]]:
    """One id for each role the check names, in all the ways there are; one way without ids when a role has none."""
    roles = dict.fromkeys(name.partition(".")[0] for name in check.names if "." in name)
    ways: list[dict[str, str]] = [{}]
    for role in roles:
        ways = [{**way, role: id_} for way in ways for id_ in on.get(role, ())] or ways
    yield from ways


def _of(pattern: Pattern, chosen: Mapping[str, str], lookup: Lookup) -> Lookup:
    def resolved(name: str) -> Value | None:
        role, dot, field = name.partition(".")
        if not dot:
            return lookup(name)
        target = pattern.target(role)
        if target is None or role not in chosen:
            return None
        return lookup(f"{'connections' if target.is_connection else 'components'}.{chosen[role]}.{field}")

    return resolved


def unfit_needs(pattern: Pattern) -> Iterator[Complaint]:
    """Names in the needs of a pattern that no design can have."""
    for need in pattern.needs:
        for name in need.check.names:
            known = _known(pattern, name)
            last = name.partition(".")[2].partition(".")[0] or name
            if known is not None and last not in known:
                near = nearest(last, known)
                advice = f"did you mean {near}?" if near else f"known: {listed(known)}"
                yield Complaint(("needs", need.id, "check"), f"{name} is no figure of a design", advice)
            elif known is None:
                roles = listed((target.role for target in pattern.targets), "or") or "no role yet"
                yield Complaint(("needs", need.id, "check"), f"{name} begins with no role", f"write {roles}")


def unfit_condition(pattern: Pattern, when: Comparison, keys: tuple[str, ...]) -> Iterator[Complaint]:
    """Names in a condition that are no field of a role: figures are not known when a pattern is applied."""
    for name in when.names:
        role, _, rest = name.partition(".")
        target = pattern.target(role)
        if target is None:
            roles = listed((target.role for target in pattern.targets), "or") or "no role yet"
            yield Complaint((*keys, "when"), f"{name} begins with no role", f"write {roles}")
            continue
        known = shapes(Connection if target.is_connection else Component)
        field = rest.partition(".")[0]
        if field not in known:
            near = nearest(field, known)
            advice = f"did you mean {near}?" if near else "write a field of the design file"
            yield Complaint((*keys, "when"), f"{name} is no field of a design", advice)


def _known(pattern: Pattern, name: str) -> tuple[str, ...] | None:
    """The names that may stand where the last part of `name` stands; None when it begins with no role."""
    role, dot, _ = name.partition(".")
    if not dot:
        return OF_THE_DESIGN
    target = pattern.target(role)
    if target is None:
        return None
    figures, part = (OF_A_CONNECTION, Connection) if target.is_connection else (OF_A_COMPONENT, Component)
    return (*figures, *shapes(part))
