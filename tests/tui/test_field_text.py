"""One field between its value and what a person types."""

import tomllib

import pytest

from studio.catalogue.library import shipped
from studio.edits.edit import applied
from studio.errors import EditRefused
from studio.model.address import type_at
from studio.model.design import Design
from studio.model.fields import FieldShape, shapes
from studio.tui.forms.field_text import change, guidance, manner, typed, value_in_file, written
from studio.tui.forms.known import Known
from studio.tui.forms.offers import offers
from studio.tui.forms.sheet import sheet, tables

DESIGN = Design.model_validate(
    tomllib.loads("""
format = 1
[design]
name = "Shop"
goals = ["sell", "ship"]
[requirements.scale]
daily_active_users = 100_000
[components.api]
kind = "service"
capacity_rps = [100, 300]
latency = "20 ms"
availability = "99.5%"
managed = false
backup = { every = "1 h" }
[components.db]
kind = "database"
[connections.api-db]
from = "api"
to = "db"
""")
)
API = ("components", "api")


def shape(address: tuple[str, ...], key: str) -> FieldShape:
    return shapes(type_at(address))[key]


@pytest.mark.parametrize(
    ("address", "key", "expected"),
    [
        (API, "latency", "20 ms"),
        (API, "capacity_rps", "[100, 300]"),
        (API, "availability", "0.995"),
        (API, "managed", "no"),
        (API, "instances", ""),
        (("requirements", "scale"), "daily_active_users", "100_000"),
        (("design",), "goals", "sell, ship"),
    ],
)
def test_a_value_is_shown_as_it_is_written(address: tuple[str, ...], key: str, expected: str) -> None:
    assert written(shape(address, key), value_in_file(DESIGN, address, key)) == expected


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("latency", "30 ms", "30 ms"),
        ("latency", "[10 ms, 1 s]", ["10 ms", "1 s"]),
        ("latency", "", None),
        ("capacity_rps", "1_200", 1200),
        ("capacity_rps", "12,000", 12000),
        ("availability", "99.9%", 0.999),
        ("instances", "4", 4),
        ("managed", "yes", True),
        ("kind", "worker", "worker"),
        ("tier", "2", 2),
        ("purpose", "two\nlines", "two\nlines"),
        ("responsibilities", "one\n\ntwo", ["one", "two"]),
        ("at", "12, 4", [12, 4]),
    ],
)
def test_what_is_typed_is_read_by_the_model(key: str, text: str, value: object) -> None:
    edit = change(DESIGN, API, shape(API, key), text)
    assert value_in_file(applied(edit, DESIGN), API, key) == value


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("latency", "20", "needs a unit"),
        ("latency", "fast", "duration"),
        ("capacity_rps", "0", "above 0"),
        ("availability", "3", "no ratio"),
        ("instances", "2.5", "whole number"),
        ("instances", "[1, 2]", "no range"),
        ("kind", "robot", "must be"),
        ("kind", "", "required"),
        ("needs_to_start", "nobody", "does not exist"),
        ("name", "a\x1b[0m", "control character"),
    ],
)
def test_what_the_model_does_not_take_is_refused_in_words(key: str, text: str, words: str) -> None:
    with pytest.raises(EditRefused, match=words):
        change(DESIGN, API, shape(API, key), text)


@pytest.mark.parametrize("key", sorted(key for key, found in shapes(type_at(API)).items() if found.part is None))
def test_a_value_typed_as_it_is_shown_changes_nothing(key: str) -> None:
    found = shape(API, key)
    text = typed(found, value_in_file(DESIGN, API, key))
    if text or not found.required:
        assert applied(change(DESIGN, API, found, text), DESIGN) == DESIGN
    assert manner(found) in ("choice", "checklist", "line", "text", "list")
    assert isinstance(guidance(found), str)


def test_fields_offer_choices_ids_and_technologies() -> None:
    known = Known(shipped())
    assert offers(DESIGN, API, shape(API, "managed"), known) == ("yes", "no")
    assert "worker" in offers(DESIGN, API, shape(API, "kind"), known)
    call = ("connections", "api-db")
    assert offers(DESIGN, call, shape(call, "to"), known) == ("api", "db")
    assert "redis" in offers(DESIGN, API, shape(API, "technology"), known)
    assert offers(DESIGN, API, shape(API, "latency"), known) == ()


def test_a_form_holds_every_field_of_the_model() -> None:
    opened = frozenset({"more:components.api"})
    form = sheet(DESIGN, API, opened)
    fields = {item.key for item in form.items.values() if item.what == "field"}
    assert form.items["id:components.api"].what == "id"
    inner = {item.address[-1] for item in form.items.values() if item.what == "table"}
    assert fields | inner == set(shapes(type_at(API)))
    assert len({row.key for row in form.rows}) == len(form.rows)


def test_a_table_opens_into_its_fields_and_a_keyed_one_offers_a_new_entry() -> None:
    form = sheet(DESIGN, API, frozenset({"table:components.api.backup", "more:components.api"}))
    assert "components.api.backup.every" in form.items
    empty = tables(DESIGN, (("requirements", "functional"),), frozenset({"table:requirements.functional"}))
    assert [item.what for item in empty.items.values()] == ["table", "add"]
