"""The names of keys: how a person may write them, how the studio calls them, and which a terminal cannot send."""

from typing import Final

MODIFIERS: Final = ("ctrl", "alt", "shift", "super", "hyper", "meta")
NAMED: Final = frozenset([
    "left", "right", "up", "down", "home", "end", "pageup", "pagedown", "insert", "delete", "backspace", "enter",
    "escape", "tab", "space", "slash", "backslash", "at", "minus", "plus", "underscore",
    *(f"f{number}" for number in range(1, 25)),
])  # fmt: skip
"""Keys with a name; every other is a character, or the name Unicode has for it with `_` for blanks."""
ALIASES: Final = {
    "esc": "escape", "return": "enter", "del": "delete", "ins": "insert", "pgup": "pageup", "pgdn": "pagedown",
    "page_up": "pageup", "page_down": "pagedown", "bs": "backspace", "blank": "space", "equals": "equals_sign",
    "period": "full_stop", "dot": "full_stop", "hyphen_minus": "minus", "low_line": "underscore", "solidus": "slash",
    "plus_sign": "plus", "commercial_at": "at", "reverse_solidus": "backslash",
}  # fmt: skip
ARRIVES_AS: Final = {
    "ctrl+i": "Tab", "ctrl+m": "Enter", "ctrl+j": "Enter", "ctrl+h": "Backspace", "ctrl+left_square_bracket": "Esc",
    "ctrl+enter": "Enter", "shift+enter": "Enter", "ctrl+tab": "Tab", "shift+space": "Space",
    "shift+backspace": "Backspace",
}  # fmt: skip
"""Keys that most terminals send as another one."""
_CONTROLS: Final = ("@", "backslash", "right_square_bracket", "circumflex_accent", "underscore")


def plain(name: str) -> str | None:
    """The studio's own name of a key as a person wrote it (`?`, `Ctrl+S`, `^s`); None when there is no such key."""
    text = name if len(name) == 1 else name.strip()
    if len(text) > 1 and text.startswith("^"):
        text = f"ctrl+{text[1:]}"
    head, base = ("", text) if len(text) == 1 else _divided(text)
    modifiers = [part.lower() for part in head.split("+") if part]
    found = _base(base)
    if found is None or any(part not in MODIFIERS for part in modifiers):
        return None
    if modifiers == ["shift"] and len(found) == 1 and found.isalpha():
        return found.upper()
    if "ctrl" in modifiers and len(found) == 1:
        found = found.lower()
    key = "+".join([*(part for part in MODIFIERS if part in modifiers), found])
    return "ctrl+@" if key in ("ctrl+at", "ctrl+space") else key


def _divided(text: str) -> tuple[str, str]:
    """Modifiers and key; the key may be a plus sign itself."""
    if text.endswith("++"):
        return text[:-2], "+"
    head, _, base = text.rpartition("+")
    return head, base


def _base(name: str) -> str | None:
    if len(name) == 1:
        return _of_character(name)
    lower = name.lower()
    lower = ALIASES.get(lower, lower)
    if lower in NAMED:
        return lower
    import unicodedata

    try:
        unicodedata.lookup(lower.replace("_", " "))
    except KeyError:
        return None
    return lower


def _of_character(character: str) -> str | None:
    if character.isalnum():
        return character
    if character == " ":
        return "space"
    import unicodedata

    try:
        name = unicodedata.name(character).lower().replace("-", "_").replace(" ", "_")
    except ValueError:
        return None
    return ALIASES.get(name, name)


def cannot_be_sent(key: str) -> str:
    """Why a terminal does not send a key as such, in a few words; nothing when it does."""
    *modifiers, base = key.split("+")
    if key in ARRIVES_AS:
        return f"it arrives as {ARRIVES_AS[key]}"
    if any(part in ("super", "hyper", "meta") for part in modifiers):
        return "a terminal has only ctrl, alt and shift"
    if "ctrl" in modifiers and "shift" in modifiers and len(base) == 1:
        return f"it arrives as ctrl+{base}"
    is_special = base in NAMED - {"slash", "at", "minus", "plus"}
    if "ctrl" in modifiers and not (
        is_special or base in _CONTROLS or (len(base) == 1 and base.isascii() and base.isalpha())
    ):
        return "ctrl goes with letters and named keys only"
    if modifiers == ["shift"] and not is_special:
        return "write the character that shift makes instead"
    return ""


def shown(key: str) -> str:
    """A key as a person reads it: `ctrl+s` → `^s`, `question_mark` → `?`."""
    *modifiers, base = key.split("+")
    signs = {"ctrl": "^", "shift": "S-", "alt": "M-"}
    return "".join(signs.get(part, f"{part}-") for part in modifiers) + _shown_base(base)


_SHOWN: Final = {
    "delete": "Del", "insert": "Ins", "enter": "Enter", "escape": "Esc", "space": "Space", "tab": "Tab", "left": "←",
    "right": "→", "up": "↑", "down": "↓", "pageup": "PgUp", "pagedown": "PgDn", "backspace": "⌫", "home": "Home",
    "end": "End", "slash": "/", "backslash": "\\", "at": "@", "minus": "-", "plus": "+", "underscore": "_",
}  # fmt: skip


def _shown_base(base: str) -> str:
    if base in _SHOWN:
        return _SHOWN[base]
    if base[:1] == "f" and base[1:].isdigit():
        return base.upper()
    if len(base) > 1:
        import unicodedata

        try:
            return unicodedata.lookup(base.replace("_", " "))
        except KeyError:
            return base
    return base
