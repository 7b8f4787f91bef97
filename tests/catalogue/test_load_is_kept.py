"""The load at the far end of what is put between is the load that was there; a cache takes off what it hits."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.analysis import Analysis
from studio.applying import Preview, preview
from studio.catalogue.library import shipped
from studio.model.design import Design

TODAY = date(2026, 11, 21)
FOLDER = Path(__file__).parent / "shop"
SHOP = (FOLDER / "shop.toml").read_text(encoding="utf-8")
"""A shop asked for 240 reads/s and 60 writes/s at peak; half of the reads end at the edge."""
JOURNEYS = {"no journeys": ""} | {
    path.stem.replace("_", " "): "\n" + path.read_text(encoding="utf-8")
    for path in sorted(FOLDER.glob("*journey*.toml"))
}

each_way = pytest.mark.parametrize("journeys", JOURNEYS)

BETWEEN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "load-balancer-l7": {"service": ("api",), "callers": ("edge", "users")},
    "api-gateway": {"client": ("edge",), "services": ("api",)},
    "message-queue": {"producer": ("api",), "consumer": ("stock",)},
    "async-processing": {"caller": ("api",), "callee": ("stock",)},
    "event-driven": {"producer": ("api",), "consumers": ("stock",)},
}


def _design(text: str) -> Design:
    return Design.model_validate(tomllib.loads(text))


def _preview(text: str, pattern: str, on: Mapping[str, tuple[str, ...]], **parameters: object) -> Preview:
    return preview(Analysis(_design(text), shipped(), today=TODAY), shipped().pattern(pattern), on, parameters)


def _loads(design: Design) -> dict[str, tuple[float | None, float | None]]:
    figures = Analysis(design, shipped(), today=TODAY).estimates.components
    return {id_: (figure.peak_read_rps, figure.peak_write_rps) for id_, figure in figures.items()}


def _approx(loads: Mapping[str, tuple[float | None, float | None]]) -> dict[str, Any]:
    return {id_: pytest.approx(load) for id_, load in loads.items()}


@pytest.mark.parametrize("pattern", BETWEEN)
@each_way
def test_what_is_put_between_changes_no_load_around_it(pattern: str, journeys: str) -> None:
    text = SHOP + JOURNEYS[journeys]
    before = _loads(_design(text))
    seen = _preview(text, pattern, BETWEEN[pattern])
    after = _loads(seen.after.design)
    assert {id_: after[id_] for id_ in before} == _approx(before)
    assert seen.moves
    brought = [load for id_, load in after.items() if id_ not in before]
    assert brought
    assert all(reads is not None and writes is not None and reads + writes > 0 for reads, writes in brought)


@given(
    pattern=st.sampled_from(sorted(BETWEEN)),
    journeys=st.sampled_from(sorted(JOURNEYS)),
    fields=st.fixed_dictionaries(
        {
            id_: st.fixed_dictionaries(
                {},
                optional={
                    "traffic": st.sampled_from(["all", "reads", "writes"]),
                    "calls_per_request": st.sampled_from([0.2, 1, 4]),
                    "mode": st.sampled_from(["sync", "async", "stream"]),
                    "on_miss_of": st.just("edge"),
                },
            )
            for id_ in ("edge-api", "users-api", "api-stock", "api-db")
        }
    ),
)
@settings(max_examples=40, deadline=None)
def test_no_factor_of_a_moved_connection_is_lost_or_counted_twice(
    pattern: str, journeys: str, fields: dict[str, dict[str, Any]]
) -> None:
    values = tomllib.loads(SHOP + JOURNEYS[journeys])
    for id_, given_fields in fields.items():
        values["connections"][id_] |= given_fields
    analysis = Analysis(Design.model_validate(values), shipped(), today=TODAY)
    before = _loads(analysis.design)
    after = _loads(preview(analysis, shipped().pattern(pattern), BETWEEN[pattern], {}).after.design)
    assert {id_: after[id_] for id_ in before} == _approx(before)


@each_way
def test_a_wait_for_the_miss_of_its_own_source_moves_to_the_way_in(journeys: str) -> None:
    text = SHOP.replace('timeout = "9 s"', 'on_miss_of = "edge"') + JOURNEYS[journeys]
    before = _loads(_design(text))
    seen = _preview(text, "api-gateway", BETWEEN["api-gateway"])
    after = _loads(seen.after.design)
    assert {id_: after[id_] for id_ in before} == _approx(before)
    assert "on_miss_of of edge-api: edge → not given" in seen.changes


def test_a_queue_before_each_of_several_readers_is_filled_once() -> None:
    text = SHOP + '[components.mail]\nkind = "worker"\n[connections.api-mail]\nfrom = "api"\nto = "mail"\n'
    before = _loads(_design(text))
    seen = _preview(text, "event-driven", {"producer": ("api",), "consumers": ("stock", "mail")})
    after = _loads(seen.after.design)
    assert {id_: after[id_] for id_ in before} == _approx(before)
    assert after["api-events"] == pytest.approx(before["api"])


@pytest.mark.parametrize("on", [{"caller": ("api",), "store": ("db",)}, {"read": ("api-db",)}])
@each_way
def test_a_cache_takes_hits_off_the_reads_and_nothing_off_the_writes(
    journeys: str, on: Mapping[str, tuple[str, ...]]
) -> None:
    text = SHOP + JOURNEYS[journeys]
    (reads, writes), api = _loads(_design(text))["db"], _loads(_design(text))["api"]
    assert reads is not None
    after = _loads(_preview(text, "cache-aside", on, hit_ratio=0.8).after.design)
    assert after["db"] == pytest.approx((reads * 0.2, writes))
    assert after["api"] == pytest.approx(api)
    assert after["db-cache"][0] == pytest.approx(reads)


@each_way
def test_a_connection_that_only_reads_is_marked_and_its_neighbour_left_alone(journeys: str) -> None:
    split = '[connections.api-db]\nfrom = "api"\nto = "db"\ntraffic = "writes"\n[connections.api-db-reads]\n'
    text = (SHOP + JOURNEYS[journeys]).replace("[connections.api-db]\n", split).replace(
        'calls_per_request = 3\ntimeout', 'calls_per_request = 3\ntraffic = "reads"\ntimeout'
    ).replace('"api-db"', '"api-db-reads", "api-db"', 1 if journeys == "one journey" else -1)  # fmt: skip
    text = text.replace("at_once", "# at_once").replace('notes = ["one", "two", "three"', 'notes = ["0", "1", "2", "3"')
    (reads, writes) = _loads(_design(text))["db"]
    assert reads is not None
    seen = _preview(text, "cache-aside", {"caller": ("api",), "store": ("db",)}, hit_ratio=0.9)
    assert _loads(seen.after.design)["db"] == pytest.approx((reads * 0.1, writes))
    assert seen.connections == ("api-db-cache", "api-db-cache-delete")
    assert seen.sets == ("on_miss_of of api-db-reads: db-cache",)
    assert seen.changes == ()


@each_way
def test_views_take_all_reads_off_the_store_of_the_commands(journeys: str) -> None:
    text = SHOP + JOURNEYS[journeys]
    reads, writes = _loads(_design(text))["db"]
    assert reads is not None and writes is not None  # noqa: PT018 # both are there to be computed with
    after = _loads(_preview(text, "cqrs", {"commands": ("api-db",)}).after.design)
    assert after["db"] == pytest.approx((0, writes))
    assert after["db-views"][0] == pytest.approx(reads)
    assert after["db-changes"] == pytest.approx((0, writes))
    assert after["db-projector"] == pytest.approx((0, writes))
