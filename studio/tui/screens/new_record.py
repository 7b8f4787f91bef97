"""A new record: its id and the fields that must be there, asked for in one dialog, judged by the model."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from pydantic import ValidationError

from studio.edits.edit import Add, applied
from studio.errors import EditRefused
from studio.model.address import Address, type_at
from studio.model.complaints import complaint
from studio.model.design import Design
from studio.model.fields import shapes
from studio.tui.forms.entries import renaming
from studio.tui.forms.field_text import read
from studio.tui.forms.known import Known
from studio.tui.forms.offers import offers
from studio.tui.records.sections import KNOWN
from studio.tui.screens.entry import Entry, Line

REVIEW: Final = timedelta(days=180)
"""How far ahead a new acceptance is proposed to be looked at again."""
_ID: Final = "Id: what everything else names it by (lower-case letters, digits, - and _)"


def asking(design: Design, section: str, known: Known, today: date) -> Entry:
    """The dialog for a new record of a section."""
    part = type_at((section, "new"))
    required = [shape for shape in shapes(part).values() if shape.required]
    first = {"until": (today + REVIEW).isoformat()}
    lines = [
        Line(shape.key, shape.description, first.get(shape.key, ""), offers(design, (section, "new"), shape, known))
        for shape in required
    ]
    return Entry(f"New {KNOWN[section].one}", (Line("id", _ID), *lines), judge=_judge(design, section))


def adding(design: Design, section: str, answers: Mapping[str, str]) -> Add:
    """The edit that puts the record at the end of its section. Raises `EditRefused` in words."""
    address = (section, answers["id"])
    known = shapes(type_at(address))
    values = {key: read(known[key], text) for key, text in answers.items() if key != "id"}
    try:
        edit = Add(address, type_at(address).model_validate({"id": answers["id"], **values}))
    except ValidationError as error:
        raise EditRefused(complaint(error)) from None
    applied(edit, design)
    return edit


def _judge(design: Design, section: str) -> Callable[[dict[str, str]], str]:
    def judge(answers: dict[str, str]) -> str:
        try:
            adding(design, section, answers)
        except EditRefused as error:
            return str(error)
        return ""

    return judge


def asking_id(design: Design, address: Address) -> Entry:
    """The dialog for another id of a record."""

    def judge(answers: dict[str, str]) -> str:
        try:
            renaming(design, address, answers["id"])
        except EditRefused as error:
            return str(error)
        return ""

    line = Line("id", f"{_ID}; all mentions follow", address[-1])
    return Entry(f"Rename {address[-1]}", (line,), judge=judge)
