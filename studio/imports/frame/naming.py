"""Ids made of names, and the kinds that names say."""

import re
import unicodedata
from typing import Final

from studio.model.kinds import KINDS, Kind
from studio.model.references import free_id

_LONGEST: Final = 28
"""Characters of an id made of a name: two of them and what is between fit into the id of a connection."""
_SAID: Final[dict[str, Kind]] = {
    "api gateway": "gateway",
    "balancer": "load-balancer",
    "bucket": "object-store",
    "browser": "client",
    "cron": "scheduler",
    "db": "database",
    "lambda": "function",
    "mobile app": "client",
    "topic": "stream",
    "user": "client",
    "users": "client",
}
"""Words that say a kind beside the names of the kinds themselves."""


def id_of(name: str, taken: set[str], otherwise: str) -> str:
    """An id for a name, added to those taken: its letters in lower case, else `otherwise`; numbered when taken."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-")
    found = free_id(words or otherwise, taken)
    taken.add(found)
    return found


def kind_said(name: str) -> Kind | None:
    """The kind that a name ends with: «Redis Cache» is a cache, «Load Balancer» a load-balancer. None: it says none."""
    words = re.sub(r"[^a-z0-9]+", " ", name.casefold()).split()
    for length in (2, 1):
        ending = " ".join(words[-length:])
        for word in (ending, ending.removesuffix("s")):
            if word in _SAID:
                return _SAID[word]
            if word.replace(" ", "-") in KINDS:
                return _kind(word.replace(" ", "-"))
    return None


def kind_of_technology(words: str | None) -> Kind | None:
    """The kind of what a technology of the catalogue is; None for one that is not in it."""
    from studio.catalogue.library import shipped

    found = shipped().technology_called(words)
    return _kind(found.kind) if found is not None and found.kind in KINDS else None


def kind_named(word: str) -> Kind | None:
    """The kind of exactly this name, as our own drawings write it; None: it is no kind."""
    return _kind(word) if word in KINDS else None


def _kind(word: str) -> Kind:
    found: Kind = word  # type: ignore[assignment]  # it is one of KINDS, which are the members of Kind
    return found
