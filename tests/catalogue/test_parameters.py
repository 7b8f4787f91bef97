"""Parameters: values as a person writes them, within their bounds."""

import pytest

from studio.catalogue.entries import Parameter
from studio.catalogue.library import Library
from studio.catalogue.parameters import checked, settled
from studio.errors import EditRefused


def _parameter(kind: str, low: object = None, high: object = None, choices: tuple[str, ...] = ()) -> Parameter:
    return Parameter("size", "How much?", kind, None, low, high, choices)


@pytest.mark.parametrize(
    ("parameter", "value", "becomes"),
    [
        (_parameter("count", 1, 9), 4, 4),
        (_parameter("count"), "4", 4),
        (_parameter("count"), 4.0, 4),
        (_parameter("number"), "2.5", 2.5),
        (_parameter("money"), "100", 100),
        (_parameter("rate"), [100, 300], [100, 300]),
        (_parameter("ratio"), "90%", 0.9),
        (_parameter("ratio"), 0.9, 0.9),
        (_parameter("ratio"), "0.9", 0.9),
        (_parameter("ratio"), [0.5, "90%"], [0.5, 0.9]),
        (_parameter("duration", "1 s", "1 h"), "90 s", "90 s"),
        (_parameter("duration"), "60s", "1 min"),
        (_parameter("size"), "500 B", "500 B"),
        (_parameter("text"), "any words", "any words"),
        (_parameter("choice", choices=("a", "b")), "b", "b"),
        (_parameter("boolean"), True, True),
        (_parameter("boolean"), "no", False),
        (_parameter("boolean"), "TRUE", True),
    ],
)
def test_a_value_becomes_what_the_design_file_holds(parameter: Parameter, value: object, becomes: object) -> None:
    found = checked(parameter, value)
    assert found == becomes
    assert type(found) is type(becomes)


@pytest.mark.parametrize(
    ("parameter", "value", "said"),
    [
        (_parameter("count", 2), 1, "size is “1” and must be at least 2"),
        (_parameter("count", high=6), "7", "size is “7” and must be at most 6"),
        (_parameter("count"), 2.5, "must be a whole number"),
        (_parameter("count"), "many", "“many” is no number"),
        (_parameter("count"), True, "a number is wanted"),
        (_parameter("number"), "nan", "undefined numbers mean nothing"),
        (_parameter("ratio"), 90, "a percentage is written"),
        (_parameter("ratio", high=0.99), [0.5, 1], "must be at most 0.99"),
        (_parameter("duration"), 10, "a duration needs a unit"),
        (_parameter("duration", "1 s"), "1 ms", "size is “1 ms” and must be at least 1 s"),
        (_parameter("size"), "5 apples", "has no unit of size"),
        (_parameter("text"), 5, "is a text on one line"),
        (_parameter("text"), "a\x1b[2J", "without control characters"),
        (_parameter("choice", choices=("a", "b")), "c\x1b", "without control characters"),
        (_parameter("choice", choices=("a", "b")), "c", "size cannot be “c”; choose a or b"),
        (_parameter("boolean"), "perhaps", "write true or false"),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_words(parameter: Parameter, value: object, said: str) -> None:
    with pytest.raises(EditRefused) as caught:
        checked(parameter, value)
    assert said in str(caught.value)


def test_parameters_nobody_gives_have_their_defaults(library: Library) -> None:
    pattern = library.pattern("cache-aside")
    assert settled(pattern, {"ttl": "5 min"}) == {"ttl": "5 min", "hit_ratio": [0.7, 0.9]}


def test_an_unknown_parameter_names_the_nearest(library: Library) -> None:
    with pytest.raises(EditRefused, match="cache-aside has no parameter tll; did you mean ttl"):
        settled(library.pattern("cache-aside"), {"tll": "5 min"})
