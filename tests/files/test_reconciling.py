"""What two people did to one design, put together."""

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.edits.edit import Add, Change, Edit, Remove, Rename, applied
from studio.edits.gestures import add_component, connect
from studio.errors import EditRefused
from studio.files.differences import between, changed, difference
from studio.files.loading import validated
from studio.files.reconciling import reconciled
from studio.model.design import Design
from studio.model.document import document
from studio.model.references import dangling

SHOP = """
format = 1
[design]
name = "Shop"
[requirements.performance]
p99 = "200 ms"
[components.web]
kind = "client"
[components.api]
kind = "service"
instances = 2
[components.db]
kind = "database"
[connections.web-api]
from = "web"
to = "api"
[connections.api-db]
from = "api"
to = "db"
"""
BASE = validated(tomllib.loads(SHOP))
NAMES = st.sampled_from(["web", "api", "db", "cache", "queue"])
EDITS: st.SearchStrategy[Any] = st.one_of(
    st.builds(lambda id_, n: Change(("components", id_), "instances", n), NAMES, st.integers(1, 5)),
    st.builds(lambda id_, text: Change(("components", id_), "name", text), NAMES, st.sampled_from(["A", "B", None])),
    st.builds(lambda id_: Remove(("components", id_)), NAMES),
    st.builds(lambda id_: add_component(BASE, id_, "cache"), NAMES),
    st.builds(lambda a, b: connect(BASE, a, b), NAMES, NAMES),
    st.builds(lambda id_, new: Rename(("components", id_), new), NAMES, NAMES),
    st.builds(lambda n: Change(("requirements", "performance"), "p99", f"{n} ms"), st.integers(1, 3)),
)


def after(edits: list[Edit], design: Design = BASE) -> Design:
    for edit in edits:
        try:
            design = applied(edit, design)
        except EditRefused:
            continue
    return design


sides = st.lists(EDITS, max_size=6).map(after)
laws = settings(max_examples=80, deadline=None)


@laws
@given(sides, sides)
def test_a_side_that_changed_nothing_leaves_the_other_as_it_is(base: Design, other: Design) -> None:
    for found in (reconciled(base, base, other), reconciled(base, other, base), reconciled(base, other, other)):
        assert found.design == other
        assert not found.conflicts


@laws
@given(sides, sides, sides)
def test_a_merge_is_a_design_whose_references_all_lead_somewhere(base: Design, mine: Design, theirs: Design) -> None:
    assert not dangling(reconciled(base, mine, theirs).design)


@laws
@given(sides, sides, sides)
def test_without_a_conflict_it_does_not_matter_who_merges(base: Design, mine: Design, theirs: Design) -> None:
    here, there = reconciled(base, mine, theirs), reconciled(base, theirs, mine)
    assert {c.address for c in here.conflicts} == {c.address for c in there.conflicts}
    if not here.conflicts:
        assert set(here.design.component.items()) == set(there.design.component.items())


@laws
@given(sides, sides)
def test_a_difference_makes_the_one_of_the_other(before: Design, one: Design) -> None:
    assert validated(changed(document(before), difference(before, one))) == one
    assert validated(changed(document(before), between(document(before), document(one)))) == one
    assert difference(before, before) == {}


def test_different_fields_of_one_part_are_both_taken() -> None:
    mine = applied(Change(("components", "api"), "instances", 4), BASE)
    theirs = applied(Change(("components", "api"), "name", "API"), BASE)
    found = reconciled(BASE, mine, theirs)
    assert (found.design.component["api"].instances, found.design.component["api"].name) == (4, "API")
    assert found.taken == (("components", "api", "name"),)


def test_one_field_changed_by_both_is_a_conflict_and_mine_is_kept_until_theirs_is_asked_for() -> None:
    mine = applied(Change(("components", "api"), "instances", 4), BASE)
    theirs = applied(Change(("components", "api"), "instances", 7), BASE)
    found = reconciled(BASE, mine, theirs)
    place = ("components", "api", "instances")
    assert [(c.address, c.base, c.mine, c.theirs) for c in found.conflicts] == [(place, 2, 4, 7)]
    assert found.design == mine
    assert reconciled(BASE, mine, theirs, {place}).design == theirs


def test_a_part_taken_away_here_and_named_anew_there_stays() -> None:
    mine = applied(Remove(("components", "db")), BASE)
    theirs = applied(connect(BASE, "web", "db"), BASE)
    found = reconciled(BASE, mine, theirs).design
    assert "db" in found.component
    assert "web-db" in found.connection


@pytest.mark.parametrize("swapped", [False, True])
def test_parts_added_on_both_sides_are_both_there(swapped: bool) -> None:
    mine = applied(add_component(BASE, "cache", "cache"), BASE)
    theirs = applied(Add(("components", "mail"), add_component(BASE, "mail", "external").part, index=0), BASE)
    one, other = (theirs, mine) if swapped else (mine, theirs)
    assert list(reconciled(BASE, one, other).design.component) == ["mail", "web", "api", "db", "cache"]
