"""What an import tells: what was found, what was not understood, and what is still to be said."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.imports.frame.imported import Imported
    from studio.imports.frame.updating import Update


def told(found: "Imported", file: str, path: Path, changes: Sequence[str], *, is_dry: bool) -> Iterator[str]:
    """The lines of an import, defects first; `changes` are those of a merge."""
    yield from map(str, found.defects)
    yield from found.remarks
    if found.others:
        yield f"{file}: {found.others}"
    yield f"{path} {'would be' if is_dry else 'is'} {'merged' if changes else 'written'}: {found.size}"
    yield from changes
    if found.unknown or found.asks:
        yield "what it does not say yet:"
    yield from (f"  {sentence}" for sentence in (*found.unknown, *found.asks))
    if not is_dry:
        yield f"open it with: tenfold {path}"


def update_told(update: "Update") -> tuple[str, ...]:
    """What a merge did, a line a part."""
    lines = [f"  + {part}: new in the file" for part in update.new]
    lines += [f"  ~ {words}" for words in update.changed]
    lines += [f"  ! {words}: the file says so, you wrote otherwise, and yours was kept" for words in update.kept]
    lines += [f"  - {part} is no longer in the file; it stays until you delete it" for part in update.vanished]
    lines.append(f"  = {update.same} {'part is as it was' if update.same == 1 else 'parts are as they were'}")
    return tuple(lines)
