"""Which formats can be read."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from studio import imports
from studio.discovery import module_names
from studio.errors import TenfoldError
from studio.imports.frame.asking import asks
from studio.imports.frame.graph import some
from studio.imports.frame.imported import Imported, Source
from studio.imports.frame.loops import unlooped
from studio.imports.frame.origins import with_origins
from studio.model.connection import Connection
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


def imported(name: str, source: Source, beside: Path | None = None) -> Imported:
    """The skeleton in a text of that format, with its origins and with what it leaves open.

    The path of the file is told as seen from the folder `beside`, where the design is to lie. Raises TenfoldError in
    words when there is nothing to be imported.
    """
    found: Imported = module_of(name).read(source)
    found = with_origins(found, name, _seen_from(beside, source.file))
    design, silenced = unlooped(found.design)
    unknown = (*(_circle(silenced) if silenced else ()), *found.unknown)
    return found._replace(design=design, unknown=unknown, asks=asks(design))


def _circle(silenced: tuple[Connection, ...]) -> Iterator[str]:
    names = some(connection.id for connection in silenced)
    yield f"how often a request flows along {names}, which closes a circle (connections.ID.calls_per_request, now 0)"


def _seen_from(folder: Path | None, file: str) -> str:
    """The path of a file below the folder; its name where it lies elsewhere: a design tells nothing of a machine."""
    path = Path(file)
    try:
        return path.resolve().relative_to((folder or path.parent).resolve()).as_posix()
    except (OSError, ValueError, RuntimeError):
        return path.name
