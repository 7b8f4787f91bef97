"""What a form says about the row under the cursor."""

from typing import Final

from studio.model.address import Address, type_at
from studio.model.design import Design
from studio.model.fields import shapes
from studio.text import listed
from studio.tui.forms.field_text import guidance, value_in_file
from studio.tui.forms.known import Known
from studio.tui.forms.sheet import Item

_HINTS: Final = {
    "add": "Enter makes a new one",
    "add item": "Enter adds one to the list",
    "more": "Enter shows what is not given",
    "figure": "Enter says where this figure comes from",
    "flag": "Enter shows what would mend it",
    "id": "What everything else names it by. F2 gives it another; all mentions follow",
    "item": "Enter edits it · Shift+↑↓ moves it · d takes it out · n adds one",
    "options": "Enter or t shows the options side by side",
}


def hint(design: Design, item: Item, known: Known) -> str:
    """One or two sentences about a row, and what Enter does there."""
    if item.what == "field":
        return " · ".join(_of_field(design, item, known))
    if item.what == "table":
        return f"{_meaning(item.address)} · Enter opens and closes"
    if item.what == "question" and known.question is not None:
        return f"Answering it settles {listed(known.question.unblocks)} · Enter goes there"
    return _HINTS.get(item.what, "")


def _of_field(design: Design, item: Item, known: Known) -> list[str]:
    shape = shapes(type_at(item.address))[item.key]
    said = guidance(shape)
    words = [f"{shape.description}{f'. {said[:1].upper()}{said[1:]}' if said else ''}"]
    if known.question is not None and known.asks(item.address, item.key):
        words.insert(0, f"The next question: its answer settles {listed(known.question.unblocks)}")
    value = value_in_file(design, item.address, item.key)
    default = known.applies(design, item.address, shape) if value is None else None
    if default is not None:
        words.append(default.words)
    if shape.listed and value:
        words.append("→ opens the items")
    return words


def _meaning(address: Address) -> str:
    """What a table is for; of an entry, its id."""
    try:
        holder = type_at(address[:-1]) if len(address) > 1 else Design
        return shapes(holder)[address[-1]].description
    except (LookupError, KeyError):
        return address[-1]
