"""What options cost and give, in the studio's table of a decision: worked out beside the keys, and as text."""

import tomllib
from datetime import date
from pathlib import Path

from studio.analysis import Analysis
from studio.catalogue.library import shipped
from studio.comparing.weighing import matrix
from studio.model.design import Design
from studio.text import width
from studio.tui.records.trade_offs import trade_off_rows
from studio.tui.screens.trade_offs import TradeOffs
from tests.comparing.test_weighing import SHOP as COMPARED
from tests.tui.driving import Opened, driven


@driven
async def test_the_figures_of_all_options_stand_in_the_table_once_they_are_known(
    opened: Opened, tmp_path: Path
) -> None:
    path = tmp_path / "shop.toml"
    path.write_text(COMPARED)
    async with opened(path, (120, 60)) as studio:
        studio.screen.go_to(("decisions", "size"))
        await studio.settle()
        await studio.press("t")
        assert isinstance(studio.app.screen, TradeOffs)
        await studio.settle()
        assert "cost a month 330" in studio.text
        assert "cost a month 280" in studio.text
        await studio.press("pagedown", "pagedown")
        assert "three wins" in studio.text


def test_every_option_has_its_figures_and_the_table_keeps_to_its_columns() -> None:
    design = Design.model_validate(tomllib.loads(COMPARED))
    analysis = Analysis(design, shipped(), today=date(2026, 11, 21))
    found = matrix(analysis, design.decisions[0])
    for columns in (40, 80, 120):
        rows = trade_off_rows(design.decisions[0], columns, 0, found)
        assert len({row.key for row in rows}) == len(rows)
        table = [row for row in rows if not row.wraps]
        assert max(width("".join(span.text for span in row.spans).rstrip()) for row in table) <= columns
        assert "cost a month 330" in "\n".join("".join(span.text for span in row.spans) for row in rows)
