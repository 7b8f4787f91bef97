"""What every part of a design is: frozen, closed, and changed only by making a new, validated one."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict

from studio.model.plugins import look_for_none

look_for_none()


class Part(BaseModel):
    """A piece of a design. Fields nobody gave stay unset: absence is knowledge too."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        validate_by_name=True,
        validate_by_alias=True,
        hide_input_in_errors=True,
        defer_build=True,
    )

    def changed(self, **fields: object) -> Self:
        """A copy with these fields set, validated as a whole; a field set to None is one nobody gave.

        Raises `pydantic.ValidationError` when the result would not be valid.
        """
        given: dict[str, Any] = {name: getattr(self, name) for name in self.model_fields_set}
        given.update(fields)
        return type(self)(**{name: value for name, value in given.items() if value is not None})

    def gives(self, field: str) -> bool:
        """Whether the person said anything about `field` (its name in Python)."""
        return field in self.model_fields_set and getattr(self, field) is not None


class Named(Part):
    """A part with an id of its own: one table of the file, `[section.id]`."""

    id: Any
