"""A design file opened together with the catalogue that belongs to it."""

from pathlib import Path

from studio.catalogue.library import Library
from studio.files.loading import Loaded, read
from studio.paths import catalogue_beside, own_catalogue, shipped_catalogue


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
