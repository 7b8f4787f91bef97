"""Copies have ids of their own, and everything they name is there."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.edits.copies import added, between, pasted, touching
from studio.edits.edit import Add, applied
from studio.edits.gestures import RemoveAll, add_connected, give_back, name_new, places
from studio.files.starting import sample_ids, sample_text
from studio.model.design import Design
from studio.model.references import dangling

SHOP = """
format = 1
[design]
name = "Shop"
[components.api]
name = "API"
kind = "service"
at = [4, 2]
[components.cache]
kind = "cache"
[components.db]
name = "Orders"
kind = "database"
needs_to_start = ["cache"]
[connections.api-cache]
from = "api"
to = "cache"
[connections.reads]
from = "api"
to = "db"
on_miss_of = "cache"
data = ["order"]
[data.order]
classification = "personal"
"""


def read(text: str) -> Design:
    return Design.model_validate(tomllib.loads(text))


DESIGN = read(SHOP)
OTHER = read('format = 1\n[design]\nname = "Other"\n[components.api]\nkind = "service"\n')


def copied(design: Design, target: Design, ids: set[str], *, all_calls: bool = False) -> Design:
    components = tuple(c for c in design.components if c.id in ids)
    lines = touching(design, ids) if all_calls else between(design, ids)
    return applied(pasted(target, components, lines, "paste"), target)


def test_copies_in_the_same_design_are_numbered_and_call_each_other() -> None:
    after = copied(DESIGN, DESIGN, {"api", "db", "cache"})
    assert [c.id for c in after.components][3:] == ["api-2", "cache-2", "db-2"]
    lines = {c.id: (c.source, c.target, c.on_miss_of) for c in after.connections[2:]}
    assert lines == {"api-2-cache-2": ("api-2", "cache-2", None), "reads-2": ("api-2", "db-2", "cache-2")}
    assert after.component["db-2"].needs_to_start == ("cache-2",)
    assert after.connection["reads-2"].data == ("order",)


def test_a_copy_has_a_name_of_its_own_and_no_place() -> None:
    copy = copied(DESIGN, DESIGN, {"api"}).component["api-2"]
    assert (copy.name, copy.at, copy.kind) == ("API 2", None, "service")


def test_pasting_keeps_only_connections_inside_and_duplicating_keeps_all() -> None:
    assert len(copied(DESIGN, DESIGN, {"db"}).connections) == 2
    after = copied(DESIGN, DESIGN, {"db"}, all_calls=True)
    assert [(c.source, c.target, c.on_miss_of) for c in after.connections[2:]] == [("api", "db-2", "cache")]


def test_in_another_design_ids_are_kept_where_they_are_free_and_lost_mentions_go() -> None:
    after = copied(DESIGN, OTHER, {"api", "db"})
    assert [c.id for c in after.components] == ["api", "api-2", "db"]
    assert after.component["db"].needs_to_start == ()
    assert after.connection["reads"].data == ()
    assert [(c.id, c.source, c.target, c.on_miss_of) for c in after.connections] == [("reads", "api-2", "db", None)]


def test_a_connection_without_an_end_is_left_out() -> None:
    parts = pasted(OTHER, (DESIGN.component["db"],), DESIGN.connections, "paste")
    assert [c.id for c in applied(parts, OTHER).connections] == ["reads"]
    alone = read('format = 1\n[design]\nname = "Empty"\n')
    assert applied(pasted(alone, (DESIGN.component["db"],), DESIGN.connections, "paste"), alone).connections == ()


def test_an_edit_of_copies_says_what_it_adds() -> None:
    edit = pasted(DESIGN, DESIGN.components[:1], (), "duplicate")
    assert edit.label == "duplicate api-2"
    assert added(edit) == ("api-2",)
    assert all(isinstance(each, Add) for each in edit.edits)
    assert pasted(DESIGN, DESIGN.components, (), "paste").label == "paste 3 boxes"


@pytest.mark.parametrize("sample", sample_ids())
def test_a_whole_sample_can_be_pasted_into_itself_twice(sample: str) -> None:
    design = read(sample_text(sample))
    everything: set[str] = {c.id for c in design.components}
    once = copied(design, design, everything)
    twice = copied(design, once, everything, all_calls=True)
    assert len(twice.components) == 3 * len(design.components)
    assert len(twice.connections) == 3 * len(design.connections)
    assert set(dangling(twice)) == set(dangling(design))


@settings(max_examples=25, deadline=None)
@given(st.sets(st.sampled_from(["api", "cache", "db"]), min_size=1), st.booleans(), st.booleans())
def test_whatever_is_copied_names_nothing_that_is_not_there(chosen: set[str], same: bool, all_calls: bool) -> None:
    after = copied(DESIGN, DESIGN if same else OTHER, chosen, all_calls=all_calls)
    assert dangling(after) == ()


def test_a_new_box_is_connected_and_named_with_its_id_and_connection() -> None:
    before = applied(add_connected(DESIGN, "api", "queue", calls=True), DESIGN)
    assert before.connection["api-queue"].target == "queue"
    id_, edits = name_new(before, "queue", "Orders to send")
    after = before
    for edit in edits:
        after = applied(edit, after)
    assert id_ == "orders-to-send"
    assert after.component["orders-to-send"].name == "Orders to send"
    assert after.connection["api-orders-to-send"].target == "orders-to-send"


def test_a_caller_stands_before() -> None:
    after = applied(add_connected(DESIGN, "api", "client", calls=False), DESIGN)
    assert after.connection["client-api"].source == "client"


@pytest.mark.parametrize(("name", "id_"), [("用户", "queue"), ("API", "api-2"), ("queue", "queue")])
def test_names_that_make_no_id_of_their_own(name: str, id_: str) -> None:
    before = applied(add_connected(DESIGN, "api", "queue", calls=True), DESIGN)
    found, edits = name_new(before, "queue", name)
    after = before
    for edit in edits:
        after = applied(edit, after)
    assert found == id_
    assert after.component[id_].label == name


def test_several_are_moved_given_back_and_deleted_as_one() -> None:
    moved = applied(places((("api", (1, 1)), ("db", (9, 9)))), DESIGN)
    assert (moved.component["api"].at, moved.component["db"].at) == ((1, 1), (9, 9))
    back = applied(give_back(("api", "db")), moved)
    assert all(c.at is None for c in back.components)
    gone = RemoveAll((("components", "api"), ("components", "db")))
    assert gone.label == "delete 2 boxes"
    assert [c.id for c in applied(gone, DESIGN).components] == ["cache"]
    assert applied(gone, DESIGN).connections == ()
