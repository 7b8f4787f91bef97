"""Moves, changes and conditions: what applying a pattern may do to what is there, and what it leaves."""

from collections.abc import Callable
from pathlib import Path

import pytest

from studio.catalogue.application import apply
from studio.catalogue.library import Library
from studio.model.design import Design
from studio.model.document import document

Reader = Callable[[str], Design]

RELAYED = """
[components.web]
kind = "client"
[components.app]
kind = "client"
[components.api]
kind = "service"
{api}
[connections.web-api]
from = "web"
to = "api"
timeout = "2 s"
calls_per_request = 3
{web}
[connections.app-api]
from = "app"
to = "api"
encrypted = false
data = ["order"]
[data.order]
store = "api"
[journeys.buy]
steps = ["web-api"]
notes = ["the person buys"]
[journeys.look]
steps = ["app-api", "web-api"]
notes = ["one note for two steps"]
"""


def test_connections_between_two_roles_lead_to_what_is_put_between(library: Library, design: Reader) -> None:
    shop = design(RELAYED.format(api="", web=""))
    application = apply(library.pattern("relay"), shop, {"receiver": ["api"]})
    moves = [(change.address[1], change.key, change.before, change.after) for change in application.moves]
    assert moves == [("web-api", "to", "api", "api-relay"), ("app-api", "to", "api", "api-relay")]
    after = application.applied_to(shop)
    assert application.targets["sender"] == ("web", "app")
    assert application.record.on == ("api",)
    web = document(after)["connections"]["web-api"]
    assert web == {
        "from": "web",
        "to": "api-relay",
        "protocol": "HTTP",
        "calls_per_request": 3,
        "timeout": "2 s",
        "encrypted": True,
    }
    assert after.connection["api-relay-api"].traffic is None
    assert after.connection["api-relay-api"].data == ("order",)


def test_a_change_of_a_moved_connection_is_told_with_what_was_there(library: Library, design: Reader) -> None:
    shop = design(RELAYED.format(api="instances = 2", web=""))
    application = apply(library.pattern("relay"), shop, {"receiver": ["api"]})
    assert [(change.address[1], change.key, change.before, change.after) for change in application.changes] == [
        ("web-api", "encrypted", None, True),
        ("app-api", "encrypted", False, True),
    ]


def test_journeys_get_the_restored_path_once_and_a_note_where_there_is_one_for_each_step(
    library: Library, design: Reader
) -> None:
    shop = design(RELAYED.format(api='state = "none"', web=""))
    buy, look = apply(library.pattern("relay"), shop, {"receiver": ["api"]}).applied_to(shop).journeys
    assert (buy.steps, buy.notes) == (("web-api", "api-relay-api"), ("the person buys", "Relay → api"))
    assert (look.steps, look.notes) == (("app-api", "api-relay-api", "web-api"), ("one note for two steps",))


@pytest.mark.parametrize(
    ("said", "brings", "steps", "sets"),
    [
        ('state = "memory"', True, ("web-api", "api-relay-api-archive", "api-relay-api"), []),
        ('state = "none"', False, ("web-api", "api-relay-api"), ["zones"]),
        ("", False, ("web-api", "api-relay-api"), []),
    ],
)
def test_a_condition_decides_over_the_design_as_it_was_and_an_unknown_one_does_not_hold(
    library: Library, design: Reader, said: str, brings: bool, steps: tuple[str, ...], sets: list[str]
) -> None:
    shop = design(RELAYED.format(api=said, web=""))
    application = apply(library.pattern("relay"), shop, {"receiver": ["api"], "sender": ["web"]})
    assert ("api-archive" in {part.id for part in application.components}) is brings
    assert application.applied_to(shop).journeys[0].steps == steps
    assert [field.key for field in application.sets if field.address[1] == "api"] == sets
    assert [change.key for change in application.changes if change.address[1] == "api"] == ["instances"]


def test_a_copied_connection_takes_only_the_named_fields_and_none_that_multiplies_load_of_a_moved_one(
    library: Library, design: Reader
) -> None:
    shop = design(RELAYED.format(api='state = "disk"', web='protocol = "gRPC"'))
    after = apply(library.pattern("relay"), shop, {"receiver": ["api"], "sender": ["web"]}).applied_to(shop)
    assert document(after)["connections"]["api-relay-api-archive"] == {
        "from": "api-relay",
        "to": "api-archive",
        "carries": "copy",
        "mode": "async",
        "timeout": "2 s",
    }


def test_a_second_relay_moves_only_what_still_leads_there(library: Library, design: Reader) -> None:
    shop = design(RELAYED.format(api="", web=""))
    pattern = library.pattern("relay")
    once = apply(pattern, shop, {"receiver": ["api"], "sender": ["web"]}).applied_to(shop)
    twice = apply(pattern, once, {"receiver": ["api"], "sender": ["app"]})
    assert [change.address[1] for change in twice.moves] == ["app-api"]
    assert [part.id for part in twice.components] == ["api-relay-2"]


@pytest.mark.parametrize(
    ("end", "moved", "steps"),
    [
        ('to = "$relay"', ("web", "api-relay"), ("web-api", "api-relay-api")),
        ('from = "$relay"', ("api-relay", "api"), ("web-api-relay", "web-api")),
    ],
)
def test_a_single_connection_is_moved_at_either_end(
    entries: Path, tmp_path: Path, design: Reader, end: str, moved: tuple[str, str], steps: tuple[str, ...]
) -> None:
    text = (entries / "patterns/communication/relay.toml").read_text(encoding="utf-8")
    text = text.replace('between = "sender-receiver"\nto = "$relay"', f'connection = "$call"\n{end}')
    text = text.replace("optional = true\n", "")
    folder = tmp_path / "patterns" / "communication"
    folder.mkdir(parents=True)
    (folder / "relay.toml").write_text(text, encoding="utf-8")
    shop = design(RELAYED.format(api="", web=""))
    after = apply(Library((tmp_path,)).pattern("relay"), shop, {"call": ["web-api"]}).applied_to(shop)
    assert (after.connection["web-api"].source, after.connection["web-api"].target) == moved
    assert after.connection["app-api"].target == "api"
    assert after.journeys[0].steps == steps
