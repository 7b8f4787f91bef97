"""What of a design a contract is about: all of it, or one component with what it touches."""

from functools import cached_property

from studio.analysis import Analysis
from studio.exports.agreement.facts import touching
from studio.model.behaviour import AppliedPattern, Data
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.records import Decision


class Scope:
    """The parts of a design a contract speaks of, each in file order. `of` is the id of a component, or None: all."""

    def __init__(self, analysis: Analysis, of: str | None = None) -> None:
        self.analysis = analysis
        self.design = analysis.design
        self.of = of

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """All components, or the one."""
        return tuple(c for c in self.design.components if self.of in (None, c.id))

    @cached_property
    def calls(self) -> tuple[Connection, ...]:
        """All calls, or those from and to the one."""
        return tuple(c for c in self.design.connections if self.of in (None, c.source, c.target))

    @cached_property
    def data(self) -> tuple[Data, ...]:
        """All kinds of data, or those the one may touch."""
        return tuple(d for d in self.design.data if self.of is None or self.of in touching(self.design, d))

    @cached_property
    def patterns(self) -> tuple[AppliedPattern, ...]:
        """All applied patterns, or those on the one or its calls."""
        return tuple(p for p in self.design.patterns if self.of is None or self._ids & set(p.on))

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """All decisions, or those about the one, its calls or its data."""
        return tuple(d for d in self.design.decisions if self.of is None or self._ids & set(d.about))

    def speaks_of(self, address: str) -> bool:
        """Whether a dotted place of the design is within: `components.db`, `connections.api-db`."""
        if self.of is None:
            return True
        section, _, rest = address.partition(".")
        return section in ("components", "connections", "data") and rest.split(".")[0] in self._ids

    @cached_property
    def _ids(self) -> set[str]:
        return {self.of or "", *(call.id for call in self.calls), *(data.id for data in self.data)}
