"""What the model knows of its own fields: for the writer, the forms, the references and the documentation."""

from datetime import date
from functools import cache
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic.fields import FieldInfo

from studio.model.keyed import keyed
from studio.model.part import Part
from studio.model.values import Identifier, Listed, Measure, Refers, WholeNumber, Words, YesNo


class FieldShape(NamedTuple):
    """One field of a part: its names, what it holds and what it means."""

    name: str
    """The name in Python."""
    key: str
    """The name in the file."""
    description: str
    required: bool
    part: type[Part] | None
    """The type of the part, or parts, inside; None for a value."""
    keyed: bool
    """Whether it holds parts by id."""
    measure: Measure | None
    words: Words | None
    listed: bool
    nested: bool
    """Whether it is a list of lists."""
    choices: tuple[str | int, ...]
    refers: tuple[str, ...]
    """Sections of the design whose ids it names."""
    is_flag: bool
    is_whole: bool
    is_date: bool


@cache
def shapes(part: type[Part]) -> dict[str, FieldShape]:
    """The fields of a part by their key in the file, in the order of the model; `id` is not among them."""
    found = (_shape(name, field) for name, field in part.model_fields.items() if name != "id")
    return {shape.key: shape for shape in found}


def _shape(name: str, field: FieldInfo) -> FieldShape:
    choices = _choices(field.annotation)
    values = [item for item in field.metadata if not isinstance(item, Refers)]
    checks = [_item(check) for check in values]
    return FieldShape(
        name=name,
        key=field.alias or name,
        description=field.description or "",
        required=field.is_required(),
        part=_part_inside(field.annotation),
        keyed=keyed in values,
        measure=next((check for check in checks if isinstance(check, Measure)), None),
        words=_words(checks),
        listed=any(isinstance(check, Listed) for check in values),
        nested=any(isinstance(check, Listed) and isinstance(check.item, Listed) for check in values),
        choices=choices,
        refers=next((item.sections for item in field.metadata if isinstance(item, Refers)), ()),
        is_flag=any(isinstance(check, YesNo) for check in checks),
        is_whole=any(isinstance(check, WholeNumber) for check in checks),
        is_date=date in (field.annotation, *get_args(field.annotation)),
    )


def _item(check: Any) -> Any:
    return _item(check.item) if isinstance(check, Listed) else check


def _words(checks: list[Any]) -> Words | None:
    if any(isinstance(check, Identifier) for check in checks):
        return Words()
    return next((check for check in checks if isinstance(check, Words)), None)


def _part_inside(annotation: Any) -> type[Part] | None:
    for inner in (annotation, *get_args(annotation)):
        if isinstance(inner, type) and issubclass(inner, Part):
            return inner
    return None


def _choices(annotation: Any) -> tuple[str | int, ...]:
    for inner in (annotation, *get_args(annotation)):
        if get_origin(inner) is Literal:
            return get_args(inner)
    return ()
