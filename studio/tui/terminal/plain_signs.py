"""Signs for terminals that know ASCII only: ours in one column of ASCII each, letters of a person as they are."""

from collections.abc import Mapping
from typing import Final

_SIGNS: Final = {
    "«»“”": '"',
    "·…•": ".",
    "×✗": "x",
    "÷": "/",
    "μ": "u",
    "–—−─═┄┈╌╴╶": "-",
    "←‹≤◀◁◂◃◄◅": "<",
    "→›≥▶▷▸▹►▻": ">",
    "↑▲△▴▵": "^",
    "↓▼▽▾▿": "v",
    "│║┆┊╎╵╷▏▎▍▌▋▊▉▐▕": "|",
    "✓": "+",
    "○": "o",
    "■▪█▇▆▅▄▃▂▁▀▔": "#",
    "●◆": "*",
}
_TURNING: Final = dict.fromkeys(range(0x2801, 0x2900), "*")
_OTHER_LINES: Final = dict.fromkeys(range(0x2500, 0x2580), "+")

PLAIN_SIGNS: Final[Mapping[int, str]] = {
    **_TURNING,
    **_OTHER_LINES,
    **{ord(sign): plain for signs, plain in _SIGNS.items() for sign in signs},
}
"""For `str.translate`."""
