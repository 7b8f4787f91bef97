from pathlib import Path

import pytest

HEAD = 'format = 1\n[design]\nname = "X"\n'
SEED = """
[requirements.scale]
daily_active_users = 1_000_000
requests_per_user_per_day = 20
[components.web]
kind = "client"
[components.api]
kind = "service"
capacity_rps = 200
instances = 4
[connections.web-api]
from = "web"
to = "api"
"""


@pytest.fixture
def design(tmp_path: Path) -> Path:
    """A client and four instances that serve 200 requests/s each, a million users."""
    path = tmp_path / "design.toml"
    path.write_text(HEAD + SEED)
    return path


@pytest.fixture
def ranged(tmp_path: Path) -> Path:
    """The same where nobody is sure of the 200."""
    path = tmp_path / "ranged.toml"
    path.write_text(HEAD + SEED.replace("capacity_rps = 200", "capacity_rps = [100, 300]"))
    return path
