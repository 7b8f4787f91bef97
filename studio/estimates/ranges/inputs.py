"""Which inputs of a design are ranges: its own, and figures of technologies that fill what it leaves out."""

from collections.abc import Iterator

from studio.estimates.basis import FROM_TECHNOLOGY
from studio.estimates.technologies import Technologies
from studio.model.address import dotted, walk
from studio.model.component import Component
from studio.model.design import Design
from studio.model.fields import shapes
from studio.units import Interval

TOKEN_PRICES = (
    "price_per_million_tokens",
    "input_price_per_million_tokens",
    "output_price_per_million_tokens",
    "cached_input_price_per_million_tokens",
)
"""Figures of a language model's technology that stand in for those of `requirements.ai`."""


def inputs(design: Design, technologies: Technologies) -> dict[str, Interval]:
    """All ranges by their path: `requirements.scale.daily_active_users`, `components.api.capacity_rps`."""
    found = dict(_written(design))
    for component in design.components:
        found.update(_filled(component, technologies))
    return found


def _written(design: Design) -> Iterator[tuple[str, Interval]]:
    for address, part in walk(design):
        values = part.__dict__
        if Interval not in map(type, values.values()):
            continue
        for key, shape in shapes(type(part)).items():
            value = values[shape.name]
            if isinstance(value, Interval):
                yield f"{dotted(address)}.{key}", value


def _filled(component: Component, technologies: Technologies) -> Iterator[tuple[str, Interval]]:
    technology = technologies.get(component.technology) if component.technology else None
    if technology is None:
        return
    names = (*FROM_TECHNOLOGY, *TOKEN_PRICES) if component.kind == "llm" else FROM_TECHNOLOGY
    for name in names:
        figure = technology.figures.get(name)
        if figure is not None and isinstance(figure.value, Interval) and getattr(component, name, None) is None:
            yield f"components.{component.id}.{name}", figure.value
