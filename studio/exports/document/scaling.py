"""Section 8: the load, who carries it, what breaks first and what then, and what it costs."""

from collections.abc import Iterator, Mapping
from typing import Final

from studio.estimates.figures import figure
from studio.estimates.formulas.sizing import TARGET_UTILISATION
from studio.estimates.results import ComponentFigures
from studio.estimates.wording import worded
from studio.exports.document.blocks import Block, Heading, Paragraph, Points, Span, Words, line, missing, table
from studio.exports.document.framing import breaks_first
from studio.exports.document.subject import Subject, in_own_unit
from studio.model.component import Component
from studio.units import point

MOST_RUNGS: Final = 10
_TRAFFIC: Final[Mapping[str, str]] = {
    "traffic.requests_per_day": "Requests a day",
    "traffic.average_rps": "Load on average",
    "traffic.peak_rps": "Load at peak",
    "traffic.peak_read_rps": "Reads at peak",
    "traffic.peak_write_rps": "Writes at peak",
    "traffic.unassigned_rps": "Load at peak that no journey carries",
    "traffic.bytes_per_day": "Data moved a day",
    "traffic.bandwidth_bytes_per_s": "Bandwidth at peak",
    "traffic.stored_bytes_per_month": "Stored in a month, before replication",
    "traffic.stored_bytes_total": "Stored in all, before replication",
    "ai.requests_per_day": "Calls of language models a day",
    "ai.tokens_per_day": "Tokens a day",
    "ai.tokens_per_month": "Tokens a month",
    "ai.peak_tokens_per_minute": "Tokens a minute at peak",
}
_CAPACITY: Final = ("peak_rps", "capacity_rps", "utilisation")
_AFTER_COPIES: Final = ("p99_ms", "availability", "breaks_at")


def scaling(subject: Subject) -> Iterator[Block]:
    """8: traffic, capacity, the ladder of what breaks, strategies, ceilings, the cost against the budget."""
    yield Heading("Traffic")
    yield from _traffic(subject)
    yield Heading("Capacity")
    yield from _capacity(subject)
    yield Heading("What breaks first")
    yield from _ladder(subject)
    yield Heading("Strategy")
    yield from _strategy(subject)
    limits = _limits(subject)
    if limits:
        yield Heading("Ceilings")
        yield from table(("What runs out", "In use", "Of", "Share", "Used up at"), limits, {1, 2, 3, 4})
    yield Heading("Cost")
    yield from _costs(subject)


def _traffic(subject: Subject) -> Iterator[Block]:
    rows = [(words, subject.figure(path)) for path, words in _TRAFFIC.items() if figure(subject.estimates, path)]
    fields = ("requirements.scale.daily_active_users", "requirements.scale.requests_per_user_per_day")
    yield from table(("Figure", "Value"), rows, {1}) or missing(*fields)
    yield from (Paragraph(f"{note}.", "note") for note in subject.estimates.notes)


def _capacity(subject: Subject) -> Iterator[Block]:
    header = (
        "Component", "Load", "Capacity", "Utilisation", "Copies", "Needed", "Recommended", "p99", "Availability",
        "Breaks at",
    )  # fmt: skip
    rows = [_full(subject, component) for component in subject.served]
    yield from table(header, rows, range(1, len(header))) or missing("components.ID")
    if not rows:
        return
    given = subject.design.requirements.scale.arrival_variation
    arrivals = "arrivals at random (Poisson)" if given in (None, 1) else "arrivals of the stated variation"
    yield Paragraph(
        f"Figures hold at today’s peak, for {arrivals} and a steady state. Needed is the bare minimum; recommended "
        f"stays at most {TARGET_UTILISATION * 100:.0f} % utilised with one instance, or one zone, lost. Breaks at is "
        "the multiple of today’s peak at which utilisation reaches 100 %.",
        "note",
    )
    names = (*_CAPACITY, "instances_needed", "instances_recommended", *_AFTER_COPIES)
    yield from subject.unknown(f"components.{c.id}.{name}" for c in subject.served for name in names)


def _full(subject: Subject, component: Component) -> tuple[Words, ...]:
    path = f"components.{component.id}"
    figures = subject.estimates.components[component.id]
    return (
        subject.component(component.id),
        *(subject.figure(f"{path}.{name}") for name in _CAPACITY),
        _copies(component, figures),
        subject.figure(f"{path}.instances_needed"),
        subject.figure(f"{path}.instances_recommended"),
        *(subject.figure(f"{path}.{name}") for name in _AFTER_COPIES),
    )


def _copies(component: Component, figures: ComponentFigures) -> str:
    """All copies; of a store what they are."""
    primaries = figures.instances * (component.shards or 1)
    replicas = primaries * (component.read_replicas or 0)
    if not component.shards and not replicas:
        return str(primaries)
    return f"{primaries + replicas} ({_counted(primaries, 'primary', 'primaries')}, {_counted(replicas, 'replica')})"


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _ladder(subject: Subject) -> Iterator[Block]:
    yield Paragraph(line("Full first: ", breaks_first(subject), "."))
    rungs = subject.estimates.ladder
    if not rungs and subject.estimates.breaks_first is None:
        return
    rows = [
        (
            worded("at", rung.at),
            rung.why,
            rung.fix,
            "" if rung.cost_per_month is None else worded("cost", rung.cost_per_month),
            "" if rung.holds_until is None else worded("at", rung.holds_until),
        )
        for rung in rungs[:MOST_RUNGS]
    ]
    header = ("At today’s peak ×", "What breaks", "What mends it", f"{subject.currency} a month then", "Holds until")
    nothing = "Nothing breaks up to 100× today’s peak, as far as capacities, targets, limits and a budget are known."
    yield from table(header, rows, {0, 3, 4}) or (Paragraph(nothing),)
    if len(rungs) > MOST_RUNGS:
        yield Paragraph(f"Up to 100× today’s peak {len(rungs) - MOST_RUNGS} more things break.", "note")


def _strategy(subject: Subject) -> Iterator[Block]:
    rows = [
        (subject.component(c.id), c.scaling or "", _autoscaling(c), _spread(c))
        for c in subject.served
        if c.scaling or c.autoscale or c.shards or c.read_replicas
    ]
    yield from table(("Component", "Strategy", "Autoscaling", "Spread"), rows) or missing("components.ID.scaling")


def _autoscaling(component: Component) -> str:
    rule = component.autoscale
    if rule is None:
        return ""
    most = f"up to {rule.max}" if rule.max else "without a stated maximum"
    return f"{most} by {rule.metric}" if rule.metric else most


def _spread(component: Component) -> str:
    zones = _counted(component.zones, "zone") if component.zones else ""
    shards = _counted(component.shards, "shard") if component.shards else ""
    replicas = _counted(component.read_replicas, "read replica") if component.read_replicas else ""
    return ", ".join(filter(None, (zones, shards, replicas)))


def _limits(subject: Subject) -> list[tuple[Words, ...]]:
    return [
        (
            Span(limit.path.removeprefix("components."), "code"),
            worded("n", limit.used) if limit.used is not None else f"? ({limit.reason})",
            worded("n", limit.most),
            worded("utilisation", limit.share),
            worded("at", limit.breaks_at) if limit.breaks_at is not None else "",
        )
        for limit in subject.estimates.limits
    ]


def _costs(subject: Subject) -> Iterator[Block]:
    if not subject.served:
        yield from missing("components.ID.cost_per_month")
        return
    rows: list[tuple[Words, ...]] = []
    for component in subject.served:
        copies = _copies(component, subject.estimates.components[component.id])
        rows.append(
            (subject.component(component.id), copies, subject.figure(f"components.{component.id}.cost_per_month"))
        )
    if subject.estimates.ai is not None and subject.estimates.ai.cost_per_month is not None:
        rows.append(("Language models", "", subject.figure("ai.cost_per_month")))
    support = subject.design.operations.support_cost_per_month
    if support is not None:
        rows.append(("Support", "", worded("cost", point(support))))
    total = subject.figure("cost_per_month")
    rows.append((Span("Whole design", "strong"), "", total))
    rows += _against_budget(subject)
    yield from table(("Part", "Copies", f"{subject.currency} a month"), rows, {1, 2})
    yield from subject.unknown((*(f"components.{c.id}.cost_per_month" for c in subject.served), "cost_per_month"))
    yield from _unit_costs(subject)


def _against_budget(subject: Subject) -> Iterator[tuple[Words, ...]]:
    budget, cost = subject.design.requirements.cost.budget_per_month, subject.estimates.cost_per_month
    if budget is None:
        yield ("Budget", "", "not stated; requirements.cost.budget_per_month says it")
        return
    yield ("Budget", "", worded("cost", point(budget)))
    if cost is not None:
        left = point(budget) - cost
        yield (Span("Left" if left >= 0 else "Over budget", "strong"), "", worded("cost", abs(left)))


def _unit_costs(subject: Subject) -> Iterator[Block]:
    found, money = subject.estimates.unit_cost, subject.currency
    items: list[Words] = []
    if found.cost_per_thousand_requests is not None:
        items.append(f"1,000 requests cost {worded('cost', found.cost_per_thousand_requests)} {money}")
    if found.cost_per_daily_user is not None:
        items.append(f"a daily user costs {worded('cost', found.cost_per_daily_user)} {money} a month")
    if found.idle_cost_per_month:
        items.append(f"{worded('cost', found.idle_cost_per_month)} {money} a month pay for room that is idle at peak")
    if items:
        yield Points(tuple(items))


def growth(subject: Subject) -> Iterator[Block]:
    """The load to survive: the design as it stands, and sized for it."""
    found = subject.estimates.growth
    if found is None:
        yield from missing("requirements.scale.daily_active_users", "requirements.scale.requests_per_user_per_day")
        return
    horizon = in_own_unit(subject.design.requirements.scale.horizon)
    given = subject.design.requirements.scale.growth is not None
    assumed = "" if given else " (assumed: ten times today; requirements.scale.growth says otherwise)"
    yield Paragraph(
        f"To survive{f' within {horizon}' if horizon else ''}: {worded('at', found.multiple)} today’s load{assumed}."
    )
    names = {id_: component.label for id_, component in subject.design.component.items()}
    rows = [
        (kind, _over(names, of.over), _slowest(of.over, of.p99_ms), _known("cost", of.cost_per_month))
        for kind, of in (("As it is", found.frozen), ("Sized for it", found.sized))
    ]
    yield from table(("Design", "Over capacity", "p99", f"{subject.currency} a month"), rows, {2, 3})
    if found.sized.instances:
        copies = ", ".join(f"{names[id_]} {count}" for id_, count in found.sized.instances.items())
        yield Paragraph(f"Sized for it, copies are: {copies}.")


def _over(names: dict[str, str], over: Mapping[str, float | int | None]) -> str:
    return ", ".join(f"{names[id_]} {worded('utilisation', share)}" for id_, share in over.items()) or "nothing"


def _slowest(over: Mapping[str, float | int | None], p99_ms: float | None) -> str:
    return "none: it is overloaded" if over and p99_ms is None else _known("p99_ms", p99_ms)


def _known(name: str, value: float | None) -> str:
    return "unknown" if value is None else worded(name, value)
