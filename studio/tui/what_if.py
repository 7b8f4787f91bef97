"""What is supposed of a design while nothing of it is changed: more load, parts that are gone, empty caches."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from studio.estimates.conditions import Conditions, conditions_of
from studio.model.behaviour import Scenario
from studio.model.design import Design
from studio.text import listed
from studio.units import grouped

STEPS: Final = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
"""Where the slider of the load stops: × today's peak."""
LONGEST_FACTOR: Final = 6
"""Characters of a factor that is typed."""


class WhatIf(NamedTuple):
    """A supposition; the default is today."""

    load: float = 1.0
    """× today's peak, from 0.1 to 100."""
    down: tuple[str, ...] = ()
    cold: tuple[str, ...] = ()
    zone_lost: bool = False
    typed: str = ""
    """The factor as far as it is typed; empty when nobody is typing one."""

    @property
    def conditions(self) -> Conditions:
        """The same for the engine."""
        return Conditions(self.load, frozenset(self.down), frozenset(self.cold), self.zone_lost)

    @property
    def is_today(self) -> bool:
        """Whether nothing is supposed."""
        return self.conditions == Conditions()

    def moved(self, by: int) -> "WhatIf":
        """With the slider one stop up (1) or down (-1)."""
        ahead = [stop for stop in STEPS if (stop - self.load) * by > 1e-9]
        return self._replace(load=(min if by > 0 else max)(ahead, default=self.load), typed="")

    def with_typed(self, character: str) -> "WhatIf":
        """With one more character of a factor; 0 alone takes everything back, which is not typing."""
        if character == "0" and not self.typed:
            return WhatIf()
        text = f"{self.typed}{character}"
        if len(text) > LONGEST_FACTOR or text.count(".") > 1:
            return self
        return self._with_factor(text)

    def with_less_typed(self) -> "WhatIf":
        """Without the last character that was typed."""
        return self._with_factor(self.typed[:-1])

    def _with_factor(self, text: str) -> "WhatIf":
        factor = float(text) if text.strip(".") else 1.0
        return self._replace(load=min(max(factor, STEPS[0]), STEPS[-1]), typed=text)

    def with_down(self, component: str) -> "WhatIf":
        """With a component gone, or back again."""
        return self._replace(down=_toggled(self.down, component), typed="")

    def with_cold(self, component: str) -> "WhatIf":
        """With a cache empty, or warm again."""
        return self._replace(cold=_toggled(self.cold, component), typed="")

    def with_zone(self) -> "WhatIf":
        """With a zone lost, or found again."""
        return self._replace(zone_lost=not self.zone_lost, typed="")

    def still_in(self, design: Design) -> "WhatIf":
        """Without what the design has no more."""
        there = design.component
        return self._replace(
            down=tuple(id_ for id_ in self.down if id_ in there), cold=tuple(id_ for id_ in self.cold if id_ in there)
        )

    def words(self) -> str:
        """`load ×10, down: db, cold: redis`; `today's peak` when nothing is supposed."""
        return ", ".join(self._words()) or "today's peak"

    def _words(self) -> Iterator[str]:
        if self.load != 1 or self.typed:
            yield f"load ×{self.typed or grouped(self.load)}"
        if self.down:
            yield f"down: {listed(self.down)}"
        if self.cold:
            yield f"cold: {listed(self.cold)}"
        if self.zone_lost:
            yield "one zone lost"

    def scenario(self, id_: str) -> Scenario:
        """The same kept in the design file."""
        said = {
            "load": None if self.load == 1 else self.load,
            "down": self.down,
            "cold": self.cold,
            "zone_lost": True if self.zone_lost else None,
        }
        return Scenario.model_validate({"id": id_, **{key: value for key, value in said.items() if value}})

    def slider(self, wide: int, *, ascii_only: bool) -> str:
        """The slider as a line of so many characters, with the knob where the load is on a logarithmic scale."""
        from math import log10

        line, knob = ("-", "O") if ascii_only else ("─", "●")
        place = round((log10(self.load) + 1) / 3 * (wide - 1))
        return f"{line * place}{knob}{line * (wide - 1 - place)}"


def of_scenario(scenario: Scenario) -> WhatIf:
    """What a kept scenario supposes."""
    found = conditions_of(scenario)
    load = min(max(found.load, STEPS[0]), STEPS[-1])
    return WhatIf(load, scenario.down, scenario.cold, found.zone_lost)


def can_be_cold(design: Design, component: str) -> bool:
    """Whether a component is a cache, which may be empty."""
    from studio.red_flags.facts import CACHES

    found = design.component.get(component)
    return found is not None and found.kind in CACHES


def _toggled(ids: tuple[str, ...], one: str) -> tuple[str, ...]:
    return tuple(id_ for id_ in ids if id_ != one) if one in ids else (*ids, one)
