"""Which formats can be read."""

import importlib
from types import ModuleType

from studio import imports
from studio.discovery import module_names
from studio.errors import TenfoldError
from studio.imports.frame.imported import Imported, Source
from studio.text import nearest


def formats() -> tuple[str, ...]:
    """The names of all formats, sorted."""
    return module_names(imports)


def module_of(name: str) -> ModuleType:
    """The module of a format. Raises TenfoldError that names the nearest."""
    if name not in formats():
        near = nearest(name, formats())
        known = ", ".join(formats())
        raise TenfoldError(
            f"{name} is no format to import; {f'did you mean {near}?' if near else f'what can be read: {known}'}"
        )
    return importlib.import_module(f"{imports.__name__}.{name}")


def imported(name: str, source: Source) -> Imported:
    """The skeleton in a text of that format. Raises TenfoldError in words when there is none."""
    found: Imported = module_of(name).read(source)
    return found
