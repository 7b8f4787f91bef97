"""Technologies: what a component is made of, with the figures a source gives for it.

The technologies a design names are read on every check, so this module is light: no pydantic, no design.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from studio.catalogue.tables import Table
from studio.model.kinds import KINDS
from studio.text import nearest
from studio.units import Dimension, Quantity, UnitError, parse_quantity, point

CONFIDENCES: Final = ("high", "medium", "low")
CAP_CHOICES: Final = ("cp", "ap", "configurable", "none")

_DIMENSIONS: Final[Mapping[str, Dimension]] = {
    "capacity_rps": Dimension.RATE,
    "quota_rps": Dimension.RATE,
    "latency": Dimension.DURATION,
    "availability": Dimension.RATIO,
    "hit_ratio": Dimension.RATIO,
    "cost_per_month": Dimension.MONEY,
    "price_per_million_tokens": Dimension.MONEY,
    "input_price_per_million_tokens": Dimension.MONEY,
    "output_price_per_million_tokens": Dimension.MONEY,
    "cached_input_price_per_million_tokens": Dimension.MONEY,
    "max_connections": Dimension.COUNT,
    "workers": Dimension.COUNT,
    "service_variation": Dimension.FACTOR,
}
_ENDINGS: Final[Mapping[str, Dimension]] = {
    "_rps": Dimension.RATE,
    "_per_second": Dimension.COUNT,
    "_ratio": Dimension.RATIO,
    "_availability": Dimension.RATIO,
    "_latency": Dimension.DURATION,
    "_time": Dimension.DURATION,
    "_duration": Dimension.DURATION,
    "_age": Dimension.DURATION,
    "_size": Dimension.SIZE,
    "_memory": Dimension.SIZE,
    "_storage": Dimension.SIZE,
    "_tokens": Dimension.COUNT,
    "_length": Dimension.COUNT,
}
"""What a figure nobody named above measures, by the end of its name."""
_BEGINNINGS: Final[Mapping[str, Dimension]] = {
    "cost_per_": Dimension.MONEY,
    "price_per_": Dimension.MONEY,
    "max_": Dimension.COUNT,
}


class Source(NamedTuple):
    """Where a statement comes from."""

    id: str
    title: str
    author: str
    year: int


class Figure(NamedTuple):
    """One number of a technology with its provenance."""

    value: Quantity
    """In base units: seconds, bytes, requests/s, a ratio, US dollars."""
    source: Source
    date: str
    """When it was measured or published, in the words of the entry."""
    hardware: str
    confidence: str
    """high, medium or low."""
    note: str
    dimension: Dimension

    @property
    def point(self) -> float:
        """The one number it stands for: the value, or the median of the range."""
        return point(self.value)


class Technology(NamedTuple):
    """A technology of the catalogue."""

    id: str
    name: str
    kind: str
    """The kind of component it makes."""
    summary: str
    aliases: tuple[str, ...]
    tags: tuple[str, ...]
    licence: str
    skills: tuple[str, ...]
    managed: bool
    """Whether a vendor runs it, for a component that says nothing."""
    cap: str
    """cp, ap, configurable or none."""
    consistency: str
    good_for: tuple[str, ...]
    bad_for: tuple[str, ...]
    limits: tuple[str, ...]
    figures: Mapping[str, Figure]
    sources: tuple[Source, ...]

    @property
    def group(self) -> str:
        """The folder it lies in: its kind."""
        return self.kind


def dimension_of(figure: str) -> Dimension | None:
    """What a figure measures, by its name; None for a name that says nothing about it."""
    if figure in _DIMENSIONS:
        return _DIMENSIONS[figure]
    by_end = (dimension for ending, dimension in _ENDINGS.items() if figure.endswith(ending))
    by_start = (dimension for beginning, dimension in _BEGINNINGS.items() if figure.startswith(beginning))
    return next(by_end, None) or next(by_start, None)


def technology(table: Table, *, id_: str, folder: str) -> Technology:
    """The technology a file describes; what is wrong lands in `table.wrong`, and then the result means nothing."""
    entry_format(table)
    found = Technology(
        id=id_,
        name=table.text("name"),
        kind=table.choice("kind", KINDS),
        summary=table.text("summary", most=120),
        aliases=table.texts("aliases"),
        tags=table.texts("tags"),
        licence=table.text("licence"),
        skills=table.texts("skills"),
        managed=table.flag("managed"),
        cap=table.choice("cap", CAP_CHOICES),
        consistency=table.text("consistency", lines=True),
        good_for=table.texts("good_for", least=1),
        bad_for=table.texts("bad_for", least=1),
        limits=table.texts("limits", least=1),
        sources=(known := sources(table)),
        figures=_figures(table, {source.id: source for source in known}),
    )
    if found.kind and found.kind != folder:
        table.complain("kind", f"kind is {found.kind} and the folder is {folder}", "make them the same")
    table.closed()
    return found


def entry_format(table: Table) -> None:
    """Complains unless the entry is of the one format there is."""
    if table.whole("format") != 1:
        table.complain("format", "format must be 1", "write format = 1")


def sources(table: Table) -> tuple[Source, ...]:
    """The sources of an entry, at least one."""
    found = tuple(_source(name, inner) for name, inner in table.tables("sources"))
    if not found:
        table.complain(None, "sources are missing", 'add [sources.NAME] with title = "…", author = "…", year = 2026')
    return found


def _source(name: str, table: Table) -> Source:
    source = Source(name, table.text("title"), table.text("author"), table.whole("year"))
    table.closed()
    return source


def _figures(table: Table, known: Mapping[str, Source]) -> Mapping[str, Figure]:
    read = {name: _figure(name, inner, known) for name, inner in table.tables("figures")}
    return MappingProxyType({name: figure for name, figure in read.items() if figure is not None})


def _figure(name: str, table: Table, known: Mapping[str, Source]) -> Figure | None:
    source = table.text("source")
    if source and source not in known:
        near = nearest(source, known)
        table.complain("source", f"no source is called {source}", f"write {near or f'[sources.{source}]'}")
    dimension, value = dimension_of(name), table.raw("value")
    quantity = _quantity(name, table, dimension, value)
    date, hardware, note = (table.text(key) for key in ("date", "hardware", "note"))
    confidence = table.choice("confidence", CONFIDENCES)
    table.closed()
    if dimension is None or quantity is None or source not in known:
        return None
    return Figure(quantity, known[source], date, hardware, confidence, note, dimension)


def _quantity(name: str, table: Table, dimension: Dimension | None, value: object) -> Quantity | None:
    if dimension is None:
        near = nearest(name, _DIMENSIONS)
        advice = f"did you mean {near}?" if near else "end the name in what it measures: _rps, _ratio, _time, _size …"
        table.complain(None, f"{name} is no figure that is known", advice)
        return None
    try:
        return None if value is None else parse_quantity(value, dimension)
    except UnitError as error:
        what, _, advice = str(error).partition("; ")
        table.complain("value", f"{name}: {what}", advice or "correct the value")
        return None
