"""Tables keyed by id: `{id: {…}}` in the file, a tuple of parts with an `id` in the model, in file order."""

from typing import Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError


def _with_ids(value: object) -> object:
    if isinstance(value, dict):
        return tuple(_with_id(key, table) for key, table in value.items())
    if isinstance(value, tuple):
        return value
    raise PydanticCustomError("tables", "a table for each id is wanted here")


def _with_id(key: str, table: object) -> object:
    if not isinstance(table, dict):
        raise PydanticCustomError("table", "“{key}” must be a table", {"key": key})
    if "id" in table:
        raise PydanticCustomError(
            "id_twice", "the id is the name of the table; “{key}” must not repeat it", {"key": key}
        )
    named: dict[str, Any] = {"id": key, **table}
    return named


keyed = BeforeValidator(_with_ids)
"""Reads a table of tables as a tuple of parts."""
