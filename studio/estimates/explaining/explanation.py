"""What an explanation of a figure is made of, and where its inputs are looked up."""

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from studio.estimates.defaults import Default
from studio.estimates.engine import Estimates
from studio.estimates.figures import figure
from studio.estimates.numbers import known
from studio.estimates.wording import worded
from studio.model.connection import Connection
from studio.units import Dimension, grouped, shown

Value: TypeAlias = float | int | str | None


class Input(NamedTuple):
    """One number a figure was worked out from."""

    name: str
    value: Value
    unit: str
    origin: str
    """The field of the design, the technology or engine default with its source, or another figure."""


def in_its_unit(given: Input) -> str:
    """An input's value for a person's eye: durations and sizes as a person writes them."""
    if not isinstance(given.value, int | float):
        return worded(given.name, given.value)
    if given.name.endswith(("availability", "availability.target")):
        return worded("availability", given.value)
    if given.unit == "s":
        return shown(given.value, Dimension.DURATION)
    if given.unit == "B":
        return shown(given.value, Dimension.SIZE)
    if given.unit == "ms":
        return shown(given.value / 1000, Dimension.DURATION)
    return f"{grouped(given.value)} {given.unit}".rstrip()


class Explanation(NamedTuple):
    """Where a figure comes from."""

    figure: str
    value: float | int | None
    unit: str
    formula: str
    """In words and signs."""
    inputs: tuple[Input, ...]
    assumptions: tuple[str, ...]
    source: str
    """Of the formula."""
    reason: str | None
    """Why the figure is unknown; None when it is known."""


class Rule(NamedTuple):
    """The formula of one kind of figure."""

    formula: str
    source: str
    inputs: tuple[Input, ...] = ()
    assumptions: tuple[str, ...] = ()


IN_DESIGN = "in the design"
FIGURE = "a figure of this estimate"
_UNITS = (
    ("messages_after_peak", "messages"), ("lost_messages", "messages"), ("_minutes", "min"), ("_consumers", "copies"),
    ("thousand_requests", "USD per 1,000 requests"), ("daily_user", "USD/month"), ("days_until_spent", "days"),
    ("requests_per_month", "requests/month"), ("hours_at_fast_burn", "h"), ("nines", "nines"),
    ("expected_attempts", "tries"), ("_rps", "requests/s"), ("_ms", "ms"), ("_bytes_per_s", "B/s"),
    ("bytes_per_day", "B/day"), ("bytes_per_month", "B/month"), ("bytes_total", "B"), ("cost_per_month", "USD/month"),
    ("minutes_per_month", "min/month"), ("requests_per_day", "requests/day"), ("tokens_per_request", "tokens"),
    ("tokens_per_minute", "tokens/min"), ("tokens_per_day", "tokens/day"), ("tokens_per_month", "tokens/month"),
    ("breaks_at", "× today's peak"), ("breaks_first.at", "× today's peak"), ("instances", "instances"),
    ("instances_needed", "instances"), ("instances_recommended", "instances"),
    ("retry_amplification", "calls per request"),
)  # fmt: skip


def unit_of(path: str) -> str:
    """The unit of a figure, by the end of its name; empty for shares of one."""
    return next((unit for ending, unit in _UNITS if path.endswith(ending)), "")


@dataclass(frozen=True, slots=True)
class Lookup:
    """Finds inputs in one estimate."""

    estimates: Estimates

    def figure(self, path: str) -> Input:
        """Another figure of the same estimate."""
        return Input(path, figure(self.estimates, path), unit_of(path), FIGURE)

    def scale(self, field: str, unit: str, default: Default | None = None) -> Input:
        """A field of `requirements.scale`."""
        given = known(getattr(self.estimates.working.basis.design.requirements.scale, field))
        return _given(f"requirements.scale.{field}", given, unit, default)

    def ai(self, field: str, unit: str, default: Default | None = None) -> Input:
        """A field of `requirements.ai`."""
        wanted = self.estimates.working.basis.design.requirements.ai
        given = None if wanted is None else known(getattr(wanted, field))
        return _given(f"requirements.ai.{field}", given, unit, default)

    def component(self, name: str, field: str, unit: str, default: Default | None = None) -> Input:
        """A field of a component, from the design, its technology or the engine's default."""
        basis = self.estimates.working.basis
        component = basis.design.component[name]
        value: Value = getattr(component, field, None)
        if not isinstance(value, bool | str):
            value = basis.field(component, field)
        path = f"components.{name}.{field}"
        if value is None and default is None:
            return Input(path, None, unit, "not given")
        return Input(
            path, default.value if value is None and default is not None else value, unit,
            basis.origin(name, field, default),
        )  # fmt: skip

    def connection(self, connection: Connection, field: str, unit: str, default: Default | None = None) -> Input:
        """A field of a connection."""
        value = getattr(connection, field)
        if not isinstance(value, bool | str):
            value = known(value)
        return _given(f"connections.{connection.id}.{field}", value, unit, default)


def _given(path: str, value: Value, unit: str, default: Default | None) -> Input:
    if value is None and default is not None:
        return Input(path, default.value, unit, default.origin)
    return Input(path, value, unit, "not given" if value is None else IN_DESIGN)
