"""会议纪要: how it went and what it decided, in the words that were published; a draft before that. Source: R-G2, R-H7."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from zhitong.domain.bulletins.queries.letters.phrases import day, heading, prose, said
from zhitong.domain.bulletins.queries.meetings.found import cycle_of
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.rhythm.queries.cycles import CycleView
from zhitong.domain.rhythm.queries.decisions import DecisionRow
from zhitong.domain.rhythm.rules.kinds import CycleState
from zhitong.kit.clock import day_of
from zhitong.kit.official.shapes import Block, Document, Foot, Head, Style, Table
from zhitong.kit.refusals import Refused


def minutes(viewer: Viewer, about: str, at: datetime) -> Document:
    """The minutes of a meeting; what was published never changes. Before that its office alone has them, marked as a draft.

    Raises NotFound: there is no such meeting for this official. Raises Refused: there are no minutes yet.
    """
    found = cycle_of(viewer, about, at, CycleState.PUBLISHED)
    is_out = found.published_at is not None and found.published_at <= at
    if not found.minutes or not (is_out or found.office_id == viewer.unit_id):
        raise Refused("这次会议的纪要还没有印发。请先在会议页面登记会议情况、印发纪要，或选择印发以后的统计截止时间。")
    on = day_of(found.published_at) if found.published_at and is_out else None
    return Document(
        Style.PAPER, f"{found.row.title}纪要", tuple(_blocks(found)), head=Head(found.row.office), signed_by=found.row.office,
        signed_on=on, foot=Foot(found.row.office, on, copies_to=found.called), is_draft=not is_out,
    )


def _blocks(found: CycleView) -> list[Block]:
    row, chair = found.row, f"{found.chair}主持会议，" if found.chair else ""
    opening = f"{day(found.held_on)}，{row.office}在{row.place or '本单位'}召开{row.title}。{chair}纪要如下："
    blocks: list[Block] = [said(opening), heading(0, "会议情况"), *prose(found.minutes), heading(1, "议定事项")]
    blocks += _decisions(found.decisions)
    if found.attended:
        blocks += [said(f"参加：{'；'.join(line.strip() for line in found.attended.splitlines() if line.strip())}。")]
    return blocks


def _decisions(rows: Sequence[DecisionRow]) -> list[Block]:
    if not rows:
        return [said("会议没有需要单独跟踪的议定事项。")]
    cells = tuple((str(one.number), one.what, one.unit, "、".join(one.joint) or "—", _limit(one)) for one in rows)
    return [Table(("序号", "议定事项", "责任单位", "配合单位", "期限"), cells, (1, 8, 4, 4, 4))]


def _limit(one: DecisionRow) -> str:
    if one.due_at is None:
        return f"印发后{one.workdays}个工作日"
    return day(day_of(one.due_at))
