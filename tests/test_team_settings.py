"""Where a team's settings are looked for, and that everything that judges a design judges it by them."""

import subprocess
import sys
from pathlib import Path

import pytest

from studio.__main__ import main
from studio.analysis import Analysis
from studio.errors import COULD_NOT_RUN, FINE, FOUND, InvalidDesign
from studio.estimates.conditions import Conditions
from studio.exports.frame.overlays import overlay
from studio.model.address import with_part
from studio.opening import load, settings
from studio.paths import settings_for
from studio.session import Session
from studio.tui.panes.flag_rows import family

DESIGN = """format = 1
[design]
name = "Shop"
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = 100
peak_factor = 1
[components.web]
kind = "client"
[components.api]
kind = "service"
capacity_rps = 200
[connections.web-api]
from = "web"
to = "api"
timeout = "1 s"
"""
RULES = """
[thresholds]
utilisation_warning = 0.4
[severity]
REL004 = { level = "off", why = "kept by the mesh" }
[rules.TEAM-OWNER]
title = "No owner"
why = "Somebody is called at night."
check = "required-field"
field = "owner"
severity = "error"
"""
BROKEN = "[thresholds]\nutilisation_waring = 0.4\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a design two folders down."""
    folder = tmp_path / "repository" / "designs" / "shop"
    folder.mkdir(parents=True)
    (folder / "shop.toml").write_text(DESIGN)
    (tmp_path / "repository" / ".git").mkdir()
    return tmp_path / "repository"


def _set(folder: Path, text: str = RULES) -> Path:
    file = folder / ".tenfold" / "rules.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    return file


# Where they are looked for -------------------------------------------------------------------------------------------


def test_no_settings_are_found_where_there_are_none(repository: Path) -> None:
    assert settings_for(repository / "designs" / "shop" / "shop.toml") is None


def test_the_nearest_settings_win(repository: Path) -> None:
    design = repository / "designs" / "shop" / "shop.toml"
    for folder in (repository, repository / "designs", design.parent):
        file = _set(folder)
        assert settings_for(design) == file.resolve()


def test_nothing_outside_the_repository_counts(repository: Path) -> None:
    _set(repository.parent)
    assert settings_for(repository / "designs" / "shop" / "shop.toml") is None


def test_outside_a_repository_only_the_folder_of_the_design_counts(tmp_path: Path) -> None:
    design = tmp_path / "shop" / "shop.toml"
    design.parent.mkdir()
    _set(tmp_path)
    assert settings_for(design) is None
    assert settings_for(design) != _set(design.parent)
    assert settings_for(design) == (design.parent / ".tenfold" / "rules.toml").resolve()


def test_a_worktree_whose_git_is_a_file_ends_the_search_too(repository: Path) -> None:
    (repository / "designs" / ".git").write_text("gitdir: elsewhere\n")
    _set(repository)
    assert settings_for(repository / "designs" / "shop" / "shop.toml") is None


def test_a_design_reached_by_a_link_is_judged_by_the_rules_of_where_it_lies(repository: Path, tmp_path: Path) -> None:
    file = _set(repository)
    link = tmp_path / "link.toml"
    link.symlink_to(repository / "designs" / "shop" / "shop.toml")
    assert settings_for(link) == file.resolve()


# That they are used --------------------------------------------------------------------------------------------------


def test_the_check_is_made_by_them(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    design = str(repository / "designs" / "shop" / "shop.toml")
    assert main(["check", design, "--fail-on", "never"]) == FINE
    before = capsys.readouterr().out
    _set(repository)
    assert main(["check", design]) == FOUND
    after = capsys.readouterr().out
    assert "TEAM-OWNER" not in before
    assert "error: TEAM-OWNER No owner" in after
    assert "CAP001" not in before
    assert "CAP001 " in after
    assert "switched off: REL004, kept by the mesh" in after


def test_without_settings_nothing_of_them_is_loaded(repository: Path) -> None:
    program = (
        "import sys; from studio.__main__ import main; main(sys.argv[1:]);"
        "print(*(name for name in sys.modules if name.startswith('studio.red_flags.team_rules.')), file=sys.stderr)"
    )
    design = str(repository / "designs" / "shop" / "shop.toml")
    ran = subprocess.run([sys.executable, "-c", program, "check", design], capture_output=True, text=True, check=True)
    assert ran.stderr.split() == ["studio.red_flags.team_rules.checks"]


def test_settings_that_cannot_be_used_stop_the_check_once(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _set(repository, BROKEN)
    (repository / "other.toml").write_text(DESIGN)
    monkeypatch.chdir(repository)
    assert main(["check", "other.toml", "designs/shop/shop.toml"]) == COULD_NOT_RUN
    told = capsys.readouterr().err.splitlines()
    sentence = "there is no threshold utilisation_waring; did you mean utilisation_warning?"
    assert told == [f"{Path('.tenfold', 'rules.toml')}:2: {sentence}"]


def test_figures_need_no_settings(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _set(repository, BROKEN)
    design = str(repository / "designs" / "shop" / "shop.toml")
    assert main(["estimate", design]) == FINE
    assert main(["export", design, "--to", "markdown"]) == COULD_NOT_RUN
    assert "there is no threshold utilisation_waring" in capsys.readouterr().err


def test_a_flag_of_a_team_is_of_the_family_of_team_rules(repository: Path) -> None:
    rule = '[rules.TEAM-PATH]\ntitle = "x"\nwhy = "y"\ncheck = "forbidden-connection"\nfrom = "web"\n'
    _set(repository, rule)
    session = Session.open(repository / "designs" / "shop" / "shop.toml")
    (found,) = [finding for finding in session.analysis.report.findings if finding.rule.id == "TEAM-PATH"]
    assert family(found) == "team rules"


def test_a_setting_for_a_part_that_is_nowhere_is_told(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _set(repository, "[thresholds.components.apy]\ndegree = 3\n[thresholds.components.api]\ndegree = 3\n")
    assert main(["check", str(repository / "designs" / "shop" / "shop.toml"), "--fail-on", "never"]) == FINE
    (told,) = capsys.readouterr().err.splitlines()
    assert told.endswith(
        "rules.toml:1: warning: components.apy is in none of the designs checked here; did you mean api?"
    )


def test_a_rule_of_a_team_is_explained(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _set(repository)
    design = str(repository / "designs" / "shop" / "shop.toml")
    assert main(["explain", "team-owner", "--for", design]) == FINE
    assert "Every component says owner." in capsys.readouterr().out
    assert main(["explain", "REL004", "--for", design]) == FINE
    assert "## Set by the team\n- switched off: kept by the mesh" in capsys.readouterr().out
    assert main(["explain", "--list", "--for", design]) == FINE
    assert "TEAM-OWNER" in capsys.readouterr().out.split()


def test_a_built_in_rule_is_explained_beside_settings_that_cannot_be_used(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _set(repository, BROKEN)
    design = str(repository / "designs" / "shop" / "shop.toml")
    assert main(["explain", "REL004", "--for", design]) == FINE
    shown = capsys.readouterr()
    assert "REL004" in shown.out
    assert "there is no threshold utilisation_waring" in shown.err
    assert main(["explain", "--list", "--for", design]) == COULD_NOT_RUN
    assert main(["explain", "REL004", "--for", str(repository / "none.toml")]) == COULD_NOT_RUN


def test_a_session_judges_by_them_and_reads_them_again_with_the_file(repository: Path) -> None:
    file = _set(repository)
    session = Session.open(repository / "designs" / "shop" / "shop.toml")
    assert "TEAM-OWNER" in session.analysis.report.outcomes
    file.write_text("")
    session.reload()
    assert "TEAM-OWNER" not in session.analysis.report.outcomes


def test_a_session_goes_on_without_settings_that_cannot_be_used_and_knows_why(repository: Path) -> None:
    _set(repository, BROKEN)
    session = Session.open(repository / "designs" / "shop" / "shop.toml")
    assert session.settings is not None
    assert [problem.line for problem in session.settings.problems] == [2]
    assert "CAP001" not in {finding.rule.id for finding in session.analysis.report.findings}
    with pytest.raises(InvalidDesign):
        settings(session.path, session.library)


def test_a_changed_design_and_a_what_if_are_judged_by_the_same_settings(repository: Path) -> None:
    _set(repository)
    loaded, library = load(repository / "designs" / "shop" / "shop.toml")
    analysis = Analysis(loaded.design, library, settings=settings(loaded.path, library))
    fewer = with_part(loaded.design, ("connections", "web-api"), None)
    for other in (analysis.instead(fewer), analysis.instead(conditions=Conditions(load=2.0))):
        assert other.settings is analysis.settings
        assert "TEAM-OWNER" in other.report.outcomes


def test_the_overlay_of_the_load_marks_what_the_team_finds_too_busy(repository: Path) -> None:
    loaded, library = load(repository / "designs" / "shop" / "shop.toml")
    assert overlay("load", Analysis(loaded.design, library)).boxes["api"].text == "50%"
    _set(repository, "[thresholds.components.api]\nutilisation_warning = 0.4\n")
    set_ = settings(loaded.path, library)
    drawn = overlay("load", Analysis(loaded.design, library, settings=set_))
    assert drawn.boxes["api"].text == "50%!"
    assert drawn.key[0] == "!: above 70%, or the limit set for the box, where waiting grows fast"
