"""What model, figures and red flags say on the drawing: kind, owner, load, risk, cost, and how sensitive data are."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from studio.analysis import Analysis
from studio.diagrams.overlays import Level, Mark, Overlay
from studio.model.address import Address
from studio.model.behaviour import Data
from studio.model.kinds import DATA_HOLDERS, OWN_CODE
from studio.red_flags.rule import Severity
from studio.red_flags.thresholds import DEFAULTS
from studio.text import one_line

if TYPE_CHECKING:
    from studio.red_flags.report import Finding

OverlayName: TypeAlias = Literal["load", "risk", "cost", "data", "owner", "kind"]
OVERLAYS: Final[tuple[OverlayName, ...]] = get_args(OverlayName)

Marks: TypeAlias = dict[str, Mark]

HALF_FULL: Final = 0.5
SHARES: Final = (0.05, 0.2, 0.4)
"""Shares of the bill from which a component counts as noticeable, large, and what the design costs."""
SIGNS: Final[Mapping[Severity, str]] = {Severity.ERROR: "x", Severity.WARNING: "!", Severity.NOTE: "i"}
_LEVELS: Final[Mapping[Severity, Level]] = {Severity.ERROR: 3, Severity.WARNING: 2, Severity.NOTE: 1}
_CLASSES: Final[Mapping[str, tuple[str, Level]]] = {
    "public": ("O", 0),
    "internal": ("I", 1),
    "confidential": ("C", 2),
    "personal": ("P", 3),
    "health": ("H", 3),
    "payment": ("$", 3),
    "secret": ("S", 3),
}
"""Sign and level of each class of data, the most sensitive last, as the model lists them."""

KIND_SIGNS: Final[Mapping[str, str]] = {
    "client": "u",
    "cdn": "n",
    "gateway": "g",
    "load-balancer": "b",
    "service": "s",
    "worker": "w",
    "function": "f",
    "batch": "t",
    "scheduler": "h",
    "database": "d",
    "cache": "c",
    "queue": "q",
    "stream": "m",
    "object-store": "o",
    "search": "r",
    "vector-store": "v",
    "llm": "l",
    "agent": "a",
    "identity": "i",
    "secrets": "k",
    "monitoring": "y",
    "external": "x",
}
_OWNER_SIGNS: Final = "abcdefghijklmnopqrstuvwxyz"
_LONGEST_OWNER: Final = 16


def overlay(name: OverlayName, analysis: Analysis) -> Overlay:
    """One overlay of a design. Figures nobody can know yet are marked `?`; what has nothing to say has no mark."""
    return _MAKERS[name](analysis)


def _load(analysis: Analysis) -> Overlay:
    figures, facts = analysis.estimates.components, analysis.facts
    boxes: Marks = {
        component.id: _unknown("no load or no capacity is known")
        if used is None
        else load_mark(used, facts.thresholds_for(component).utilisation_warning)
        for component in analysis.design.components
        if component.kind != "client"
        for used in (figures[component.id].utilisation,)
    }
    or_own = ", or the limit set for the box" if facts.settings.exceptions.differs() else ""
    key = (
        f"!: above {facts.thresholds.utilisation_warning:.0%}{or_own}, where waiting grows fast",
        "over, x: more than it can serve",
        "?: not known",
    )
    return Overlay("Load: share of capacity in use at peak", key, boxes)


def load_mark(used: float, limit: float = DEFAULTS.utilisation_warning) -> Mark:
    """A utilisation as a mark; above the limit waiting grows fast, from 100 % on requests are lost."""
    text = f"{used * 100:.0f}%"
    if used >= 1:
        return Mark(f"{text} over", 3, "x", f"{text} of its capacity: overloaded")
    level: Level = 2 if used > limit else 1 if used > HALF_FULL else 0
    return Mark(f"{text}!" if level == 2 else text, level, "", f"{text} of its capacity")


def _risk(analysis: Analysis) -> Overlay:
    found = open_findings(analysis)
    design = analysis.design
    boxes: Marks = {
        c.id: risk_mark(found["components", c.id]) for c in design.components if ("components", c.id) in found
    }
    routes: Marks = {
        c.id: risk_mark(found["connections", c.id]) for c in design.connections if ("connections", c.id) in found
    }
    key = ("x: an error, !: a warning, i: a note is the worst", "the number: how many are open")
    return Overlay("Risk: the worst open red flag of each part", key, boxes, routes)


def open_findings(analysis: Analysis) -> Mapping[Address, list["Finding"]]:
    """Findings nobody accepted, by the component or connection they are about; an endpoint's are its component's."""
    grouped: dict[Address, list[Finding]] = {}
    for finding in analysis.report.findings:
        if finding.accepted is None:
            grouped.setdefault(finding.address[:2], []).append(finding)
    return grouped


def risk_mark(findings: "Iterable[Finding]") -> Mark:
    """How many findings there are, of which there is one at least, and how bad the worst is."""
    counted = list(findings)
    worst = min(counted, key=lambda finding: list(Severity).index(finding.severity))
    sign = SIGNS[worst.severity]
    about = "; ".join(f"{finding.rule.id} {finding.verdict.message}" for finding in counted)
    return Mark(f"{sign}{len(counted)}", _LEVELS[worst.severity], sign, about)


def _cost(analysis: Analysis) -> Overlay:
    estimates = analysis.estimates
    costs = {name: figures.cost_per_month for name, figures in estimates.components.items()}
    total = estimates.cost_per_month
    known = total if total is not None else sum(cost or 0.0 for cost in costs.values())
    boxes: Marks = {
        component.id: _unknown("what it costs is not known") if cost is None else cost_mark(cost, known)
        for component in analysis.design.components
        if component.kind != "client"
        for cost in (costs[component.id],)
    }
    of = "the monthly bill" if total is not None else "the part of the monthly bill that is known"
    return Overlay(f"Cost: share of {of}", ("!: a fifth or more, !!: two fifths or more", "?: not known"), boxes)


def cost_mark(cost: float, total: float) -> Mark:
    """A component's share of a bill, both in US dollars a month."""
    share = cost / total if total else 0.0
    reached = sum(share >= least for least in SHARES)
    level: Level = (0, 1, 2, 3)[reached]
    text = f"{share * 100:.0f}%"
    return Mark(text + "!" * max(level - 1, 0), level, "", f"{text} of the bill")


def _data(analysis: Analysis) -> Overlay:
    facts, design = analysis.facts, analysis.design
    boxes: Marks = {c.id: mark for c in design.components if (mark := data_mark(facts.data_in(c)))}
    routes: Marks = {c.id: mark for c in design.connections if (mark := data_mark(facts.data_on(c)))}
    signs = ", ".join(f"{sign} {name}" for name, (sign, _) in _CLASSES.items())
    key = (f"in short: {signs}", "?: data nobody classified")
    return Overlay("Data: the most sensitive class that is kept or carried", key, boxes, routes)


def data_mark(data: Iterable[Data]) -> Mark | None:
    """The most sensitive class of several kinds of data; None where there are none."""
    kinds = list(data)
    classes = [kind.classification for kind in kinds if kind.classification is not None]
    if not classes:
        return _unknown("nobody classified its data") if kinds else None
    worst = max(classes, key=list(_CLASSES).index)
    sign, level = _CLASSES[worst]
    names = ", ".join(kind.id for kind in kinds if kind.classification == worst)
    return Mark(worst, level, sign, f"{worst}: {names}")


def _owner(analysis: Analysis) -> Overlay:
    owners = dict.fromkeys(one_line(c.owner) for c in analysis.design.components if c.owner)
    signs = dict(zip(owners, _OWNER_SIGNS, strict=False))
    boxes: Marks = {}
    for component in analysis.design.components:
        if component.owner:
            boxes[component.id] = _owner_mark(one_line(component.owner), signs)
        elif component.kind in OWN_CODE | DATA_HOLDERS:
            boxes[component.id] = _unknown("nobody is named as its owner")
    key = (*(f"{sign}: {owner}" for owner, sign in signs.items()), "?: no owner")
    return Overlay("Owner: who answers for each part", key, boxes)


def _owner_mark(owner: str, signs: Mapping[str, str]) -> Mark:
    """The name where it is short and plain, else the sign that the key explains."""
    sign = signs.get(owner, "+")
    short = owner.isascii() and len(owner) <= _LONGEST_OWNER
    return Mark(owner if short else sign, 0, sign, f"owned by {owner}")


def _kind(analysis: Analysis) -> Overlay:
    boxes: Marks = {c.id: Mark(c.kind, 0, KIND_SIGNS[c.kind], f"a {c.kind}") for c in analysis.design.components}
    used = dict.fromkeys(component.kind for component in analysis.design.components)
    key = "in short: " + ", ".join(f"{KIND_SIGNS[kind]} {kind}" for kind in used)
    return Overlay("Kind of each component", (key,), boxes)


def _unknown(why: str) -> Mark:
    return Mark("?", None, "", why)


_MAKERS: Final[Mapping[OverlayName, Callable[[Analysis], Overlay]]] = {
    "load": _load,
    "risk": _risk,
    "cost": _cost,
    "data": _data,
    "owner": _owner,
    "kind": _kind,
}
