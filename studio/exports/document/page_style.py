"""The style sheet of the page: calm, readable, light or dark as the reader prefers, sensible on paper.

Its colours are those of pictures, and its names are none of theirs: a picture lies in the page with its own sheet.
"""

from collections.abc import Mapping
from typing import Final

_LIGHT: Final[Mapping[str, str]] = {
    "paper": "#ffffff", "ink": "#1f2933", "quiet": "#52606d", "rim": "#d5dce3", "ground": "#f4f6f8", "link": "#1b5e86",
    "alert": "#9b2c1c",
}  # fmt: skip
_DARK: Final[Mapping[str, str]] = {
    "paper": "#15191e", "ink": "#e6eaee", "quiet": "#a3b0bc", "rim": "#36404a", "ground": "#1d232a", "link": "#8cc4ea",
    "alert": "#f4a093",
}  # fmt: skip
"""Contrast of text on its ground is 4.5 or more everywhere (WCAG 2, level AA)."""

_FORM: Final = """\
*{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0 auto;padding:0 1.25rem 4rem;max-width:74rem;background:var(--paper);color:var(--ink);
font:1rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:break-word}
header{padding:2.5rem 0 1rem}
header p{margin:0;color:var(--quiet);font-size:.85rem;letter-spacing:.06em;text-transform:uppercase}
h1{margin:.1rem 0 0;font-size:2.2rem;line-height:1.2;letter-spacing:-.01em}
h2{margin:0 0 1rem;font-size:1.5rem;line-height:1.3}
h3{margin:2rem 0 .6rem;font-size:1.15rem;line-height:1.35}
h4{margin:1.6rem 0 .5rem;font-size:1rem;line-height:1.4}
section{padding-top:2.5rem;margin-top:2.5rem;border-top:1px solid var(--rim)}
p,ul,ol,pre{margin:.6rem 0}
p,li{max-width:72ch}
ul,ol{padding-left:1.4rem}
li{margin:.25rem 0}
a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:.15em}
a:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.letter{text-decoration:none}
code,pre{font:.875em/1.5 ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
p code,li code{overflow-wrap:anywhere}
pre{padding:.9rem 1rem;overflow-x:auto;background:var(--ground);border-radius:.4rem}
pre code{font-size:1em}
.note{color:var(--quiet);font-size:.9em}
.missing{padding:.5rem .8rem;border-left:3px solid var(--alert);background:var(--ground);color:var(--quiet)}
nav{padding:1rem 1.25rem;background:var(--ground);border-radius:.5rem}
nav ol{margin:0;padding-left:1.6rem;columns:14rem;column-gap:2rem}
nav li{margin:.15rem 0;break-inside:avoid}
nav a{text-decoration:none}
nav a:hover,.letter:hover{text-decoration:underline}
figure{margin:1rem 0;padding:.5rem;overflow-x:auto;border:1px solid var(--rim);border-radius:.5rem}
figure svg{display:block;margin:0 auto;width:100%;max-width:var(--wide);min-width:calc(var(--wide)*.75);height:auto}
.scroll{margin:.8rem 0 1rem;overflow-x:auto}
table{border-collapse:collapse;min-width:50%;font-size:.9rem;line-height:1.45;font-variant-numeric:tabular-nums}
th,td{padding:.45rem .7rem .45rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--rim)}
th{color:var(--quiet);font-weight:600;vertical-align:bottom;border-bottom-width:2px}
th+th,td+td{padding-left:.7rem}
td:last-child,th:last-child{padding-right:0}
td:first-child:not(.number){min-width:7rem}
th.some{min-width:7rem}
th.long{min-width:12rem}
.number{text-align:right}
td.number,td.brief{white-space:nowrap}
:target{scroll-margin-top:2rem;background:var(--ground);box-shadow:0 0 0 .3rem var(--ground)}
section:target{background:none;box-shadow:none}
@media (max-width:40rem){body{padding:0 1rem 3rem}h1{font-size:1.7rem}h2{font-size:1.3rem}header{padding-top:1.5rem}}"""

_PRINT: Final = """\
@media print{
@page{size:A4;margin:16mm 14mm}
body{max-width:none;padding:0;font-size:10pt;line-height:1.45}
header{padding-top:0}
h1{font-size:20pt}h2{font-size:14pt}h3{font-size:11.5pt}h4{font-size:10.5pt}
h2,h3,h4{break-after:avoid}
section{margin-top:7mm;padding-top:5mm}
p,li{max-width:none;orphans:3;widows:3}
nav{padding:3mm 4mm;border:1px solid var(--rim)}
a{color:inherit;text-decoration:none}
.scroll,figure,pre{overflow:visible}
figure,.missing{break-inside:avoid}
figure svg{min-width:0;max-height:240mm}
table{width:100%;font-size:7.5pt;line-height:1.35}
th,td{padding:1mm 1.2mm 1mm 0;overflow-wrap:break-word}
th+th,td+td{padding-left:1.2mm}
th.some,th.long{min-width:0}
td:first-child:not(.number){min-width:18mm}
thead{display:table-header-group}
tr{break-inside:avoid}
pre{white-space:pre-wrap}
}"""


def page_style() -> str:
    """All rules; nothing in them comes from a design. On paper the page is light."""
    light, dark = (";".join(f"--{name}:{colour}" for name, colour in colours.items()) for colours in (_LIGHT, _DARK))
    preferred = f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    return f":root{{color-scheme:light dark;{light}}}\n{preferred}\n{_FORM}\n{_PRINT}"
