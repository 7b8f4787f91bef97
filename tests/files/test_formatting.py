from pathlib import Path

import pytest

from studio.errors import InvalidDesign
from studio.files.formatting import formatted
from studio.files.loading import parse

EXAMPLE = Path(__file__).parents[1] / "data" / "format_example.toml"
HEAD = 'format = 1\n\n[design]\nname = "x"\n'

UNTIDY = """
# licence


format=1
# below the format

[connections]
c = {from='a',to="b" , data=[ "d" ]}# wire


# the boxes
[components]   # all of them
a.kind='cache' # fast
a.max_length=1_000_000
"b" = { kind = "queue", limits = { x = { max = 3 } } }
[ components.a . endpoints.get ]
errors=[ # why
"404"   ,# gone
'500'
# more
]
# below the endpoint

# --- the rest ---
[design]
name='x'



overview='''
y'''
[components.b.deploy]
# slowly
strategy="canary"
[data.d]
# the end"""

TIDY = """\
# licence

format = 1
# below the format

[design]
name = 'x'

overview = '''
y'''

# the boxes
[components]  # all of them

[components.a]
kind = 'cache'  # fast
max_length = 1_000_000

[components.a.endpoints.get]
errors = [
  # why
  "404",  # gone
  '500',
  # more
]
# below the endpoint

[components.b]
kind = "queue"
limits.x = { max = 3 }

[connections.c]  # wire
from = 'a'
to = "b"
data = ["d"]

[data.d]
# the end
"""


def test_the_canonical_layout_keeps_words_values_and_comments() -> None:
    untidy = UNTIDY.replace('[components.b.deploy]\n# slowly\nstrategy="canary"\n', "").replace(
        "# --- the rest ---\n", ""
    )
    assert formatted(untidy) == TIDY
    assert formatted(TIDY) == TIDY


def test_a_text_that_is_no_toml_is_not_formatted() -> None:
    with pytest.raises(InvalidDesign, match=r"components\.b\.deploy.* second time"):
        formatted(UNTIDY)


def test_a_comment_goes_with_the_table_below_it() -> None:
    text = HEAD + '\n# about the arrow\n[data.d]\n\n# about the box\n\n[components.a]\nkind = "cache"\n'
    assert (
        formatted(text) == HEAD + '\n# about the box\n\n[components.a]\nkind = "cache"\n\n# about the arrow\n[data.d]\n'
    )


def test_windows_line_ends_stay() -> None:
    text = UNTIDY[: UNTIDY.index("[connections]")] + '[design]\nname="x"\nnon_goals=["a",\n"b"]\n'
    assert formatted(text.replace("\n", "\r\n")) == formatted(text).replace("\n", "\r\n")


def test_the_example_changes_only_in_space_and_in_the_order_of_its_sections() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    once = formatted(text)
    assert sorted("".join(line.split()) for line in once.splitlines() if line) == sorted(
        "".join(line.split()) for line in text.splitlines() if line
    )
    assert parse(once, "x") == parse(text, "x")


def test_an_invalid_design_is_not_formatted() -> None:
    with pytest.raises(InvalidDesign, match=r"shop\.toml:1"):
        formatted("format = 2\n", "shop.toml")
