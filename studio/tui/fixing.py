"""The fixes of a finding that are fields of the design: the mends its rule offers, and the field that is asked."""

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from studio.edits.edit import Change, Edit, Several, applied
from studio.edits.mend import Mend
from studio.errors import EditRefused
from studio.model.address import Address, dotted, part_at, type_at
from studio.model.design import Design
from studio.model.fields import FieldShape, shapes

if TYPE_CHECKING:
    from studio.estimates.engine import Estimates
    from studio.estimates.what_breaks.ladder import Rung
    from studio.red_flags.report import Finding


class FieldFix(NamedTuple):
    """One field to set. `value` is what is proposed; None when it is asked."""

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


class MendFix(NamedTuple):
    """A mend of the finding's rule, or of a target."""

    mend: Mend

    @property
    def id(self) -> str:
        """What a list calls it."""
        return f"mend:{self.mend.does}"

    @property
    def label(self) -> str:
        """`instances and zones of api`."""
        return self.mend.label

    @property
    def value(self) -> str:
        """What it sets, in words."""
        return self.mend.does

    @property
    def edit(self) -> Edit:
        """The edit."""
        return self.mend.edit


Fix: TypeAlias = FieldFix | MendFix


def field_fixes(finding: "Finding", design: Design) -> tuple[Fix, ...]:
    """What mends a finding by fields, only such as the model takes; last the field it is about, to be typed."""
    mends = (MendFix(mend) for mend in finding.verdict.mends)
    found = {fix.id: fix for fix in mends if _is_taken(fix, design)}
    asked = _asked(finding, design)
    return (*found.values(), *((asked,) if asked is not None else ()))


def _is_taken(fix: Fix, design: Design) -> bool:
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


def of_target(name: str, estimates: "Estimates") -> MendFix | None:
    """What makes a target pass by fields alone; None where nothing does, or it is met."""
    mends = next((target.mends for target in estimates.targets if target.target == name), ())
    return MendFix(mends[0]) if mends else None
