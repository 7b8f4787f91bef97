"""What would mend a fault, as data: fields of the design with their values, and whether they may be set unasked."""

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from studio.model.address import Address, dotted
from studio.text import listed

if TYPE_CHECKING:
    from studio.edits.edit import Edit


class Setting(NamedTuple):
    """One field with another value."""

    address: Address
    """The part the field belongs to; a table that is not there yet is made."""
    key: str
    value: Any
    """As the file would say it: `"450 ms"`, `true`, `3`."""

    @property
    def words(self) -> str:
        """`timeout = "450 ms" on connections.api-db`."""
        return f"{self.key} = {literal(self.value)} on {dotted(self.address)}"


class Mend(NamedTuple):
    """One way to settle a fault by fields alone."""

    settings: tuple[Setting, ...]
    is_safe: bool = False
    """Whether it may be set unasked: it fills empty fields only, with a bound that follows from the design, costs
    nothing and claims nothing that somebody must have done."""
    because: str = ""
    """Where the values come from, in words; empty where only one value is possible."""

    @property
    def does(self) -> str:
        """What it sets, in words: `instances = 4 and zones = 2 on components.api`."""
        places: dict[str, list[str]] = {}
        for setting in self.settings:
            places.setdefault(dotted(setting.address), []).append(f"{setting.key} = {literal(setting.value)}")
        return listed(f"{listed(fields)} on {place}" for place, fields in places.items())

    @property
    def label(self) -> str:
        """For the undo line: `timeout of api-db`, `instances and zones of api`."""
        names = dict.fromkeys(setting.address[-1] for setting in self.settings)
        fields = dict.fromkeys(setting.key for setting in self.settings)
        return f"{listed(fields)} of {listed(names)}"

    @property
    def edit(self) -> "Edit":
        """The edit that does it, undone in one step."""
        from studio.edits.edit import Change, Several

        changes = tuple(Change(setting.address, setting.key, setting.value) for setting in self.settings)
        return changes[0] if len(changes) == 1 else Several(self.label, changes)

    def as_data(self) -> dict[str, Any]:
        """For JSON: what it does in words, whether it is safe, why these values, and each field with its value."""
        fields = [{"on": dotted(one.address), "key": one.key, "value": one.value} for one in self.settings]
        return {"does": self.does, "safe": self.is_safe, "because": self.because, "fields": fields}


def mend(place: str, because: str = "", *, is_safe: bool = False, **values: Any) -> Mend:
    """The mend that sets fields of one part: `mend("connections.api-db", timeout="450 ms")`."""
    address = tuple(place.split("."))
    return Mend(tuple(Setting(address, key, value) for key, value in values.items()), is_safe, because)


def together(*mends: Mend, because: str = "") -> Mend:
    """Mends that settle a fault only all at once; safe when each of them is."""
    settings = tuple(setting for one in mends for setting in one.settings)
    return Mend(settings, all(one.is_safe for one in mends), because)


def literal(value: object) -> str:
    """A value as TOML says it, on one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(literal, value))}]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)
