"""What is written on the boxes and lines of the drawing beside their names: load, and red flags."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from studio.analysis import Analysis
from studio.diagrams import overlays as drawn
from studio.exports.frame import overlays
from studio.model.address import Address
from studio.red_flags.rule import Severity

if TYPE_CHECKING:
    from studio.red_flags.report import Finding

SIGNS = {Severity.ERROR: "x", Severity.WARNING: "!", Severity.NOTE: "·"}
ROLES = {Severity.ERROR: "bad", Severity.WARNING: "warning", Severity.NOTE: "dim"}
ROLES_OF_LEVELS = {3: "bad", 2: "warning"}
"""How much a mark stands out; the others stay in the background."""


class Mark(NamedTuple):
    """Some characters on a border."""

    text: str
    role: str


class Marks(NamedTuple):
    """The marks of one component or connection."""

    load: Mark | None = None
    flags: Mark | None = None
    copies: Mark | None = None


@lru_cache(maxsize=4)
def marks(analysis: Analysis, *, full: bool = False) -> Mapping[Address, Marks]:
    """The marks of everything drawn that has any; the same mapping for the same analysis.

    Full boxes say how many instances there are too.
    """
    drawn = analysis.outline
    found = flags_by_subject(analysis)
    marked: dict[Address, Marks] = {}
    for id_ in (box.id for box in drawn.boxes):
        address = ("components", id_)
        copies = copies_mark(analysis, id_) if full else None
        all_ = Marks(load_mark(analysis, id_), flag_mark(found.get(address, ())), copies)
        if all_ != Marks():
            marked[address] = all_
    for id_ in (link.id for link in drawn.links):
        flag = flag_mark(found.get(("connections", id_), ()))
        if flag is not None:
            marked["connections", id_] = Marks(None, Mark(flag.text[0], flag.role))
    return marked


@lru_cache(maxsize=2)
def flags_by_subject(analysis: Analysis) -> "Mapping[Address, list[Finding]]":
    """Open findings by the component or connection they are about; an endpoint's belong to its component."""
    return overlays.open_findings(analysis)


def load_mark(analysis: Analysis, component: str) -> Mark | None:
    """How much of its capacity a component uses at peak."""
    figures, part = analysis.estimates.components.get(component), analysis.design.component.get(component)
    if figures is None or figures.utilisation is None or part is None:
        return None
    return _painted(overlays.load_mark(figures.utilisation, analysis.facts.thresholds_for(part).utilisation_warning))


def copies_mark(analysis: Analysis, component: str) -> Mark | None:
    """How many instances a component has, where somebody said so."""
    instances = analysis.design.component[component].instances
    return None if instances is None else Mark(f"n={instances}", "dim")


def flag_mark(findings: "Iterable[Finding]") -> Mark | None:
    """How many open findings there are, and how bad the worst is; notes alone make no mark."""
    counted = [finding for finding in findings if finding.severity is not Severity.NOTE]
    return _painted(overlays.risk_mark(counted)) if counted else None


def _painted(mark: drawn.Mark) -> Mark:
    return Mark(mark.text, ROLES_OF_LEVELS.get(mark.level or 0, "dim"))
