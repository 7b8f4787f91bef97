"""What a rule is, and the four answers it can give."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from studio.edits.mend import Mend
from studio.model.address import Address
from studio.model.part import Part

if TYPE_CHECKING:
    from studio.red_flags.facts import Facts


class Severity(StrEnum):
    """How bad a failed rule is."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Outcome(StrEnum):
    """What a rule can say of one subject, worst first."""

    FAILED = "failed"
    UNKNOWN = "unknown"
    PASSED = "passed"
    NOT_APPLICABLE = "not_applicable"


class Verdict(NamedTuple):
    """One answer of a rule about one subject."""

    outcome: Outcome
    message: str = ""
    """One sentence without a full stop: what is wrong, with the numbers."""
    evidence: Mapping[str, Any] = {}
    """The figures the answer rests on, by name."""
    fix: tuple[str, ...] = ()
    """What would make it pass, most useful first; in numbers where numbers decide."""
    mends: tuple[Mend, ...] = ()
    """The same as fields of the design, where fields alone settle it: each by itself, most useful first."""
    severity: Severity | None = None
    """Only where it differs from the rule's own."""
    missing: tuple[str, ...] = ()
    """Dotted fields whose value would settle an unknown: `connections.api-db.timeout`."""
    field: str | None = None
    """The key of the subject the finding is about, for its line in the file; for the whole design a dotted path from
    the root of the file. It need not be there: then the subject's own line is meant."""


_NOTHING_TO_SAY = Verdict(Outcome.NOT_APPLICABLE)
"""One for all: it is by far the most frequent answer."""


def failed(
    message: str,
    *,
    evidence: Mapping[str, Any] | None = None,
    fix: tuple[str, ...] = (),
    mends: tuple[Mend, ...] = (),
    severity: Severity | None = None,
    field: str | None = None,
) -> Verdict:
    """The subject has the fault."""
    return Verdict(Outcome.FAILED, message, evidence or {}, fix, mends, severity, (), field)


def passed(**evidence: object) -> Verdict:
    """The subject was looked at and does not have the fault."""
    return Verdict(Outcome.PASSED, evidence=evidence)


def not_applicable() -> Verdict:
    """The rule has nothing to say about the subject."""
    return _NOTHING_TO_SAY


def unknown(*missing: str) -> Verdict:
    """The rule cannot tell; these fields, dotted, would tell it. A field named twice counts once."""
    return Verdict(Outcome.UNKNOWN, missing=tuple(dict.fromkeys(missing)))


Scope: TypeAlias = Literal[
    "design",
    "components",
    "connections",
    "data",
    "journeys",
    "decisions",
    "scenarios",
    "endpoints",
    "functional",
    "flows",
    "holdings",
    "patterns",
    "accepted",
]
"""What a rule looks at, one subject at a time: the whole design, or each part of a section. Endpoints are those of
all components, functional the functional requirements; flows are the journeys, or the design itself where it has
none, and holdings the data, or the design itself."""

Check: TypeAlias = Callable[[Any, "Facts"], Verdict]
"""Judges one subject: the part itself (for the scope `design` the design), with everything known about the design.
For endpoints the subject is an `Endpoint` and `facts.owner_of(endpoint)` its component."""


class Rule(NamedTuple):
    """A red flag: which parts it looks at, and how it judges one."""

    id: str
    title: str
    severity: Severity
    scope: Scope
    check: Check
    patterns: tuple[str, ...] = ()
    """Catalogue patterns that mend it."""
    sources: tuple[str, ...] = ()
    may_be_accepted: bool = True


class Subject(NamedTuple):
    """One part a rule is asked about."""

    address: Address
    part: Part
