"""A design file opened together with the catalogue that belongs to it, and with what its team set."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from studio.catalogue.library import Library
from studio.errors import InvalidFile
from studio.files.loading import Loaded, read
from studio.paths import catalogue_beside, own_catalogue, settings_for, shipped_catalogue

if TYPE_CHECKING:
    from studio.red_flags.settings import Settings


def library_for(path: Path | None) -> Library:
    """The shipped catalogue, then a person's own, then the one beside the design."""
    folders = [shipped_catalogue(), own_catalogue()]
    if path is not None:
        folders.append(catalogue_beside(path))
    return Library(folders)


def load(path: Path) -> tuple[Loaded, Library]:
    """A design file with the catalogue that belongs to it. Raises `InvalidDesign` with all problems of the file."""
    library = library_for(path)
    return read(path, known_patterns=library.pattern_ids), library


def settings(path: Path, library: Library) -> "Settings | None":
    """What a design's team set in the nearest `.tenfold/rules.toml`; None when there is none.

    Raises `InvalidSettings` with all problems of that file.
    """
    file = settings_for(path)
    if file is None:
        return None
    from studio.red_flags.team_rules.reading import read as read_settings

    return read_settings(file, _shown(file), library.pattern_ids)


def usable_settings(path: Path, library: Library) -> "Settings | None":
    """As `settings`, for whoever goes on without them: where the file cannot be used, nothing but its `problems`."""
    try:
        return settings(path, library)
    except InvalidFile as error:
        from studio.red_flags.settings import Settings

        return Settings(problems=error.problems)


def _shown(file: Path) -> str:
    """The file as a person would write it: from the working folder, unless it lies outside of that."""
    try:
        here = os.path.relpath(file)
    except (OSError, ValueError):  # the working folder is gone, or on another drive
        return str(file)
    return str(file) if here.startswith("..") else here
