"""The guided questions on the screen: by keys to a first design that is open and drawn."""

from pathlib import Path

from textual.widgets import Input

from studio.files.loading import read
from studio.files.starting import sample_ids
from studio.tui.screens.guided import Questions
from studio.tui.screens.start import Start
from tests.tui.driving import Opened, driven


@driven
async def test_questions_lead_from_the_start_screen_to_a_design_that_is_drawn(opened: Opened, tmp_path: Path) -> None:
    async with opened(None) as studio:
        await studio.press("a")
        studio.app.screen.query_one(Input).value = str(tmp_path / "shop.toml")
        await studio.press("enter")
        screen = studio.app.screen
        assert isinstance(screen, Questions)
        assert "What is the system called?" in studio.text
        await studio.press('"Kiosk"', "enter", "down", '"sell"', "enter", '"send mail"', "enter")
        while screen.guided.question is not None and screen.guided.question.id != "consistency":
            await studio.press("enter")
        await studio.press('"stron"')
        assert "did you mean strong?" in studio.text
        await studio.press("enter")
        assert screen.guided.question is not None
        assert screen.guided.question.id == "consistency", "a wrong answer is not taken"
        await studio.press('"g"', "enter", "up")
        assert screen.query_one(Input).value == "strong"
        while studio.app.screen is screen:
            await studio.press("enter")
        assert studio.screen.session.design.design.name == "Kiosk"
        assert "Worker" in studio.text
        await studio.pilot.pause(0.1)
        told = [notification.message for notification in studio.app._notifications]
        assert any("? What is it, and for whom?" in message and "settles" in message for message in told)
    design = read(tmp_path / "shop.toml").design
    assert design.requirements.consistency.need == "strong"
    assert {question.id for question in design.questions} >= {"overview", "skills"}


@driven
async def test_answers_are_dropped_only_when_that_is_asked_for_twice(opened: Opened, tmp_path: Path) -> None:
    async with opened(None) as studio:
        await studio.press("a", "enter", '"Kiosk"', "enter", "escape")
        assert "Esc again drops 1 answer" in studio.text
        await studio.press("escape")
        assert isinstance(studio.app.screen, Start)
    assert list(tmp_path.glob("*.toml")) == []


@driven
async def test_every_sample_is_offered_with_one_line_about_it(opened: Opened) -> None:
    async with opened(None, size=(120, 60)) as studio:
        lines = [line for line in studio.lines if line.strip()]
        offers = {offer.answer: offer for offer in studio.app.screen._offers}
        for id_ in sample_ids():
            offer = offers[f"sample:{id_}"]
            (line,) = [line for line in lines if offer.name in line]
            assert len(line.split(offer.name)[1].strip()) > 20, id_
