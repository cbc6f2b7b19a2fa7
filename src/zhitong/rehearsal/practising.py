"""Pieces of the demonstration: news that went up three levels, a good practice beside a problem it solved, a policy result,
what was given back or passed over, and what waits with a double.

All of it is invented; the acts are the room's own, each at its hour, by the accounts of the demonstration.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.practices.actions.joining import join_problems
from zhitong.domain.practices.actions.judging import adopt, edit, give_back, pass_over
from zhitong.domain.practices.actions.publishing import Publishing, publish
from zhitong.domain.practices.actions.submitting import NewPiece, submit_piece
from zhitong.domain.practices.actions.using import Used, register_use, send_up
from zhitong.domain.practices.rules.kinds import PassingOver, PieceKind, UsePlace
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.rules.kinds import UNDECIDED, Outcome, State
from zhitong.kit.clock import SHANGHAI
from zhitong.rehearsal.forms import viewer_of
from zhitong.rehearsal.stage import require_stage

WRITER, PARK, ZONE, CITY = "nandagang", "nandagangban", "bohaiban", "cangzhouban"
NEWS = (
    "园区用电问题集中会商，七户企业当周有答复",
    "8月上旬，园区经发局会同供电单位到七户用电企业逐户核对增容资料，一次告知缺件，当场定下送电时间。"
    "七件诉求中五件当周办结，两件列入线路改造计划，企业少跑动二十余次。（演示内容）",
)
EDITED = ("用电问题逐户会商，七户企业当周有答复", NEWS[1])
PRACTICE = (
    "一企一单、一次告知：园区把同类诉求并起来办",
    "园区把三个月内的同类诉求并成一张单子，由一名负责同志带齐相关部门到企业现场一次说清要什么材料、谁来办、几天办完；"
    "办理情况每周公布一次。平均办结时间缩短三分之一，企业满意。（演示内容）",
)
RESULT = (
    "企业诉求限时会商办法",
    "规定涉及两个以上部门的企业诉求，由牵头部门在三个工作日内召集会商，会商结论当天告知企业；"
    "两次会商不能一致的，提请上一级协调。（演示内容）",
)
THIN = ("我局认真开展双创双服工作", "我局高度重视，多次召开会议，扎实推进各项工作，取得了明显成效。（演示内容）")
WANTING = ("银企对接会促成意向贷款", "我委会同金融部门召开银企对接会，多家企业与银行达成意向。（演示内容）")
AGAIN = ("园区用电问题集中会商，七户企业都有答复", NEWS[1].replace("五件当周办结，两件", "六件已经办结，一件"))
FROM_A_TOWNSHIP = ("干部驻点帮办，三户企业开工手续半月办齐", "四名干部驻点帮办，陪同企业跑审批，三户企业手续半个月办齐。（演示内容）")


def write_pieces() -> None:
    """Let departments write to their offices from August on, and the offices judge, use, send up and publish.

    Raises NotAStage: the database is a real one.
    """
    require_stage()
    _news()
    _practice()
    made = _submitted("bohai", 8, 20, PieceKind.POLICY_RESULT, RESULT)
    _do(ZONE, 8, 22, adopt, made, "可在各园区推广。")
    _do(ZONE, 8, 24, publish, made, Publishing(
        document_number="渤双办〔2018〕21号（演示）", issued_on=date(2018, 8, 23), valid_until=date(2020, 8, 22)
    ))
    _do(CITY, 9, 5, pass_over, _submitted("cangzhougong", 9, 4, PieceKind.WORK_NEWS, THIN), PassingOver.THIN, "没有数字和事例。")
    _do(CITY, 9, 14, give_back, _submitted("cangzhou", 9, 12, PieceKind.WORK_NEWS, WANTING), "请补充户数、金额和一个企业的事例。")
    _submitted("xincun", 9, 14, PieceKind.GOOD_PRACTICE, FROM_A_TOWNSHIP)
    _submitted(WRITER, 9, 14, PieceKind.WORK_NEWS, AGAIN, knowingly=True)


def _news() -> None:
    """News edited at the park, used in its brief, and adopted by the zone and by the city."""
    made = _submitted(WRITER, 8, 13, PieceKind.WORK_NEWS, NEWS)
    _do(PARK, 8, 14, edit, made, 1, *EDITED)
    _do(PARK, 8, 14, adopt, made, "事例具体，编入本期简报。")
    _do(PARK, 8, 16, register_use, made, Used(place=UsePlace.LOCAL_BRIEF, on=date(2018, 8, 16), words="园区工作简报第12期（演示）"))
    above = _do(PARK, 8, 16, send_up, made)
    _do(ZONE, 8, 17, adopt, above, "")
    highest = _do(ZONE, 8, 17, send_up, above)
    _do(CITY, 8, 21, adopt, highest, "各县（市、区）可以借鉴。")
    _do(CITY, 8, 23, register_use, highest, Used(place=UsePlace.MEDIA, on=date(2018, 8, 22), words="演示日报二版：逐户会商解难题"))


def _practice() -> None:
    """A good practice beside the problem that it solved, where the story has solved one that may be told."""
    told = _solved()
    about = {"subject_kind": told.subject_kind, "category": told.category} if told else {}
    made = _submitted(WRITER, 9, 3, PieceKind.GOOD_PRACTICE, PRACTICE, **about)
    if told is not None:
        _do(PARK, 9, 4, join_problems, made, [told.number])
    _do(PARK, 9, 4, adopt, made, "办法管用，建议推广。")
    _do(PARK, 9, 5, publish, made, Publishing())
    _do(PARK, 9, 6, register_use, made, Used(
        place=UsePlace.INSTRUCTION, on=date(2018, 9, 6), words="演示书记批示：做法实在，请各园区学习。"
    ))


def _solved() -> Problem | None:
    """The problem of the park's territory that was solved last and that may be told."""
    office = viewer_of(PARK)
    with acting_as(office):
        return Problem.objects.filter(
            region_id__in=list(directory().within(office.region_id)), state=State.CLOSED.value, outcome=Outcome.SOLVED.value,
            confidential=False, unnamed=False, submitted_at__lt=_at(9, 1),
        ).exclude(subject_kind="").exclude(category=UNDECIDED).order_by("-submitted_at", "-id").first()


def _submitted(login: str, month: int, day: int, kind: PieceKind, words: tuple[str, str], **more: Any) -> UUID:
    campaign = campaign_in_force()
    assert campaign is not None, "a campaign is loaded before anybody writes of it"
    title, text = words
    made: UUID = _do(login, month, day, submit_piece, NewPiece(campaign=campaign.code, kind=kind, title=title, text=text, **more))
    return made


def _do(login: str, month: int, day: int, act: Callable[..., Any], *said: object) -> Any:
    who: Viewer = viewer_of(login)
    with acting_as(who) as here:
        return act(here, *said, actor=here.actor("rehearsal"), now=_at(month, day))


def _at(month: int, day: int) -> datetime:
    return datetime.combine(date(2018, month, day), time(10), SHANGHAI)
