from collections.abc import Callable
from pathlib import Path

import pytest

from studio.__main__ import main

HEAD = 'format = 1\n[design]\nname = "Shop"\n'
PARTS = """
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = 10
[requirements.availability]
target = 0.99
[requirements.cost]
budget_per_month = 100
[components.web]
kind = "client"
[components.api]
kind = "service"
name = 'API'
purpose = "sells"
instances = 1
capacity_rps = 40
availability = 0.999
cost_per_month = 120
[components.db]
kind = "database"
instances = 1
availability = 0.995
cost_per_month = 60
[connections.web-api]
from = "web"
to = "api"
confidence = "guess"
[connections.api-db]
from = "api"
to = "db"
traffic = "all"
[journeys.buy]
steps = ["web-api", "api-db"]
"""
ACCEPTED = """
[accepted.single]
flag = "REL001"
on = "db"
why = "one zone will do\\nuntil spring"
by = "Ann"
until = 2999-01-01
"""
SCENARIO = """
[scenarios.twice]
load = 2
expect = ["components.api.utilisation < 0.9"]
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A work tree with one design in a folder, and a copy that is broken."""
    (tmp_path / ".git").mkdir()
    designs = tmp_path / "designs"
    designs.mkdir()
    (designs / "shop.toml").write_text(HEAD + PARTS + ACCEPTED + SCENARIO)
    (designs / "broken.toml").write_text(HEAD + "[components.api]\nkind = 'servce'\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the check; its exit code, what it printed and what it said."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["check", *arguments])
        found = capsys.readouterr()
        return code, found.out, found.err

    return run
