"""Which lines a table or an entry takes."""

from pathlib import Path

import pytest

from studio.cli.reports.frame.regions import Region, Regions
from studio.files.source_map import Lines

TEXT = """\
format = 1  # one

[components.api]
kind = "service"
  publishes = [
    "a",  # [not.a.table]
    "b",
  ]
schema = '''
[nor.this]
'''

# about what follows
[components.api.endpoints.create]
path = "/"

  [components.db]
"""


@pytest.mark.parametrize(
    ("line", "region"),
    [
        (1, Region(1, 1, 1)),
        (3, Region(3, 1, 11)),
        (4, Region(4, 1, 4)),
        (5, Region(5, 3, 8)),
        (9, Region(9, 1, 11)),
        (14, Region(14, 1, 15)),
        (17, Region(17, 3, 17)),
        (13, Region(13, 1, 13)),
        (99, Region(99, 1, 99)),
    ],
)
def test_what_begins_on_a_line(line: int, region: Region) -> None:
    assert Regions(TEXT).at(line) == region


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).resolve().parents[3] / "sample_designs").glob("*.toml")), ids=lambda path: path.stem
)
def test_a_table_ends_before_the_next_begins(path: Path) -> None:
    text = path.read_text()
    regions, lines = Regions(text), text.splitlines()
    headers = [number for number, line in enumerate(lines, start=1) if line.startswith("[")]
    for header, following in zip(headers, [*headers[1:], len(lines) + 1], strict=True):
        assert header <= regions.at(header).end_line < following
        assert lines[regions.at(header).end_line - 1].strip()
    assert Lines(text).line(("design",)) in headers
