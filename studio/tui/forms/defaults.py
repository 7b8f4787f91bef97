"""What a field means as long as nobody says anything: the value that applies, and where it comes from."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from studio.catalogue.library import Library
from studio.catalogue.said import DEFAULTS
from studio.comparisons import Value
from studio.estimates import defaults as engine
from studio.estimates.basis import FROM_TECHNOLOGY
from studio.model.address import Address
from studio.model.component import Component
from studio.model.fields import FieldShape
from studio.model.part import Part
from studio.text import listed
from studio.tui.forms.field_text import written
from studio.units import Quantity, as_written, point

FORMAT: Final = "the file format"
_ENGINE: Final[Mapping[tuple[str, str], engine.Default]] = {
    ("scale", "peak_factor"): engine.PEAK_FACTOR,
    ("scale", "peak_duration"): engine.PEAK_DURATION,
    ("scale", "reads_per_write"): engine.READS_PER_WRITE,
    ("ai", "cache_hit_ratio"): engine.CACHE_HIT_RATIO,
    ("ai", "cached_input_ratio"): engine.CACHED_INPUT_RATIO,
    ("connections", "network"): engine.NETWORK_ROUND_TRIP,
    ("connections", "calls_per_request"): engine.CALLS_PER_REQUEST,
    ("components", "service_variation"): engine.SERVICE_VARIATION,
    ("components", "common_cause"): engine.COMMON_CAUSE,
    ("components", "free_requests_per_month"): engine.FREE_REQUESTS,
}
"""What the engine puts in, by table and field."""
_STATED: Final = re.compile(r"; (?:(?P<value>[^;,]+?)(?:, [^;,]+,)? when (?:not|none is) given)")
"""The value a field's own description states: `Peak ÷ average; 3 when not given`."""
_LABELLED: Final = {("components", "name"), ("journeys", "name")}


class Applies(NamedTuple):
    """A value nobody gave that counts all the same."""

    value: str
    """As a person would write it."""
    source: str

    @property
    def words(self) -> str:
        """`default 3 — source …`."""
        return f"default {self.value} — {self.source}"


def applies(part: Part | None, address: Address, shape: FieldShape, library: Library) -> Applies | None:
    """What applies where a part says nothing in a field; None when nothing does, and the figure is unknown."""
    return next(_found(part, address, shape, library), None)


def _found(part: Part | None, address: Address, shape: FieldShape, library: Library) -> Iterator[Applies]:
    if isinstance(part, Component):
        yield from _of_component(part, shape, library)
    table = _table(address)
    constant = _ENGINE.get((table, shape.key))
    if constant is not None:
        source = f"source: {constant.source}, {constant.date}, confidence {constant.confidence}"
        yield Applies(_number(shape, constant.value), source)
    if table in ("components", "connections") and shape.key in DEFAULTS:
        yield Applies(_plain(DEFAULTS[shape.key]), f"source: {FORMAT}")
    if (table, shape.key) in _LABELLED:
        yield Applies(address[-1], "the id")
    stated = _STATED.search(shape.description)
    if stated is not None:
        yield Applies(stated["value"], f"source: {FORMAT}")


def _table(address: Address) -> str:
    return address[0] if len(address) == 2 and address[0] != "requirements" else address[-1]


def _number(shape: FieldShape, value: Quantity) -> str:
    return written(shape, as_written(value, shape.measure.dimension)) if shape.measure else f"{point(value):g}"


def _plain(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else f"{value:g}"


def _of_component(component: Component, shape: FieldShape, library: Library) -> Iterator[Applies]:
    """In the order of the engine: worked out of other fields, else the technology's."""
    others = _DERIVED.get(shape.key)
    if others is not None and all(getattr(component, field) is not None for field in others):
        yield Applies(f"from {listed(field.replace('_', ' ') for field in others)}", "worked out of these fields")
    technology = library.technology_called(component.technology) if component.technology else None
    if technology is None:
        return
    figure = technology.figures.get(shape.key) if shape.key in FROM_TECHNOLOGY else None
    if figure is not None:
        source = f"source: {technology.name}; {figure.source.title}, {figure.date}"
        yield Applies(_number(shape, figure.value), source)
    elif shape.key == "managed" and technology.managed:
        yield Applies("yes", f"source: {technology.name} in the catalogue")


_DERIVED: Final = {
    "availability": ("time_between_failures", "time_to_repair"),
    "hit_ratio": ("keys", "holds"),
    "hot_share": ("keys", "shards"),
}
"""Fields the engine works out of others where they are not given."""
