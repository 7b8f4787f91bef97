"""A table of a catalogue file, read key by key; what is wrong with it is collected, not raised."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from studio.text import control_character, listed, nearest


class Complaint(NamedTuple):
    """One thing wrong with an entry: at which keys, what, and what to do; both without a full stop."""

    keys: tuple[str, ...]
    what: str
    advice: str


class Table:
    """A table of the file. Each reading method takes one key and returns its value, or an empty one and a complaint.

    `closed()` complains about the keys nobody asked for. The complaints of inner tables go to the same list.
    """

    def __init__(self, values: Mapping[str, Any], keys: tuple[str, ...] = (), wrong: list[Complaint] | None = None):
        self.values = values
        self.keys = keys
        self.wrong: list[Complaint] = [] if wrong is None else wrong
        self._asked: list[str] = []

    def complain(self, key: str | None, what: str, advice: str) -> None:
        """Notes that something is wrong with `key`, or with the table as a whole."""
        self.wrong.append(Complaint((*self.keys, key) if key else self.keys, what, advice))

    def has(self, key: str) -> bool:
        """Whether the key is there; it counts as known from now on."""
        self._asked.append(key)
        return key in self.values

    def raw(self, key: str) -> Any:
        """The value as it is; a missing one is complained about."""
        if not self.has(key):
            self.complain(None, f"{key} is missing", f"add {key} = …")
            return None
        return self.values[key]

    def text(self, key: str, *, lines: bool = False, most: int | None = None) -> str:
        """A text that says something, on one line unless `lines`, of at most `most` characters."""
        value = self.raw(key)
        if value is None:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.complain(key, f"{key} must be a text that says something", f'write {key} = "…"')
            return ""
        self._safe(key, value, lines=lines)
        if most is not None and len(value) > most:
            self.complain(key, f"{key} has {len(value)} characters", f"use at most {most}")
        return value

    def _safe(self, key: str, value: str, *, lines: bool) -> None:
        found = control_character(value, lines=lines)
        if found is not None:
            self.complain(key, f"{key} holds the control character U+{ord(found):04X}", "remove it")

    def texts(self, key: str, *, least: int = 0) -> tuple[str, ...]:
        """A list of at least `least` texts, each on one line."""
        value = self.raw(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self.complain(key, f"{key} must be a list of texts", f'write {key} = ["…", "…"]')
            return ()
        for item in value:
            self._safe(key, item, lines=False)
        if len(value) < least:
            self.complain(key, f"{key} has {len(value) or 'no'} points", f"write at least {least}")
        return tuple(value)

    def choice(self, key: str, choices: Collection[str]) -> str:
        """One of the words in `choices`."""
        value = self.text(key)
        if value and value not in choices:
            near = nearest(value, choices)
            advice = f"did you mean {near}?" if near else f"write {listed(choices, 'or')}"
            self.complain(key, f"{key} cannot be “{value}”", advice)
        return value

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """True or false; `default` when it may be left out."""
        if default is not None and not self.has(key):
            return default
        value = self.raw(key)
        if value is not None and not isinstance(value, bool):
            self.complain(key, f"{key} must be true or false", f"write {key} = true, without quotes")
        return value is True

    def whole(self, key: str) -> int:
        """A whole number."""
        value = self.raw(key)
        if value is None:
            return 0
        if isinstance(value, bool) or not isinstance(value, int):
            self.complain(key, f"{key} must be a whole number", f"write {key} = 2026, without quotes")
            return 0
        return value

    def fields(self, key: str) -> dict[str, Any]:
        """A table of values that are not looked into here; empty when it is left out."""
        value = self.values[key] if self.has(key) else {}
        if not isinstance(value, dict):
            self.complain(key, f"{key} must be a table", f"write {key} = {{ … }}")
            return {}
        return value

    def inner(self, key: str) -> "Table":
        """The table at `key`; an empty one when it is left out."""
        return Table(self.fields(key), (*self.keys, key), self.wrong)

    def tables(self, key: str) -> Iterator[tuple[str, "Table"]]:
        """The tables by id at `key`; none when it is left out."""
        inside = self.inner(key)
        for name in inside.values:
            if isinstance(inside.values[name], dict):
                yield name, inside.inner(name)
            else:
                inside.complain(name, f"{name} must be a table", f"write [{'.'.join(inside.keys)}.{name}]")

    def closed(self) -> None:
        """Complains about each key that was never asked for."""
        for key in self.values:
            if key not in self._asked:
                near = nearest(key, self._asked)
                advice = f"did you mean {near}?" if near else f"known here: {listed(dict.fromkeys(self._asked))}"
                self.complain(key, f"{key} is not known here", advice)
