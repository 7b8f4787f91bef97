"""What a typed answer means, judged as the field it fills would judge it."""

import re
from typing import Any, Final

from pydantic import ValidationError

from studio.asking.questions import Question
from studio.errors import TenfoldError
from studio.model.address import type_at
from studio.model.behaviour import Data
from studio.model.complaints import complaint
from studio.model.fields import FieldShape, shapes
from studio.model.requirements import About
from studio.text import control_character, listed, nearest, one_line, says_something, shortened
from studio.units import Dimension

_WITH_UNIT: Final = (Dimension.DURATION, Dimension.SIZE)
_NUMBER: Final = re.compile(r"([+-]?[\d_,]*\.?\d+)\s*([kM]?)")
_TIMES: Final = {"": 1, "k": 1_000, "M": 1_000_000}
_MOST: Final = 2_000
"""Characters of one answer."""
_MOST_ITEMS: Final = 20


def read(question: Question, text: str) -> Any:
    """The answer as the file would hold it: a text, a number, a text with a unit, a range, or a list.

    Numbers may be written 10_000, 10,000, 10k or 2M, ranges [low, high]. Raises `TenfoldError` in one sentence.
    """
    said = text.strip()
    if len(said) > _MOST or control_character(said, lines=False) is not None:
        raise TenfoldError(f"an answer is one line of at most {_MOST:,} characters without control characters")
    if question.several:
        return _several(said)
    shape = _shape(question)
    value = _value(said, shape)
    _judged(question, shape, value)
    return value


def takes(question: Question) -> tuple[str, ...]:
    """The words to choose from; nothing where any answer will do."""
    return tuple(str(choice) for choice in _shape(question).choices) if not question.several else ()


def _several(said: str) -> list[str]:
    """The things named; who says `none` has said that there is nothing."""
    if not says_something(said):
        return []
    found = [item.strip() for item in said.split(";") if item.strip()]
    if len(found) > _MOST_ITEMS:
        raise TenfoldError(f"these are {len(found)} things; name the {_MOST_ITEMS} that matter most")
    return found


def _shape(question: Question) -> FieldShape:
    """The field that judges the answer; how sensitive the data are is a field of the data."""
    if not question.table:
        return shapes(Data)["classification"]
    return shapes(type_at(question.table))[question.key]


def _value(said: str, shape: FieldShape) -> Any:
    if shape.measure is None:
        return next((choice for choice in shape.choices if str(choice) == said.lower()), said)
    if said.startswith("[") and said.endswith("]"):
        return [_quantity(end.strip(), shape.measure.dimension) for end in re.split(r",(?!\d{3})", said[1:-1])]
    return _quantity(said, shape.measure.dimension)


def _quantity(said: str, dimension: Dimension) -> Any:
    """A number where a plain one is wanted; else, or when it is none, the text, which the model then judges."""
    found = _NUMBER.fullmatch(said)
    if dimension in _WITH_UNIT or found is None:
        return said
    number = float(found[1].replace(",", "").replace("_", "")) * _TIMES[found[2]]
    return int(number) if number == int(number) else number


def _judged(question: Question, shape: FieldShape, value: Any) -> None:
    """Refuses, in a sentence, what the field would refuse."""
    if shape.choices and value not in shape.choices:
        near = nearest(str(value), map(str, shape.choices))
        advice = f"did you mean {near}?" if near else f"write {listed(map(str, shape.choices), 'or')}"
        raise TenfoldError(f"“{shortened(one_line(str(value)), 40)}” is none of these; {advice}")
    try:
        if question.table == ("design",):
            About(**{"name": "x", shape.name: value})
        elif question.table:
            type_at(question.table)(**{shape.name: value})
    except ValidationError as error:
        raise TenfoldError(complaint(error).removeprefix(f"{shape.key}: ")) from None
