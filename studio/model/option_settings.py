"""What an option would set: `components.api.instances = 6`, a field of the design and the value it would have."""

from typing import Any, Final, NamedTuple

from pydantic_core import PydanticCustomError

from studio.model.values import Words

SECTIONS: Final = ("components", "connections", "data", "journeys", "operations")
"""Where an option may set fields: what is built and run. Who changes what is asked for compares nothing."""
_EXAMPLE: Final = "components.api.instances = 6"


class OptionSetting(NamedTuple):
    """One field with the value an option would give it."""

    address: tuple[str, ...]
    key: str
    value: Any
    """As the file would say it."""


class SettingText(Words):
    """A line that sets one field; path and value are checked as the field itself would check them."""

    def check(self, value: object) -> object:
        """The line itself; refuses what is no setting of a field that exists."""
        text = super().check(value)
        try:
            parsed(str(text))
        except ValueError as error:
            raise PydanticCustomError("setting", "{reason}", {"reason": str(error)}) from None
        return text


def parsed(text: str) -> OptionSetting:
    """The setting a line says. Raises ValueError with a sentence: what is wrong; what to write."""
    import tomllib

    try:
        found: Any = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        raise ValueError(f"it is no setting; write a field and its value, such as {_EXAMPLE}") from None
    path: list[str] = []
    while isinstance(found, dict) and len(found) == 1:
        key, found = next(iter(found.items()))
        path.append(key)
    if isinstance(found, dict) or len(path) < 2:
        raise ValueError(f"one field of one part is wanted; write it like {_EXAMPLE}")
    _checked(path, found)
    return OptionSetting(tuple(path[:-1]), path[-1], found)


def _checked(path: list[str], value: Any) -> None:
    """Refuses a path that leads to no field, and a value the field does not take."""
    from studio.model.address import type_at  # late: the address of a part knows the whole design
    from studio.model.fields import shapes
    from studio.text import listed, nearest

    if path[0] not in SECTIONS:
        raise ValueError(f"an option sets fields of {listed(SECTIONS)}, not of {path[0]}; write it like {_EXAMPLE}")
    try:
        part = type_at(tuple(path[:-1]))
    except LookupError:
        raise ValueError(f"{'.'.join(path[:-1])} is no table of a design; write it like {_EXAMPLE}") from None
    shape = shapes(part).get(path[-1])
    if shape is None or shape.part is not None:
        near = nearest(path[-1], (key for key, known in shapes(part).items() if known.part is None))
        raise ValueError(f"there is no field {path[-1]} there; {f'did you mean {near}?' if near else _EXAMPLE}")
    if shape.refers:
        raise ValueError(f"{path[-1]} names other parts; keep such a variant in a file of its own for tenfold diff")
    if shape.choices and value not in shape.choices:
        raise ValueError(f"{path[-1]} must be {listed(map(str, shape.choices), 'or')}")
    for check in part.model_fields[shape.name].metadata:
        if hasattr(check, "check"):
            _judged(path[-1], check, value)


def _judged(key: str, check: Any, value: Any) -> None:
    try:
        check.check(value)
    except PydanticCustomError as error:
        raise ValueError(f"{key}: {error.message()}") from None
