"""Forms driven by keys: one field of each shape, items of lists, ids, long texts."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.events import Paste
from textual.widgets import Input, TextArea

from studio.model.address import Address
from studio.tui.forms.field_text import value_in_file
from tests.tui.driving import Opened, driven

API = ("components", "api")


async def go(studio: Any, address: Address) -> None:
    studio.screen.go_to(address)
    await studio.settle()


def why(studio: Any) -> str | None:
    found: str | None = studio.screen.session.design.component["api"].why
    return found


@pytest.mark.parametrize(
    ("address", "keys", "value"),
    [
        ((*API, "name"), ("ctrl+u", '"Front"', "enter"), "Front"),
        ((*API, "capacity_rps"), ("ctrl+u", '"[100,300]"', "enter"), [100, 300]),
        ((*API, "latency"), ("ctrl+u", '"30"', "space", '"ms"', "enter"), "30 ms"),
        ((*API, "availability"), ('"99.5%"', "enter"), 0.995),
        ((*API, "instances"), ("ctrl+u", '"3"', "enter"), 3),
        ((*API, "managed"), ("home", "enter"), True),
        ((*API, "kind"), ("home", "enter"), "client"),
        ((*API, "needs_to_start"), ("home", "space", "escape"), ["client"]),
        ((*API, "purpose"), ('"one"', "enter", '"two"', "ctrl+s"), "one\ntwo"),
        ((*API, "responsibilities"), ('"one"', "enter", '"two"', "escape", "escape"), ["one", "two"]),
        ((*API, "at"), ('"12,4"', "enter"), [12, 4]),
        ((*API, "deploy", "strategy"), ('"canary"', "enter"), "canary"),
        ((*API, "backup", "restore_tested"), ('"2026-06-01"', "enter"), date(2026, 6, 1)),
        (("requirements", "cost", "budget_per_month"), ('"900"', "enter"), 900),
        (("connections", "api-db", "to"), ("ctrl+u", '"mail"', "enter"), "mail"),
    ],
    ids=lambda value: ".".join(value[-2:]) if isinstance(value, tuple) else "",
)
@driven
async def test_a_field_of_each_shape_is_set_by_keys_in_one_step(
    opened: Opened, shop: Path, address: Address, keys: tuple[str, ...], value: object
) -> None:
    async with opened(shop) as studio:
        await go(studio, address)
        await studio.press("enter", *keys)
        design = studio.screen.session.design
        assert value_in_file(design, address[:-1], address[-1]) == value
        assert len(studio.screen.session._history) == 1
        await studio.press("u")
        assert not studio.screen.session.is_unsaved


@driven
async def test_what_is_typed_is_judged_at_every_key(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        await go(studio, (*API, "latency"))
        await studio.press("enter", "ctrl+u", '"30"')
        assert "needs a unit" in studio.text.replace("\n", " ")
        await studio.press("space", '"ms"')
        assert "✗" not in "".join(studio.lines[10:-3])


@driven
async def test_an_id_is_completed_from_what_is_offered(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        await go(studio, (*API, "technology"))
        await studio.press("enter", '"postg"', "down", "enter", "enter")
        assert studio.screen.session.design.component["api"].technology == "postgresql"


@driven
async def test_a_long_text_is_kept_by_two_escapes_and_left_by_ctrl_g(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        await go(studio, (*API, "why"))
        await studio.press("enter", '"first"', "escape")
        assert "Esc again keeps" in " ".join(studio.text.split())
        assert why(studio) is None
        await studio.press("escape")
        assert why(studio) == "first"
        await studio.press("enter", '"more"', "ctrl+g")
        assert why(studio) == "first"
        await studio.press("enter", "escape")
        assert not studio.screen.inspector.form.is_typing


@contextmanager
def nothing_suspended(_: App[object]) -> Iterator[None]:
    yield


@driven
async def test_a_long_text_is_edited_in_the_person_s_own_editor(
    opened: Opened, shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "editor"
    program.write_text("#!/bin/sh\nprintf 'from outside\\nand more\\n' > \"$1\"\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("VISUAL", str(program))
    monkeypatch.setattr(App, "suspend", nothing_suspended)
    async with opened(shop) as studio:
        await go(studio, (*API, "why"))
        await studio.press("enter", "ctrl+e", "ctrl+s")
        assert studio.screen.session.design.component["api"].why == "from outside\nand more"


@pytest.mark.parametrize("command", ["/nowhere/to-be-found", "false"])
@driven
async def test_an_editor_that_fails_leaves_the_text_and_says_so(
    opened: Opened, shop: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("VISUAL", command)
    monkeypatch.setattr(App, "suspend", nothing_suspended)
    async with opened(shop) as studio:
        await go(studio, (*API, "why"))
        await studio.press("enter", '"mine"', "ctrl+e")
        assert "✗" in studio.text
        assert studio.screen.inspector.query_one(TextArea).text == "mine"


@driven
async def test_a_terminal_that_cannot_be_lent_says_so(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        await go(studio, (*API, "why"))
        await studio.press("enter", '"mine"', "ctrl+e")
        assert "cannot be lent" in " ".join(studio.text.split())


@driven
async def test_items_are_added_moved_and_taken_out_in_place(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        await go(studio, (*API, "responsibilities"))
        form = studio.screen.inspector.form
        await studio.press("n", '"one"', "enter", "enter", '"two"', "enter")
        assert studio.screen.session.design.component["api"].responsibilities == ("one", "two")
        form.rows.point("components.api.responsibilities#1")
        await studio.press("shift+up")
        assert studio.screen.session.design.component["api"].responsibilities == ("two", "one")
        assert form.rows.cursor == "components.api.responsibilities#0"
        await studio.press("d")
        assert studio.screen.session.design.component["api"].responsibilities == ("one",)
        await studio.press("left")
        assert form.rows.cursor == "components.api.responsibilities"
        assert len(studio.screen.session._history) == 4


@driven
async def test_entries_of_a_table_are_begun_copied_moved_renamed_and_deleted(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        await go(studio, (*API, "endpoints"))
        form = studio.screen.inspector.form

        def endpoints() -> list[str]:
            return [found.id for found in studio.screen.session.design.component["api"].endpoints]

        await studio.press("n", '"list"', "enter")
        assert endpoints() == ["list"]
        assert form.rows.cursor == "table:components.api.endpoints.list"
        await studio.press("D")
        assert endpoints() == ["list", "list-2"]
        await studio.press("f2", "ctrl+u", '"create"', "enter", "shift+up")
        assert endpoints() == ["create", "list"]
        assert form.rows.cursor == "table:components.api.endpoints.create"
        await studio.press("d")
        assert endpoints() == ["list"]
        await studio.press("u", "u", "u", "u", "u")
        assert endpoints() == []


@driven
async def test_a_box_gets_another_id_and_stays_selected(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        await go(studio, (*API, "name"))
        await studio.press("f2")
        line = studio.screen.inspector.query_one(".new-id", Input)
        assert line.value == "api"
        await studio.press("ctrl+u", '"db"', "enter")
        assert "exists already" in studio.text
        await studio.press("ctrl+u", '"front"', "enter")
        design = studio.screen.session.design
        assert design.connection["client-api"].target == "front"
        assert studio.selected == "components.front"
        assert studio.screen.session.undo_label == "rename api to front"
        assert studio.screen.inspector.form.rows.cursor == "id:components.front"


@driven
async def test_the_next_question_leads_to_its_field(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        question = studio.screen.session.analysis.report.next_question
        assert question is not None
        await studio.press("3", "home", "enter")
        screen = studio.screen
        on_canvas = question.field.partition(".")[0] in ("components", "connections")
        form = screen.inspector.form if on_canvas else screen.requirements.form
        assert form.rows.cursor == question.field
        assert "The next question" in " ".join(studio.text.split())


@driven
async def test_pasted_control_characters_are_left_out_and_said(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        await go(studio, (*API, "name"))
        await studio.press("enter", "ctrl+u")
        studio.app.post_message(Paste("a\x1b]52;c;x\x07b\x00"))
        await studio.settle()
        entry = studio.screen.inspector.form.editor.query_one(Input)
        assert entry.value == "a]52;c;xb"
        assert "U+001B" in " ".join(studio.text.split())
        await studio.press("escape")
        await go(studio, (*API, "why"))
        await studio.press("enter")
        studio.app.post_message(Paste("one\r\ntwo\x1b[31m"))
        await studio.settle()
        assert studio.screen.inspector.query_one(TextArea).text == "one\ntwo[31m"
