"""Applying a pattern to a design that is there: what it means is shown, and it is one step that is undone whole."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from studio.analysis import Analysis
from studio.applying import Preview, preview, value_behind
from studio.catalogue.library import shipped
from studio.cli.frame.apply_text import as_text
from studio.edits.edit import applied
from studio.errors import EditRefused
from studio.files.loading import Loaded, parse
from studio.files.saving import merged
from studio.model.design import Design
from studio.session import Session

TODAY = date(2026, 11, 21)
FOLDER = Path(__file__).parent / "catalogue" / "shop"
SHOP = (FOLDER / "shop.toml").read_text(encoding="utf-8")
"""A shop asked for 240 reads/s and 60 writes/s at peak; half of the reads end at the edge."""
JOURNEYS = {"no journeys": ""} | {
    path.stem.replace("_", " "): "\n" + path.read_text(encoding="utf-8")
    for path in sorted(FOLDER.glob("*journey*.toml"))
}

BETWEEN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "load-balancer-l7": {"service": ("api",), "callers": ("edge", "users")},
    "api-gateway": {"client": ("edge",), "services": ("api",)},
    "message-queue": {"producer": ("api",), "consumer": ("stock",)},
    "async-processing": {"caller": ("api",), "callee": ("stock",)},
    "event-driven": {"producer": ("api",), "consumers": ("stock",)},
}


BARE = """
format = 1
[design]
name = "Bare"
[components.users]
kind = "client"
[components.api]
kind = "service"
"""


def _design(text: str) -> Design:
    return Design.model_validate(tomllib.loads(text))


def _preview(text: str, pattern: str, on: Mapping[str, tuple[str, ...]], **parameters: object) -> Preview:
    return preview(Analysis(_design(text), shipped(), today=TODAY), shipped().pattern(pattern), on, parameters)


# -------------------------------------------------------------------------------------------------- moves


def test_a_moved_connection_keeps_what_was_said_of_it() -> None:
    design = _preview(SHOP, "load-balancer-l7", BETWEEN["load-balancer-l7"]).after.design
    moved = design.connection["edge-api"]
    assert (moved.source, moved.target, moved.timeout) == ("edge", "api-lb", 9.0)
    assert [(c.id, c.source, c.target) for c in design.connections if "api-lb" in (c.source, c.target)] == [
        ("edge-api", "edge", "api-lb"),
        ("users-api", "users", "api-lb"),
        ("api-lb-api", "api-lb", "api"),
    ]


def test_the_work_behind_a_queue_is_called_as_it_was_before() -> None:
    design = _preview(SHOP, "async-processing", BETWEEN["async-processing"]).after.design
    moved, perform = design.connection["api-stock"], design.connection["stock-worker-stock"]
    assert (moved.target, moved.mode, moved.calls_per_request) == ("stock-jobs", "async", 2)
    assert (perform.protocol, perform.auth, perform.data) == ("HTTP", "key", ("order",))
    assert perform.calls_per_request is None
    assert design.connection["stock-jobs-stock-worker"].data == ("order",)


def test_journeys_take_the_way_around_with_a_note_each() -> None:
    seen = _preview(SHOP + JOURNEYS["one journey"], "async-processing", BETWEEN["async-processing"])
    journey = seen.after.design.journeys[0]
    assert journey.steps == (
        "users-edge", "edge-api", "api-stock", "stock-jobs-stock-worker", "stock-worker-stock", "api-db",
    )  # fmt: skip
    assert journey.notes == ("one", "two", "three", "Jobs → Worker: job", "Worker → stock: the slow work", "four")


def test_a_gateway_is_the_first_step_of_who_comes_in() -> None:
    on = {"client": ("users",), "services": ("api",)}
    design = _preview(SHOP + JOURNEYS["a journey for each class"], "api-gateway", on).after.design
    look, buy = design.journeys
    assert look.steps == ("users-edge", "edge-api", "api-db", "api-stock")
    assert buy.steps == ("users-gateway", "users-api", "api-stock", "api-db")
    assert buy.notes == ("users → API gateway: requests", "one", "two", "three")
    assert design.connection["users-api"].source == "gateway"


def test_what_nobody_joined_is_not_moved() -> None:
    text = BARE
    seen = _preview(text, "load-balancer-l7", {"service": ("api",), "callers": ("users",)})
    assert (seen.moves, seen.changes, seen.journeys) == ((), (), ())
    assert seen.connections == ("users-api-lb", "api-lb-api")


def test_whoever_calls_is_moved_when_nobody_is_named() -> None:
    seen = _preview(SHOP, "load-balancer-l7", {"service": ("api",)})
    assert seen.components == ("api-lb",)
    assert seen.moves == ("edge-api leads to api-lb instead of api", "users-api leads to api-lb instead of api")


@pytest.mark.parametrize(
    ("pattern", "on", "said"),
    [
        (
            "message-queue",
            {"consumer": ("stock",)},
            "message-queue needs one producer, and api and shop call stock; name one",
        ),
        (
            "load-balancer-l7",
            {"service": ("shop",)},
            "and only front calls shop; name another",
        ),
    ],
)
def test_callers_that_leave_a_choice_or_do_not_fit_are_refused_in_words(
    pattern: str, on: Mapping[str, tuple[str, ...]], said: str
) -> None:
    more = """
[components.front]
kind = "load-balancer"
[components.shop]
kind = "service"
[connections.front-shop]
from = "front"
to = "shop"
[connections.shop-stock]
from = "shop"
to = "stock"
"""
    with pytest.raises(EditRefused) as caught:
        _preview(SHOP + more, pattern, on)
    assert said in str(caught.value)


# ------------------------------------------------------------------------------------------------ cache-aside


def test_a_split_connection_keeps_its_fields_on_both_sides() -> None:
    seen = _preview(SHOP + JOURNEYS["a journey for each class"], "cache-aside", {"read": ("api-db",)})
    design = seen.after.design
    reads, writes = design.connection["api-db"], design.connection["api-db-writes"]
    assert (reads.traffic, reads.on_miss_of) == ("reads", "db-cache")
    assert (writes.traffic, writes.on_miss_of) == ("writes", None)
    for part in (reads, writes):
        assert (part.protocol, part.timeout, part.calls_per_request) == ("SQL", 0.5, 3)
    assert seen.changes == ("traffic of api-db: all → reads",)
    look, buy = design.journeys
    assert look.steps == ("users-edge", "edge-api", "api-db-cache", "api-db", "api-stock")
    assert buy.steps == ("users-api", "api-stock", "api-db-writes", "api-db-cache-delete")
    assert buy.notes == ("one", "two", "three", "API → Cache: delete after a write")
    assert seen.journeys == (
        "journey look also takes api-db-cache",
        "journey buy takes api-db-writes and api-db-cache-delete instead of api-db",
    )


def test_a_step_that_gives_up_its_place_gives_it_up_among_those_at_once() -> None:
    more = JOURNEYS["a journey for each class"] + 'at_once = [["api-stock", "api-db"]]\n'
    seen = _preview(SHOP + more, "cache-aside", {"read": ("api-db",)})
    assert seen.after.design.journeys[1].at_once == (("api-stock", "api-db-writes"),)


# ---------------------------------------------------------------------------------------------------- changes


@pytest.mark.parametrize(
    ("pattern", "on", "parameters", "changes"),
    [
        (
            "horizontal-scaling",
            {"service": ("api",)},
            {"instances": 3},
            ("instances of api: 2 → 3", "autoscale of api: not given → { metric = CPU 60 % over 2 min, max = 9 }"),
        ),
        ("horizontal-scaling", {"service": ("stock",)}, {"instances": 3, "most": 4}, (
            "instances of stock: 1 → 3", "autoscale of stock: not given → { metric = CPU 60 % over 2 min, max = 4 }",
        )),
        ("vertical-scaling", {"machine": ("db",)}, {}, (
            "capacity_rps of db: 1000 → 7500", "cost_per_month of db: not given → 561",
        )),
        ("read-replicas", {"store": ("db",)}, {}, ("read_replicas of db: 0 → 2",)),
        ("sharding", {"store": ("db",)}, {}, ("shards of db: 1 → 4", "hot_share of db: not given → 0.35")),
        ("horizontal-scaling", {"service": ("api",)}, {"instances": 2}, (
            "autoscale of api: not given → { metric = CPU 60 % over 2 min, max = 9 }",
        )),
    ],
)  # fmt: skip
def test_a_value_chosen_when_applying_replaces_what_was_there_and_says_so(
    pattern: str, on: Mapping[str, tuple[str, ...]], parameters: dict[str, object], changes: tuple[str, ...]
) -> None:
    seen = _preview(SHOP, pattern, on, **parameters)
    assert seen.changes == changes
    assert all(f"  ~ {change}" in as_text(seen).split("\n") for change in changes)


def test_inside_a_table_only_the_chosen_value_changes() -> None:
    text = SHOP.replace('name = "API"', 'name = "API"\nautoscale = { max = 4, metric = "queue" }')
    seen = _preview(text, "horizontal-scaling", {"service": ("api",)})
    assert seen.changes == ("instances of api: 2 → 3", "autoscale.max of api: 4 → 9")
    autoscale = seen.after.design.component["api"].autoscale
    assert autoscale is not None
    assert (autoscale.max, autoscale.metric) == (9, "queue")
    assert "metric of api was left as it is: the design says so already" in seen.notes


# ------------------------------------------------------------------------------------------------- one edit


def _fitting(pattern: str) -> Iterator[tuple[str, Mapping[str, tuple[str, ...]]]]:
    """The shop with each set of journeys, and what of it fills the roles of the pattern."""
    kinds = {"client": ("users",), "service": ("api", "stock"), "database": ("db",)}
    roles: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    for target in shipped().pattern(pattern).targets:
        free = [id_ for kind in target.kinds for id_ in kinds.get(kind, ()) if id_ not in taken]
        if not target.optional and free:
            roles[target.role] = (free[0],)
            taken.add(free[0])
    for journeys in JOURNEYS.values():
        yield SHOP + journeys, BETWEEN.get(pattern, roles)


@pytest.mark.parametrize("pattern", shipped().pattern_ids())
def test_a_pattern_is_one_step_that_is_undone_whole_and_loses_no_comment(pattern: str) -> None:
    for text, on in _fitting(pattern):
        session = Session(Loaded(parse(text, "shop.toml"), text, Path("shop.toml"), "as read"), shipped(), today=TODAY)
        before = session.design
        seen = preview(session.analysis, shipped().pattern(pattern), on, {})
        session.do(seen.edit)
        assert session.design == seen.after.design == applied(seen.edit, before)
        assert [line for line in _comments(text) if line not in _comments(session.text())] == []
        assert _design(merged(text, before, session.design)) == session.design
        assert session.undo() == f"apply {shipped().pattern(pattern).name}"
        assert session.design == before
        assert session.text() == text


def _comments(text: str) -> list[str]:
    return [line.partition("#")[2] for line in text.split("\n") if "#" in line]


# ---------------------------------------------------------------------------------------------------- needs


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("connections.api-db.timeout", 0.5),
        ("connections.api-db.mode", "sync"),
        ("connections.api-db.attempts", 1.0),
        ("connections.api-db.hard", True),
        ("connections.api-db.traffic", "all"),
        ("connections.api-db.fallback", None),
        ("connections.api-db.data", None),
        ("components.db.shards", 1.0),
        ("components.db.read_replicas", 0.0),
        ("components.db.backup.every", None),
        ("components.api.instances", 2),
        ("components.nobody.instances", None),
        ("peak_rps", pytest.approx(300)),
        ("team_size", None),
    ],
)
def test_a_need_reads_figures_and_fields_in_base_units(name: str, value: object) -> None:
    assert value_behind(Analysis(_design(SHOP), shipped(), today=TODAY), name) == value


def test_a_need_reads_a_range_as_its_median() -> None:
    analysis = Analysis(_design(SHOP.replace('"500 ms"', '["100 ms", "400 ms"]')), shipped(), today=TODAY)
    assert value_behind(analysis, "connections.api-db.timeout") == pytest.approx(0.2)
