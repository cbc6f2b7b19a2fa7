"""决定事项清单: every decision of a meeting, whose, by when, and what had come of it at the cut-off. Source: R-G2."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from zhitong.domain.bulletins.queries.meetings.found import cycle_of
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.rhythm.queries.past import DecisionThen, decisions_then
from zhitong.domain.rhythm.rules.kinds import CycleState, DecisionState
from zhitong.kit.clock import SHANGHAI
from zhitong.kit.official.wording import moment_on_paper
from zhitong.kit.printing import PrintBook, PrintSheet
from zhitong.kit.refusals import Refused
from zhitong.kit.workbook import Head, Shape

HEADS = (
    Head("序号", Shape.WHOLE, 5), Head("决定事项", width=44), Head("责任单位", width=22), Head("配合单位", width=24),
    Head("期限", Shape.MOMENT, 16), Head("落实", width=10), Head("落实情况", width=44), Head("报告时间", Shape.MOMENT, 16),
)


def decisions_list(viewer: Viewer, about: str, at: datetime) -> PrintBook:
    """The decisions in their order as they stood at the cut-off; how others got on is left out where it is not the reader's.

    Raises NotFound: there is no such meeting for this official. Raises Refused: its minutes were not out.
    """
    found = cycle_of(viewer, about, at, CycleState.PUBLISHED)
    if found.published_at is None or found.published_at > at:
        raise Refused("这次会议的纪要还没有印发，没有决定事项。请先印发纪要，或选择印发以后的统计截止时间。")
    rows = decisions_then(viewer, found.row.id, at)
    title = f"{found.row.title}{PaperKind.DECISIONS.label}"
    sheet = PrintSheet(title, HEADS, _rows(rows), f"召集单位：{found.row.office}", f"统计截止时间：{moment_on_paper(at)}", _said(rows))
    return PrintBook(title, [sheet], at, SHANGHAI)


def standing_words(one: DecisionThen) -> str:
    """How a decision stood, as papers say it."""
    return f"{one.state.label}（超期）" if one.is_late else one.state.label


def _rows(rows: Sequence[DecisionThen]) -> Iterator[Sequence[Any]]:
    for one in rows:
        yield one.number, one.what, one.unit, "、".join(one.joint), one.due_at, standing_words(one), one.told, one.told_at


def _said(rows: Sequence[DecisionThen]) -> list[str]:
    if not rows:
        return ["会议没有需要单独跟踪的决定事项。"]
    closed = sum(one.state is DecisionState.CLOSED for one in rows)
    return [f"共{len(rows)}项，已落实{closed}项，超期未报{sum(one.is_late for one in rows)}项。"]
