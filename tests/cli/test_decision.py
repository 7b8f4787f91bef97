"""`tenfold estimate --decision`: the options of a decision beside each other, as text and as JSON."""

import json
from pathlib import Path

import pytest

from studio.__main__ import main
from tests.comparing.test_weighing import SHOP

SAMPLE = str(Path(__file__).resolve().parents[2] / "sample_designs" / "url_shortener.toml")
TABLE = """\
size
option              cost a month     p99  availability  complexity   effort  open flags  score
four      ✓ chosen           330  187 ms"""


@pytest.fixture
def shop(tmp_path: Path) -> str:
    path = tmp_path / "shop.toml"
    path.write_text(SHOP)
    return str(path)


def test_the_options_stand_beside_each_other_with_the_winner_and_its_limits(
    shop: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["estimate", shop, "--decision", "size"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(TABLE)
    assert "by cost 1 and availability 1: bare wins with 0.86 of 1, and four is chosen" in said
    assert "with cost above 3.5 instead of 1, three wins" in said
    assert "· words: nothing says what it changes" in said
    assert "nan" not in said
    assert "None" not in said


def test_the_json_has_the_same_with_null_for_what_is_unknown(shop: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["estimate", shop, "--decision", "size", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["format"], found["decision"], found["chosen"], found["winner"]) == (1, "size", "four", "bare")
    assert found["options"]["three"]["cost_per_month"] == 260
    assert found["options"]["words"]["cost_per_month"] is None
    (turn,) = (turn for turn in found["turns"] if turn["criterion"] == "cost")
    assert turn == {"criterion": "cost", "weight": 1, "at": pytest.approx(3.5), "side": "above", "winner": "three"}


@pytest.mark.parametrize(("id_", "said"), [("sise", "did you mean size?"), ("xyzzy", "there is size")])
def test_a_decision_that_is_not_there_is_named(
    id_: str, said: str, shop: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["estimate", shop, "--decision", id_]) == 2
    assert said in capsys.readouterr().err


def test_a_decision_without_options_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "shop.toml"
    path.write_text('format = 1\n[design]\nname = "X"\n[decisions.x]\ntitle = "Which \\"one\\"?"\n')
    assert main(["estimate", str(path), "--decision", "x"]) == 0
    assert "decisions.x.options.NAME" in capsys.readouterr().out


def test_the_document_shows_the_same_columns(shop: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", shop, "--to", "markdown"]) == 0
    page = capsys.readouterr().out
    section = page[page.index("## 12") : page.index("## 13")]
    assert "| No cache | 280 |" in section
    assert "- With cost above 3.5 instead of 1, three wins." in section


def test_a_sample_compares_options_whose_figures_are_worked_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["estimate", SAMPLE, "--decision", "link-check", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert all(option["p99_ms"] is not None for option in found["options"].values())
    assert found["notes"] == []
