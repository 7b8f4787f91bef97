"""Which formats there are, and one rendered."""

import importlib
from collections.abc import Mapping
from types import ModuleType
from typing import TypeAlias

from studio import exports
from studio.analysis import Analysis
from studio.discovery import module_names
from studio.errors import TenfoldError
from studio.exports.frame.options import PLAIN, Options
from studio.text import listed, nearest

Content: TypeAlias = str | bytes | Mapping[str, str]
"""What a format makes: a text, a picture, or the texts of several files by their path in a folder."""


def formats() -> tuple[str, ...]:
    """The names of all formats, sorted."""
    return module_names(exports)


def module_of(name: str) -> ModuleType:
    """The module of a format. Raises TenfoldError that names the nearest."""
    if name not in formats():
        near = nearest(name, formats())
        known = ", ".join(formats())
        raise TenfoldError(f"{name} is no format; {f'did you mean {near}?' if near else f'known: {known}'}")
    return importlib.import_module(f"{exports.__name__}.{name}")


def rendered(name: str, analysis: Analysis, options: Options = PLAIN) -> Content:
    """The design in a format. Raises TenfoldError in words when it cannot be made here."""
    module = module_of(name)
    if options.overlay and not getattr(module, "SHOWS_OVERLAYS", False):
        showing = listed((other for other in formats() if hasattr(module_of(other), "SHOWS_OVERLAYS")), "or")
        raise TenfoldError(f"{name} shows no overlay; leave out --overlay, or export {showing}")
    result: Content = module.render(analysis.design, analysis, options)
    return result


def suffix(name: str) -> str:
    """The usual end of a file name of this format, with its dot."""
    found: str = module_of(name).SUFFIX
    return found
