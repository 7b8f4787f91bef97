"""The sections of records, the records of each, and where a record's form begins."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from studio.model.address import Address, dotted, part_at
from studio.model.behaviour import Journey
from studio.model.design import Design
from studio.model.document import document
from studio.model.part import Named
from studio.text import one_line
from studio.tui.forms.sheet import parts
from studio.tui.lines.rows import Row, Span, row


class Section(NamedTuple):
    """A table of the file that holds records."""

    key: str
    name: str
    one: str
    """What one of them is called."""
    unfolded: tuple[str, ...] = ()
    """What of a record's form is open at first: `list:` or `table:` and the key."""


SECTIONS: Final = (
    Section("journeys", "Journeys", "journey", ("list:steps",)),
    Section("decisions", "Decisions", "decision", ("table:options",)),
    Section("scenarios", "Scenarios", "scenario", ("list:expect",)),
    Section("plan", "Plan", "phase", ("list:milestones",)),
    Section("data", "Data", "kind of data"),
    Section("assumptions", "Assumptions", "assumption"),
    Section("questions", "Open questions", "question"),
    Section("risks", "Risks", "risk"),
    Section("accepted", "Accepted flags", "acceptance"),
    Section("patterns", "Applied patterns", "pattern"),
    Section("operations", "Operations", "table"),
)
KNOWN: Final = {section.key: section for section in SECTIONS}
_FIRST: Final = ("title", "name", "text", "goal", "use", "flag", "store")
"""Fields that say what a record is about, the best first."""
LONGEST: Final = 200
"""Characters of a record's first words that are ever shown in the list."""
ALONE: Final = "operations"
"""The one section that is a single table."""


def section_rows(design: Design, troubles: dict[str, int]) -> list[Row]:
    """The sections with how many records each has, and how many of them are in trouble."""
    return [_section(design, section, troubles.get(section.key, 0)) for section in SECTIONS]


def _section(design: Design, section: Section, troubles: int) -> Row:
    count = len(document(design.operations)) if section.key == ALONE else len(parts(design, (section.key,)))
    mark = (Span(f"x{troubles} ", "bad"),) if troubles else ()
    number = Span(str(count) if count else "–", "dim" if count else "faint")
    return row(section.key, section.name, right=(*mark, number))


def record_rows(design: Design, section: str, marks: dict[str, Span]) -> list[Row]:
    """The records of a section in file order: id, first words, and a mark where something is to be said."""
    if section == ALONE:
        return [row(ALONE, "Operations")]
    return list(_records(design, section, marks))


def _records(design: Design, section: str, marks: dict[str, Span]) -> Iterator[Row]:
    for part in parts(design, (section,)):
        mark = marks.get(part.id)
        about = one_line(first_words(part)[:LONGEST])
        yield row(part.id, part.id, Span(f"  {about}" if about else "", "faint"), right=(mark,) if mark else ())


def first_words(part: Named) -> str:
    """What a record calls itself, or the first thing it says."""
    if isinstance(part, Journey):
        return part.label if part.label != part.id else ""
    said = document(part)
    return next((str(said[key]) for key in _FIRST if key in said), "")


def address_of(section: str, record: str | None) -> Address | None:
    """The address of a record; of the table itself where it is one."""
    if section == ALONE:
        return (ALONE,)
    return (section, record) if record else None


def unfolded(address: Address) -> frozenset[str]:
    """The rows of a record's form that are open at first."""
    pairs = (name.split(":") for name in KNOWN[address[0]].unfolded)
    return frozenset(f"{sort}:{dotted(address)}.{key}" for sort, key in pairs)


def is_record(design: Design, address: Address) -> bool:
    """Whether an address leads into a record that is there (or to a section of records)."""
    if not address or address[0] not in KNOWN:
        return False
    return len(address) == 1 or address[0] == ALONE or part_at(design, address[:2]) is not None
