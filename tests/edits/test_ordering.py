"""Order and copies of keyed parts."""

import tomllib

import pytest

from studio.edits.edit import applied
from studio.edits.ordering import Move, duplicate, siblings
from studio.errors import EditRefused
from studio.model.address import part_at
from studio.model.design import Design
from studio.model.references import references

DESIGN = Design.model_validate(
    tomllib.loads("""
format = 1
[design]
name = "Shop"
[components.api]
kind = "service"
[components.api.endpoints.list]
path = "/orders"
[components.api.endpoints.create]
path = "/orders"
method = "POST"
[components.db]
kind = "database"
[components.cache]
kind = "cache"
[connections.api-db]
from = "api"
to = "db"
[decisions.store]
about = ["db"]
chosen = "one"
[decisions.store.options.one]
[decisions.store.options.two]
""")
)


@pytest.mark.parametrize(
    ("address", "by", "order"),
    [
        (("components", "db"), -1, ("db", "api", "cache")),
        (("components", "db"), 1, ("api", "cache", "db")),
        (("components", "db"), 9, ("api", "cache", "db")),
        (("components", "api"), -1, ("api", "db", "cache")),
        (("components", "api", "endpoints", "create"), -1, ("create", "list")),
        (("decisions", "store", "options", "one"), 1, ("two", "one")),
    ],
)
def test_a_part_moves_in_its_table_and_every_mention_stays(
    address: tuple[str, ...], by: int, order: tuple[str, ...]
) -> None:
    moved = applied(Move(address, by), DESIGN)
    assert siblings(moved, address) == order
    assert part_at(moved, address) == part_at(DESIGN, address)
    assert set(references(moved)) == set(references(DESIGN))


def test_moving_there_and_back_changes_nothing() -> None:
    there = applied(Move(("components", "db"), 1), DESIGN)
    assert applied(Move(("components", "db"), -1), there) == DESIGN


def test_a_copy_stands_right_behind_its_model_under_a_free_id() -> None:
    copied = applied(duplicate(DESIGN, ("components", "api")), DESIGN)
    assert siblings(copied, ("components", "api")) == ("api", "api-2", "db", "cache")
    assert copied.component["api-2"].endpoints == copied.component["api"].endpoints
    again = applied(duplicate(copied, ("components", "api", "endpoints", "list")), copied)
    assert siblings(again, ("components", "api", "endpoints", "list")) == ("list", "list-2", "create")


def test_what_is_not_there_is_neither_moved_nor_copied() -> None:
    with pytest.raises(EditRefused, match="does not exist"):
        applied(Move(("components", "web"), 1), DESIGN)
    with pytest.raises(EditRefused, match="does not exist"):
        duplicate(DESIGN, ("components", "web"))
