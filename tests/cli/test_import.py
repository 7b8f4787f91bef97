"""`tenfold import` as a person types it."""

from pathlib import Path

import pytest

from studio.__main__ import main
from studio.files.loading import read

SAMPLE = str(Path(__file__).resolve().parents[2] / "sample_designs" / "url_shortener.toml")
DRAWING = "┌─────┐   ┌────┐\n│ Web ├──►│ DB │\n└─────┘   └────┘\n"


def test_a_drawing_becomes_a_design_that_loads_and_never_overwrites(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drawing, design = tmp_path / "README.md", tmp_path / "my_shop.toml"
    drawing.write_text(f"# Shop\n\n```\n{DRAWING}```\n")
    assert main(["import", "ascii", str(drawing), "-o", str(design)]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "2 components, 1 connection\n" in told.err
    assert "components.ID.kind" in told.err
    assert read(design).design.design.name == "My shop"
    assert main(["check", str(design), "--fail-on", "never"]) == 0
    before = design.read_bytes()
    assert main(["import", "ascii", str(drawing), "-o", str(design)]) == 2
    assert design.read_bytes() == before


@pytest.mark.parametrize("charset", ["ascii", "unicode"])
def test_what_was_exported_can_be_imported(charset: str, tmp_path: Path) -> None:
    drawing, design = tmp_path / "drawing.txt", tmp_path / "design.toml"
    assert main(["export", SAMPLE, "--to", charset, "-o", str(drawing)]) == 0
    assert main(["import", "ascii", str(drawing), "-o", str(design)]) == 0
    old, new = read(Path(SAMPLE)).design, read(design).design
    assert {(c.label, c.group) for c in new.components} == {(c.label, c.group) for c in old.components}
    assert len(new.connections) == len(old.connections)


def test_defects_are_told_with_their_place_and_the_rest_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drawing, design = tmp_path / "drawing.txt", tmp_path / "design.toml"
    drawing.write_text(DRAWING.replace("│ DB │", "│ DB │  \x1b[31mstray"))
    assert main(["import", "ascii", str(drawing), "-o", str(design)]) == 1
    told = capsys.readouterr().err
    assert f"{drawing}:2:19: " in told
    assert "\x1b" not in told
    assert len(read(design).design.components) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["asci", "{}", "-o", "new.toml"], "did you mean ascii?"),
        (["ascii", "nowhere.txt", "-o", "new.toml"], "no such file"),
        (["ascii", ".", "-o", "new.toml"], "folder"),
        (["ascii", "{}", "-o", "no/such/folder.toml"], "does not exist"),
        (["ascii", "{}"], "-o"),
        (["ascii", "{}", "-o", "new.toml", "--number", "0"], "from 1"),
        (["ascii", "{}", "-o", "new.toml", "--number", "2"], "1 drawing;"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("drawing.txt").write_text(DRAWING)
    assert main(["import", *(each.replace("{}", "drawing.txt") for each in arguments)]) == 2
    assert said in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["drawing.txt"]


def test_a_text_that_is_not_utf_8_is_refused_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drawing = tmp_path / "drawing.txt"
    drawing.write_bytes(b"words\n\xff\xfe\n")
    assert main(["import", "ascii", str(drawing), "-o", str(tmp_path / "new.toml")]) == 2
    assert f"{drawing}:2: the text is not UTF-8" in capsys.readouterr().err


def test_the_command_is_listed_under_the_name_people_type(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "  import " in capsys.readouterr().out
    assert main(["import", "--help"]) == 0
    assert "usage: tenfold import" in capsys.readouterr().out


COMPOSE = (
    "services:\n  api: {image: acme/api, depends_on: [db], environment: {PASSWORD: hunter2}}\n  db: {image: postgres}\n"
)
OTHERS = {
    "compose": ("compose.yml", COMPOSE),
    "mermaid": ("README.md", "# x\n```mermaid\nflowchart LR\n api --> db[(Store)]\n```\n"),
    "dot": ("shop.dot", "digraph { api -> db [label=rows] }"),
    "structurizr": ("workspace.json", '{"model": {"people": [{"id": "1", "name": "Buyer"}]}}'),
}


@pytest.mark.parametrize("format_", OTHERS)
def test_what_another_tool_says_loads_checks_and_draws(format_: str, tmp_path: Path) -> None:
    name, text = OTHERS[format_]
    source, design = tmp_path / name, tmp_path / "shop.toml"
    source.write_text(text)
    assert main(["import", format_, str(source), "-o", str(design)]) == 0
    assert main(["check", str(design), "--fail-on", "never"]) == 0
    assert main(["export", str(design), "--to", "unicode", "-o", str(tmp_path / "shop.txt")]) == 0
    assert main(["fmt", "--check", str(design)]) == 0
    first = read(design).design.components[0]
    assert first.origin is not None
    assert (first.origin.format, first.origin.path) == (format_, name)


def test_a_secret_is_told_and_not_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, design = tmp_path / "compose.yml", tmp_path / "shop.toml"
    source.write_text(COMPOSE)
    assert main(["import", "compose", str(source), "-o", str(design)]) == 0
    assert f"1 secret stands in plain text, at {source}:2" in capsys.readouterr().err
    assert "hunter2" not in design.read_text()


def test_a_merge_keeps_comments_and_shows_what_it_does(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, design = tmp_path / "compose.yml", tmp_path / "shop.toml"
    source.write_text(COMPOSE)
    assert main(["import", "compose", str(source), "-o", str(design)]) == 0
    written = design.read_text().replace("[components.db]\n", '# ours\n[components.db]\nlatency = "2 ms"  # measured\n')
    design.write_text(written)
    source.write_text(COMPOSE + "  mail: {image: acme/mail}\n")
    capsys.readouterr()
    assert main(["import", "compose", str(source), "-o", str(design), "--merge", "--dry-run"]) == 0
    told = capsys.readouterr().err
    assert "+ mail (service): new in the file" in told
    assert "would be merged" in told
    assert design.read_text() == written
    assert main(["import", "compose", str(source), "-o", str(design), "--merge"]) == 0
    after = design.read_text()
    assert "# ours\n" in after
    assert 'latency = "2 ms"  # measured\n' in after
    assert "[components.mail]" in after


def test_a_dry_run_writes_nothing_and_shows_the_design(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, design = tmp_path / "compose.yml", tmp_path / "shop.toml"
    source.write_text(COMPOSE)
    assert main(["import", "compose", str(source), "-o", str(design), "--dry-run"]) == 0
    assert "[components.api]" in capsys.readouterr().out
    assert not design.exists()


def test_several_files_and_an_env_file_are_for_compose(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second, env, design = (tmp_path / name for name in ("a.yml", "b.yml", "x.env", "shop.toml"))
    first.write_text("services: {api: {image: x, environment: {DB_HOST: '${DB}'}}, db: {image: postgres}}")
    second.write_text("services: {api: {deploy: {replicas: 3}}}")
    env.write_text("# stores\nexport DB='db'\n")
    files = [str(first), str(second), "--env-file", str(env), "-o", str(design)]
    assert main(["import", "compose", *files]) == 0
    found = read(design).design
    assert found.component["api"].instances == 3
    assert found.connections[0].confidence == "certain"
    assert main(["import", "dot", str(first), str(second), "-o", str(tmp_path / "other.toml")]) == 2
    assert "takes no more than one file" in capsys.readouterr().err


HOSTILE = r"""services:
  "a\e[31m\u202Eb\n[components.x]": {image: "x\e]0;t\a", labels: {owner: "<script>\e[2J"}, depends_on: ["no\e[0m"]}
  "]]} # = \"": {image: redis, networks: ["n/\e[1m"], profiles: ["p\n[x]"], healthcheck: {test: "x\e[0m"}}
"""


def test_names_of_services_act_nowhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, design = tmp_path / "compose.yml", tmp_path / "shop.toml"
    source.write_text(HOSTILE)
    assert main(["import", "compose", str(source), "-o", str(design)]) == 1
    assert main(["check", str(design), "--fail-on", "never"]) == 0
    told = capsys.readouterr()
    assert "\x1b" not in told.err + told.out + design.read_text()
    assert "\u202e" not in told.err + told.out + design.read_text()
    assert len(read(design).design.components) == 2
