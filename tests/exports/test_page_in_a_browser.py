"""The document as a web page in a real browser: whole, silent, light and dark as the reader prefers."""

import json
import re
import shutil
import struct
import subprocess
import zlib
from pathlib import Path
from typing import NamedTuple

import pytest

from studio.analysis import Analysis
from studio.catalogue.library import shipped
from studio.exports.frame.formats import rendered
from studio.files.loading import parse
from studio.paths import sample_designs

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium or google-chrome on this machine")
PREFERENCE = {"light": "--blink-settings=preferredColorScheme=1", "dark": "--blink-settings=preferredColorScheme=0"}
GROUND = {"light": (0xFF, 0xFF, 0xFF), "dark": (0x15, 0x19, 0x1E)}
OF_THE_BROWSER = re.compile(r"https?://[a-z0-9.-]*\.(google|googleapis|gvt1)\.com/")


class Seen(NamedTuple):
    """What became of a page in the browser."""

    dom: str
    log: str
    fetched: list[str]
    corner: tuple[int, ...]


def page() -> str:
    """The page of a sample whose words would like to fetch something."""
    text = (sample_designs() / "url_shortener.toml").read_text(encoding="utf-8")
    words = (
        "<img src=https://tracker.invalid/a onerror=document.title=1><style>@import 'https://tracker.invalid/b'</style>"
    )
    changed = re.sub(r'^(why|purpose|name) = "[^"]+"$', rf'\1 = "{words}"', text, flags=re.MULTILINE)
    return str(rendered("html", Analysis(parse(changed, "design.toml"), shipped())))


@pytest.fixture(scope="module", params=["light", "dark"])
def seen(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Seen]:
    place = tmp_path_factory.mktemp(request.param)
    (place / "page.html").write_text(page(), encoding="utf-8")
    flags = (
        "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-sync",
        "--disable-background-networking", "--disable-component-update", "--enable-logging=stderr",
        f"--user-data-dir={place / 'profile'}", f"--log-net-log={place / 'net.json'}", PREFERENCE[request.param],
        "--window-size=600,400", "--dump-dom", f"--screenshot={place / 'page.png'}",
    )  # fmt: skip
    program = [str(BROWSER), *flags, (place / "page.html").as_uri()]
    run = subprocess.run(program, capture_output=True, text=True, check=True, timeout=120)
    fetched = re.findall(r'"url":"(https?:[^"]*)"', (place / "net.json").read_text(encoding="utf-8"))
    return request.param, Seen(run.stdout, run.stderr, fetched, corner(place / "page.png"))


def corner(picture: Path) -> tuple[int, ...]:
    """The colour of the first dot of a PNG: nothing stands before it, so no filter changes it."""
    data, place, packed = picture.read_bytes(), 8, b""
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        if data[place + 4 : place + 8] == b"IDAT":
            packed += data[place + 8 : place + 8 + length]
        place += length + 12
    return tuple(zlib.decompressobj().decompress(packed, 4)[1:4])


def test_the_page_is_whole_and_silent(seen: tuple[str, Seen]) -> None:
    _, found = seen
    assert found.dom.count("<section") == 14
    assert found.dom.count("<svg") == 1
    assert "<title>&lt;img src=https://tracker.invalid/a" in found.dom
    assert [line for line in found.log.splitlines() if "CONSOLE" in line] == []


def test_the_page_fetches_nothing(seen: tuple[str, Seen]) -> None:
    _, found = seen
    assert [url for url in found.fetched if not OF_THE_BROWSER.match(json.loads(f'"{url}"'))] == []


def test_the_page_is_light_or_dark_as_the_reader_prefers(seen: tuple[str, Seen]) -> None:
    preferred, found = seen
    assert found.corner == GROUND[preferred]
