"""Which parts only have another id: what went and what came, when they say nearly the same."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from studio.comparing.fields import Values, tables
from studio.edits.following import renamed
from studio.model.address import Address
from studio.model.design import Design
from studio.model.references import KEYED_SECTIONS, ids

ALIKE: Final = 0.6
"""The share of what two parts say, taken together, that they must say alike to be one part with a new id."""
_FEWEST: Final = 2
"""Values two parts must share: a kind alone is no likeness."""
_MOST_PAIRS: Final = 10_000
"""Beyond this many pairs of a section nothing is guessed: that is another design."""
_MUST_AGREE: Final = {
    "components": ("kind",), "connections": ("from", "to"), "patterns": ("use",), "accepted": ("flag",),
}  # fmt: skip
"""What makes a part the part it is."""


class Renamed(NamedTuple):
    """A design in which the parts have the ids of another one."""

    design: Design
    was: dict[Address, Address]
    """The old address of each part that got a new id, by its new one."""


def with_new_ids(old: Design, new: Design) -> Renamed:
    """The old design with the ids of the new one; every mention follows, so that only real changes are left.

    It is a guess, and a careful one: kind, ends or pattern must agree, and most of what is said of both.
    """
    was: dict[Address, Address] = {}
    for section in KEYED_SECTIONS:
        for before, after in _pairs(old, new, section):
            old = renamed(old, (section, before), after)
            was[section, after] = (section, before)
    return Renamed(old, was)


def _pairs(old: Design, new: Design, section: str) -> list[tuple[str, str]]:
    """Ids that went with those that came in their place, the most alike first."""
    there, here = ids(old, (section,)), ids(new, (section,))
    gone = [id_ for id_ in there if id_ not in here]
    came = [id_ for id_ in here if id_ not in there]
    if not gone or not came or len(gone) * len(came) > _MOST_PAIRS:
        return []
    scored = sorted(_scored(old, new, section, gone, came), key=lambda found: -found[0])
    pairs: dict[str, str] = {}
    for _, before, after in scored:
        if before not in pairs and after not in pairs.values():
            pairs[before] = after
    return list(pairs.items())


def _scored(
    old: Design, new: Design, section: str, gone: list[str], came: list[str]
) -> Iterator[tuple[float, str, str]]:
    before, after = tables(old), tables(new)
    for was in gone:
        for is_ in came:
            score = _alike(before[section, was], after[section, is_], _MUST_AGREE.get(section, ()))
            if score >= ALIKE:
                yield score, was, is_


def _alike(one: Values, other: Values, must_agree: tuple[str, ...]) -> float:
    """The share of all that is said of either which is said of both; 0 where they cannot be the same part."""
    if any(one.get(key) != other.get(key) for key in must_agree):
        return 0.0
    same = sum(key in other and other[key] == value for key, value in one.items())
    return same / len({*one, *other}) if same >= _FEWEST else 0.0
