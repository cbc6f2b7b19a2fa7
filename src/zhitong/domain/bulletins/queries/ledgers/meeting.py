"""调度会材料: the last decisions, figures and agenda in front, then a sheet for each red matter. R-H7, 冀发〔2018〕7号 四（三）."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from zhitong.domain.bulletins.queries.ledgers.owing import OVERDUE, counted, days_beyond, excerpt_of, owing_units
from zhitong.domain.bulletins.queries.ledgers.saying import measures_of, outcome_of, progress_of
from zhitong.domain.bulletins.queries.ledgers.territory import Territory, territory_of
from zhitong.domain.bulletins.queries.ledgers.then import Stood, day_said, stood
from zhitong.domain.bulletins.queries.meetings.decisions import standing_words
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.then import numbers_at
from zhitong.domain.problems.rules.facts import ProblemFact
from zhitong.domain.problems.rules.kinds import State
from zhitong.domain.problems.rules.phases import Numbers, Phase
from zhitong.domain.rhythm.queries.past import CycleThen, last_cycle_then
from zhitong.domain.rhythm.rules.kinds import DecisionState
from zhitong.domain.tallies.queries import TooEarly
from zhitong.kit.official.shapes import Block, Box, Break, Document, Grid, Heading, Paragraph, Piece, Style, Table

MOST = 30
"""More red matters than a meeting can take up; the rest stand in the list of the front page."""
_WEEK = timedelta(days=7)
_ASKED: Mapping[State, str] = {
    State.SUBMITTED: "请{unit}当场受理，不属于受理范围的说明依据和正确渠道。",
    State.ACCEPTED: "请{unit}当场确定承办单位并交办。",
    State.DISPATCHED: "请{unit}当场签收，今日联系企业。",
    State.HANDLING: "请{unit}说明卡在哪里、哪一天办结；需要其他单位配合的，当场提出。",
    State.PROPOSED: "请{unit}所在级活动办公室当场审核，明确是否提请上级协调。",
    State.RETURNING: "请{unit}今日将上级答复传达到下一级和企业。",
    State.REVIEW: "请{unit}作出复核结论：重新办理、改由其他单位办理或维持原答复。",
    State.OBJECTED: "请{unit}作出异议复核结论。",
    State.PAUSED: "请{unit}说明恢复办理的条件和日期。",
    State.PARKED: "请{unit}说明恢复办理的条件和日期。",
}
_OTHERWISE = "请{unit}说明下一步安排和完成日期。"


def meeting(viewer: Viewer, about: str, at: datetime) -> Document:
    """What a scheduling meeting is called with: what is past its limit, the longest first, one sheet for each.

    Raises NotFound: the territory is not the reader's.
    """
    territory = territory_of(viewer, about, at)
    red = list(stood(territory, OVERDUE, "stay.stage_due_at, problem.id", most=MOST))
    blocks = [*_front(territory, red), *(block for place, one in enumerate(red, start=1) for block in _sheet(territory, place, one))]
    return Document(Style.FORM, f"{territory.region.name}{PaperKind.MEETING.label}", tuple(blocks), cut_off=at)


def _front(territory: Territory, red: Sequence[Stood]) -> list[Block]:
    numbers = numbers_at(territory.region.id, territory.at, territory.line_ids)
    last = last_cycle_then(territory.viewer, territory.region.id, territory.at)
    parts: list[tuple[str, list[Block]]] = [
        *([("上次会议决定事项落实情况", _decided(last))] if last else []),
        ("总体情况", [Paragraph(_figures(numbers)), *_moved(territory, numbers)]),
        ("会议议程", [Paragraph((f"（{place}）{said}",)) for place, said in zip("一二三四", _agenda(red), strict=False)]),
        ("逐件调度的问题", []),
    ]
    blocks: list[Block] = [Paragraph((f"{territory.made_by}。",))]
    for number, (head, own) in zip("一二三四", parts, strict=False):
        blocks += [Heading(1, f"{number}、{head}"), *own]
    if not red:
        return [*blocks, Paragraph(("截至统计截止时间，没有超过时限的问题。",))]
    blocks.append(_contents(territory, red))
    left = numbers.overdue - len(red)
    if left > 0:
        blocks.append(Paragraph((f"以上为超期最久的{len(red)}件，其余{left}件见同一截止时间的问题台账。",)))
    return blocks


def _decided(last: CycleThen) -> list[Block]:
    """What had come of the last meeting's decisions by the cut-off, those past their limit with the word."""
    closed = sum(one.state is DecisionState.CLOSED for one in last.decisions)
    late = sum(one.is_late for one in last.decisions)
    said = Paragraph((
        f"{last.title}议定", counted("decisions", len(last.decisions)), "项，已落实", counted("decisions.closed", closed), "项，超期未报",
        counted("decisions.late", late), "项。",
    ))
    rows = tuple((str(one.number), one.what, one.unit, day_said(one.due_at), standing_words(one), one.told) for one in last.decisions)
    return [said, Table(("序号", "决定事项", "责任单位", "期限", "落实", "落实情况"), rows, (2, 8, 5, 3, 3, 8), numeric=frozenset({0}))]


def _figures(numbers: Numbers) -> tuple[Piece, ...]:
    return (
        "累计反映问题", counted("reported", numbers.reported), "件，已销号", counted("closed", numbers.of(Phase.CLOSED)),
        "件，已答复待确认", counted("answered", numbers.of(Phase.ANSWERED)), "件，未办结", counted("unsettled", numbers.unsettled),
        "件，其中超期", counted("overdue", numbers.overdue), "件、临期", counted("soon", numbers.soon), "件。",
    )


def _moved(territory: Territory, numbers: Numbers) -> list[Block]:
    """What the week before the cut-off brought; nothing where the past is not kept so far back."""
    try:
        before = numbers_at(territory.region.id, territory.at - _WEEK, territory.line_ids)
    except TooEarly:
        return []
    reported, closed = numbers.reported - before.reported, numbers.of(Phase.CLOSED) - before.of(Phase.CLOSED)
    late = [one for one in owing_units(territory) if one.overdue][:3]
    said: tuple[Piece, ...] = (
        "近7天新反映", counted("week.reported", reported), "件，销号净增", counted("week.closed", closed), "件。",
    )
    if late:
        said = (*said, f"超期较多的单位：{'、'.join(f'{one.unit}（{one.overdue}件）' for one in late)}。")
    return [Paragraph(said)]


def _agenda(red: Sequence[Stood]) -> list[str]:
    proposed = sum(one.state is State.PROPOSED for one in red)
    said = ["活动办公室通报总体情况和上次调度会议定事项落实情况。"]
    if red:
        said.append(f"逐件调度超期问题{len(red)}件，承办单位作说明，明确办结日期和责任人。")
    if proposed:
        said.append(f"研究拟提请上级协调的问题{proposed}件。")
    return [*said, "主持人讲话，部署下一步工作。"]


def _contents(territory: Territory, red: Sequence[Stood]) -> Table:
    heads = ("序号", "企业（项目）", "问题", "单位", "到哪一步", "超期（工作日）")
    rows = tuple(
        (
            str(place), one.subject, excerpt_of(one.text), one.unit, one.stage.label if one.stage else one.state.label,
            days_beyond(territory, one.stage_due_at, one.unit_id),
        )
        for place, one in enumerate(red, start=1)
    )
    return Table(heads, rows, (2, 6, 9, 6, 4, 3), numeric=frozenset({0, 5}))


def _sheet(territory: Territory, place: int, one: Stood) -> tuple[Block, ...]:
    contact = one.contact
    who = f"{one.unit}　{contact.title}　{contact.name}　{contact.phone}" if contact else one.unit
    matter = f"{one.subject}（{one.region}，{one.category}，{one.number}）\n{one.text}"
    asked = _ASKED.get(one.state, _OTHERWISE).format(unit=one.unit)
    return (
        Break(), Heading(1, f"第{place}件　{one.subject}"),
        Grid((
            (Box("事项", (matter,)),), (Box("承诺", (_promise(one),)),), (Box("已做工作", (_done(one),)),),
            (Box("卡在哪里", (_hindrance(territory, one),)),), (Box("需要谁做什么", (asked,)),), (Box("责任单位", (who,)),),
            (Box("会议议定", lines=4),),
        )),
    )


def _promise(one: Stood) -> str:
    said = [f"{day_said(one.submitted_at)}反映"]
    said += [f"{day_said(one.handed_at)}交{one.unit}办理"] if one.handed_at else []
    said += [f"应于{day_said(one.due_at)}办结"] if one.due_at else []
    if one.stage and one.stage_due_at:
        said.append(f"“{one.stage.label}”时限{day_said(one.stage_due_at)}")
    return "；".join(said) + "。"


def _done(one: Stood) -> str:
    return "\n".join(said for said in (measures_of(one), progress_of(one), outcome_of(one)) if said)


def _hindrance(territory: Territory, one: Stood) -> str:
    days = days_beyond(territory, one.stage_due_at, one.unit_id)
    late = "当日到期" if days == "当日" else f"已超{days}个工作日"
    proposal = next((fact for fact in reversed(one.told) if fact.kind == ProblemFact.PROPOSED.value), None)
    said = [f"“{one.stage.label if one.stage else one.state.label}”{late}。"]
    if proposal is not None:
        said += [f"{label}：{words}" for key, label in (("tried", "已做工作"), ("asked_for", "请求事项"))
                 if (words := proposal.words.get(key))]
    return "\n".join(said)
