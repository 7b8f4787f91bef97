"""Variables in compose files: `${NAME:-default}` and its relatives, with what is known put in."""

import re
from collections.abc import Mapping
from typing import Final

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_OPERATOR: Final = re.compile(r":?[-+?]")
OPEN: Final = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
"""A variable that stayed open, as `interpolated` writes it."""
_DEEPEST: Final = 10
_LONGEST: Final = 1_000
"""Characters of a default."""
_LONGEST_TEXT: Final = 20_000
"""Characters of a text; a longer one is a file somebody put in, and stays as it is."""


def interpolated(text: str, variables: Mapping[str, str], depth: int = 0) -> str:
    """`text` with the variables that have a value or a default put in; open ones stay, written as `${NAME}`.

    The rules are those of the Compose Specification, §Interpolation. `$$` is a dollar sign. What is no variable stays.
    """
    if "$" not in text or depth > _DEEPEST or len(text) > _LONGEST_TEXT:
        return text
    found: list[str] = []
    place = 0
    while (sign := text.find("$", place)) >= 0:
        found.append(text[place:sign])
        value, place = _variable(text, sign, variables, depth)
        found.append(value)
    return "".join([*found, text[place:]])


def _variable(text: str, sign: int, variables: Mapping[str, str], depth: int) -> tuple[str, int]:
    """What stands for the variable at a dollar sign, and where the text goes on."""
    if text.startswith("$$", sign):
        return "$", sign + 2
    braced = text.startswith("${", sign)
    name = _NAME.match(text, sign + 1 + braced)
    if name is None:
        return "$", sign + 1
    if not braced:
        return variables.get(name[0], f"${{{name[0]}}}"), name.end()
    end = _closing(text, name.end())
    if end is None:
        return "$", sign + 1
    return _braced(name[0], text[name.end() : end], variables, depth), end + 1


def _braced(name: str, rest: str, variables: Mapping[str, str], depth: int) -> str:
    operator = _OPERATOR.match(rest)
    if operator is None:
        return variables.get(name, f"${{{name}}}")
    word = rest[operator.end() :]
    value = variables.get(name)
    is_set = value is not None and (value != "" or not operator[0].startswith(":"))
    if operator[0].endswith("+"):
        return interpolated(word, variables, depth + 1) if is_set else ""
    if value is not None and is_set:
        return value
    return interpolated(word, variables, depth + 1) if operator[0].endswith("-") else f"${{{name}}}"


def _closing(text: str, start: int) -> int | None:
    """Where the brace that is open at `start` is closed."""
    depth = 0
    for place in range(start, min(len(text), start + _LONGEST)):
        if text.startswith("${", place):
            depth += 1
        elif text[place] == "}":
            if depth == 0:
                return place
            depth -= 1
    return None


def variables_of(text: str) -> dict[str, str]:
    """The variables of an env file: `NAME=value` a line, quotes and `export` taken off, comments left out."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if equals and not name.startswith("#") and _NAME.fullmatch(name.strip()):
            found[name.strip()] = _unquoted(value.strip())
    return found


def _unquoted(value: str) -> str:
    if value[:1] in ("'", '"') and value.find(value[0], 1) > 0:
        return value[1 : value.find(value[0], 1)]
    return re.split(r"\s#", value, maxsplit=1)[0].rstrip()
