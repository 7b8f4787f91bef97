"""References of what was imported to parts that are nowhere: a design with them could not be opened."""

from studio.model.address import part_at, with_part
from studio.model.design import Design
from studio.model.fields import shapes
from studio.model.records import Option
from studio.model.references import dangling, names_part, replaced


def anchored(design: Design) -> Design:
    """The design without ids that name nothing; a required one stays, for the loader to tell."""
    for found in dangling(design):
        part = part_at(design, found.address)
        shape = shapes(type(part))[found.key] if part is not None else None
        if part is None or shape is None or shape.required:
            continue
        if isinstance(part, Option) and found.key == "set":
            left = tuple(line for line in part.settings if not names_part(line, found.sections[0], found.id))
        else:
            left = replaced(getattr(part, shape.name), found.id, None)
        design = with_part(design, found.address, part.changed(**{shape.name: left or None}))
    return design
