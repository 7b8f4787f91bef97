"""The keys of the modes: while something is supposed, and while a journey is walked. They come before all others."""

from typing import Final

from textual.binding import Binding, BindingType


def _in_mode(keys: str, action: str, description: str, identifier: str, tooltip: str, *, hint: bool = False) -> Binding:
    return Binding(keys, action, description, show=hint, id=identifier, tooltip=tooltip, priority=True)


SUPPOSING: Final[list[BindingType]] = [
    _in_mode("left", "suppose_load(-1)", "load", "what-if.less", "What if: less load", hint=True),
    _in_mode("right", "suppose_load(1)", "load", "what-if.more", "What if: more load", hint=True),
    *(
        _in_mode(name, f"suppose_typed('{typed}')", "× load", "what-if.type", "What if: type a factor of the load")
        for name, typed in (*((digit, digit) for digit in "123456789"), ("full_stop", "."))
    ),
    _in_mode("backspace", "suppose_less_typed", "Back", "what-if.back", "What if: take the last digit back"),
    _in_mode("x", "suppose_down", "down", "what-if.down", "What if: the box is gone, or back", hint=True),
    _in_mode("c", "suppose_cold", "cold", "what-if.cold", "What if: the cache is empty, or warm", hint=True),
    _in_mode("l", "suppose_zone", "zone", "what-if.zone", "What if: a zone is lost, or found", hint=True),
    _in_mode("0", "suppose_nothing", "reset", "what-if.reset", "What if: take everything back", hint=True),
    _in_mode("p", "suppose_kept", "pick", "what-if.pick", "What if: look at a kept scenario", hint=True),
    _in_mode("s", "suppose_keep", "keep", "what-if.keep", "What if: keep it as a scenario", hint=True),
    _in_mode("shift+left", "suppose_walk('left')", "Left", "what-if.left", "What if: the box to the left"),
    _in_mode("shift+right", "suppose_walk('right')", "Right", "what-if.right", "What if: the box to the right"),
    _in_mode("shift+up", "suppose_walk('up')", "Up", "what-if.up", "What if: the box above"),
    _in_mode("shift+down", "suppose_walk('down')", "Down", "what-if.down-box", "What if: the box below"),
    _in_mode("w,escape,ctrl+g", "suppose_leave", "leave", "what-if.leave", "What if: leave it, nothing is changed",
             hint=True),
]  # fmt: skip

WALKING: Final[list[BindingType]] = [
    _in_mode("right,enter,space", "hop_walk(1)", "next", "walk.next", "Journey: the next call", hint=True),
    _in_mode("left,backspace", "hop_walk(-1)", "back", "walk.back", "Journey: the call before", hint=True),
    _in_mode("home", "hop_walk(-1000)", "First", "walk.first", "Journey: the first call"),
    _in_mode("end", "hop_walk(1000)", "Last", "walk.last", "Journey: the last call"),
    _in_mode("s", "hop_other", "other journey", "walk.other", "Journey: walk another one", hint=True),
    _in_mode("equals_sign", "hop_explain", "explain", "walk.explain", "Journey: where the time comes from", hint=True),
    _in_mode("escape,ctrl+g,q", "hop_leave", "leave", "walk.leave", "Journey: leave it", hint=True),
]

MODES: Final[list[BindingType]] = [*SUPPOSING, *WALKING]
