"""Finding the modules of a package: a rule, an exporter or a command is registered by where its file lies."""

import importlib
import pkgutil
from collections.abc import Collection, Iterator
from types import ModuleType


def modules(package: ModuleType, without: Collection[str] = ()) -> Iterator[ModuleType]:
    """All modules below `package`, imported, in the order of their names; sub-packages are walked, not yielded.

    What lies in the sub-packages named in `without` is left alone.
    """
    left_out = tuple(f"{package.__name__}.{name}." for name in without)
    for found in sorted(pkgutil.walk_packages(package.__path__, f"{package.__name__}."), key=lambda m: m.name):
        if not found.ispkg and not found.name.startswith(left_out):
            yield importlib.import_module(found.name)


def module_names(package: ModuleType) -> tuple[str, ...]:
    """The plain names of the modules directly in `package`, sorted, without importing any."""
    return tuple(sorted(found.name for found in pkgutil.iter_modules(package.__path__) if not found.ispkg))
