"""Keeps pydantic from looking for plugins: nobody extends our models, and looking costs a tenth of a command's start.

pydantic asks `pydantic.plugin._loader` for plugins when it builds its first model. That module imports
`importlib.metadata` (and with it email, zipfile and socket) before it reads the environment variable that turns
plugins off. So a module that answers «none» stands in its place; whatever else is asked of it comes from the real one.
Written against pydantic 2.14; where the name has changed, this has no effect.
"""

import sys
from types import ModuleType
from typing import Any, Final

_NAME: Final = "pydantic.plugin._loader"


class _NoPlugins(ModuleType):
    """Stands in for the module that loads plugins."""

    @staticmethod
    def get_plugins() -> tuple[()]:
        """No plugins."""
        return ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        from importlib import import_module

        del sys.modules[_NAME]
        return getattr(import_module(_NAME), name)


def look_for_none() -> None:
    """Puts the stand-in where pydantic will look, unless it has looked already."""
    sys.modules.setdefault(_NAME, _NoPlugins(_NAME))
