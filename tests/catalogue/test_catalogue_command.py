"""`tenfold catalogue` with a folder of a person's own beside the design."""

import shutil
from pathlib import Path

import pytest

from studio.cli.catalogue import listing, show
from studio.errors import FINE, TenfoldError


@pytest.fixture
def own(tmp_path: Path, entries: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a pattern called as a shipped technology is, and with a file that is no entry."""
    folder = tmp_path / ".tenfold" / "catalogue" / "patterns" / "scalability"
    folder.mkdir(parents=True)
    shutil.copy(entries / "patterns/scalability/cache-aside.toml", folder / "redis.toml")
    (folder / "broken.toml").write_text("name = ", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def test_a_broken_entry_of_ones_own_is_told_on_the_side_and_hides_no_other(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert listing() == FINE
    told = capsys.readouterr()
    assert "cache-aside" in told.out
    assert told.err == f"{own / 'broken.toml'}:1: this is no TOML: Invalid value; correct the line\n"


def test_an_id_of_two_entries_shows_both(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert show("redis") == FINE
    headings = [line for line in capsys.readouterr().out.split("\n") if line.startswith("# ")]
    assert headings == ["# Cache-aside", "# Redis"]


@pytest.mark.parametrize(
    ("id_", "said"),
    [("redsi", "redsi is in no catalogue; did you mean redis?"), ("broken", "this is no TOML: Invalid value")],
)
def test_what_cannot_be_shown_says_why(own: Path, id_: str, said: str) -> None:
    with pytest.raises(TenfoldError) as caught:
        show(id_)
    assert said in str(caught.value)
