"""The style sheet of pictures: calm colours on light paper, and the same on dark paper where a person prefers it.

Plain rules, without variables, so that renderers which know little CSS show the light one.
"""

from collections.abc import Mapping
from typing import Final

_FORM: Final = """\
text{font-family:system-ui,sans-serif;dominant-baseline:auto}
.middle{text-anchor:middle}
.name{font-size:13px}
.kind{font-size:10px}
.label{font-size:12px}
.frame-title{font-size:12px;font-weight:600}
.mark-text{font-size:11px;font-weight:600}
.legend-title{font-size:12px;font-weight:600}
.legend{font-size:12px}
.box{stroke-width:2}
.frame{stroke-width:1}
.wire{fill:none;stroke-width:2;stroke-linecap:butt}
.later{stroke-dasharray:5 4}
.ornament{fill:none;stroke-width:1}
.passing{stroke-dasharray:3 3}
.mark{stroke-width:1}
.level-2.mark{stroke-width:2}"""

_LIGHT: Final[Mapping[str, str]] = {
    "paper": "#ffffff", "ink": "#1f2933", "quiet": "#5b6875", "line": "#7b8794", "edge": "#52606d",
    "face": "#ffffff", "ground": "#f4f6f8", "rim": "#b8c2cc",
    "fine": "#e6f2ec", "fine_ink": "#1d5c3f", "some": "#fdf3d7", "some_ink": "#6b4e00",
    "much": "#fde3cf", "much_ink": "#7d3200", "bad": "#b42318", "bad_ink": "#ffffff",
}  # fmt: skip
_DARK: Final[Mapping[str, str]] = {
    "paper": "#15191e", "ink": "#e6eaee", "quiet": "#9aa7b4", "line": "#7d8a97", "edge": "#9aa7b4",
    "face": "#1e242b", "ground": "#1a1f25", "rim": "#46515c",
    "fine": "#173326", "fine_ink": "#9fdcbd", "some": "#3a3013", "some_ink": "#f1d98a",
    "much": "#472a14", "much_ink": "#ffc59b", "bad": "#f0776b", "bad_ink": "#1a0a08",
}  # fmt: skip
"""Contrast of text on its ground is 4.5 or more everywhere (WCAG 2, level AA)."""

_COLOURS: Final = """\
.paper{{fill:{paper}}}
.name,.legend-title{{fill:{ink}}}
.kind,.legend{{fill:{quiet}}}
.label{{fill:{ink}}}
.frame-title{{fill:{quiet}}}
.box{{fill:{face};stroke:{edge}}}
.frame{{fill:{ground};stroke:{rim}}}
.wire{{stroke:{line}}}
.head{{fill:{line}}}
.ornament{{stroke:{edge}}}
.mark{{fill:{face};stroke:{rim}}}
.mark-text{{fill:{ink}}}
.level-0.mark{{fill:{fine};stroke:{fine_ink}}}
.level-0.mark-text{{fill:{fine_ink}}}
.level-1.mark{{fill:{some};stroke:{some_ink}}}
.level-1.mark-text{{fill:{some_ink}}}
.level-2.mark{{fill:{much};stroke:{much_ink}}}
.level-2.mark-text{{fill:{much_ink}}}
.level-3.mark{{fill:{bad};stroke:{bad}}}
.level-3.mark-text{{fill:{bad_ink}}}"""


def sheet() -> str:
    """All rules; nothing in them comes from a design."""
    light, dark = (_COLOURS.format(**colours) for colours in (_LIGHT, _DARK))
    return f"{_FORM}\n{light}\n@media (prefers-color-scheme:dark){{\n{dark}\n}}"
