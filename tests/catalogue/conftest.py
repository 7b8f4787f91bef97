"""A small catalogue of three patterns and two technologies, and designs to apply them to."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.catalogue.library import Library
from studio.model.design import Design

ENTRIES = Path(__file__).parent / "entries"


@pytest.fixture(scope="session")
def entries() -> Path:
    return ENTRIES


@pytest.fixture(scope="session")
def library() -> Library:
    return Library((ENTRIES,))


@pytest.fixture(scope="session")
def design() -> Callable[[str], Design]:
    """Reads a design from its tables; the head every design has is added."""

    def read(text: str = "") -> Design:
        return Design.model_validate(tomllib.loads(f'format = 1\n[design]\nname = "Shop"\n{text}'))

    return read


@pytest.fixture(scope="session")
def shop(design: Callable[[str], Design]) -> Design:
    return design(SHOP)


SHOP = """
[components.web]
kind = "service"
[components.api]
kind = "service"
observe = { logs = true }
zones = 3
[components.db]
kind = "database"
[components.mail]
kind = "external"
[connections.web-api]
from = "web"
to = "api"
[connections.api-db]
from = "api"
to = "db"
timeout = "1 s"
[connections.api-mail]
from = "api"
to = "mail"
mode = "async"
"""
