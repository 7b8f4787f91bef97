"""What sections are written from: a design, its figures with the letters of what they assume, links to its parts."""

from collections.abc import Iterable
from functools import cached_property
from typing import Final

from studio.analysis import Analysis
from studio.estimates.figures import figure
from studio.estimates.wording import titled, worded
from studio.exports.document.assumed import Assumed
from studio.exports.document.blocks import Block, Paragraph, Points, Span, Words, joined
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.design import Design
from studio.text import listed
from studio.units import Dimension, Quantity, as_written

MOST_REASONS: Final = 12
"""Why figures of one table are not known; of more only the number is said."""


class Subject:
    """A design about to become a document."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.design: Design = analysis.design
        self.estimates = analysis.estimates
        self.assumed = Assumed(analysis)

    def figure(self, path: str) -> Words:
        """A figure in its unit, with the letters of what it assumes; `?` when nobody can know it."""
        value = figure(self.estimates, path)
        return worded(path, value) if value is None else (worded(path, value), *self.assumed.marks(path))

    def reason(self, path: str) -> str:
        """Why a figure is not known: the field or the part that is missing."""
        return self.estimates.unknown.get(path, "nothing in the design tells")

    def unknown(self, paths: Iterable[str]) -> tuple[Block, ...]:
        """Why figures are not known, each reason once; nothing when all are."""
        why: dict[str, list[str]] = {}
        for path in paths:
            if figure(self.estimates, path) is None:
                why.setdefault(self.reason(path), []).append(path.removeprefix("traffic."))
        if not why:
            return ()
        reasons = [f"{reason}: {_named_shortly(missing)}" for reason, missing in why.items()]
        more = [f"and {len(reasons) - MOST_REASONS} more reasons like these"] if len(reasons) > MOST_REASONS else []
        shown = (*reasons[:MOST_REASONS], *more)
        return (Paragraph("A question mark is a figure nobody can know yet:", "note"), Points(shown))

    @cached_property
    def currency(self) -> str:
        """Of all amounts; US dollars when the design names none."""
        return self.design.requirements.cost.currency or "USD"

    @cached_property
    def served(self) -> tuple[Component, ...]:
        """All components but clients, which have no copies, load limits or price."""
        return tuple(component for component in self.design.components if component.kind != "client")

    def component(self, id_: str | None) -> Words:
        """A component's name, leading to what is said of it."""
        if id_ is None:
            return ""
        found = self.design.component.get(id_)
        return Span(found.label, to=f"components-{id_}") if found else id_

    def call(self, connection: Connection) -> str:
        """A connection by its ends."""
        source, target = (self.design.component.get(end) for end in (connection.source, connection.target))
        return f"{source.label if source else connection.source} → {target.label if target else connection.target}"

    def parts(self, ids: Iterable[str]) -> Words:
        """Several parts of any section, those that have a place in the document leading there."""
        return joined(Span(id_, to=self._anchors[id_]) if id_ in self._anchors else id_ for id_ in ids)

    @cached_property
    def _anchors(self) -> dict[str, str]:
        """Ids to anchors; of an id in two sections the first counts."""
        found: dict[str, str] = {}
        for section in ("components", "journeys", "decisions", "data", "connections"):
            for part in getattr(self.design, section):
                if section != "connections" or self.is_guarded(part):
                    found.setdefault(part.id, anchor(section, part.id))
        return found

    def is_guarded(self, connection: Connection) -> bool:
        """Whether a connection is a call of ours, with time-outs and tries: those of clients are not."""
        source = self.design.component.get(connection.source)
        return source is None or source.kind != "client"


def _named_shortly(paths: Iterable[str]) -> str:
    """Figures by their parts: `api: p99 and availability; db: p99`."""
    found: dict[str, list[str]] = {}
    for path in paths:
        part, _, name = titled(path).rpartition(": ")
        found.setdefault(part, []).append(name)
    return "; ".join(f"{part}: {listed(names)}" if part else listed(names) for part, names in found.items())


def anchor(section: str, id_: str) -> str:
    """The name by which a part is found: `components-api`."""
    return f"{section}-{id_}"


def named(section: str, id_: str, label: str) -> Span:
    """The cell that other places lead to."""
    return Span(label, anchor=anchor(section, id_))


def in_own_unit(duration: Quantity | None) -> str:
    """A duration as a person would write it: `3 weeks`; a range as `2 weeks to 4 weeks`; nothing when not given."""
    if duration is None:
        return ""
    ends = as_written(duration, Dimension.DURATION)
    return " to ".join(map(str, ends)) if isinstance(ends, list) else str(ends)


def yes_no(flag: bool | None) -> str:  # noqa: FBT001 (a value, not a switch)
    """A flag as a word; nothing when nobody said."""
    return "" if flag is None else "yes" if flag else "no"
