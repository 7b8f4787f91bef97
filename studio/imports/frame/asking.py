"""What an imported design leaves open, that first whose answer lets most rules tell."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from studio.model.design import Design
from studio.text import listed, one_line

if TYPE_CHECKING:
    from studio.analysis import Analysis

MOST: Final = 12
"""Fields asked for; the rest is in `tenfold check --show-unknown`."""
_NAMES: Final = 4
_DAY: Final = date(2000, 1, 1)
"""Any day: what is expired does not change what is unknown."""


class _Open(NamedTuple):
    key: str
    ids: tuple[str, ...]
    rules: frozenset[str]


def asks(design: Design) -> tuple[str, ...]:
    """A sentence for each missing field, for all parts at once: what it means, and how many rules wait for it."""
    from studio.analysis import Analysis
    from studio.catalogue.library import shipped
    from studio.red_flags.report import ask

    analysis = Analysis(design, shipped(), today=_DAY)
    open_ = sorted(_open(analysis), key=lambda field: (-len(field.rules), -len(field.ids)))
    found = []
    for field in open_[:MOST]:
        section, _, key = field.key.partition(".*.")
        address = f"{section}.{field.ids[0]}.{key}" if key else field.key
        meaning = ask(address, analysis.facts).rpartition(": ")[2].rstrip("?")
        name = (key or field.key.rpartition(".")[2]).replace("_", " ")
        of = f" of {_some(field.ids)}" if key else ""
        count = len(field.rules)
        waiting = f"{count} rules wait for it" if count > 1 else "1 rule waits for it"
        found.append(f"{name}{of}: {meaning} ({field.key.replace('*', 'ID')}; {waiting})")
    if len(open_) > MOST:
        found.append(f"{len(open_) - MOST} more fields: tenfold check --show-unknown lists them")
    return tuple(found)


def _open(analysis: "Analysis") -> Iterator[_Open]:
    """The missing fields, those of all components and of all connections taken together, in the order of the rules."""
    ids: dict[str, dict[str, None]] = {}
    rules: dict[str, set[str]] = {}
    for unknown in analysis.report.unknown:
        for field in unknown.missing:
            section, *rest = field.split(".")
            is_keyed = section in ("components", "connections", "data", "journeys") and len(rest) > 1
            key = f"{section}.*.{'.'.join(rest[1:])}" if is_keyed else field
            if key.endswith(".confidence"):
                continue
            rules.setdefault(key, set()).add(unknown.rule.id)
            ids.setdefault(key, {})[rest[0] if is_keyed else field] = None
    for key, waiting in rules.items():
        yield _Open(key, tuple(ids[key]), frozenset(waiting))


def _some(ids: tuple[str, ...]) -> str:
    shown = [one_line(id_) for id_ in ids[:_NAMES]]
    return f"{', '.join(shown)} and {len(ids) - _NAMES} more" if len(ids) > _NAMES else listed(shown)
