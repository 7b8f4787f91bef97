"""Lists as tables of items, whole entries of a form, and what applies where nothing is said."""

import tomllib

import pytest

from studio.catalogue.library import shipped
from studio.edits.edit import Edit, applied
from studio.errors import EditRefused
from studio.model.address import Address, type_at
from studio.model.design import Design
from studio.model.fields import FieldShape, shapes
from studio.red_flags.report import Question
from studio.tui.forms.entries import beginning, copied, deletion, moved, renaming
from studio.tui.forms.field_text import change, typed, value_in_file
from studio.tui.forms.hints import hint
from studio.tui.forms.items import item_at, moved_item, with_item, without_item
from studio.tui.forms.known import Known
from studio.tui.forms.offers import fitting, next_steps
from studio.tui.forms.sheet import ASKED, Item, sheet
from studio.tui.forms.target import field
from studio.tui.panes.requirements import requirements_sheet

DESIGN = Design.model_validate(
    tomllib.loads("""
format = 1
[design]
name = "Shop"
goals = ["sell\\nto everybody", "ship"]
[components.web]
kind = "client"
[components.api]
kind = "service"
technology = "fastapi"
owner = "Ada"
[components.db]
kind = "database"
technology = "postgresql"
[components.api.endpoints.list]
path = "/orders"
[components.api.endpoints.create]
method = "POST"
[connections.web-api]
from = "web"
to = "api"
[connections.api-db]
from = "api"
to = "db"
[connections.api-log]
from = "api"
to = "db"
[journeys.buy]
steps = ["web-api", "api-db", "api-log"]
notes = ["ask", "look up", "log"]
at_once = [["api-db", "api-log"]]
""")
)
BUY = ("journeys", "buy")
API = ("components", "api")
KNOWN = Known(shipped())


def shape(address: Address, key: str) -> FieldShape:
    return shapes(type_at(address))[key]


def after(edit: Edit | None) -> Design:
    assert edit is not None
    return applied(edit, DESIGN)


def steps(design: Design) -> tuple[str, ...]:
    return design.journeys[0].steps


def test_an_item_is_set_added_and_taken_out_alone() -> None:
    found = shape(("design",), "goals")
    assert item_at(DESIGN, ("design",), found, 1) == "ship"
    for place, text, goals in [
        (1, "deliver", ("sell\nto everybody", "deliver")),
        (2, "last", ("sell\nto everybody", "ship", "last")),
        (0, "", ("ship",)),
    ]:
        assert after(with_item(DESIGN, ("design",), found, place, text)).design.goals == goals


def test_a_step_takes_its_note_along() -> None:
    edit, place = moved_item(DESIGN, BUY, shape(BUY, "steps"), 2, -1)
    assert place == 1
    assert steps(after(edit)) == ("web-api", "api-log", "api-db")
    assert after(edit).journeys[0].notes == ("ask", "log", "look up")
    gone = after(without_item(DESIGN, BUY, shape(BUY, "steps"), 0)).journeys[0]
    assert (gone.steps, gone.notes) == (("api-db", "api-log"), ("look up", "log"))


def test_a_step_that_is_no_connection_is_refused_with_the_nearest() -> None:
    with pytest.raises(EditRefused, match="did you mean api-db"):
        with_item(DESIGN, BUY, shape(BUY, "steps"), 1, "api-bd")


def test_the_next_step_offers_what_goes_on_first() -> None:
    found = field(BUY, "steps", 1).offers(DESIGN, KNOWN)
    assert found == ("api-db", "api-log", "web-api")
    assert next_steps(DESIGN, None, ("b", "a")) == ("b", "a")


@pytest.mark.parametrize(("address", "key"), [(("design",), "goals"), (BUY, "at_once"), (BUY, "steps")])
def test_a_list_typed_as_it_is_shown_changes_nothing(address: Address, key: str) -> None:
    text = typed(shape(address, key), value_in_file(DESIGN, address, key))
    assert after(change(DESIGN, address, shape(address, key), text)) == DESIGN


def test_groups_of_steps_are_typed_with_commas() -> None:
    edit = change(DESIGN, BUY, shape(BUY, "at_once"), "web-api, api-db\napi-log, api-db")
    assert after(edit).journeys[0].at_once == (("web-api", "api-db"), ("api-log", "api-db"))


def test_a_list_opens_into_its_items_and_says_whom_they_name() -> None:
    form = sheet(DESIGN, BUY, frozenset({"list:journeys.buy.steps"}), columns=60, known=KNOWN)
    rows = {row.key: row for row in form.rows}
    assert form.items["journeys.buy.steps#1"] == Item("item", BUY, "steps", 1)
    assert rows["journeys.buy.steps#1"].right[0].text == "api → db"
    assert form.items["add:journeys.buy.steps"].what == "add item"


def test_plain_numbers_carry_their_unit() -> None:
    rated = applied(change(DESIGN, API, shape(API, "capacity_rps"), "[100, 300]"), DESIGN)
    paid = applied(change(rated, API, shape(API, "cost_per_month"), "70"), rated)
    rows = {row.key: "".join(span.text for span in row.right) for row in sheet(paid, API, frozenset()).rows}
    assert rows["components.api.capacity_rps"] == "[100, 300] /s"
    assert rows["components.api.cost_per_month"] == "70 USD"
    assert rows["components.api.latency"] == "–"


def test_rows_are_made_only_of_what_is_open() -> None:
    shut = sheet(DESIGN, API, frozenset())
    assert not any(key.startswith("components.api.endpoints") for key in shut.items)
    assert "components.api.ttl" not in shut.items


@pytest.mark.parametrize(
    ("item", "endpoints"),
    [
        (Item("table", (*API, "endpoints", "create")), ("create", "list")),
        (Item("table", (*API, "endpoints")), None),
        (Item("field", API, "owner"), None),
    ],
)
def test_entries_move_and_other_rows_do_not(item: Item, endpoints: tuple[str, ...] | None) -> None:
    step = moved(DESIGN, item, -1)
    assert (step is None) == (endpoints is None)
    if step is not None:
        assert tuple(endpoint.id for endpoint in after(step.edit).component["api"].endpoints) == endpoints


def test_an_entry_is_copied_deleted_and_renamed() -> None:
    row = Item("table", (*API, "endpoints", "list"))
    step = copied(DESIGN, row)
    assert step is not None
    assert step.row == "table:components.api.endpoints.list-2"
    assert [e.id for e in after(step.edit).component["api"].endpoints] == ["list", "list-2", "create"]
    assert [e.id for e in after(deletion(DESIGN, row)).component["api"].endpoints] == ["create"]
    assert [e.id for e in after(renaming(DESIGN, row.address, "all")).component["api"].endpoints] == ["all", "create"]


def test_what_cannot_be_deleted_stays() -> None:
    for item in (Item("table", API), Item("table", ("components",)), Item("id", API), Item("field", API, "ttl")):
        assert deletion(DESIGN, item) is None


@pytest.mark.parametrize(("id_", "words"), [("create", "exists already"), ("No", "lower-case"), ("", "lower-case")])
def test_an_id_that_cannot_be_is_refused_in_words(id_: str, words: str) -> None:
    with pytest.raises(EditRefused, match=words):
        renaming(DESIGN, (*API, "endpoints", "list"), id_)
    with pytest.raises(EditRefused, match=words):
        beginning(DESIGN, (*API, "endpoints"), id_)


@pytest.mark.parametrize(
    ("address", "key", "words"),
    [
        (("requirements", "scale"), "peak_factor", "default 3 — source: peak hour ÷ average of a consumer service"),
        (("requirements", "scale"), "peak_duration", "default 1 h — source: the busy hour"),
        (("requirements", "scale"), "growth", "default 10 — source: the file format"),
        (("requirements", "cost"), "currency", "default USD — source: the file format"),
        (("connections", "web-api"), "network", "default 1 ms — source: between availability zones"),
        (("connections", "web-api"), "mode", "default sync — source: the file format"),
        (API, "instances", "default 1 — source: the file format"),
        (API, "name", "default api — the id"),
        (BUY, "traffic", "default all — source: the file format"),
    ],
)
def test_an_empty_field_says_what_applies_and_whose_word_it_is(address: Address, key: str, words: str) -> None:
    found = KNOWN.applies(DESIGN, address, shape(address, key))
    assert found is not None
    assert found.words.startswith(words)


def test_a_figure_of_the_technology_applies_before_the_engine_s() -> None:
    technology = shipped().technology("postgresql")
    found = KNOWN.applies(DESIGN, ("components", "db"), shape(API, "latency"))
    assert found is not None
    assert technology.name in found.source
    assert technology.figures["latency"].source.title in found.source


def test_nothing_applies_where_the_engine_would_not_know() -> None:
    assert KNOWN.applies(DESIGN, ("components", "web"), shape(API, "latency")) is None
    assert Known().applies(DESIGN, API, shape(API, "instances")) is None


def test_the_default_stands_in_the_row_the_hint_and_the_editor() -> None:
    form = sheet(DESIGN, API, frozenset(), columns=60, known=KNOWN)
    row = next(row for row in form.rows if row.key == "components.api.instances")
    assert row.right[0] == ("default 1 — source: the file format", "faint")
    assert "default 1" in hint(DESIGN, form.items[row.key], KNOWN)
    assert "default 1" in field(API, "instances").guidance(DESIGN, KNOWN)


def test_the_next_question_is_marked_with_a_sign_and_words() -> None:
    known = Known(shipped(), Question("requirements.scale.retention", "How long?", ("CAP001", "COS001")))
    scale = ("requirements", "scale")
    shut = requirements_sheet(DESIGN, frozenset(), 40, known)
    assert shut.items["question"] == Item("question", scale, "retention")
    heading = next(row for row in shut.rows if row.key == "table:requirements.scale")
    assert "?" in "".join(span.text for span in heading.right)
    form = requirements_sheet(DESIGN, frozenset({"table:requirements.scale"}), 60, known)
    row = next(row for row in form.rows if row.key == "requirements.scale.retention")
    assert row.right[0].text == ASKED
    assert "its answer settles CAP001 and COS001" in hint(DESIGN, form.items[row.key], known)


def test_completion_narrows_and_finds_the_nearest() -> None:
    assert fitting(("redis", "postgresql", "aws-postgresql"), "post") == ("postgresql", "aws-postgresql")
    assert fitting(("redis", "postgresql"), "postgers") == ("postgresql",)
    assert fitting(("redis",), "zzz") == ()
    assert "Ada" in field(("components", "db"), "owner").offers(DESIGN, KNOWN)
