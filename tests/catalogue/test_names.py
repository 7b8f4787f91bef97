"""The `$names` of a pattern: which one counts, and what it becomes."""

from typing import Any

import pytest

from studio.catalogue.names import AbsentName, filled, filled_id, unknown_names

NAMES: dict[str, Any] = {
    "store": ("db",),
    "store-cache": "redis",
    "servers": ("api", "web"),
    "watcher": (),
    "ttl": "10 min",
    "shards": 4,
    "ratio": [0.7, 0.9],
    "sticky": False,
}


@pytest.mark.parametrize(
    ("value", "becomes"),
    [
        ("$store", "db"),
        ("$ttl", "10 min"),
        ("$shards", 4),
        ("$ratio", [0.7, 0.9]),
        ("$sticky", False),
        ("$store-cache", "redis"),
        ("$store-queue", "db-queue"),
        ("$store-cache-2", "redis-2"),
        ("$store, $store.", "db, db."),
        ("ttl of $ttl on $shards shards", "ttl of 10 min on 4 shards"),
        ("all of $servers", "all of api and web"),
        (["$servers"], ["api", "web"]),
        (["$store", "$servers", "x"], ["db", "api", "web", "x"]),
        ({"needs": ["$store"], "n": 1}, {"needs": ["db"], "n": 1}),
        ("costs $5 or 5$", "costs $5 or 5$"),
        (7, 7),
    ],
)
def test_names_are_filled_in(value: object, becomes: object) -> None:
    assert filled(value, NAMES) == becomes


@pytest.mark.parametrize("value", ["$watcher", "to $watcher", ["$watcher"], {"a": "$watcher"}, "$nobody", "$stores"])
def test_a_name_that_stands_for_nothing_is_not_filled_in(value: object) -> None:
    with pytest.raises(AbsentName):
        filled(value, NAMES)


def test_an_id_takes_the_first_of_several() -> None:
    assert filled_id("$servers-lb", NAMES) == "api-lb"


def test_unknown_names_are_found_however_deep() -> None:
    value = {"a": "$nobody-x", "b": ["$store", {"c": "$stores and $ttl"}]}
    assert list(unknown_names(value, NAMES)) == ["nobody-x", "stores"]
