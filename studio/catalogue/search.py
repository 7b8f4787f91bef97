"""Fuzzy search over the catalogue: every word must be found somewhere, the best place of each counts.

A word is found, from best to worst: as a whole id or name, as a whole alias or tag, as the beginning of one of their
words, inside them, in the family, summary or reasons to use it, as letters in order of a name (`crcbr`), or as a
misspelling of a word of id, name, aliases or tags.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from studio.catalogue.entries import Entry, Pattern
from studio.catalogue.library import Library
from studio.catalogue.spelling import is_misspelt, letters_in_order

Span: TypeAlias = tuple[int, int]
"""First character, and the one after the last."""

WHOLE_ENTRY: Final = 1000
"""All words together are the id, the name or an alias."""
_FIELDS: Final = ("name", "id", "alias", "tag", "family", "summary", "use")
_WHOLE: Final = (100, 100, 90, 80, 40, 22, 12)
_BEGINNING: Final = (70, 68, 60, 55, 35, 20, 10)
_INSIDE: Final = (45, 44, 40, 38, 25, 8, 4)
"""What a word is worth in each field: as one of its words, as the beginning of one, anywhere inside."""
SHORTEST_ABBREVIATION: Final = 3
"""Fewer letters that are no part of a word find nothing."""
_SPELT: Final = 4
"""A misspelt word is looked for in the fields before this one: name, id, aliases, tags."""
_LETTERS: Final = 6
_MISSPELT: Final = 5


class Match(NamedTuple):
    """Where the words were found in one text of an entry."""

    field: str
    """name, id, alias, tag, family, summary or use."""
    text: str
    spans: tuple[Span, ...]
    """In order, apart from each other."""


class _Text(NamedTuple):
    """One text of an entry, ready to be searched."""

    field: int
    text: str
    padded: str
    """In lower case, hyphens as spaces, with a space at both ends."""


class _Found(NamedTuple):
    """A word found in a text."""

    score: int
    text: _Text
    spans: tuple[Span, ...]


class _Card(NamedTuple):
    """An entry with its texts."""

    entry: Entry
    texts: tuple[_Text, ...]
    whole: frozenset[str]
    """Id, name and aliases, folded."""
    everything: str
    """All texts in one, to see at once that a word is nowhere."""
    vocabulary: tuple[tuple[str, _Text], ...]
    """The words a misspelt one may mean, with their texts."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found."""

    entry: Entry
    score: int
    _texts: tuple[_Text, ...] = ()
    _words: tuple[str, ...] = ()
    _found: tuple[_Found, ...] = ()

    @property
    def id(self) -> str:
        """The id of the entry."""
        return self.entry.id

    @property
    def name(self) -> str:
        """Its name."""
        return self.entry.name

    @property
    def summary(self) -> str:
        """Its summary."""
        return self.entry.summary

    @property
    def matches(self) -> tuple[Match, ...]:
        """What to highlight: the words in name, id and summary, and in any other text that one of them was found in."""
        return tuple(self._matches())

    def _matches(self) -> Iterator[Match]:
        for text in self._texts:
            spans = [span for each in self._found if each.text is text for span in each.spans]
            if spans or _FIELDS[text.field] in ("name", "id", "summary"):
                spans += [best.spans[0] for word in self._words if (best := _place(text, word)) is not None]
            if spans:
                yield Match(_FIELDS[text.field], text.text, tuple(_joined(spans)))

    def spans(self, field: str) -> tuple[Span, ...]:
        """The parts of its name, id or summary that were found, to be highlighted."""
        return next((match.spans for match in self.matches if match.field == field), ())


def search(library: Library, words: str) -> tuple[Hit, ...]:
    """The entries all words are found in, best first, equal ones in the library's order; all of them for no words."""
    wanted = tuple(dict.fromkeys(_folded(words).split()))
    if not wanted:
        return tuple(Hit(card.entry, 0) for card in _cards(library))
    hits = [hit for card in _cards(library) if (hit := _hit(card, wanted)) is not None]
    return tuple(sorted(hits, key=lambda hit: -hit.score))


def _folded(text: str) -> str:
    """The text in lower case with its hyphens as spaces, character for character as long as before."""
    return "".join(folded if len(folded := sign.lower()) == 1 else sign for sign in text).translate(_HYPHENS)


_HYPHENS: Final = str.maketrans("-_/", "   ")


@lru_cache(maxsize=4)
def _cards(library: Library) -> tuple[_Card, ...]:
    entries: tuple[Entry, ...] = (*library.patterns(), *library.technologies())
    return tuple(_card(entry) for entry in entries)


def _card(entry: Entry) -> _Card:
    uses = entry.when_to_use if isinstance(entry, Pattern) else entry.good_for
    fields = ((entry.name,), (entry.id,), entry.aliases, entry.tags, (entry.group,), (entry.summary,), uses)
    texts = tuple(_Text(field, text, f" {_folded(text)} ") for field, known in enumerate(fields) for text in known)
    whole = frozenset(_folded(text) for text in (entry.id, entry.name, *entry.aliases))
    vocabulary = tuple((word, text) for text in texts if text.field < _SPELT for word in text.padded.split())
    return _Card(entry, texts, whole, "".join(text.padded for text in texts), vocabulary)


def _hit(card: _Card, wanted: tuple[str, ...]) -> Hit | None:
    found: list[_Found] = []
    for word in wanted:
        best = _best(card, word)
        if best is None:
            return None
        found.append(best)
    score = sum(each.score for each in found) + (WHOLE_ENTRY if " ".join(wanted) in card.whole else 0)
    return Hit(card.entry, score, card.texts, wanted, tuple(found))


def _best(card: _Card, word: str) -> _Found | None:
    """The best place of a word; among equal ones the first."""
    if word in card.everything:
        return _best_place(card.texts, word)
    if len(word) < SHORTEST_ABBREVIATION:
        return None
    return next(_by_letters(card, word), None) or next(_misspellings(card, word), None)


def _best_place(texts: tuple[_Text, ...], word: str) -> _Found | None:
    best: _Found | None = None
    for text in texts:
        if best is not None and best.score >= _WHOLE[text.field]:
            continue
        found = _place(text, word)
        if found is not None and (best is None or found.score > best.score):
            best = found
    return best


def _place(text: _Text, word: str) -> _Found | None:
    """The best place of a word in one text."""
    for worth, wanted in ((_WHOLE, f" {word} "), (_BEGINNING, f" {word}")):
        start = text.padded.find(wanted)
        if start >= 0:
            return _Found(worth[text.field], text, ((start, start + len(word)),))
    start = text.padded.find(word) - 1
    return _Found(_INSIDE[text.field], text, ((start, start + len(word)),)) if start >= 0 else None


def _by_letters(card: _Card, word: str) -> Iterator[_Found]:
    for text in card.texts[:2]:
        spans = letters_in_order(word, text.padded[1:-1])
        if spans:
            yield _Found(_LETTERS, text, spans)


def _misspellings(card: _Card, word: str) -> Iterator[_Found]:
    for known, text in card.vocabulary:
        if is_misspelt(word, known):
            start = text.padded.find(f" {known} ")
            yield _Found(_MISSPELT, text, ((start, start + len(known)),))


def _joined(spans: list[Span]) -> Iterator[Span]:
    """The spans in order, those that touch made one."""
    start, end = (ordered := sorted(set(spans)))[0]
    for first, last in ordered[1:]:
        if first > end:
            yield start, end
            start, end = first, last
        end = max(end, last)
    yield start, end
