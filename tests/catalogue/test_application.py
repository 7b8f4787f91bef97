"""Applying: what a pattern brings, what it sets, and what it leaves alone."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studio.catalogue.application import apply
from studio.catalogue.library import Library, shipped
from studio.errors import EditRefused
from studio.model.design import Design
from studio.model.document import document
from studio.model.references import dangling

Reader = Callable[[str], Design]


def _applied(library: Library, pattern: str, design: Design, *on: str, **parameters: object) -> dict[str, Any]:
    result = apply(library.pattern(pattern), design, on, parameters).applied_to(design)
    assert dangling(result) == ()
    return document(result)


def test_a_cache_is_put_beside_the_store_it_protects(library: Library, shop: Design) -> None:
    after = _applied(library, "cache-aside", shop, "api", "db", ttl="5 min", hit_ratio="90%")
    assert after["components"]["db-cache"] == {
        "name": "Cache",
        "kind": "cache",
        "technology": "redis",
        "purpose": "Keeps answers of db for 5 min",
        "hit_ratio": 0.9,
        "ttl": "5 min",
    }
    assert after["connections"]["api-db-cache"] == {
        "from": "api",
        "to": "db-cache",
        "carries": "get",
        "traffic": "reads",
        "timeout": "50 ms",
    }
    assert after["connections"]["api-db"] == {"from": "api", "to": "db", "on_miss_of": "db-cache", "timeout": "1 s"}
    assert after["patterns"] == {"cache-aside": {"use": "cache-aside", "on": ["api", "db"]}}


def test_what_is_not_touched_stays_as_it_was(library: Library, shop: Design) -> None:
    before, after = document(shop), _applied(library, "cache-aside", shop, "api", "db")
    assert [id_ for id_ in before["components"] if before["components"][id_] != after["components"][id_]] == ["api"]
    assert after["components"]["api"] == before["components"]["api"] | {"scaling": "Reads are answered by db-cache"}
    assert list(after["components"]) == [*before["components"], "db-cache"]


def test_a_second_application_gets_ids_of_its_own(library: Library, shop: Design) -> None:
    pattern = library.pattern("cache-aside")
    once = apply(pattern, shop, ["api", "db"]).applied_to(shop)
    twice = apply(pattern, once, ["web", "db"])
    assert [component.id for component in twice.components] == ["db-cache-2"]
    assert [connection.id for connection in twice.connections] == ["web-db-cache-2"]
    assert twice.record.id == "cache-aside-2"
    assert twice.notes == ("no connection leads from web to db: on_miss_of could not be set",)


def test_the_same_application_twice_is_refused(library: Library, shop: Design) -> None:
    pattern = library.pattern("cache-aside")
    once = apply(pattern, shop, ["api", "db"]).applied_to(shop)
    with pytest.raises(EditRefused, match="cache-aside is applied to api and db already, as patterns"):
        apply(pattern, once, {"store": ["db"], "caller": ["api"]})


def test_what_a_person_said_is_left_and_noted(library: Library, shop: Design) -> None:
    application = apply(library.pattern("circuit-breaker"), shop, ["api-db"])
    assert [(field.address, field.key, field.value) for field in application.sets] == [
        (("connections", "api-db"), "circuit_breaker", True),
        (("connections", "api-db"), "fallback", "error 503"),
    ]
    assert application.notes == (
        "timeout of api-db was left as it is: the design says so already",
        "circuit-breaker relies on timeout, which is not applied here",
    )


def test_what_a_person_said_alike_needs_no_note(library: Library, shop: Design) -> None:
    application = apply(library.pattern("circuit-breaker"), shop, ["api-db"], {"timeout": "1000 ms"})
    assert [note for note in application.notes if "left" in note] == []


def test_inside_a_table_only_what_is_missing_is_set(library: Library, shop: Design) -> None:
    application = apply(library.pattern("balancer"), shop, ["web", "api"])
    inside = [field for field in application.sets if field.address[1:] == ("api", "observe")]
    assert [(field.key, field.value) for field in inside] == [("metrics", ["requests"]), ("traces", True)]
    after = document(application.applied_to(shop))["components"]
    assert after["api"]["observe"] == {"metrics": ["requests"], "logs": True, "traces": True}
    assert after["web"]["observe"] == {"metrics": ["requests"], "traces": True}
    assert after["api"]["zones"] == 3
    assert after["web"]["zones"] == 2


def test_a_role_of_several_gets_a_connection_each(library: Library, shop: Design) -> None:
    application = apply(library.pattern("balancer"), shop, ["web", "api"], {"zones": "4"})
    assert [(c.id, c.source, c.target) for c in application.connections] == [
        ("web-lb-web", "web-lb", "web"),
        ("web-lb-api", "web-lb", "api"),
    ]
    balancer = application.components[0]
    assert (balancer.zones, balancer.needs_to_start) == (4, ("web", "api"))
    assert application.targets == {"servers": ("web", "api")}


def test_a_role_that_stays_empty_takes_its_connections_with_it(library: Library, shop: Design, design: Reader) -> None:
    watched = design('[components.api]\nkind = "service"\n[components.eyes]\nkind = "monitoring"')
    with_watcher = apply(library.pattern("balancer"), watched, {"servers": ["api"], "watcher": ["eyes"]})
    without = apply(library.pattern("balancer"), watched, {"servers": ["api"]})
    assert [connection.id for connection in with_watcher.connections] == ["api-lb-api", "report-eyes"]
    assert [connection.id for connection in without.connections] == ["api-lb-api"]


def test_drawn_onto_nothing_a_pattern_brings_its_skeleton(library: Library, design: Reader) -> None:
    after = _applied(library, "cache-aside", design(""))
    assert list(after["components"]) == ["api", "database", "database-cache"]
    assert after["connections"]["api-database"] == {
        "from": "api",
        "to": "database",
        "on_miss_of": "database-cache",
    }
    assert after["patterns"]["cache-aside"]["on"] == ["api", "database"]


def test_a_connection_drawn_onto_nothing_brings_its_ends(library: Library, design: Reader) -> None:
    after = _applied(library, "circuit-breaker", design(""))
    assert list(after["components"]) == ["api", "other-system"]
    assert after["connections"] == {
        "api-other-system": {
            "from": "api",
            "to": "other-system",
            "carries": "call",
            "timeout": "500 ms",
            "circuit_breaker": True,
            "fallback": "error 503",
        }
    }


def test_a_given_connection_brings_no_ends(library: Library, shop: Design) -> None:
    application = apply(library.pattern("circuit-breaker"), shop, ["api-db", "api-mail"])
    assert (application.components, application.connections) == ((), ())
    assert application.targets == {"call": ("api-db", "api-mail"), "caller": ("api",), "callee": ("db", "mail")}
    assert application.record.on == ("api-db", "api-mail")


def test_two_ends_mean_the_connections_between_them(library: Library, shop: Design) -> None:
    application = apply(library.pattern("circuit-breaker"), shop, ["api", "mail"])
    assert application.targets["call"] == ("api-mail",)
    assert application.record.on == ("api", "mail")


def test_one_end_given_gets_the_other_from_the_skeleton(library: Library, shop: Design) -> None:
    application = apply(library.pattern("cache-aside"), shop, {"store": ["db"]})
    assert [component.id for component in application.components] == ["api-2", "db-cache"]
    assert application.applied_to(shop).connection["api-2-db"].on_miss_of == "db-cache"


def test_a_skeleton_takes_no_id_that_is_taken(library: Library, design: Reader) -> None:
    taken = design('[components.other]\nkind = "client"\n[components.api]\nkind = "client"\n')
    assert "api-2" in _applied(library, "circuit-breaker", taken)["components"]


def test_a_connection_that_is_there_is_not_brought_again(entries: Path, tmp_path: Path, design: Reader) -> None:
    folder = tmp_path / "patterns" / "communication"
    folder.mkdir(parents=True)
    text = (entries / "patterns/communication/balancer.toml").read_text(encoding="utf-8")
    joined = '[adds.connections.tell]\nfrom = "$servers"\nto = "$watcher"\ncarries = "beats"\nmode = "async"\n'
    (folder / "balancer.toml").write_text(text.replace("[sets.servers]", f"{joined}\n[sets.servers]"), encoding="utf-8")
    pattern = Library((tmp_path,)).pattern("balancer")
    watched = '[components.api]\nkind = "service"\n[components.eyes]\nkind = "monitoring"\n[connections.beat]\n'
    for mode, brought in (("async", []), ("sync", ["api-eyes"])):
        before = design(f'{watched}from = "api"\nto = "eyes"\nmode = "{mode}"')
        application = apply(pattern, before, ["api", "eyes"])
        assert [c.id for c in application.connections if c.source == "api"] == brought
        assert [field.key for field in application.sets if field.address == ("connections", "beat")] == (
            [] if brought else ["carries"]
        )


def test_journeys_that_miss_what_is_brought_are_named(library: Library, design: Reader) -> None:
    tables = """
    [components.api]
    kind = "service"
    [components.db]
    kind = "database"
    [connections.api-db]
    from = "api"
    to = "db"
    traffic = "reads"
    [journeys.buy]
    share = 1
    steps = ["api-db"]
    """
    notes = apply(library.pattern("cache-aside"), design(tables), ["api", "db"]).notes
    assert notes == ("no journey takes api-db-cache yet; add it to the steps of those that should",)


def test_no_journey_has_to_take_what_only_watches(design: Reader) -> None:
    tables = """
    [components.api]
    kind = "service"
    [components.db]
    kind = "database"
    [connections.api-db]
    from = "api"
    to = "db"
    [journeys.buy]
    share = 1
    steps = ["api-db"]
    """
    application = apply(shipped().pattern("metrics"), design(tables), ["api"])
    assert [part.kind for part in application.components if part.kind == "monitoring"]
    assert not [note for note in application.notes if note.startswith("no journey takes")]


def test_a_cache_before_writes_is_noted(library: Library, shop: Design) -> None:
    notes = apply(library.pattern("cache-aside"), shop, ["api", "db"]).notes
    assert notes == (
        "api-db carries writes too, which no cache answers: split it in two, and keep on_miss_of on the reads",
    )


def test_patterns_that_clash_are_noted(library: Library, design: Reader) -> None:
    before = design('[patterns.old]\nuse = "write-through"')
    assert apply(library.pattern("cache-aside"), before).notes == (
        "cache-aside does not go well with write-through, which is applied here",
    )


def test_the_parts_come_in_an_order_in_which_each_can_be_added(library: Library, design: Reader) -> None:
    addresses = [address for address, _ in apply(library.pattern("cache-aside"), design("")).parts]
    assert addresses == [
        ("components", "api"),
        ("components", "database"),
        ("components", "database-cache"),
        ("connections", "api-database"),
        ("connections", "api-database-cache"),
        ("patterns", "cache-aside"),
    ]


def test_applying_changes_nothing_by_itself_and_is_the_same_each_time(library: Library, shop: Design) -> None:
    pattern, before = library.pattern("cache-aside"), shop.model_dump_json()
    assert apply(pattern, shop, ["api", "db"]) == apply(pattern, shop, ["api", "db"])
    assert shop.model_dump_json() == before


def test_a_long_id_is_cut_to_what_an_id_may_be(library: Library, design: Reader) -> None:
    long = "d" * 63
    before = design(f'[components.api]\nkind = "service"\n[components.{long}]\nkind = "database"')
    ids = [component.id for component in apply(library.pattern("cache-aside"), before, ["api", long]).components]
    assert ids == ["d" * 62 + "-2"]


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"ttl": "1 ms"}, "ttl is “1 ms” and must be at least 1 s"),
        ({"ttl": 10}, "ttl: a duration needs a unit"),
        ({"tll": "1 s"}, "did you mean ttl?"),
        ({"hit_ratio": 1}, "must be at most 0.99"),
    ],
)
def test_a_parameter_out_of_bounds_is_refused(
    library: Library, shop: Design, parameters: dict[str, object], said: str
) -> None:
    with pytest.raises(EditRefused) as caught:
        apply(library.pattern("cache-aside"), shop, ["api", "db"], parameters)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('skeleton = { kind = "service", name = "Web server", instances = 2 }\n', "", "balancer needs a servers"),
        ('kind = "count"', 'kind = "number"', "zones: a whole number is wanted here"),
        ('needs_to_start = ["$servers"]', 'needs_to_start = ["nobody"]', "would name nobody, which does not exist"),
        ('id = "$servers-lb"', 'id = "LB of $servers"', "an id has lower-case letters"),
    ],
)  # fmt: skip
def test_an_entry_that_asks_for_what_cannot_be_is_refused(
    entries: Path, tmp_path: Path, design: Reader, old: str, new: str, said: str
) -> None:
    folder = tmp_path / "patterns" / "communication"
    folder.mkdir(parents=True)
    text = (entries / "patterns/communication/balancer.toml").read_text(encoding="utf-8")
    assert old in text
    (folder / "balancer.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(EditRefused) as caught:
        apply(Library((tmp_path,)).pattern("balancer"), design(""), (), {"zones": 2.5} if "number" in new else {})
    assert said in str(caught.value)


def test_the_result_reads_back_from_its_own_document(library: Library, shop: Design) -> None:
    import tomli_w

    for pattern in library.patterns():
        result = apply(pattern, shop).applied_to(shop)
        assert Design.model_validate(tomllib.loads(tomli_w.dumps(document(result)))) == result
