"""Values for the parameters of a pattern: read as a person writes them, kept within their bounds."""

from collections.abc import Mapping
from typing import Any, Final

from studio.catalogue.entries import Parameter, Pattern
from studio.errors import EditRefused
from studio.text import control_character, listed, nearest, one_line, shortened
from studio.units import Dimension, Interval, Quantity, UnitError, as_written, parse_quantity

DIMENSIONS: Final[Mapping[str, Dimension]] = {
    "count": Dimension.COUNT,
    "number": Dimension.FACTOR,
    "ratio": Dimension.RATIO,
    "duration": Dimension.DURATION,
    "size": Dimension.SIZE,
    "money": Dimension.MONEY,
    "rate": Dimension.RATE,
}
"""What a parameter of each measured kind measures."""

KINDS: Final = (*DIMENSIONS, "text", "choice", "boolean")
"""The kinds of parameters."""

_TEXT_IS_A_NUMBER: Final = (Dimension.COUNT, Dimension.FACTOR, Dimension.MONEY, Dimension.RATE)


def settled(pattern: Pattern, given: Mapping[str, object]) -> dict[str, Any]:
    """A value for each parameter of the pattern, as in the design file: the given one, else the default.

    Raises `EditRefused` for an unknown parameter and for a value it cannot have.
    """
    known = [parameter.id for parameter in pattern.parameters]
    for name in given:
        if name not in known:
            near = nearest(name, known)
            advice = f"did you mean {near}?" if near else f"it asks for {listed(known) or 'nothing'}"
            raise EditRefused(f"{pattern.id} has no parameter {one_line(name)}; {advice}")
    asked = pattern.parameters
    return {parameter.id: checked(parameter, given.get(parameter.id, parameter.default)) for parameter in asked}


def checked(parameter: Parameter, value: object) -> Any:
    """The value as the design file holds it. A number may come as text, as from a command line.

    Raises `EditRefused` when it is of another kind or out of bounds.
    """
    if parameter.kind in DIMENSIONS:
        return _measured(parameter, DIMENSIONS[parameter.kind], value)
    if parameter.kind == "boolean":
        return _boolean(parameter, value)
    if not isinstance(value, str) or control_character(value, lines=False) is not None:
        raise EditRefused(f"{parameter.id} is a text on one line, without control characters")
    if parameter.kind == "choice" and value not in parameter.choices:
        raise EditRefused(f"{parameter.id} cannot be {_shown(value)}; choose {listed(parameter.choices, 'or')}")
    return value


def _shown(value: object) -> str:
    return f"“{shortened(one_line(str(value)), 40)}”"


def _boolean(parameter: Parameter, value: object) -> bool:
    if isinstance(value, bool):
        return value
    said = {"true": True, "yes": True, "false": False, "no": False}.get(str(value).strip().lower())
    if said is None:
        raise EditRefused(f"{parameter.id} cannot be {_shown(value)}; write true or false")
    return said


def _measured(parameter: Parameter, dimension: Dimension, value: object) -> Any:
    quantity = _quantity(parameter, dimension, value)
    low, high = _ends(quantity)
    if parameter.low is not None and low < _bound(parameter.low, dimension):
        raise EditRefused(f"{parameter.id} is {_shown(value)} and must be at least {parameter.low}")
    if parameter.high is not None and high > _bound(parameter.high, dimension):
        raise EditRefused(f"{parameter.id} is {_shown(value)} and must be at most {parameter.high}")
    if parameter.kind == "count" and any(end != int(end) for end in (low, high)):
        raise EditRefused(f"{parameter.id} is {_shown(value)} and must be a whole number")
    return as_written(quantity, dimension)


def _quantity(parameter: Parameter, dimension: Dimension, value: object) -> Quantity:
    if isinstance(value, str) and dimension in _TEXT_IS_A_NUMBER:
        value = _number(value)
    try:
        return parse_quantity(value, dimension)
    except UnitError as error:
        raise EditRefused(f"{parameter.id}: {error}") from None


def _number(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text


def _ends(quantity: Quantity) -> tuple[float, float]:
    return (quantity.low, quantity.high) if isinstance(quantity, Interval) else (quantity, quantity)


def _bound(bound: object, dimension: Dimension) -> float:
    return _ends(parse_quantity(bound, dimension))[0]
