"""What one rule works out from the whole design and asks again for every subject."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from studio.red_flags.facts import Facts

Answer = TypeVar("Answer")


def once_per_design(work: Callable[[Facts], Answer]) -> Callable[[Facts], Answer]:
    """The same function, working once for the same facts; what it found is forgotten with them."""
    known: WeakKeyDictionary[Facts, Answer] = WeakKeyDictionary()

    @wraps(work)
    def asked(facts: Facts) -> Answer:
        if facts not in known:
            known[facts] = work(facts)
        return known[facts]

    return asked
