"""Markdown for a comment, read back as GitHub would: by a parser of CommonMark with tables."""

import re

import pytest
from markdown_it import MarkdownIt

from studio.cli.reports.markdown import MOST_CHARACTERS, words
from tests.cli.reports.conftest import HEAD, Run


def html(text: str) -> str:
    return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))


def test_a_comment_begins_with_its_mark_and_what_to_act_on(tree: object, check: Run) -> None:
    lines = check("designs/shop.toml", "--format", "markdown")[1].splitlines()
    assert lines[0] == "<!-- tenfold check -->"
    assert lines[2].startswith("## tenfold: ")
    assert lines[4].startswith("### Shop (designs/shop.toml): ")
    assert lines[6] == "|  | finding | what is wrong | what to do | where |"
    assert lines[8].startswith("| **error** | ")


def test_the_rest_is_folded_and_the_sum_follows(tree: object, check: Run) -> None:
    out = check("designs/shop.toml", "--format", "markdown", "--show-unknown")[1]
    assert "<details><summary>1 accepted</summary>" in out
    assert "accepted by Ann until 2999-01-01: one zone will do until spring" in out
    assert "that nobody can tell</summary>" in out
    assert "- Targets: 1 of 2 met; missed: cost per month, wanted 100, got 180" in out
    assert "- Coverage: " in out
    assert "- Next question: " in out


def test_it_is_a_table_for_a_reader_of_markdown(tree: object, check: Run) -> None:
    found = html(check("designs/shop.toml", "--format", "markdown")[1])
    assert found.count("<table>") == found.count("</table>") == 2
    assert "<td>designs/shop.toml:" in found


def test_the_baseline_is_told(tree: object, check: Run) -> None:
    check("designs/shop.toml", "--baseline", "known.json", "--update-baseline")
    out = check("designs/shop.toml", "--baseline", "known.json", "--format", "markdown")[1]
    assert "## tenfold: nothing to act on" in out
    assert "held back by the baseline</summary>" in out
    assert "- Baseline: 0 new, 0 worsened, " in out


def test_a_design_that_cannot_be_judged_is_said(tree: object, check: Run) -> None:
    out = check("designs/broken.toml", "--format", "markdown")[1]
    assert "## tenfold: not every design can be judged" in out
    assert "- designs/broken.toml:5: " in out


def test_a_comment_is_never_longer_than_a_forge_takes_it(tree: object, check: Run) -> None:
    parts = "".join(f"[components.c{number}]\nkind = 'service'\n" for number in range(120))
    for name in ("a.toml", "b.toml"):
        with open(name, "w") as file:  # noqa: PTH123 (the current folder is the point)
            file.write(HEAD + parts)
    out = check("a.toml", "b.toml", "--format", "markdown")[1]
    assert 0.8 * MOST_CHARACTERS < len(out) <= MOST_CHARACTERS + 1
    assert len(re.findall(r"… and \d+ rows more, which `tenfold check` lists", out)) == 2
    assert out.count("- Coverage: ") == 2


def test_a_comment_about_very_many_designs_counts_the_last(tree: object, check: Run) -> None:
    names = [f"{number}{'x' * 180}.toml" for number in range(200)]
    for name in names:
        with open(name, "w") as file:  # noqa: PTH123 (the current folder is the point)
            file.write('format = 1\n[design]\nname = "Empty"\n')
    out = check(*names, "--format", "markdown")[1]
    assert len(out) <= MOST_CHARACTERS + 100
    assert re.search(r"… and \d+ designs more", out.splitlines()[-1])


def test_of_very_many_problems_the_last_are_counted(tree: object, check: Run) -> None:
    out = check(*(f"{number}.toml" for number in range(100)), "--format", "markdown")[1]
    assert "- … and 70 problems more" in out


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("a|b", r"a\|b"),
        ("`code`", r"\`code\`"),
        ("<img src=x>", r"\<img src=x\>"),
        ("@everybody", "@<!-- -->everybody"),
        ("see #12", "see #<!-- -->12"),
        ("https://evil.example", "https://<!-- -->evil.example"),
        ("www.evil.example", "www<!-- -->.evil.example"),
        ("two\nlines", "two lines"),
    ],
)
def test_nothing_in_the_words_of_a_person_acts(text: str, safe: str) -> None:
    assert words(text) == safe


def test_a_long_text_is_cut_with_an_ellipsis() -> None:
    assert words("x" * 10_000) == "x" * 399 + "…"
