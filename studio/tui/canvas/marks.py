"""What is written on the boxes and lines of the drawing beside their names: load, and red flags."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from studio.analysis import Analysis
from studio.model.address import Address
from studio.red_flags.rule import Severity

if TYPE_CHECKING:
    from studio.red_flags.report import Finding

SIGNS = {Severity.ERROR: "x", Severity.WARNING: "!", Severity.NOTE: "·"}
ROLES = {Severity.ERROR: "bad", Severity.WARNING: "warning", Severity.NOTE: "dim"}
NEARLY_FULL = 0.7
"""The share of capacity above which waiting grows fast."""


class Mark(NamedTuple):
    """Some characters on a border."""

    text: str
    role: str


class Marks(NamedTuple):
    """The marks of one component or connection."""

    load: Mark | None = None
    flags: Mark | None = None


@lru_cache(maxsize=2)
def marks(analysis: Analysis) -> Mapping[Address, Marks]:
    """The marks of everything drawn that has any; the same mapping for the same analysis."""
    scene = analysis.scene()
    found = flags_by_subject(analysis)
    marked: dict[Address, Marks] = {}
    for id_ in scene.boxes:
        address = ("components", id_)
        both = Marks(load_mark(analysis, id_), flag_mark(found.get(address, ())))
        if both != Marks():
            marked[address] = both
    for id_ in scene.routes:
        flag = flag_mark(found.get(("connections", id_), ()))
        if flag is not None:
            marked["connections", id_] = Marks(None, Mark(flag.text[0], flag.role))
    return marked


@lru_cache(maxsize=2)
def flags_by_subject(analysis: Analysis) -> "Mapping[Address, list[Finding]]":
    """Open findings by the component or connection they are about; an endpoint's belong to its component."""
    grouped: dict[Address, list[Finding]] = {}
    for finding in analysis.report.findings:
        if finding.accepted is None:
            grouped.setdefault(finding.address[:2], []).append(finding)
    return grouped


def load_mark(analysis: Analysis, component: str) -> Mark | None:
    """How much of its capacity a component uses at peak."""
    figures = analysis.estimates.components.get(component)
    if figures is None or figures.utilisation is None:
        return None
    used = figures.utilisation
    text = f"{used * 100:.0f}%"
    if used >= 1:
        return Mark(f"{text} over", "bad")
    return Mark(text, "warning" if used > NEARLY_FULL else "dim")


def flag_mark(findings: "Iterable[Finding]") -> Mark | None:
    """How many open findings there are, and how bad the worst is; notes alone make no mark."""
    counted = [finding for finding in findings if finding.severity is not Severity.NOTE]
    if not counted:
        return None
    worst = min((finding.severity for finding in counted), key=list(Severity).index)
    return Mark(f"{SIGNS[worst]}{len(counted)}", ROLES[worst])
