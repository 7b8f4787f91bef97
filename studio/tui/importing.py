"""A design begun from what another tool or a drawing says."""

from pathlib import Path

from studio.files.starting import title_of
from studio.files.writing import new_text
from studio.imports.frame.anchored import anchored
from studio.imports.frame.formats import imported
from studio.imports.frame.imported import Source
from studio.imports.frame.reading import text_of


def imported_text(format_: str, file: str, path: Path) -> str:
    """The text of the skeleton that is to lie at `path`; what it does not say stands above it as comments.

    Raises `TenfoldError` in words when the file cannot be read or says nothing.
    """
    source = str(Path(file).expanduser())
    read = Source(text_of(source), source, title_of(path), folder=Path(source).parent)
    found = imported(format_, read, path.parent)
    said = [f"Begun from {Path(source).name}: {found.size}.", *map(str, found.defects), found.others, *found.remarks]
    open_ = (*found.unknown, *found.asks)
    said += ["What it does not say yet:", *open_] if open_ else []
    comments = "".join(f"# {' '.join(sentence.split())}\n" for sentence in said if sentence)
    return f"{comments}\n{new_text(anchored(found.design))}"
