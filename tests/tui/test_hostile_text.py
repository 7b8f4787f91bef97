"""Text from a file is data: whatever stands in it is shown as it is, and does nothing."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input, TextArea

from studio.edits.edit import Change, Several, applied
from studio.errors import EditRefused
from studio.files.writing import new_text
from studio.model.address import Address, dotted
from studio.model.design import Design
from studio.model.fields import FieldShape, shapes
from studio.model.part import Part
from studio.text import one_line, visible
from studio.tui.forms.field_text import change, typed, value_in_file
from studio.tui.forms.known import Known
from studio.tui.forms.sheet import sheet
from studio.tui.lines.rows import fallen
from studio.tui.panes.requirements import requirements_sheet
from studio.tui.records.sections import KNOWN, address_of, record_rows
from studio.tui.records.trade_offs import trade_off_rows
from tests.tui.driving import ONE_OF_EACH, Opened, driven

DESIGN = Design.model_validate(tomllib.loads(ONE_OF_EACH))

SHOWN = (
    "[/", "[/foo]", "[@click=app.quit]x[/]", "[type=x, v={'a[0]'}]", "[b]bold[/b]", "\\[x]", "{}", "{0.__class__}",
    "%s %n", "$(reboot) `id`", "<b>&amp;</b>", '"; digraph {', "\u202etxet desrever\u202c", "العربية ١٢٣", "⚠️ ❤️",
    "👩‍👩‍👧‍👦 🏳️‍🌈", "用户服务 データ", "e\u0301\u0323 Ä", "a" * 10_000, "'''\"\"\"#=[]",
)  # fmt: skip
"""Twenty texts that a model takes."""
LONG = ("one\ntwo\n\n[/three]", "tab\there")
"""Only where several lines may be."""
REFUSED = ("\x1b[31mred", "\x1b]52;c;eA==\x07", "nul\x00", "bell\x07", "back\x08", "\x9b1m", "\x7f", "cr\rx")
"""Texts with control characters, which no model takes."""


def text_fields(part: type[Part] = Design, address: Address = ()) -> list[tuple[Address, FieldShape]]:
    found: list[tuple[Address, FieldShape]] = []
    for key, shape in shapes(part).items():
        if shape.part is not None:
            found += text_fields(shape.part, (*address, key, "x") if shape.keyed else (*address, key))
        elif shape.words is not None and not shape.refers and not shape.choices and shape.key not in ("use", "set"):
            found.append((address, shape))
    return found


FIELDS = [pair for pair in text_fields() if (pair[0][:1], pair[1].key) != (("accepted",), "on")]
"""All fields of words; what an acceptance is about is an id."""
IDS = [f"{dotted(address)}.{shape.key}" for address, shape in FIELDS]
NAMES = [f"{number}" for number in range(len(SHOWN))]


def with_text(design: Design, address: Address, shape: FieldShape, text: str) -> Design:
    value: object = [text] if shape.listed else text
    return applied(Change(address, shape.key, value), design)


def opened(address: Address) -> frozenset[str]:
    names = [dotted(address[:end]) for end in range(1, len(address) + 1)]
    return frozenset(f"{sort}:{name}" for sort in ("table", "more") for name in names)


def form(design: Design, address: Address, extra: frozenset[str]) -> Any:
    if address[0] in ("components", "connections"):
        return sheet(design, address[:2], opened(address) | extra, columns=60)
    if address[0] in KNOWN:
        record = address_of(address[0], address[1] if len(address) > 1 else None)
        assert record is not None
        return sheet(design, record, opened(address) | extra, columns=60)
    return requirements_sheet(design, opened(address) | extra, 60, Known())


@pytest.mark.parametrize(("address", "shape"), FIELDS, ids=IDS)
def test_every_text_stands_in_its_row_as_it_is(address: Address, shape: FieldShape) -> None:
    path = f"{dotted(address)}.{shape.key}"
    lines = shape.words is not None and shape.words.lines
    for text in SHOWN + (LONG if lines else ()):
        design = with_text(DESIGN, address, shape, text)
        made = form(design, address, frozenset({f"list:{path}"}))
        rows = {row.key: row for row in made.rows}
        shown = rows[path].right[0].text
        assert one_line(text).startswith(shown.removesuffix("…"))
        assert shown.strip("…")
        for line in fallen(made.rows, 60):
            assert all(visible(span.text) == span.text and "\n" not in span.text for span in line.spans)
        if shape.listed:
            assert f"{path}#0" in rows
        assert (
            applied(change(design, address, shape, typed(shape, value_in_file(design, address, shape.key))), design)
            == design
        )


@pytest.mark.parametrize(("address", "shape"), FIELDS, ids=IDS)
def test_control_characters_are_refused_with_a_sentence(address: Address, shape: FieldShape) -> None:
    for text in REFUSED:
        with pytest.raises(EditRefused, match=r"control character U\+00[0-9A-F]{2}; remove it"):
            change(DESIGN, address, shape, f"a{text}b")


@pytest.mark.parametrize("text", SHOWN, ids=NAMES)
def test_records_and_options_show_every_text(text: str) -> None:
    design = applied(
        Several(
            "hostile",
            (
                Change(("decisions", "x"), "title", text),
                Change(("decisions", "x", "options", "x"), "name", text),
                Change(("decisions", "x", "options", "x"), "pros", [text]),
            ),
        ),
        DESIGN,
    )
    (row,) = record_rows(design, "decisions", {})
    assert one_line(text)[:10] in row.spans[1].text
    table = trade_off_rows(design.decisions[0], 60)
    shown = " ".join(span.text for row in table for span in row.spans)
    assert one_line(text)[:10] in shown


def everywhere(texts: tuple[str, ...]) -> Design:
    """One design with the texts in turn in every field of words."""
    places = [
        pair for pair in FIELDS if (pair[0][0], pair[1].key) not in {("accepted", "flag"), ("decisions", "chosen")}
    ]
    edits = [
        Change(address, shape.key, [text] if shape.listed else text)
        for place, (address, shape) in enumerate(places)
        for text in (texts[place % len(texts)],)
    ]
    return applied(Several("hostile", tuple(edits)), DESIGN)


@pytest.mark.parametrize("first", range(0, len(SHOWN), 5))
@driven
async def test_the_studio_shows_every_text_everywhere_and_nothing_runs(
    opened: Opened, tmp_path: Path, first: int
) -> None:
    path = tmp_path / "hostile.toml"
    design = everywhere(SHOWN[first : first + 5])
    path.write_text(new_text(design), encoding="utf-8")
    async with opened(path) as studio:
        editor = studio.screen.inspector.form.editor
        for key, box in (("name", Input), ("owner", Input), ("why", TextArea), ("purpose", TextArea)):
            studio.screen.go_to(("components", "x", key))
            await studio.press("enter")
            entry = editor.query_one(box)
            assert (entry.value if isinstance(entry, Input) else entry.text) == getattr(design.component["x"], key)
            assert all(visible(line) == line for line in studio.lines)
            await studio.press("escape")
        await studio.press("3", "end", "f4")
        for section in KNOWN:
            studio.screen.show_records((section,) if section == "operations" else (section, "x"))
            await studio.settle()
            assert all(visible(line) == line for line in studio.lines)
        studio.screen.show_records(("decisions", "x"))
        await studio.press("t", "escape", "n", "escape", "escape", "f2", "escape", "f4", "ctrl+p", "escape")
        assert studio.app.return_code is None
        assert studio.app.screen is studio.screen
        assert not studio.screen.session.is_unsaved


@driven
async def test_a_refused_character_is_said_in_the_studio(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        studio.screen.go_to(("components", "api", "why"))
        await studio.press("enter")
        studio.screen.inspector.form.editor.query_one(TextArea).insert("a\x00b")
        await studio.press("ctrl+s")
        assert "U+0000" in studio.text
        assert studio.screen.session.design.component["api"].why is None
