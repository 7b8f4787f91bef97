"""What a check of a team's rule comes to: which parts it looks at, how it judges one, and that in words."""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from studio.catalogue.tables import Table
from studio.red_flags.rule import Check, Scope
from studio.red_flags.team_rules.selecting import Selector


class Made(NamedTuple):
    """A check as the table of a rule asks for it."""

    scope: Scope
    check: Check
    words: str
    """What is checked, one sentence without a full stop, for the page of the rule."""


Make: TypeAlias = Callable[[Table], Made]
"""Reads the keys of a check from the table of a rule; what is wrong with them is complained about there."""


def every(noun: str, chosen: Selector) -> str:
    """The parts a rule looks at, in words: `every component with kind = “database”`."""
    return f"every {noun}{f' with {chosen.words}' if chosen.words else ''}"


def component(chosen: Selector | None) -> str:
    """A component that a selector means, in words: `component with kind = “database”`."""
    return f"component with {chosen.words}" if chosen and chosen.words else "component"
