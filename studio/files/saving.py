"""Saving: the person's text with only what changed written anew, and a file replaced as a whole or not at all."""

import contextlib
import errno
import os
import stat
import tempfile
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from studio.errors import SaveRefused
from studio.files.loading import Loaded, fingerprint, validated
from studio.model.design import Design
from studio.model.document import document


def merged(old_text: str, old: Design, new: Design) -> str:
    """`old_text`, which says `old`, changed so that it says `new`.

    Tables that did not change stay byte for byte; comments on lines of their own always stay. Comments behind an entry
    or a header stay as long as it does. Where a change does not fit into the text piece by piece, the sections with
    changes are written canonically, comments kept. The result is read back and compared before it is returned; raises
    `SaveRefused` when no text says `new`.
    """
    before, after = document(old), document(new)
    if before == after and old == new:
        return old_text
    from studio.files.merging import merge
    from studio.files.outline import Outline
    from studio.files.rewriting import rewrite

    for attempt in (merge, rewrite):
        with contextlib.suppress(LookupError):
            outline = Outline.of(old_text)
            attempt(outline, before, after)
            text = outline.text()
            if _says(text, new):
                return text
    raise SaveRefused("the changes do not fit into the text of the file; it is as it was, save under another name")


def _says(text: str, design: Design) -> bool:
    import tomllib

    try:
        return validated(tomllib.loads(text)) == design
    except (tomllib.TOMLDecodeError, ValidationError):
        return False


_REASONS: Final = {
    errno.EACCES: "the folder {folder} may not be written to",
    errno.EPERM: "the folder {folder} may not be written to",
    errno.EROFS: "the folder {folder} is on a read-only disk",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
    errno.ENOENT: "the folder {folder} does not exist",
    errno.ENOTDIR: "{folder} is no folder",
    errno.EISDIR: "{file} is a folder",
    errno.ENAMETOOLONG: "the name is too long",
}


def save(path: Path, text: str) -> None:
    """Replaces the file by `text`, encoded as UTF-8, or leaves it as it was and raises `SaveRefused`.

    The text goes to a new file in the same folder, which then takes the place of the old one, so a reader sees either.
    The mode of the file is kept, and a symbolic link stays one: its target is replaced.
    """
    try:
        content = text.encode()
    except UnicodeEncodeError:
        raise SaveRefused(f"{path} was not saved: a text holds half a character (a surrogate); remove it") from None
    save_bytes(path, content)


def save_bytes(path: Path, content: bytes) -> None:
    """The same for a file that is no text."""
    try:
        _replace(Path(os.path.realpath(path)), content)
    except (OSError, ValueError) as error:
        raise SaveRefused(f"{path} was not saved: {_reason(error, path)}; it is as it was") from None


def _reason(error: Exception, path: Path) -> str:
    known = _REASONS.get(getattr(error, "errno", None) or 0)
    if known is None:
        return str(getattr(error, "strerror", None) or error)
    return known.format(folder=path.parent, file=path)


def _replace(target: Path, content: bytes) -> None:
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a folder")
    mode = _mode(target)
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _settle(target.parent)


def _mode(target: Path) -> int:
    """The mode of the file, or of a new one as this process makes it. Raises `OSError` for one not to be written."""
    try:
        found = target.stat()
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is no ordinary file")
    if not os.access(target, os.W_OK):
        raise OSError(0, "the file is read-only")
    return stat.S_IMODE(found.st_mode)


def _settle(folder: Path) -> None:
    """Makes the new name last through a power cut, where the file system can do that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def changed_on_disk(loaded: Loaded) -> bool:
    """Whether the file is no longer the one that was read: other bytes, gone, or not to be read."""
    try:
        return fingerprint(loaded.path.read_bytes()) != loaded.fingerprint
    except (OSError, ValueError):
        return True
