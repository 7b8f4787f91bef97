"""The reader is tested on drawings made by hand, so that it can judge those of the program."""

from __future__ import annotations

import pytest

from studio.diagrams.reading import Reading, read_text

PLAIN = """\
┌───┐           ┌───┐
│ A ├── calls ─►│ B │
└─┬─┘           └───┘
  ▼ stores
┌───┐
│ C │
└───┘
"""

PLAIN_ASCII = """\
+---+           +---+
| A |-- calls ->| B |
+-+-+           +---+
  v stores
+---+
| C |
+---+
"""

CROSSING = """\
┌───┐ ┌───┐
│ A │ │ B │
└─┬─┘ └─┬─┘
  ╰──╮  ┆
  ╭┄┄┼┄┄╯
  ▼  ╰──╮
┌───┐ ┌─┼─┐
"""

FRAMED = """\
┌───┐
│ A │
└─┬─┘
  ╰──╮
┌╌╌╌╌┼╌ zone b ╌┐
╎    ▼          ╎
╎ ┌─────┐       ╎
╎ │  B  │       ╎
╎ └─────┘       ╎
└╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┘
"""

FAN = """\
    ┌───┐
    │ A │
    └─┬─┘
 ╭────┤
 │    ├────╮
 ▼    ▼ x  ▼
┌──┐┌──┐┌──┐
│ B││C ││D │
└──┘└──┘└──┘
"""

LOOP = """\
┌─────┐
│ Job ├─────────╮
│     │◄─ again ╯
└─────┘
"""


def _links(reading: Reading) -> list[tuple[str, str, str, bool]]:
    names = [" ".join(box.lines) for box in reading.boxes]
    return sorted((names[link.source], names[link.target], link.label, link.asynchronous) for link in reading.links)


@pytest.mark.parametrize("text", [PLAIN, PLAIN_ASCII])
def test_labels_in_and_beside_a_line_are_read(text: str) -> None:
    reading = read_text(text)
    assert _links(reading) == [("A", "B", "calls", False), ("A", "C", "stores", False)]
    assert not reading.unread


def test_a_crossing_is_followed_straight_and_an_open_end_is_no_link() -> None:
    assert _links(read_text(CROSSING)) == []


def test_a_line_may_enter_a_frame_beside_its_title() -> None:
    reading = read_text(FRAMED)
    assert _links(reading) == [("A", "B", "", False)]
    assert [frame.title for frame in reading.frames] == ["zone b"]
    assert not reading.unread


def test_a_fan_reaches_all_its_boxes_and_the_label_is_of_one() -> None:
    assert _links(read_text(FAN)) == [("A", "B", "", False), ("A", "C", "x", False), ("A", "D", "", False)]


def test_a_loop_comes_back() -> None:
    assert _links(read_text(LOOP)) == [("Job", "Job", "again", False)]


def test_text_that_belongs_to_nothing_is_reported() -> None:
    assert read_text("┌───┐\n│ A │  lost\n└───┘\n").unread == ((7, 1),)


def test_dashed_lines_are_asynchronous() -> None:
    text = "┌───┐      ┌───┐\n│ A ├┄┄┄┄┄►│ B │\n└───┘      └───┘\n"
    assert _links(read_text(text)) == [("A", "B", "", True)]
    plain = "+---+      +---+\n| A |.....>| B |\n+---+      +---+\n"
    assert _links(read_text(plain)) == [("A", "B", "", True)]


COLON_OVER_A_CORNER = """\
+----------------+
| write-behind 2 |
+--------+-------+
         v POST /:id
+----------------+
| save 3         |
+----------------+
"""

BAR_OVER_A_CORNER = """\
+---------+
| A       |
+---+-----+
    v a | b
+-------+
| B     |
+-------+
"""

LETTER_UNDER_A_BEND = """\
+---+ +---+
| A | | E |
+-+-+ +-+-+  +---+
  |     +--->| D |
  v unsaved  +---+
+----------+
| B        |
+----------+
"""

WORD_LIKE_A_JOIN = """\
┌─────┐
│ Job ├─────────────────╮
│     │◄── a ├ ╮ ┼─ b ──╯
└─────┘
"""

FOREIGN_GLYPHS = """\
+-------+          +---+
| ┌─┐ x |-- │ ┼ -->| B |
+-------+          +---+
"""


def test_a_colon_of_a_label_right_over_a_corner_belongs_to_the_label() -> None:
    drawn = COLON_OVER_A_CORNER
    assert drawn.splitlines()[3].index(":") == drawn.splitlines()[4].rindex("+")
    assert _links(read_text(drawn)) == [("write-behind 2", "save 3", "POST /:id", False)]


def test_a_bar_between_words_right_over_a_corner_belongs_to_the_label() -> None:
    assert BAR_OVER_A_CORNER.splitlines()[3].index("|") == BAR_OVER_A_CORNER.splitlines()[4].rindex("+")
    assert _links(read_text(BAR_OVER_A_CORNER)) == [("A", "B", "a | b", False)]


def test_a_letter_under_a_bend_is_no_arrowhead() -> None:
    assert _links(read_text(LETTER_UNDER_A_BEND)) == [("A", "B", "unsaved", False), ("E", "D", "", False)]


def test_words_of_drawing_characters_in_a_label_lead_nowhere() -> None:
    assert _links(read_text(WORD_LIKE_A_JOIN)) == [("Job", "Job", "a ├ ╮ ┼─ b", False)]


def test_an_ascii_drawing_may_have_box_characters_in_its_texts() -> None:
    assert _links(read_text(FOREIGN_GLYPHS)) == [("┌─┐ x", "B", "│ ┼", False)]
