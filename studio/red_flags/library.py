"""The rules that exist: found by where their files lie, never listed by hand."""

from functools import cache
from types import ModuleType
from typing import NamedTuple

from studio.red_flags.rule import Rule

_NO_RULES = ("team_rules",)
"""Where rules are made of what a team wrote: read only where somebody did."""


class RulePage(NamedTuple):
    """A rule with its words and examples: its module, read as a page."""

    rule: Rule
    words: str
    """Why it matters, what to do, when it is fine: the docstring of the file."""
    flagged: str
    """A design, as TOML, on which it fails."""
    fine: str
    """A design on which it passes."""
    unknown: str
    """A design on which it cannot tell; empty for rules that always can."""


@cache
def _modules() -> tuple[ModuleType, ...]:
    from studio import red_flags
    from studio.discovery import modules

    return tuple(module for module in modules(red_flags, _NO_RULES) if hasattr(module, "RULE"))


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, by id."""
    return tuple(sorted((module.RULE for module in _modules()), key=lambda rule: rule.id))


def pages() -> tuple[RulePage, ...]:
    """All rules with their pages and examples, by id."""
    found = (
        RulePage(
            module.RULE, (module.__doc__ or "").strip(), module.FLAGGED, module.FINE, getattr(module, "UNKNOWN", "")
        )
        for module in _modules()
    )
    return tuple(sorted(found, key=lambda page: page.rule.id))
