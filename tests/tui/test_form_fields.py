"""Every field the model knows can be reached in a form, and set there."""

import tomllib
from collections.abc import Iterator
from datetime import date

import pytest

from studio.catalogue.library import shipped
from studio.edits.edit import applied
from studio.model.address import Address, dotted, part_at, type_at
from studio.model.design import Design
from studio.model.document import document
from studio.model.fields import FieldShape, shapes
from studio.model.part import Part
from studio.tui.forms.entries import beginning
from studio.tui.forms.field_text import change, value_in_file
from studio.tui.forms.groups import GROUPS
from studio.tui.forms.known import Known
from studio.tui.forms.sheet import Sheet, sheet
from studio.tui.panes.requirements import requirements_sheet
from studio.tui.records.sections import KNOWN, SECTIONS, address_of
from tests.tui.driving import ONE_OF_EACH

KNOWN_ALL = Known(shipped())
DESIGN = Design.model_validate(tomllib.loads(ONE_OF_EACH))


def fields(part: type[Part] = Design, address: Address = ()) -> Iterator[tuple[Address, FieldShape]]:
    """All fields of a design, each with the address of its part; keyed parts are called x."""
    for key, shape in shapes(part).items():
        if shape.part is None:
            yield address, shape
        else:
            inner = (*address, key, "x") if shape.keyed else (*address, key)
            yield from fields(shape.part, inner)


FIELDS = [(address, shape) for address, shape in fields() if (address, shape.key) != ((), "format")]
"""`format` is the version of the file, and no choice of a person."""


def called(value: object) -> str:
    return f"{dotted(value[0])}.{value[1].key}" if isinstance(value, tuple) else str(value)


def opened(address: Address) -> frozenset[str]:
    """Everything open that lies above a field."""
    names = [dotted(address[:end]) for end in range(1, len(address) + 1)]
    return frozenset(f"{sort}:{name}" for sort in ("table", "more") for name in names)


def form_of(address: Address) -> Sheet:
    """The form in which a part is edited: of the requirements, of the selection, or of a record."""
    if address[0] in ("components", "connections"):
        return sheet(DESIGN, address[:2], opened(address), known=KNOWN_ALL)
    if address[0] in KNOWN:
        record = address_of(address[0], address[1] if len(address) > 1 else None)
        assert record is not None
        return sheet(DESIGN, record, opened(address), known=KNOWN_ALL)
    return requirements_sheet(DESIGN, opened(address), 40, KNOWN_ALL)


def text_for(shape: FieldShape) -> str:
    """Something the field takes."""
    if shape.nested or shape.refers:
        return "x"
    if shape.is_flag:
        return "no"
    if shape.choices:
        return str(shape.choices[-1])
    if shape.measure is not None:
        units = {"duration": "90 s", "size": "3 KB", "ratio": "0.25"}
        return units.get(str(shape.measure.dimension), "7")
    if shape.is_whole:
        return "2"
    if shape.is_date:
        return "2027-02-03"
    texts = {
        "at": "3, 4", "use": "bulkhead", "on": "x", "chosen": "x", "flag": "REL002", "set": "components.x.owner = 'x'",
    }  # fmt: skip
    return texts.get(shape.key, "some words")


@pytest.mark.parametrize(("address", "shape"), FIELDS, ids=[called(pair) for pair in FIELDS])
def test_every_field_has_a_row_and_takes_a_value(address: Address, shape: FieldShape) -> None:
    path = f"{dotted(address)}.{shape.key}"
    item = form_of(address).items[path]
    assert (item.what, item.address, item.key) == ("field", address, shape.key)
    text = text_for(shape)
    after = applied(change(DESIGN, address, shape, text), DESIGN)
    value = value_in_file(after, address, shape.key)
    assert value not in (None, [])
    if shape.refers or shape.words is not None:
        assert "x" in str(value) or text in str(value)
    if shape.is_date:
        assert value == date(2027, 2, 3)
    cleared = (
        None if shape.required else value_in_file(applied(change(after, address, shape, ""), after), address, shape.key)
    )
    assert cleared in (None, [])


@pytest.mark.parametrize(
    "table",
    [
        ("requirements", "functional"),
        ("components", "x", "limits"),
        ("components", "x", "expires"),
        ("components", "x", "endpoints"),
        ("components", "x", "failures"),
        ("decisions", "x", "options"),
    ],
    ids=dotted,
)
def test_every_table_inside_a_form_offers_a_new_entry(table: Address) -> None:
    form = form_of(table)
    found = sheet(DESIGN, table[:2], opened(table)) if table[0] != "requirements" else form
    assert found.items[f"add:{dotted(table)}"].what == "add"
    after = applied(beginning(DESIGN, table, "new-one"), DESIGN)
    assert part_at(after, (*table, "new-one")) is not None


def test_every_section_of_the_file_has_its_place_on_the_screen() -> None:
    elsewhere = {"format", "design", "requirements", "constraints", "components", "connections"}
    assert elsewhere | {section.key for section in SECTIONS} == set(shapes(Design))
    assert {key for key, shape in shapes(Design).items() if shape.keyed} == set(document(DESIGN)) - {
        "format",
        "design",
        "requirements",
    }


@pytest.mark.parametrize("section", GROUPS)
def test_every_field_is_in_one_group(section: str) -> None:
    keys = [key for group in GROUPS[section] for key in group.keys]
    assert sorted(keys) == sorted(shapes(type_at((section, "x"))))
    assert all(group.usual <= set(group.keys) for group in GROUPS[section])


def test_more_opens_the_rest_of_its_own_group() -> None:
    speed = frozenset({"more:components.x:Load and speed"})
    form = sheet(DESIGN, ("components", "x"), speed)
    assert "components.x.workers" in form.items
    assert "components.x.ttl" not in form.items
