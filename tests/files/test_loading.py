from pathlib import Path

import pytest

from studio.errors import InvalidDesign, Problem
from studio.files.loading import MOST_BYTES, parse, read
from studio.units import Interval

EXAMPLE = Path(__file__).parents[1] / "data" / "format_example.toml"
HEAD = 'format = 1\n[design]\nname = "x"\n'
API = '[components.api]\nkind = "service"\n'


def problems(text: str, patterns: list[str] | None = None) -> list[Problem]:
    with pytest.raises(InvalidDesign) as caught:
        parse(text, "shop.toml", None if patterns is None else lambda: patterns)
    return list(caught.value.problems)


def test_the_long_example_of_the_format_loads() -> None:
    loaded = read(EXAMPLE)
    api = loaded.design.component["api"]
    assert api.capacity_rps == Interval(100.0, 300.0)
    assert api.latency == pytest.approx(0.02)
    assert loaded.design.connection["api-db"].source == "api"
    assert loaded.text == EXAMPLE.read_text(encoding="utf-8")
    assert loaded.path == EXAMPLE


def test_equal_files_have_equal_fingerprints_and_others_do_not(tmp_path: Path) -> None:
    one, other = tmp_path / "one.toml", tmp_path / "other.toml"
    one.write_text(HEAD)
    other.write_text(HEAD + "\n")
    assert read(one).fingerprint == read(one).fingerprint != read(other).fingerprint


def test_a_half_filled_design_loads() -> None:
    assert parse(HEAD, "x").components == ()


def test_windows_line_ends_and_tabs_load() -> None:
    design = parse(f'{HEAD}{API}\tpurpose = """a\nb"""'.replace("\n", "\r\n"), "x")
    assert design.component["api"].purpose == "a\nb"


BROKEN = [
    pytest.param("", 1, ["empty file", "tenfold new"], id="empty"),
    pytest.param("\n  \t\n", 1, ["empty file"], id="only white space"),
    pytest.param("\ufeff" + HEAD, 1, ["byte order mark", "UTF-8"], id="byte order mark"),
    pytest.param(HEAD + "[components.api\n", 4, ["not closed", "column 16"], id="open header"),
    pytest.param(HEAD + API + API, 6, ["[components.api]", "second time"], id="table twice"),
    pytest.param(HEAD + 'name = "y"\n', 4, ["second time"], id="key twice"),
    pytest.param(HEAD + API + "zones 2\n", 6, ["no equals sign"], id="no equals sign"),
    pytest.param(HEAD + API + "zones =\n", 6, ["no value", "quotes"], id="no value"),
    pytest.param(HEAD + API + "purpose = fast\n", 6, ["quotes"], id="words without quotes"),
    pytest.param(HEAD + API + 'purpose = "fast\nzones = 2\n', 6, ["the end of the line", "quotes"], id="line"),
    pytest.param(HEAD + API + 'goals = ["a"\n', 6, ["list is not closed"], id="open list"),
    pytest.param(HEAD + API + "deploy = { stages = []\n", 6, ["braces are not closed"], id="open braces"),
    pytest.param(HEAD + API + "why = 'a\x00'\n", 6, ["NUL"], id="NUL byte"),
    pytest.param(HEAD + API + 'why = "\\ud800"\n', 6, ["no character that exists"], id="escaped surrogate"),
    pytest.param(HEAD + API + 'why = "\ud800"\n', 6, ["surrogate"], id="raw surrogate"),
    pytest.param(HEAD + API + f"at = {'[' * 5000}\n", 6, ["nested too deeply"], id="deep lists"),
    pytest.param(HEAD + API + f"at = {'{a=' * 5000}\n", 6, ["nested too deeply"], id="deep tables"),
    pytest.param(HEAD + API + f"{'a.' * 5000}b = 1\n", 6, ["nested too deeply"], id="deep keys"),
    pytest.param(HEAD + API + f"zones = {'9' * 5000}\n", 6, ["thousands of digits"], id="more than Python reads"),
    pytest.param(HEAD + API + f"zones = {'9' * 40}\n", 6, ["components.api.zones", "too large"], id="beyond 64 bits"),
    pytest.param(HEAD + API + f"cost_per_month = {'9' * 400}\n", 6, ["too large"], id="beyond floats"),
    pytest.param(HEAD + API + 'latency = "1e999999999 s"\n', 6, ["too large"], id="beyond decimals"),
    pytest.param('[design]\nname = "x"\n', 1, ["format", "format = 1"], id="no format"),
    pytest.param('format = 2\n[design]\nname = "x"\n', 1, ["format is 2"], id="another format"),
    pytest.param('format = true\n[design]\nname = "x"\n', 1, ["format is true"], id="a format that is no number"),
    pytest.param("format = 1\n", 1, ["[design] is missing"], id="no design table"),
    pytest.param("format = 1\n[design]\n", 2, ["design has no “name”", 'name = "…"'], id="no name"),
    pytest.param(HEAD + "[components.api]\n", 4, ["no “kind”", "client", "vector-store"], id="no kind"),
    pytest.param(HEAD + "[component.api]\n", 4, ["“component”", "did you mean “components”"], id="unknown section"),
    pytest.param(HEAD + API + "zonse = 2\n", 6, ["unknown key “zonse”", "did you mean “zones”"], id="unknown key"),
    pytest.param(HEAD + "zqx = 2\n", 4, ["“zqx”", "name, overview, stage, goals"], id="unlike any key"),
    pytest.param(HEAD + API + "deploy = { stagse = [] }\n", 6, ["stagse", "“stages”"], id="unknown key in braces"),
    pytest.param(HEAD + API + "limits.c.mox = 2\n", 6, ["mox", "“max”"], id="unknown dotted key"),
    pytest.param(
        HEAD + API + '[connections.c]\nsource = "api"\nfrom = "api"\nto = "api"\n', 7, ["source", "“from”"], id="alias"
    ),
    pytest.param(HEAD + API + 'id = "api"\n', 6, ["repeats its id", "remove"], id="id twice"),
    pytest.param(HEAD + '[components.api]\nkind = "servise"\n', 5, ["servise", "“service”", "llm"], id="choice"),
    pytest.param(HEAD + API + "tier = 7\n", 6, ["7", "1, 2 or 3"], id="wrong number choice"),
    pytest.param(HEAD + API + "latency = 20\n", 6, ["needs a unit", '"20 ms"'], id="no unit"),
    pytest.param(HEAD + API + 'latency = "20 parsec"\n', 6, ["20 parsec", "ms"], id="bad unit"),
    pytest.param(HEAD + API + "availability = 99.9\n", 6, ["99.9", "ratio", '"99.9%"'], id="ratio above 1"),
    pytest.param(HEAD + API + "capacity_rps = 0\n", 6, ["0 is out of bounds", "above 0"], id="out of bounds"),
    pytest.param(HEAD + API + "capacity_rps = [3, 1]\n", 6, ["from high to low", "[low, high]"], id="range reversed"),
    pytest.param(HEAD + API + "capacity_rps = [1, 2, 3]\n", 6, ["two ends"], id="range of three"),
    pytest.param(HEAD + API + "capacity_rps = nan\n", 6, ["undefined"], id="not a number"),
    pytest.param(HEAD + API + "instances = [1, 4]\n", 6, ["whole number", "autoscale"], id="range of instances"),
    pytest.param(HEAD + API + "zones = 1.5\n", 6, ["whole number", "1.5"], id="fraction"),
    pytest.param(HEAD + API + 'managed = "yes"\n', 6, ["true or false", "“yes”"], id="quoted truth"),
    pytest.param(HEAD + API + "name = 3\n", 6, ["a text is wanted", "a number", "quotes"], id="number for text"),
    pytest.param(HEAD + API + 'regions = "eu"\n', 6, ["a list is wanted", "square brackets"], id="text for list"),
    pytest.param(HEAD + API + "regions = [1]\n", 6, ["the list holds a number"], id="number in list"),
    pytest.param(HEAD + API + "at = [1]\n", 6, ["column and a row", "[12, 4]"], id="bad place"),
    pytest.param(HEAD + API + "deploy = 3\n", 6, ["table is wanted", "[components.api.deploy]"], id="number for table"),
    pytest.param(HEAD + "components.api = 3\n", 4, ["unknown key “components”"], id="dotted below another table"),
    pytest.param(HEAD + API + 'failover = { exercised = "x" }\n', 6, ["“x” is no date", "2027-01-31"], id="no date"),
    pytest.param(HEAD + API + 'name = "a\\u001bb"\n', 6, ["control character U+001B"], id="escape sequence"),
    pytest.param(HEAD + API + 'name = "a\\nb"\n', 6, ["line break", "one line"], id="two lines for one"),
    pytest.param(HEAD + '[components."A b"]\nkind = "service"\n', 4, ["“A b”", "lower-case"], id="bad id"),
    pytest.param(HEAD + "[[components]]\n", 4, ["array of tables", "[components.ID]"], id="array of tables"),
    pytest.param(HEAD + API + "[[components.api.endpoints]]\n", 6, ["array of tables"], id="inner array of tables"),
    pytest.param(HEAD + "[[plan.x]]\n", 4, ["array of tables", "[plan.x]"], id="array for one table"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "words"), BROKEN)
def test_a_broken_file_is_one_problem_at_its_line(text: str, line: int, words: list[str]) -> None:
    (problem,) = problems(text)
    assert (problem.file, problem.line) == ("shop.toml", line)
    assert all(word in f"{problem.what}; {problem.advice}" for word in words), str(problem)


DANGLING = [
    ('[connections.c]\nfrom = "api"\nto = "apu"\n', 8, ["connections.c.to", "“apu”", "“api”"]),
    ('[connections.c]\nfrom = "api"\nto = "db"\n', 8, ["connections.c.to", "“db”", "component", "[components.db]"]),
    ('[data.d]\nstore = "apy"\n', 7, ["data.d.store", "“apy”", "“api”"]),
    ('[journeys.j]\nsteps = [\n  "first",\n]\n', 7, ["journeys.j.steps", "“first”", "connection"]),
    (
        '[accepted.a]\nflag = "X"\nwhy = "w"\nby = "b"\nuntil = 2030-01-01\non = "components.apo"\n',
        11,
        ["apo", "“api”"],
    ),
    ('[decisions.d]\nabout = ["ap"]\n', 7, ["decisions.d.about", "“ap”", "“api”"]),
]


@pytest.mark.parametrize(("text", "line", "words"), DANGLING)
def test_a_dangling_id_names_both_ends_and_the_nearest(text: str, line: int, words: list[str]) -> None:
    (problem,) = problems(HEAD + API + text)
    assert problem.line == line
    assert all(word in f"{problem.what}; {problem.advice}" for word in words), str(problem)


def test_an_acceptance_may_be_about_a_table_without_an_id() -> None:
    text = '[accepted.a]\nflag = "X"\nwhy = "w"\nby = "b"\nuntil = 2030-01-01\non = "requirements.cost"\n'
    assert parse(HEAD + text, "x").accepted[0].on == "requirements.cost"


def test_an_unknown_pattern_is_a_problem_when_the_catalogue_is_known() -> None:
    text = HEAD + '[patterns.p]\nuse = "cache-asite"\n'
    assert parse(text, "x").patterns[0].use == "cache-asite"
    (problem,) = problems(text, ["cache-aside", "saga"])
    assert problem.line == 5
    assert "“cache-aside”" in problem.advice
    assert parse(text, "x", lambda: ["cache-asite"]).patterns


def test_the_catalogue_is_not_asked_for_a_design_without_patterns() -> None:
    def ask() -> list[str]:
        raise AssertionError("the catalogue was read")

    assert parse(HEAD, "x", ask).patterns == ()


def test_all_problems_come_at_once_in_the_order_of_their_lines() -> None:
    text = (
        'format = 3\n[design]\nnane = "x"\n[components.api]\nkind = "servic"\nlatency = 5\nowner = 1\n'
        '[components]\ndb = 3\n[connections."X"]\nfrom = "ap"\nto = "db"\n[patterns.p]\nuse = "sage"\non = ["nobody"]\n'
    )
    found = problems(text, ["saga"])
    assert [problem.line for problem in found] == [1, 2, 3, 5, 6, 7, 9, 10, 11, 14, 15]
    assert len(str(InvalidDesign(found)).splitlines()) == len(found)


def test_ids_of_a_section_that_cannot_be_read_are_not_called_dangling() -> None:
    text = HEAD + '[[components]]\n[connections.c]\nfrom = "api"\nto = "db"\n'
    assert [problem.line for problem in problems(text)] == [4]


def test_messages_are_safe_to_show_and_short() -> None:
    text = HEAD + f'[components."\\u001b[31m{"x" * 500}"]\nkind = "\\u202e{"y" * 500}"\n'
    shown = "\n".join(map(str, problems(text)))
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert all(len(line) < 600 for line in shown.splitlines())


def test_thousands_of_problems_are_counted_after_the_first_thousand() -> None:
    found = problems(HEAD + "".join(f"q{n} = 1\n" for n in range(1500)))
    assert len(found) == 1001
    assert "500 problems more" in found[-1].what


def test_problems_never_speak_in_the_words_of_the_validator() -> None:
    text = (
        HEAD + 'stage = 3\n[components.a]\nkind = 5\nlatency = {}\nat = "x"\ntier = "1"\nmanaged = 1\n[plan]\na = 1\n'
    )
    shown = "\n".join(map(str, problems(text)))
    assert not any(
        word in shown for word in ("Input should", "Extra inputs", "Field required", "dictionary", "pydantic")
    )


UNREADABLE = [
    pytest.param(b"\xff\xfef\x00", 1, "UTF-16", id="utf-16"),
    pytest.param(b"format = 1\n# caf\xe9\n", 2, "not UTF-8", id="latin-1"),
    pytest.param(b"#" * (MOST_BYTES + 1), 1, "larger than 4 MiB", id="too large"),
]


@pytest.mark.parametrize(("content", "line", "words"), UNREADABLE)
def test_a_file_that_is_no_text_for_us_says_why(tmp_path: Path, content: bytes, line: int, words: str) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(content)
    with pytest.raises(InvalidDesign, match=words) as caught:
        read(path)
    assert caught.value.problems[0].line == line


def test_a_folder_a_missing_file_and_a_strange_path_say_so(tmp_path: Path) -> None:
    for path, words in [
        (tmp_path, "a folder"),
        (tmp_path / "none.toml", "no such file"),
        (Path("a\0b"), "cannot be read"),
        (tmp_path / ("x" * 300), "cannot be read"),
    ]:
        with pytest.raises(InvalidDesign, match=words):
            read(path)


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InvalidDesign, match="may not be read"):
        read(tmp_path / "x.toml")


@pytest.mark.parametrize(
    ("key", "advice"),
    [
        ("capacity_rps = '100'", "write a plain number, such as 100 (requests/s one instance serves"),
        ("cost_per_month = nan", "write a plain number, such as 100 (of one instance)"),
        ("availability = '99 percent'", 'write 0.999 or "99.9%" (of one instance'),
        ("latency = [1, 2, 3]", 'write "20 ms" (mean service time'),
    ],
)
def test_a_quantity_nobody_can_read_is_told_how_to_write_it(key: str, advice: str) -> None:
    (problem,) = problems(HEAD + API + key + "\n")
    assert problem.advice.startswith(advice)


def test_a_raw_control_character_is_to_be_removed() -> None:
    (problem,) = problems(HEAD + API + 'name = "a\x1bb"\n')
    assert (problem.line, problem.advice) == (6, "remove it")
