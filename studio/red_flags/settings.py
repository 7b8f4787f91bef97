"""What a team set for its designs: thresholds, severities and rules of its own; the nearest setting wins."""

from collections.abc import Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

from studio.errors import InvalidDesign, Problem
from studio.model.address import Address, dotted
from studio.red_flags.library import RulePage, pages, rules
from studio.red_flags.rule import Rule, Severity
from studio.red_flags.thresholds import DEFAULTS, Thresholds

Value = TypeVar("Value")


class InvalidSettings(InvalidDesign):
    """Settings that cannot be used: no design they are for can be judged."""


class Scoped(NamedTuple, Generic[Value]):
    """Values by name: for all parts, for those of a tier, for single ones."""

    everywhere: Mapping[str, Value] = {}
    tiers: Mapping[int, Mapping[str, Value]] = {}
    parts: Mapping[Address, Mapping[str, Value]] = {}
    """By section and id: `("components", "db")`."""

    def differs(self) -> bool:
        """Whether any tier or part has values of its own."""
        return bool(self.tiers or self.parts)

    def holding_for(self, address: Address, tier: int | None) -> Mapping[str, Value]:
        """What holds for a part: its own values, else those of its tier, else those of all."""
        of_tier = self.tiers.get(tier, {}) if tier is not None else {}
        return {**self.everywhere, **of_tier, **self.parts.get(address[:2], {})}


class SetSeverity(NamedTuple):
    """How bad a team finds a rule; without a severity it is switched off."""

    severity: Severity | None
    why: str = ""


class SwitchedOff(NamedTuple):
    """A rule that is not asked, where, and why; an empty `where` is everywhere, an empty `why` says no reason."""

    rule: str
    where: str
    why: str


class Mention(NamedTuple):
    """A part of a design that the settings name."""

    address: Address
    file: str
    """The file as the problems call it."""
    line: int


class Settings(NamedTuple):
    """All that a team set."""

    thresholds: Thresholds = DEFAULTS
    exceptions: Scoped[float] = Scoped()
    """Thresholds that differ by tier or part."""
    severities: Scoped[SetSeverity] = Scoped()
    """By rule id."""
    pages: tuple[RulePage, ...] = ()
    """The team's own rules, by id."""
    mentions: tuple[Mention, ...] = ()
    """The single parts it has settings for."""
    problems: tuple[Problem, ...] = ()
    """Why the file cannot be used; then nothing of it is."""

    def rules(self) -> tuple[Rule, ...]:
        """All rules there are under these settings, by id: those that come with the program and the team's own."""
        own = tuple(page.rule for page in self.pages)
        return tuple(sorted((*rules(), *own), key=lambda rule: rule.id)) if own else rules()

    def all_pages(self) -> tuple[RulePage, ...]:
        """The page of every rule, by id."""
        return tuple(sorted((*pages(), *self.pages), key=lambda page: page.rule.id))

    def set_severities(self) -> Iterator[tuple[str, str, SetSeverity]]:
        """What is set for each rule: where (everywhere when empty), its id, and what; in the order of the file."""
        by_tier = ((f"tier {tier}", values) for tier, values in self.severities.tiers.items())
        by_part = ((dotted(address), values) for address, values in self.severities.parts.items())
        for where, values in (("", self.severities.everywhere), *by_tier, *by_part):
            yield from ((where, rule, set_) for rule, set_ in values.items())

    def switched_off(self) -> tuple[SwitchedOff, ...]:
        """The rules that are not asked, everywhere first, then by tier and by part, in the order of the file."""
        found = self.set_severities()
        return tuple(SwitchedOff(rule, where, set_.why) for where, rule, set_ in found if set_.severity is None)


UNSET = Settings()
"""As it is where no team set anything."""
