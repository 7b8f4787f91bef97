"""`tenfold check --fix`: what it writes, what it leaves alone, and what it says of both."""

import json
from pathlib import Path

import pytest

from studio.__main__ import main
from studio.files.loading import read

SHOP = """\
# The shop, as discussed on Monday.
format = 1
[design]
name = "Shop"   # for now

[requirements.scale]
daily_active_users = 1_000_000
requests_per_user_per_day = 20

[requirements.performance]
p99 = "300 ms"

[components.web]
kind = "client"

[components.api]
kind = "service"
capacity_rps = 200
latency = "5 ms"
instances = 2            # two are enough for now

[components.db]
kind = "database"
capacity_rps = 2_000     # measured
latency = "8 ms"

[components.pay]
kind = "external"

[connections.web-api]
from = "web"
to = "api"

[connections.api-db]
from = "api"
to = "db"
attempts = 3             # the library's default

[connections.api-pay]
from = "api"
to = "pay"
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "shop.toml"
    path.write_text(SHOP)
    return path


def added(path: Path) -> list[str]:
    """The lines that are new; every line of the person must still be there, in its order."""
    lines = iter(path.read_text().splitlines())
    new: list[str] = []
    for kept in SHOP.splitlines():
        for line in lines:
            if line == kept:
                break
            new.append(line)
    return [*new, *lines]


def test_a_named_rule_is_mended_and_every_other_byte_stays(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(shop), "--fix", "REL004"]) == 1
    out = capsys.readouterr().out
    assert [line.partition(" = ")[0] for line in added(shop)] == ["timeout", "timeout"]
    assert f"{shop}: set 2 mends" in out
    assert "✓ REL004 connections.api-db: timeout = " in out
    assert "1.5 × the p99 of db" in out
    assert "80 % of the 300 ms promised at p99" in out
    assert main(["check", str(shop), "--fix", "REL004", "--fail-on", "never"]) == 0
    assert "set 0 mends" in capsys.readouterr().out


def test_safe_mends_of_all_rules_overrule_nothing(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(shop), "--fix", "safe"])
    keys = {line.partition(" = ")[0] for line in added(shop)}
    assert keys == {"timeout", "backoff", "jitter", "circuit_breaker"}
    out = capsys.readouterr().out
    assert "what is not safe: " in out
    assert "--fix CAP001" in out
    assert "findings: " in out


def test_what_costs_money_is_set_only_when_that_is_said(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(shop), "--fix", "CAP001"])
    assert shop.read_text() == SHOP
    assert "it is not safe: instances = 5 on components.api; --unsafe sets it" in capsys.readouterr().out
    main(["check", str(shop), "--fix", "CAP001", "--unsafe"])
    assert read(shop).design.component["api"].instances == 5
    assert "# measured" in shop.read_text()


def test_a_dry_run_prints_a_patch_and_writes_nothing(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(shop), "--fix", "REL004", "--dry-run"]) == 1
    said = capsys.readouterr()
    assert shop.read_text() == SHOP
    assert said.out.startswith(f"--- {shop}\n+++ {shop}\n@@ ")
    assert '\n+timeout = "' in said.out
    assert "would set 2 mends" in said.err


def test_the_patch_of_a_dry_run_is_what_a_fix_writes(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(shop), "--fix", "safe", "--dry-run"])
    patch = capsys.readouterr().out.splitlines()[2:]
    main(["check", str(shop), "--fix", "safe"])
    assert [line[1:] for line in patch if line.startswith("+")] == added(shop)
    assert not [line for line in patch if line.startswith("-")]
    assert patch[-1].strip()


def test_a_mend_that_brings_an_error_is_not_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "pair.toml"
    path.write_text(
        'format = 1\n[design]\nname = "P"\n[requirements.availability]\ntarget = 0.999\n'
        '[components.web]\nkind = "client"\n[components.api]\nkind = "service"\nstate = "memory"\n'
        '[connections.web-api]\nfrom = "web"\nto = "api"\n'
    )
    before = path.read_text()
    main(["check", str(path), "--fix", "REL001", "--unsafe"])
    assert path.read_text() == before
    assert "✗ REL001 components.api: not instances = 2 and zones = 2" in (out := capsys.readouterr().out)
    assert "it brings REL017 components.api" in out


def test_what_no_field_settles_is_told_with_what_would(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(shop), "--fix", "DOC001"])
    out = capsys.readouterr().out
    assert "✗ DOC001 components.api: no field settles it by itself" in out
    assert "→ components.api.owner" in out


def test_a_pattern_that_settles_it_is_named_with_its_whole_command(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", str(shop), "--fix", "CAP001"])
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("  or tenfold apply "))
    assert line == f"  or tenfold apply {shop} horizontal-scaling --on api  (settles CAP001 components.api)"
    assert main(line.split("(")[0].split()[2:]) == 0
    assert main(["check", str(shop), "--fix", "CAP001", "--fail-on", "never"]) == 0
    assert "CAP001" not in capsys.readouterr().out.split("set 0 mends")[1].split("findings")[0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--fix", "rel004"], "--fix rel004: that is no rule; did you mean REL004?"),
        (["--fix", "\x1b[31m"], "that is no rule"),
        (["--fix", "safe", "--unsafe"], "--fix safe leaves out what is not safe; name the rule"),
        (["--dry-run"], "--dry-run belongs to --fix"),
        (["--unsafe"], "--unsafe belongs to --fix"),
        (["--fix", "safe", "--format", "json"], "leave --format out"),
    ],
)
def test_words_that_mean_nothing_are_refused(
    shop: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["check", str(shop), *arguments]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert "\x1b" not in err
    assert shop.read_text() == SHOP


@pytest.mark.parametrize(
    "broken",
    [
        SHOP.replace('kind = "database"', 'kind = "databse"'),
        SHOP.replace('to = "db"', 'to = "bd"'),
        SHOP + '[connections.db-api]\nfrom = "db"\nto = "api"\n',  # load that goes round for ever
        "nothing of the kind",
    ],
)
def test_a_file_with_problems_is_left_alone(shop: Path, capsys: pytest.CaptureFixture[str], broken: str) -> None:
    shop.write_text(broken)
    assert main(["check", str(shop), "--fix", "safe"]) == 2
    assert shop.read_text() == broken
    assert f"{shop}:" in capsys.readouterr().err


def test_a_file_that_may_not_be_written_is_told_and_left(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    link = shop.parent / "folder.toml"
    link.mkdir()
    assert main(["check", str(link), "--fix", "safe"]) == 2
    assert str(link) in capsys.readouterr().err


def test_a_report_says_how_many_safe_mends_there_are(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(shop)])
    assert f"safe mends: 4 findings; tenfold check {shop} --fix safe sets them" in capsys.readouterr().out
    main(["check", str(shop), "--fix", "safe"])
    capsys.readouterr()
    main(["check", str(shop)])
    assert "safe mends" not in capsys.readouterr().out


def test_other_programs_get_the_mends_as_data(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(shop), "--format", "json"])
    (design,) = json.loads(capsys.readouterr().out)["designs"]
    (finding,) = [f for f in design["findings"] if f["rule"] == "CAP001"]
    assert finding["mends"] == [
        {
            "does": "instances = 5 on components.api",
            "safe": False,
            "because": "70 % busy at peak instead of 174 %",
            "fields": [{"on": "components.api", "key": "instances", "value": 5}],
        }
    ]


def test_accepted_findings_are_left_alone(shop: Path) -> None:
    accepted = (
        '[accepted.a]\nflag = "REL004"\non = "api-db"\nwhy = "the driver gives up"\nby = "x"\nuntil = 2999-01-01\n'
    )
    shop.write_text(SHOP + accepted)
    main(["check", str(shop), "--fix", "REL004"])
    design = read(shop).design
    assert design.connection["api-db"].timeout is None
    assert design.connection["api-pay"].timeout is not None


def test_several_files_are_mended_each_by_itself(shop: Path, tmp_path: Path) -> None:
    other, broken = tmp_path / "other.toml", tmp_path / "broken.toml"
    other.write_text(SHOP)
    broken.write_text("nothing")
    assert main(["check", str(shop), str(broken), str(other), "--fix", "safe"]) == 2
    assert shop.read_text() == other.read_text() != SHOP
