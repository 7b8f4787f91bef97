"""Patterns: what an entry of the catalogue says, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from studio.catalogue.technologies import Figure, Source, Technology
from studio.comparisons import Comparison
from studio.model.kinds import KINDS

__all__ = [
    "CONNECTION",
    "AddedComponent",
    "AddedConnection",
    "Entry",
    "FailureMode",
    "Fields",
    "Figure",
    "Move",
    "Need",
    "Parameter",
    "Pattern",
    "Place",
    "Setting",
    "Source",
    "Step",
    "Target",
    "Technology",
]

CONNECTION: Final = "connection"
"""What stands in `kinds` of a role that is a connection."""

Fields: TypeAlias = Mapping[str, Any]
"""Fields of a component or connection as in the design file; a text may hold `$role`, `$parameter` or `$local-name`."""


@dataclass(frozen=True, slots=True)
class Need:
    """A precondition, with what to do when it does not hold."""

    id: str
    check: Comparison
    advice: str


@dataclass(frozen=True, slots=True)
class Target:
    """A role: one of the things a pattern is applied to."""

    role: str
    ask: str
    kinds: tuple[str, ...]
    """Kinds of components that fit, or `connection` alone."""
    skeleton: Fields | None
    """What is brought when nobody names one: fields of a component, or `from` and `to` of a connection."""
    several: bool
    optional: bool
    shared: bool = False
    """Whether one is enough: where nobody names one, the only component of the skeleton's kind is used."""

    @property
    def is_connection(self) -> bool:
        """Whether the role is a connection, not a component."""
        return self.kinds == (CONNECTION,)


@dataclass(frozen=True, slots=True)
class Parameter:
    """What is asked when a pattern is applied; values and bounds as in the design file."""

    id: str
    ask: str
    kind: str
    default: Any
    low: Any
    high: Any
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Connections an entry speaks of: one it names, or all from one component to another."""

    name: str | None
    """A role that is a connection, or the local name of one that is brought; None when `ends` say it."""
    ends: tuple[str, str] | None
    """The names of the two components."""


@dataclass(frozen=True, slots=True)
class Step:
    """Where a connection that is brought stands in the journeys: before or after each step at a place."""

    is_before: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Setting:
    """Fields to be set on what fills a role."""

    fields: Fields
    when: Comparison | None
    """None: always."""


@dataclass(frozen=True, slots=True)
class AddedComponent:
    """A component a pattern brings."""

    local_name: str
    id: str
    """May hold `$role`."""
    fields: Fields
    when: Comparison | None = None
    """None: always."""
    shared: bool = False
    """Whether one is enough: the component of the design with the same id and kind is used, where there is one."""


@dataclass(frozen=True, slots=True)
class AddedConnection:
    """A connection a pattern brings; its ends are names without `$`: of a role, or of an added component."""

    local_name: str
    id: str | None
    """None: its ends, joined."""
    source: str
    target: str
    fields: Fields
    when: Comparison | None = None
    """None: always."""
    step: Step | None = None
    """None: in no journey, unless it restores the path of a connection that is moved."""
    like: Place | None = None
    """The connection whose fields it takes where `fields` say nothing."""
    copies: tuple[str, ...] = ()
    """Which fields it takes; all of them when empty."""


@dataclass(frozen=True, slots=True)
class Move:
    """An end of connections that are there is re-pointed; exactly one of `source` and `target` is given."""

    id: str
    place: Place
    source: str | None
    """The name, without `$`, of the component they come from afterwards."""
    target: str | None
    """The name, without `$`, of the component they lead to afterwards."""
    changes: Fields
    """Fields set on them even where the person said something else."""
    when: Comparison | None
    """None: always."""


@dataclass(frozen=True, slots=True)
class FailureMode:
    """One way the pattern itself fails."""

    id: str
    mode: str
    effect: str
    detection: str
    mitigation: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of the catalogue."""

    id: str
    name: str
    family: str
    summary: str
    aliases: tuple[str, ...]
    tags: tuple[str, ...]
    when_to_use: tuple[str, ...]
    when_not_to_use: tuple[str, ...]
    pros: tuple[str, ...]
    cons: tuple[str, ...]
    sketch: str
    """At most 12 lines of 60 columns, without the line breaks around it."""
    questions: tuple[str, ...]
    requires: tuple[str, ...]
    conflicts_with: tuple[str, ...]
    related: tuple[str, ...]
    resolves: tuple[str, ...]
    introduces: tuple[str, ...]
    implementation: tuple[str, ...]
    needs: tuple[Need, ...]
    targets: tuple[Target, ...]
    """In the order in which ids are given."""
    parameters: tuple[Parameter, ...]
    components: tuple[AddedComponent, ...]
    connections: tuple[AddedConnection, ...]
    moves: tuple[Move, ...]
    changes: Mapping[str, Setting]
    """By role: fields whose value is chosen by applying the pattern, set even where the person said something else."""
    sets: Mapping[str, Setting]
    """By role: fields set where the person said nothing."""
    sets_between: Mapping[tuple[str, str], Fields]
    """By the roles at the two ends of existing connections."""
    failure_modes: tuple[FailureMode, ...]
    sources: tuple[Source, ...]

    @property
    def group(self) -> str:
        """The folder it lies in: its family."""
        return self.family

    @property
    def kind(self) -> str:
        """The kind of the first component it brings, else of the first it is applied to, else `service`."""
        brought = (str(added.fields["kind"]) for added in self.components)
        fitting = (kind for target in self.targets for kind in target.kinds if kind in KINDS)
        return next(brought, None) or next(fitting, "service")

    def target(self, role: str) -> Target | None:
        """The role with this name."""
        return next((target for target in self.targets if target.role == role), None)


Entry: TypeAlias = Pattern | Technology
