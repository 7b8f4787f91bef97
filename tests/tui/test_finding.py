"""Boxes are found by parts of their names and ids."""

import pytest

from studio.tui.canvas.finding import first_from, found

NAMES = (("api", "API"), ("db", "Orders store"), ("cache", "Order cache"), ("mail", "Versand"))


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("order", ("db", "cache")),
        ("ORDER c", ("cache",)),
        ("db", ("db",)),
        ("versand", ("mail",)),
        ("nobody", ()),
        ("", ()),
        ("  ", ()),
        ("[/", ()),
    ],
)
def test_what_is_asked_is_found_in_names_and_ids(asked: str, ids: tuple[str, ...]) -> None:
    assert found(asked, NAMES) == ids


def test_the_search_goes_on_from_where_one_stands_and_round_the_corner() -> None:
    order = ("api", "db", "cache", "mail")
    assert first_from(("db", "cache"), order, "cache") == "cache"
    assert first_from(("db",), order, "mail") == "db"
    assert first_from(("db", "cache"), order, None) == "db"
    assert first_from(("db",), order, "gone") == "db"
    assert first_from((), order, "db") is None
