"""Comparisons as a person writes them: `availability >= 99.9% and p99_ms <= 400`, read once and checked on any figures.

Used by the needs of patterns, by what scenarios expect, and by when a decision is looked at again.

A comparison is `NAME OP VALUE`, joined by `and` and `or` (`and` binds closer; there are no parentheses). OP is one of
`>= > <= < == !=`. VALUE is a number, a percentage, a quantity with a unit (quoted or not), a word, or another name;
a name may carry a factor (`peak_rps > 0.7 * target.capacity_rps`). After `==` and `!=` a word without a dot is a text
(`call.mode == sync`), everywhere else it is a name.

Units: a plain number is in the unit of the name it is compared with. A quantity with a unit is converted into that
unit: milliseconds for a name with `ms` in its last part, minutes for one with `minutes`, else base units (seconds,
bytes, ratios). Two names in different units of time are compared in seconds.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple, TypeAlias

from studio.text import one_line, shortened
from studio.units import Dimension, UnitError, parse_quantity, point

Value: TypeAlias = float | str | bool
Lookup: TypeAlias = Callable[[str], Value | None]
"""What a name stands for, in the unit the name says; None when that is unknown."""

EXAMPLE: Final = "availability >= 99.9% and p99_ms <= 400"


class ComparisonError(ValueError):
    """A text that is no comparison; the error's own text is a sentence: what is wrong, and how to write it."""


class Term(NamedTuple):
    """A name, with the factor it is multiplied by."""

    name: str
    factor: float = 1.0

    @property
    def seconds(self) -> float:
        """The seconds in the unit of time the name says; 1 for every other name."""
        return _seconds(self.name)


class Single(NamedTuple):
    """One `NAME OP VALUE`; a value that is no other name is in the unit of the name on the left."""

    left: Term
    operator: str
    right: Term | Value

    def holds(self, lookup: Lookup) -> bool | None:
        """Whether it is true; None when a name is unknown, or when the two sides cannot be compared."""
        left = _known(lookup, self.left)
        right = _known(lookup, self.right) if isinstance(self.right, Term) else self.right
        if left is None or right is None:
            return None
        if isinstance(left, float) and isinstance(right, float):
            return _NUMBERS[self.operator](*self._in_one_unit(left, right))
        if type(left) is not type(right) or self.operator not in ("==", "!="):
            return None
        return (left == right) is (self.operator == "==")

    def _in_one_unit(self, left: float, right: float) -> tuple[float, float]:
        if isinstance(self.right, Term) and self.right.seconds != self.left.seconds:
            return left * self.left.seconds, right * self.right.seconds
        return left, right


class Comparison(NamedTuple):
    """A parsed comparison: one of the alternatives must hold, each with all its parts."""

    text: str
    """As the person wrote it."""
    alternatives: tuple[tuple[Single, ...], ...]

    def holds(self, lookup: Lookup) -> bool | None:
        """Whether it is true of the figures `lookup` gives; None when that hangs on a name it does not know.

        Numbers within 1e-9 of each other (relative) count as equal, so that `>=` does not fail on rounding.
        """
        return _any(_all(single.holds(lookup) for single in singles) for singles in self.alternatives)

    @property
    def names(self) -> tuple[str, ...]:
        """All names it looks up, each once, in the order of the text."""
        terms = (term for singles in self.alternatives for single in singles for term in (single.left, single.right))
        return tuple(dict.fromkeys(term.name for term in terms if isinstance(term, Term)))


def parse(text: str) -> Comparison:
    """The comparison a text says. Raises `ComparisonError` when it says none."""
    try:
        tokens = tuple(_tokens(text))
        alternatives = tuple(tuple(_single(part) for part in _split(some, "and")) for some in _split(tokens, "or"))
    except ComparisonError as error:
        raise ComparisonError(f"“{shortened(one_line(text), 80)}” is no comparison: {error}") from None
    return Comparison(text, alternatives)


def _close(left: float, right: float) -> bool:
    return math.isclose(left, right, rel_tol=1e-9, abs_tol=0.0)


_NUMBERS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "==": _close,
    "!=": lambda left, right: not _close(left, right),
    ">=": lambda left, right: left > right or _close(left, right),
    "<=": lambda left, right: left < right or _close(left, right),
    ">": lambda left, right: left > right and not _close(left, right),
    "<": lambda left, right: left < right and not _close(left, right),
}


def _known(lookup: Lookup, term: Term) -> Value | None:
    """What a term stands for, numbers as floats; None when unknown, undefined, or a text that is multiplied."""
    value = lookup(term.name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return None if math.isnan(value) else value * term.factor
    return value if term.factor == 1.0 else None


def _all(answers: Iterable[bool | None]) -> bool | None:
    found = tuple(answers)
    return False if False in found else None if None in found else True


def _any(answers: Iterable[bool | None]) -> bool | None:
    found = tuple(answers)
    return True if True in found else None if None in found else False


class _Token(NamedTuple):
    kind: str
    text: str


@cache
def _token_pattern() -> re.Pattern[str]:
    number = r"[+-]?(?:\d+(?:_\d+)*(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?"
    kinds = {
        "space": r"\s+",
        "operator": r"[<>=!]=|[<>]",
        "quoted": r"'[^']*'|\"[^\"]*\"",
        "quantity": rf"{number}\s*(?:%|(?!(?:and|or)\b)[^\W\d_]+)(?![\w.])",
        "number": rf"{number}(?![\w.])",
        "times": r"\*",
        "word": r"[A-Za-z][\w-]*(?:\.[\w-]+)*",
    }
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items()))


def _tokens(text: str) -> Iterator[_Token]:
    place = 0
    while place < len(text):
        match = _token_pattern().match(text, place)
        if match is None:
            raise ComparisonError(_misread(text[place:]))
        place = match.end()
        if match.lastgroup != "space":
            yield _Token(str(match.lastgroup), match.group())


def _misread(rest: str) -> str:
    advice = {"=": "equality is written ==", "(": "there are no parentheses; and binds closer than or"}
    shown = shortened(one_line(rest), 20)
    return f"“{shown}” is not understood; {advice.get(rest[0], f'write it like {EXAMPLE}')}"


def _split(tokens: tuple[_Token, ...], joiner: str) -> Iterator[tuple[_Token, ...]]:
    start = 0
    for place, token in enumerate(tokens):
        if token == _Token("word", joiner):
            yield tokens[start:place]
            start = place + 1
    yield tokens[start:]


def _single(tokens: tuple[_Token, ...]) -> Single:
    operators = [place for place, token in enumerate(tokens) if token.kind == "operator"]
    if not tokens:
        raise ComparisonError(f"a name, an operator and a value are wanted; write it like {EXAMPLE}")
    if len(operators) != 1:
        found = f"{len(operators)} operators" if operators else "no operator"
        raise ComparisonError(f"“{_spelt(tokens)}” has {found}; write one of >= > <= < == !=, as in {EXAMPLE}")
    place = operators[0]
    left = _term(tokens[:place])
    if left is None:
        raise ComparisonError(f"on the left of {tokens[place].text} there must be one name, as in {EXAMPLE}")
    return Single(left, tokens[place].text, _right(left, tokens[place].text, tokens[place + 1 :]))


def _spelt(tokens: Iterable[_Token]) -> str:
    return shortened(" ".join(token.text for token in tokens), 40)


def _term(tokens: tuple[_Token, ...]) -> Term | None:
    """A name, `number * name` or `name * number`; None for anything else."""
    match tokens:
        case (("word", name),):
            return Term(name)
        case (("number", number), ("times", _), ("word", name)) | (("word", name), ("times", _), ("number", number)):
            return Term(name, float(number))
    return None


def _right(left: Term, operator: str, tokens: tuple[_Token, ...]) -> Term | Value:
    match tokens:
        case (("word", "true" | "false" as word),):
            return word == "true"
        case (("word", word),) if operator in ("==", "!=") and "." not in word:
            return word
        case (("number", number),):
            return float(number)
        case (("quantity", quantity),):
            return _measured(quantity, left)
        case (("quoted", quoted),):
            return _quoted(quoted[1:-1], left)
    term = _term(tokens)
    if term is None:
        found = f"“{_spelt(tokens)}” is not one" if tokens else "there is none"
        raise ComparisonError(f"one value is wanted on the right of {operator} and {found}; write it like {EXAMPLE}")
    return term


def _quoted(text: str, left: Term) -> Value:
    """A number, percentage or quantity in quotes; any other text is itself."""
    match = _token_pattern().fullmatch(text.strip())
    if match is not None and match.lastgroup == "number":
        return float(text)
    if match is not None and match.lastgroup == "quantity":
        return _measured(text, left)
    return text


def _measured(text: str, left: Term) -> float:
    """A quantity with a unit, in the unit the name on the left is in."""
    if text.endswith("%"):
        return _percent(text)
    for dimension in (Dimension.DURATION, Dimension.SIZE):
        try:
            quantity = Decimal(repr(point(parse_quantity(text, dimension, interval=False))))
        except UnitError:
            continue
        return float(quantity / Decimal(repr(left.seconds)) if dimension is Dimension.DURATION else quantity)
    raise ComparisonError(f'“{text}” has no unit that is known; write "200 ms", "10 min", "5 GB" or 99.9%')


def _percent(text: str) -> float:
    return float(Decimal(text.rstrip("% ").replace("_", "")) / 100)


@cache
def _seconds(name: str) -> float:
    words = name.rpartition(".")[2].split("_")
    return 0.001 if "ms" in words else 60.0 if "minutes" in words else 1.0
