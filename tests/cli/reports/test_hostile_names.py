"""Names made to do harm, in every format: they are shown, and nothing in them acts."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from studio.cli import reports
from studio.cli.reports.frame.sarif_results import plain_text
from studio.cli.reports.markdown import words
from studio.discovery import module_names
from tests.cli.reports.conftest import Run
from tests.cli.reports.test_annotations import commands
from tests.cli.reports.test_sarif import the_run

NAMES = [
    "a|b `c` *d* _e_ ~f~",
    "<img src=x onerror=alert(1)><script>x</script>",
    "]]> <!-- --> </details> &lt; &#64;",
    "::error::x ##[error]y %0A::warning::z",
    "{0} {{1}} [click](javascript:x) [a](1)",
    "@everybody #1 !2 https://evil.example www.evil.example",
    "\u202eabc\u2066 \ufeff",
    "\ufffe \uffff \U0001f600",
    "x" * 10_000,
    "// -- $(id) ; rm",
]
FILES = ["a,b:c%.toml", "a\n::error::b.toml", "\x1b[31mred.toml", "<b>`|&.toml", "caf\udce9.toml"]
FORMATS = module_names(reports)
ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def design(name: str) -> str:
    quoted, lines = (json.dumps(text, ensure_ascii=False) for text in (name, f"{name}\n::error::y"))
    return (
        f'format = 1\n[design]\nname = {quoted}\n[components.web]\nkind = "client"\n'
        f'[components.api]\nkind = "service"\nname = {quoted}\n[components.db]\nkind = "database"\nname = {quoted}\n'
        f'[connections.a]\nfrom = "web"\nto = "api"\n[connections.b]\nfrom = "api"\nto = "db"\n'
        f'[accepted.x]\nflag = "REL001"\non = "db"\nwhy = {lines}\n'
        f"by = {quoted}\nuntil = 2999-01-01\n"
    )


class Acting(HTMLParser):
    """Collects what of a page could act: tags that are not ours, attributes, links."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        ours = {"h2", "h3", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "br", "strong", "code"}
        if tag not in ours | {"details", "summary"} or attrs:
            self.found.append(f"{tag} {attrs}")


def rendered(text: str) -> str:
    """As the forges render it: they link what begins with a scheme, and mail addresses, but no bare `evil.example`."""
    reader = MarkdownIt("gfm-like", {"html": True})
    assert reader.linkify
    reader.linkify.set({"fuzzy_link": False, "fuzzy_email": True})
    return str(reader.render(text))


def assert_harmless(report: str, out: str) -> None:
    """What each language would make of it."""
    assert not ACTING.search(out)
    match report:
        case "sarif":
            texts = [result["message"]["text"] for result in the_run(out)["results"]]
            assert not re.search(r"(?<!\{)\{\d+\}(?!\})", "".join(texts).replace("{{", "").replace("}}", ""))
            assert not any(re.search(r"(?<!\\)\[[^\[\]]*\]\(", text) for text in texts)
        case "json" | "gitlab":
            assert json.loads(out)
        case "junit":
            assert fromstring(out.split("\n", 1)[1]).get("errors")  # noqa: S314 (made by ourselves)
        case "github":
            assert commands(out)
        case "markdown":
            page = Acting()
            page.feed(rendered(out))
            assert page.found == []
        case "text":
            assert not [line for line in out.splitlines() if line.lstrip().startswith(("::", "##["))]


@pytest.mark.parametrize("report", FORMATS)
def test_names_in_a_design_do_no_harm(report: str, tree: Path, check: Run) -> None:
    for number, name in enumerate(NAMES):
        file = tree / f"{number}.toml"
        file.write_text(design(name))
        code, out, err = check(str(file), "--format", report, "--show-unknown")
        assert (code, err) == (1, "")
        assert_harmless(report, out)


@pytest.mark.parametrize("report", FORMATS)
@pytest.mark.parametrize("name", FILES)
def test_names_of_files_do_no_harm(name: str, report: str, tree: Path, check: Run) -> None:
    try:
        Path(name).write_text(design("Shop"))
    except OSError:
        pytest.skip("this file system has no such names")
    out = tree / "report"
    assert check(name, "--format", report, "-o", str(out), "--baseline", "known.json", "--update-baseline")[0] == 0
    assert_harmless(report, out.read_text())
    assert check(name, "--baseline", "known.json")[0] == 0


@pytest.mark.parametrize("report", FORMATS)
def test_a_file_that_is_not_there_is_told_under_its_name(report: str, tree: Path, check: Run) -> None:
    code, out, err = check("a\n::error::b.toml", "--format", report)
    assert code == 2
    assert not [line for line in (out + err).splitlines() if line.startswith("::error::")]


def test_a_name_that_could_act_on_a_terminal_is_no_name(tree: Path, check: Run) -> None:
    for name in ("\x1b[31m", "a\nb"):
        Path("x.toml").write_text(design(name))
        code, _, err = check("x.toml")
        assert code == 2
        assert "\x1b" not in err


signs = st.text(st.sampled_from("ab1@#|`*_~<>[](){}!&;:/.\\-+=$%\n\t \u202e\x1b") | st.characters(), max_size=40)


@settings(max_examples=150)
@given(signs)
@example("www.a.b http://a.b ftp://a.b mailto:a@b.co a@b.co //a.b")
@example("1. a\n- b\n# c\n> d\n    e\n***")
def test_no_words_act_in_a_cell_of_markdown(text: str) -> None:
    page = Acting()
    page.feed(rendered(f"| a | b |\n| --- | --- |\n| x {words(text)} | {words(text)} |"))
    assert page.found == []
    assert rendered(f"| a | b |\n| --- | --- |\n| {words(text)} | end |").count("<td>") == 2


@settings(max_examples=150)
@given(signs)
def test_no_words_stand_for_an_argument_or_a_link_in_sarif(text: str) -> None:
    found = plain_text(text)
    assert not re.search(r"\{\d+\}", found.replace("{{", "").replace("}}", ""))
    assert not re.search(r"(?<!\\)\[[^\[\]]*\]\(", found)
