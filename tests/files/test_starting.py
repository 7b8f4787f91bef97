from pathlib import Path

import pytest

from studio.errors import TenfoldError
from studio.files import starting
from studio.files.formatting import formatted
from studio.files.loading import parse


@pytest.mark.parametrize("name", ["Shop", 'with "quotes" and \\', "two\nlines", "", "\x1b[31m", "名前"])
def test_a_blank_design_loads_under_its_name(name: str) -> None:
    text = starting.blank(name)
    design = parse(text, "new")
    assert design.design.name == (" ".join(name.replace("\x1b", "\ufffd").split()) or "New design")
    assert [component.kind for component in design.components] == ["client", "service"]
    assert formatted(text) == text


def test_every_hint_in_a_blank_design_is_a_key_that_loads() -> None:
    lines = starting.blank("x").splitlines()
    active = [line.removeprefix("# ") if line.startswith(("# [", "# ")) and is_code(line) else line for line in lines]
    assert active != lines
    parse("\n".join(active), "with hints")


def is_code(line: str) -> bool:
    words = line.removeprefix("# ")
    return words.startswith("[") or " = " in words


def test_samples_are_found_by_their_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "sample_designs", lambda: tmp_path)
    (tmp_path / "url_shortener.toml").write_text("text é", encoding="utf-8")
    (tmp_path / "chat.toml").write_text("other")
    (tmp_path / "README.md").write_text("no design")
    assert starting.sample_ids() == ("chat", "url_shortener")
    assert starting.sample_text("url_shortener") == "text é"
    for unknown in ("url-shortner", "../chat", "url_shortener.toml"):
        with pytest.raises(TenfoldError, match=r"url_shortener|chat"):
            starting.sample_text(unknown)


def test_without_samples_an_unknown_one_is_still_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "sample_designs", lambda: tmp_path / "none")
    assert starting.sample_ids() == ()
    with pytest.raises(TenfoldError, match="no sample design"):
        starting.sample_text("x" * 1000)
