"""Finding the modules of a package: a rule, an exporter or a command is registered by where its file lies."""

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType


def modules(package: ModuleType) -> Iterator[ModuleType]:
    """All modules below `package`, imported, in the order of their names; sub-packages are walked, not yielded."""
    for found in sorted(pkgutil.walk_packages(package.__path__, f"{package.__name__}."), key=lambda m: m.name):
        if not found.ispkg:
            yield importlib.import_module(found.name)


def module_names(package: ModuleType) -> tuple[str, ...]:
    """The plain names of the modules directly in `package`, sorted, without importing any."""
    return tuple(sorted(found.name for found in pkgutil.iter_modules(package.__path__) if not found.ispkg))
