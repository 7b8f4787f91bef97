"""The library: entries found by where their files lie, each read when it is asked for, and only once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar

from studio.catalogue.reading import InvalidEntry, name_in, read_pattern, read_technology
from studio.errors import Problem, TenfoldError
from studio.model.kinds import KINDS
from studio.text import nearest, one_line

if TYPE_CHECKING:
    from studio.catalogue.entries import Entry, Pattern
    from studio.catalogue.technologies import Technology

FAMILIES: Final = (
    "architecture", "scalability", "reliability", "communication", "data", "deployment", "ai", "security",
    "observability",
)  # fmt: skip
"""The order in which families are shown; others follow in the order of the alphabet."""

_Read = TypeVar("_Read")


class UnknownEntry(TenfoldError, LookupError):
    """An id that is no entry of the library; the text names the nearest one."""


class Heading(NamedTuple):
    """What a list says of an entry: found in the first lines of its file, without reading the rest."""

    id: str
    group: str
    """The family of a pattern, the kind of a technology."""
    name: str


class _Shelf(Generic[_Read]):
    """The files of one sort of entry, by id; a later folder shadows an earlier one."""

    def __init__(self, folders: Iterable[Path], order: tuple[str, ...], read: Callable[[Path], _Read]) -> None:
        self._folders = tuple(folders)
        self._order = order
        self._read = read
        self._known: dict[str, _Read | InvalidEntry] = {}

    @cached_property
    def paths(self) -> Mapping[str, Path]:
        """The file of each id, ordered by group and then by id."""
        found = {path.stem: path for folder in self._folders for path in _files(folder)}
        return {id_: found[id_] for id_ in sorted(found, key=lambda id_: (*self._place(found[id_].parent.name), id_))}

    def _place(self, group: str) -> tuple[int, str]:
        return (self._order.index(group) if group in self._order else len(self._order), group)

    def entry(self, id_: str) -> _Read:
        """The entry with this id. Raises `InvalidEntry` for a broken file and KeyError for an unknown id."""
        if id_ not in self._known:
            try:
                self._known[id_] = self._read(self.paths[id_])
            except InvalidEntry as error:
                self._known[id_] = error
        found = self._known[id_]
        if isinstance(found, InvalidEntry):
            raise found
        return found

    @cached_property
    def entries(self) -> tuple[_Read, ...]:
        """All entries that can be read, in order."""
        return tuple(found for found in self._all() if not isinstance(found, InvalidEntry))

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The heading of every file, in order."""
        return tuple(Heading(id_, path.parent.name, name_in(path) or id_) for id_, path in self.paths.items())

    def problems(self) -> Iterator[Problem]:
        """What keeps the others from being read."""
        for found in self._all():
            if isinstance(found, InvalidEntry):
                yield from found.problems

    def _all(self) -> Iterator[_Read | InvalidEntry]:
        for id_ in self.paths:
            try:
                yield self.entry(id_)
            except InvalidEntry as error:
                yield error


def _files(folder: Path) -> tuple[Path, ...]:
    """The entries two levels below a folder, sorted; none when it does not exist or cannot be listed."""
    try:
        return tuple(sorted(folder.glob("*/*.toml")))
    except OSError:
        return ()


class Library:
    """The entries in these folders; a later folder may add to the earlier ones and shadow their entries.

    A folder holds `patterns/<family>/<id>.toml` and `technologies/<kind>/<id>.toml`; it need not exist. The library
    does not notice files that change after it has looked.
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        known = tuple(folders)
        self._patterns = _Shelf((folder / "patterns" for folder in known), FAMILIES, read_pattern)
        self._technologies = _Shelf((folder / "technologies" for folder in known), KINDS, read_technology)

    def pattern(self, id_: str) -> "Pattern":
        """The pattern with this id. Raises `UnknownEntry`, or `InvalidEntry` when its file is broken."""
        if id_ not in self._patterns.paths:
            raise _unknown(id_, "pattern", self.pattern_ids())
        return self._patterns.entry(id_)

    def technology(self, id_: str) -> "Technology":
        """The technology with this id. Raises `UnknownEntry`, or `InvalidEntry` when its file is broken."""
        if id_ not in self._technologies.paths:
            raise _unknown(id_, "technology", self.technology_ids())
        return self._technologies.entry(id_)

    def technology_called(self, words: str | None) -> "Technology | None":
        """The technology a component names: by id, in any case and spacing; None for free words and broken files."""
        if not words:
            return None
        id_ = "-".join(words.lower().split())
        try:
            return self._technologies.entry(id_) if id_ in self._technologies.paths else None
        except InvalidEntry:
            return None

    def entries(self, id_: str) -> tuple["Entry", ...]:
        """The pattern and the technology with this id: one or both. Raises as `pattern` and `technology` do."""
        found: list[Entry] = []
        if id_ in self._patterns.paths:
            found.append(self.pattern(id_))
        if id_ in self._technologies.paths:
            found.append(self.technology(id_))
        if not found:
            raise _unknown(id_, "pattern or technology", (*self.pattern_ids(), *self.technology_ids()))
        return tuple(found)

    def patterns(self) -> tuple["Pattern", ...]:
        """All patterns that can be read, by family and id."""
        return self._patterns.entries

    def technologies(self) -> tuple["Technology", ...]:
        """All technologies that can be read, by kind and id."""
        return self._technologies.entries

    def pattern_headings(self) -> tuple[Heading, ...]:
        """The headings of all patterns, by family and id; of broken files too."""
        return self._patterns.headings

    def technology_headings(self) -> tuple[Heading, ...]:
        """The headings of all technologies, by kind and id; of broken files too."""
        return self._technologies.headings

    def pattern_ids(self) -> tuple[str, ...]:
        """The ids of all patterns by family, from the names of their files."""
        return tuple(self._patterns.paths)

    def technology_ids(self) -> tuple[str, ...]:
        """The ids of all technologies by kind, from the names of their files."""
        return tuple(self._technologies.paths)

    def path_of(self, entry: "Entry") -> Path:
        """The file an entry of this library was read from."""
        shelf = self._patterns if hasattr(entry, "family") else self._technologies
        return shelf.paths[entry.id]

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the files that are no entries; reads all of them."""
        return (*self._patterns.problems(), *self._technologies.problems())


def _unknown(id_: str, sort: str, known: tuple[str, ...]) -> UnknownEntry:
    near = nearest(id_, known)
    advice = f"did you mean {near}?" if near else "tenfold catalogue list shows all"
    return UnknownEntry(f"no {sort} is called {one_line(id_)}; {advice}")


@cache
def shipped() -> Library:
    """The catalogue that comes with the program."""
    from studio.paths import shipped_catalogue

    return Library((shipped_catalogue(),))
