"""Values worked out when first asked for."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

Value = TypeVar("Value")


class OnDemand(dict[str, Value]):
    """A mapping that works a value out when it is first looked up by its key, and keeps it.

    Only lookups by key work values out: iterating shows what has been asked for so far.
    """

    def __init__(self, work_out: Callable[[str], Value], known: Mapping[str, Value] | None = None) -> None:
        super().__init__(known or {})
        self._work_out = work_out

    def __missing__(self, key: str) -> Value:
        value = self[key] = self._work_out(key)
        return value


class Rows(Mapping[str, Value]):
    """A table whose rows are worked out when first looked at; iterating goes through all of them, in their order."""

    def __init__(self, names: Iterable[str], work_out: Callable[[str], Value]) -> None:
        self._names = dict.fromkeys(names)
        self._rows = OnDemand(work_out)

    def __getitem__(self, name: str) -> Value:
        if name not in self._names:
            raise KeyError(name)
        return self._rows[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
