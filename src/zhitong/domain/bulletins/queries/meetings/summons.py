"""会议通知: when, where, who, the agenda as its reader may see it, what to bring. Source: R-G2, R-H7."""

from __future__ import annotations

from datetime import datetime

from zhitong.domain.bulletins.queries.letters.phrases import heading, said
from zhitong.domain.bulletins.queries.meetings.found import cycle_of
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.rhythm.queries.cycles import CycleView
from zhitong.domain.rhythm.rules.kinds import AgendaState, CycleState
from zhitong.kit.clock import SHANGHAI, day_of
from zhitong.kit.official.shapes import Block, Document, Head, Style
from zhitong.kit.refusals import Refused

_DAYS = "一二三四五六日"


def summons(viewer: Viewer, about: str, at: datetime) -> Document:
    """The notice of a meeting as it is set now, with the matters that are this reader's to see.

    Raises NotFound: there is no such meeting for this official. Raises Refused: its notice was not sent by then.
    """
    found = cycle_of(viewer, about, at, CycleState.CALLED)
    if found.called_at is None or found.called_at > at:
        raise Refused("这次会议的通知还没有发出。请先在会议页面发会议通知，或选择发出以后的统计截止时间。")
    title = f"关于召开{found.row.title}的通知"
    return Document(
        Style.LETTER, title, tuple(_blocks(found)), head=Head(found.row.office), recipients=found.called,
        signed_by=found.row.office, signed_on=day_of(found.called_at),
    )


def moment_of_meeting(at: datetime) -> str:
    """A moment as a notice says it: 9月20日（星期四）9:00."""
    here = at.astimezone(SHANGHAI)
    return f"{here.month}月{here.day}日（星期{_DAYS[here.weekday()]}）{here.hour}:{here.minute:02}"


def _blocks(found: CycleView) -> list[Block]:
    row, chair = found.row, f"，由{found.chair}主持" if found.chair else ""
    matters = [one for one in found.agenda if one.state is AgendaState.ON]
    blocks: list[Block] = [
        said(f"定于{moment_of_meeting(row.meets_at)}召开{row.title}{chair}。现将有关事项通知如下："),
        heading(0, "时间和地点"), said(f"时间：{moment_of_meeting(row.meets_at)}"), said(f"地点：{row.place}"), heading(1, "会议议题"),
    ]
    if not matters:
        blocks.append(said("会上通报总体情况，部署下一步工作。"))
    for place, one in enumerate(matters, start=1):
        unit = f"（{one.unit}汇报）" if one.unit else ""
        blocks.append(said(f"{place}. {one.title}{unit}。"))
    demands = found.demands or "请按时参加。与本单位有关的议题，请准备简要汇报材料。"
    return [*blocks, heading(2, "有关要求"), *(said(line) for line in demands.splitlines() if line.strip())]


