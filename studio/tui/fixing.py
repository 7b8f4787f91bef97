"""The fixes of a finding that are a field of the design: those whose value the rule names, and those that are asked."""

import re
import tomllib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from studio.edits.edit import Change, Edit, Several, applied
from studio.errors import EditRefused
from studio.model.address import Address, dotted, part_at, type_at
from studio.model.design import Design
from studio.model.fields import FieldShape, shapes

if TYPE_CHECKING:
    from studio.estimates.what_breaks.ladder import Rung
    from studio.red_flags.report import Finding

_SETTING: Final = re.compile(r"\b([a-z_]+) = (true|false|\d[\d_.]*|\"[^\"]*\"|\[[^\]]*\]|\{[^}]*\})")
_PLACE: Final = re.compile(r"\bon ((?:components|connections)(?:\.[a-z0-9_-]+)+)")


class FieldFix(NamedTuple):
    """One field to set. `value` is what the rule proposes; None when it is asked."""

    address: Address
    key: str
    value: Any = None

    @property
    def id(self) -> str:
        """What a list calls it."""
        return f"field:{dotted(self.address)}:{self.key}:{self.value!r}"

    @property
    def label(self) -> str:
        """`timeout of api-db`."""
        return f"{self.key} of {self.address[-1]}"

    @property
    def edit(self) -> Edit:
        """The edit, for a value that is proposed; a table is set field by field."""
        if isinstance(self.value, dict):
            inner = (*self.address, self.key)
            return Several(self.label, tuple(Change(inner, key, value) for key, value in self.value.items()))
        return Change(self.address, self.key, self.value)


def field_fixes(finding: "Finding", design: Design) -> tuple[FieldFix, ...]:
    """Fields that may mend a finding; only such as the model takes. Proposed values first, each field once."""
    proposed = [fix for words in finding.verdict.fix for fix in _proposed(words, finding.address, design)]
    found = {fix.id: fix for fix in proposed if _is_taken(fix, design)}
    asked = _asked(finding, design)
    if asked is not None and asked.key not in {fix.key for fix in found.values()}:
        found[asked.id] = asked
    return tuple(found.values())


def _proposed(words: str, address: Address, design: Design) -> Iterator[FieldFix]:
    named = _PLACE.search(words)
    place = tuple(named[1].split(".")) if named else address
    if part_at(design, place) is None:
        return
    for key, literal in _SETTING.findall(words):
        try:
            yield FieldFix(place, key, tomllib.loads(f"v = {literal}")["v"])
        except tomllib.TOMLDecodeError:
            continue


def _is_taken(fix: FieldFix, design: Design) -> bool:
    """Whether the model takes the value, and it is another than the one that is there."""
    try:
        return applied(fix.edit, design) != design
    except EditRefused:
        return False


def _asked(finding: "Finding", design: Design) -> FieldFix | None:
    """The field the finding is about, when a person can type it."""
    field = finding.verdict.field
    if not field:
        return None
    *place, key = field.split(".")
    address = tuple(place) if place else finding.address
    shape = shape_of(address, key)
    is_there = address[0] in ("requirements", "constraints") or part_at(design, address) is not None
    return FieldFix(address, key) if is_there and shape is not None and shape.part is None else None


def shape_of(address: Address, key: str) -> FieldShape | None:
    """What a field of the model looks like; None when there is no such field."""
    try:
        return shapes(type_at(address)).get(key)
    except LookupError:
        return None


def of_rung(rung: "Rung") -> Several | None:
    """What mends a rung of the ladder as one edit; None where no number does."""
    if not rung.changes:
        return None
    changes = (Change(tuple(change.on.split(".")), change.field, change.after) for change in rung.changes)
    return Several(f"mend {rung.subject}", tuple(changes))
