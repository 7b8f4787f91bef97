"""What the engine wants to know of a technology, wherever it comes from."""

from collections.abc import Mapping
from typing import Any, Protocol

from studio.units import Quantity


class SourceOfFigure(Protocol):
    """Where a technology's figure was found."""

    @property
    def title(self) -> str:
        """The name of the document."""


class TechnologyFigure(Protocol):
    """One figure of a technology, as the catalogue offers it."""

    @property
    def value(self) -> Quantity:
        """In base units."""

    @property
    def point(self) -> float:
        """The value in base units; the median of a range."""

    @property
    def source(self) -> SourceOfFigure:
        """Where it comes from."""

    @property
    def date(self) -> str:
        """When it was measured or published."""


class TechnologyFigures(Protocol):
    """What the engine wants to know of a technology."""

    @property
    def figures(self) -> Mapping[str, Any]:
        """`TechnologyFigure`s by field name."""

    @property
    def managed(self) -> bool:
        """Whether a vendor runs it."""


Technologies = Mapping[str, TechnologyFigures]
