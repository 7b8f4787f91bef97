"""The page about the entry format says what the reader reads."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.fields import shapes
from studio.paths import shipped_catalogue

PAGE = Path(__file__).parents[2].joinpath("docs/catalogue_format.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)
IDS = ("needs", "targets", "parameters", "components", "connections", "moves", "sets", "changes", "sets_between",
       "failure_modes", "figures", "sources")  # fmt: skip
"""Tables whose keys are ids."""


@pytest.mark.parametrize("block", BLOCKS)
def test_an_example_is_toml(block: str) -> None:
    assert tomllib.loads(block)


def test_every_key_of_the_shipped_entries_is_explained() -> None:
    explained = {key for block in BLOCKS for key in _keys(tomllib.loads(block))}
    known = {*shapes(Component), *shapes(Connection), "id"}
    entries = [tomllib.loads(path.read_text(encoding="utf-8")) for path in shipped_catalogue().rglob("*.toml")]
    used = {key for entry in entries for key in _keys(entry)}
    assert {"moves", "between", "step"} <= used
    assert sorted(used - explained - known) == []


def _keys(table: dict[str, Any], *, of_ids: bool = False) -> Iterator[str]:
    """The keys of the format in a table: neither ids nor what lies in tables that are values of a design."""
    for key, inner in table.items():
        if not of_ids:
            yield key
        if isinstance(inner, dict) and (of_ids or key in (*IDS, "adds")):
            yield from _keys(inner, of_ids=key in IDS)
