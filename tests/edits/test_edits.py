"""Edits: what each does, what it drags along, and that undo is exact."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.edits.edit import Add, Change, Edit, Remove, Rename, Several, applied
from studio.edits.gestures import add_component, connect, free_id, group, place
from studio.edits.history import History
from studio.errors import EditRefused
from studio.model.component import Component
from studio.model.design import Design
from studio.model.document import document
from studio.model.references import dangling

DESIGN = Design.model_validate(
    {
        "format": 1,
        "design": {"name": "Shop"},
        "requirements": {"functional": {"buy": {"text": "Buy", "priority": "must", "realised_by": ["order", "api"]}}},
        "components": {
            "web": {"kind": "client"},
            "api": {"kind": "service", "instances": 2, "needs_to_start": ["db"]},
            "cache": {"kind": "cache"},
            "db": {"kind": "database"},
        },
        "connections": {
            "web-api": {"from": "web", "to": "api"},
            "api-cache": {"from": "api", "to": "cache"},
            "api-db": {"from": "api", "to": "db", "on_miss_of": "cache", "data": ["goods"]},
        },
        "data": {"goods": {"store": "db"}},
        "journeys": {
            "order": {
                "steps": ["web-api", "api-cache", "api-db"],
                "notes": ["ask", "look", "fetch"],
                "at_once": [["api-cache", "api-db"]],
            }
        },
        "patterns": {"p": {"use": "cache-aside", "on": ["api", "db"]}, "q": {"use": "bulkhead", "on": ["api-cache"]}},
        "decisions": {
            "store": {
                "about": ["db"],
                "chosen": "sql",
                "options": {"sql": {}, "files": {}},
                "revisit_when": "components.db.utilisation > 0.7",
            }
        },
        "scenarios": {"gone": {"down": ["cache"], "expect": ["components.db.utilisation <= 1"]}},
        "accepted": {"a": {"flag": "REL001", "on": "components.cache", "why": "w", "by": "b", "until": "2027-01-01"}},
    }
)  # fmt: skip


def test_a_change_sets_one_field_and_none_unsets_it() -> None:
    more = applied(Change(("components", "api"), "instances", 5), DESIGN)
    assert more.component["api"].instances == 5
    none = applied(Change(("components", "api"), "instances", None), more)
    assert not none.component["api"].gives("instances")


def test_a_change_reaches_tables_that_are_not_there_yet() -> None:
    timed = applied(Change(("components", "db", "backup"), "every", "1 h"), DESIGN)
    assert timed.component["db"].backup is not None
    assert timed.component["db"].backup.every == 3600
    priced = applied(Change(("requirements", "ai"), "input_tokens", 1000), DESIGN)
    assert priced.requirements.ai is not None


def test_deleting_a_component_takes_its_connections_and_mentions_with_it() -> None:
    left = applied(Remove(("components", "cache")), DESIGN)
    assert [c.id for c in left.connections] == ["web-api", "api-db"]
    assert left.connection["api-db"].on_miss_of is None
    journey = left.journeys[0]
    assert journey.steps == ("web-api", "api-db")
    assert journey.notes == ("ask", "fetch")
    assert journey.at_once == ()
    assert [p.id for p in left.patterns] == ["p"]
    assert left.scenarios[0].down == ()
    assert left.accepted == ()
    assert dangling(left) == ()


def test_a_rename_is_followed_everywhere_and_keeps_the_order() -> None:
    changed = applied(Rename(("components", "db"), "store"), DESIGN)
    assert [c.id for c in changed.components] == ["web", "api", "cache", "store"]
    assert changed.connection["api-db"].target == "store"
    assert changed.component["api"].needs_to_start == ("store",)
    assert changed.data[0].store == "store"
    assert changed.patterns[0].on == ("api", "store")
    assert changed.decisions[0].about == ("store",)
    assert changed.decisions[0].revisit_when == "components.store.utilisation > 0.7"
    assert changed.scenarios[0].expect == ("components.store.utilisation <= 1",)
    assert dangling(changed) == ()


def test_renaming_the_chosen_option_renames_the_choice() -> None:
    changed = applied(Rename(("decisions", "store", "options", "sql"), "relational"), DESIGN)
    assert changed.decisions[0].chosen == "relational"


def test_an_acceptance_follows_its_subject() -> None:
    assert applied(Rename(("components", "cache"), "edge"), DESIGN).accepted[0].on == "components.edge"


def test_a_rename_and_its_reverse_is_no_change() -> None:
    there = applied(Rename(("components", "db"), "store"), DESIGN)
    assert applied(Rename(("components", "store"), "db"), there) == DESIGN


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (Change(("components", "api"), "instances", 0), "instances: it must be at least 1"),
        (Change(("components", "api"), "latency", 20), "needs a unit"),
        (Change(("components", "api"), "latncy", "20 ms"), "did you mean latency"),
        (Change(("components", "nobody"), "latency", "20 ms"), "does not exist"),
        (Change(("connections", "api-db"), "to", "dbb"), "did you mean db"),
        (Change(("components", "api"), "kind", "servce"), "kind"),
        (Add(("components", "api"), DESIGN.component["api"]), "exists already"),
        (Rename(("components", "api"), "db"), "exists already"),
        (Rename(("components", "api"), "No Id"), "an id has lower-case letters"),
        (Remove(("components", "nobody")), "does not exist"),
        (Remove(("nonsense", "api")), "nonsense"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(edit: Edit, said: str) -> None:
    with pytest.raises(EditRefused, match=said):
        applied(edit, DESIGN)


def test_several_edits_are_all_or_nothing() -> None:
    good, bad = Change(("components", "api"), "instances", 9), Remove(("components", "nobody"))
    with pytest.raises(EditRefused):
        applied(Several("both", (good, bad)), DESIGN)


def test_gestures_make_valid_designs() -> None:
    added = applied(add_component(DESIGN, "Search index", "search"), DESIGN)
    assert added.components[-1].id == "search-index"
    joined = applied(connect(added, "api", "search-index"), added)
    assert joined.connections[-1].id == "api-search-index"
    twice = applied(connect(joined, "api", "search-index"), joined)
    assert twice.connections[-1].id == "api-search-index-2"
    framed = applied(group(["api", "db"], "eu/private"), twice)
    assert framed.component["db"].groups == ("eu", "private")
    put = applied(place("api", (12, 4)), framed)
    assert put.component["api"].at == (12, 4)


@given(st.text(max_size=80), st.sets(st.sampled_from(["new", "new-2", "api", "a"])))
def test_a_free_id_is_valid_and_free(wanted: str, taken: set[str]) -> None:
    found = free_id(wanted, taken)
    assert found not in taken
    assert Component.model_validate({"id": found, "kind": "service"})


EDITS = st.sampled_from(
    [
        Change(("components", "api"), "instances", 3),
        Change(("components", "api"), "name", "API"),
        Remove(("components", "cache")),
        Remove(("connections", "api-db")),
        Rename(("components", "db"), "store"),
        Rename(("connections", "web-api"), "front"),
        place("api", (1, 2)),
        group(["web"], "outside"),
    ]
)


@given(st.lists(EDITS, max_size=8))
def test_undoing_everything_restores_the_design_exactly(edits: list[Edit]) -> None:
    history: History[Design] = History()
    design = DESIGN
    for edit in edits:
        try:
            after = applied(edit, design)
        except EditRefused:
            continue
        history.did(edit.label, design, after)
        design = after
    last = design
    steps = len(history)
    while step := history.undo():
        design = step.before
    assert design == DESIGN
    assert document(design) == document(DESIGN)
    for _ in range(steps):
        step = history.redo()
        assert step is not None
        design = step.after
    assert design == last


def test_doing_something_new_forgets_what_was_undone() -> None:
    history: History[Design] = History()
    one = applied(Change(("components", "api"), "instances", 3), DESIGN)
    history.did("one", DESIGN, one)
    history.undo()
    history.did("other", DESIGN, one)
    assert history.redo() is None
    assert (history.undo_label, history.redo_label) == ("other", None)
