"""A table of a source system: read whole, every cell in trouble named by its row (R-J1)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from zhitong.domain.progress.rules import Quality
from zhitong.domain.progress.rules.source_sheets import HEADS, SentFigure, SourceRow, figures_in
from zhitong.kit.clock import SHANGHAI


def row(number: int, *cells: str) -> SourceRow:
    return SourceRow(number, dict(zip(HEADS, cells, strict=False)))


def test_a_row_is_a_figure_with_its_stand_and_its_quality() -> None:
    figures, troubles = figures_in([
        row(2, "P033", "130982", "2018-08", "1,204", "2018-09-03 08:30", "快报数", "平台日报"),
        row(3, "P033", "130973", "2018-08", "3.2万", "2018年9月3日"),
        row(4, "", "", "", "", ""),
    ])

    assert troubles == []
    assert figures == [
        SentFigure(
            "P033", "130982", "2018-08", Decimal(1204), datetime(2018, 9, 3, 8, 30, tzinfo=SHANGHAI), Quality.PROVISIONAL, "平台日报",
        ),
        SentFigure("P033", "130973", "2018-08", Decimal(32000), datetime(2018, 9, 3, tzinfo=SHANGHAI)),
    ]


def test_every_cell_in_trouble_is_named_and_an_empty_table_is_no_table() -> None:
    _figures, troubles = figures_in([
        row(2, "P033", "130982", "2018-08", "", "2018-09-03"),
        row(3, "P033", "130982", "2018-08", "四家左右", "2018-09-03"),
        row(4, "P033", "130982", "2018-08", "4", "月初"),
        row(5, "P033", "130982", "2018-08", "4", "2018-09-03 八点"),
        row(6, "P033", "130982", "2018-08", "4", "2018-09-03", "大概"),
    ])

    assert [one.partition("：")[0] for one in troubles] == ["第2行", "第3行", "第4行", "第5行", "第6行"]
    assert "“数”没有填" in troubles[0]
    assert "核定数、快报数、预计数" in troubles[4]
    assert figures_in([])[1] == ["表里没有数据行，请核对后再传。"]
