"""The choices of whoever exports, and what they come to. No screen is needed here."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple, get_args

from studio.analysis import Analysis
from studio.errors import SaveRefused, TenfoldError
from studio.exports.frame.folder import plan
from studio.exports.frame.folder import write as write_folder
from studio.exports.frame.formats import Content, formats, module_of, rendered, suffix
from studio.exports.frame.managed import brought_over
from studio.exports.frame.options import Options
from studio.exports.frame.overlays import OverlayName
from studio.files.saving import save, save_bytes

CHOICES: Final[dict[str, tuple[Any, ...]]] = {
    "direction": ("TB", "LR"),
    "width": (None, 60, 80, 100, 120, 160),
    "overlay": (None, *get_args(OverlayName)),
    "boxes": ("compact", "full"),
    "notation": ("flowchart", "c4"),
}
SAID: Final[dict[str, dict[Any, str]]] = {
    "direction": {"TB": "top to bottom", "LR": "left to right"},
    "width": {None: "as wide as it needs"},
    "overlay": {None: "none"},
}
SEEN_LINES: Final = 400


class Export(NamedTuple):
    """What is to be written."""

    format: str
    options: Options = Options()

    @property
    def takes(self) -> tuple[str, ...]:
        """The options that mean something for this format."""
        found: tuple[str, ...] = getattr(module_of(self.format), "TAKES", ())
        return found

    def next(self, option: str, by: int = 1) -> "Export":
        """With the next value of an option."""
        known = CHOICES[option]
        place = known.index(getattr(self.options, option))
        return self._replace(options=self.options._replace(**{option: known[(place + by) % len(known)]}))

    def said(self, option: str) -> str:
        """The value of an option in words."""
        value = getattr(self.options, option)
        return SAID.get(option, {}).get(value, f"{value} columns" if option == "width" else str(value))

    def content(self, analysis: Analysis) -> Content:
        """What would be written. Raises TenfoldError in words when it cannot be made here."""
        chosen = {option: getattr(self.options, option) for option in self.takes}
        return rendered(self.format, analysis, Options(**chosen))

    def seen(self, analysis: Analysis) -> list[str]:
        """The first lines of it, without the margin they share, or what else there is to say."""
        try:
            content = self.content(analysis)
        except TenfoldError as error:
            return [f"✗ {error}"]
        if isinstance(content, bytes):
            return [f"a picture of {max(len(content) // 1024, 1)} KiB; it is seen in the file"]
        if not isinstance(content, str):
            return [f"a folder of {len(content)} file{'s'[: len(content) != 1]}", "", *content]
        lines = content.splitlines()[:SEEN_LINES]
        margin = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
        return [line[margin:] for line in lines]

    def path(self, design: Path) -> Path:
        """Where it is written when nothing else is said: beside the design."""
        proposed = design.with_name(design.stem + suffix(self.format))
        return proposed if proposed != design else design.with_name(f"{design.stem}_export{suffix(self.format)}")


def offered() -> tuple[tuple[str, str], ...]:
    """All formats with one line about each."""
    return tuple((name, (module_of(name).__doc__ or "").strip().split("\n")[0].rstrip(".")) for name in formats())


def write(path: Path, content: Content, format_: str) -> None:
    """Writes an export as a whole or not at all, around what a person wrote beside its generated parts.

    Whatever else was there is replaced: whoever calls has asked. Into a folder only files of our own are written.
    Raises `SaveRefused` in words.
    """
    if not isinstance(content, str | bytes):
        _write_folder(path, content, format_)
        return
    content = brought_over(path, content, force=True)
    if isinstance(content, str):
        save(path, content)
    else:
        save_bytes(path, content)


def _write_folder(path: Path, files: Mapping[str, str], format_: str) -> None:
    found = plan(path, files, module_of(format_))
    if found.foreign:
        raise SaveRefused(f"{path / found.foreign[0]} was not written by this program; choose another folder")
    write_folder(path, found.stale)
