"""Meetings of the demonstration: two monthly ones held, whose decisions are partly carried out, and the next one being prepared.

All of it is invented; the acts are the room's own, each at its hour, by the accounts of the demonstration.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.rhythm.actions.keeping import Keeping, keep
from zhitong.domain.rhythm.actions.opening import Setting, open_cycle
from zhitong.domain.rhythm.actions.preparing import ask_for_item, call
from zhitong.domain.rhythm.actions.recording import Decided, Meeting, file_away, publish, record_meeting
from zhitong.domain.rhythm.actions.tracking import answer_decision, close_decision, report_progress, return_decision
from zhitong.domain.rhythm.models import Decision
from zhitong.domain.rhythm.queries.choosing import units_of_meetings
from zhitong.domain.rhythm.rules.kinds import CycleKind
from zhitong.kit.clock import SHANGHAI
from zhitong.rehearsal.forms import viewer_of
from zhitong.rehearsal.stage import require_stage

OFFICE, LEADS = "cangzhouban", ("cangzhou", "cangzhougong", "bohaiban")
PLACE, CHAIR = "市政府第三会议室", "市领导小组副组长"
DEMANDS = "请主要负责同志参加。\n与本单位有关的议题准备3分钟汇报：卡在哪里、哪一天办结、需要谁配合。"
HABIT = Keeping(day=20, at=time(9), ahead_days=7, place=PLACE, chair=CHAIR)


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting that was held: of which month, when, what was said, and per lead what was decided within how many days."""

    period: str
    on: date
    minutes: str
    decided: tuple[tuple[str, int], ...]


JULY = Held(
    "2018-07", date(2018, 7, 5),
    "会议通报了上半年问题办理和目标任务进展情况，逐件调度了超期问题。\n会议要求，各承办单位对超期问题定人、定责、定时限，每周报一次进展；不得把问题上交当作办结。",
    (
        ("对上半年未办结的要素保障类问题逐件明确办结日期，报市办公室备案。", 10),
        ("会同供电部门提出重点园区夜间限电企业的错峰用电方案。", 15),
        ("组织园区对已办结问题开展一次回访，回访不满意的重新办理。", 20),
    ),
)
AUGUST = Held(
    "2018-08", date(2018, 8, 20),
    "会议听取了7月会议决定事项落实情况，研究了督查发现的办结质量问题。\n会议强调，督查发现的问题要立行立改，整改情况由市督查室核查后销号。",
    (
        ("建立超期问题周调度清单，每周五报进展。", 5),
        ("牵头研究中小企业技术改造资金申报辅导，9月15日前组织一次专场。", 15),
        ("对整改台账中逾期未报的逐项说明原因，提出完成日期。", 30),
    ),
)


@transaction.atomic
def hold_meetings(*, until: datetime) -> None:
    """Let the city's office keep its monthly meeting: July's filed, August's followed, September's called by this morning.

    Raises NotAStage: the database is a real one.
    """
    require_stage()
    campaign = campaign_in_force()
    assert campaign is not None, "a campaign is loaded before anybody meets"
    office, leads = viewer_of(OFFICE), [viewer_of(login) for login in LEADS]
    with acting_as(office):
        called = tuple(one.id for one in units_of_meetings(office))
    july = _held(office, leads, campaign.code, JULY, called)
    _carry_out_july(office, leads, july)
    _carry_out_august(office, leads, _held(office, leads, campaign.code, AUGUST, called))
    _do(office, date(2018, 9, 3), keep, CycleKind.MONTHLY_MEETING, replace(HABIT, called=called))
    _prepare(office, leads[0], campaign.code, called, until.date())


def _held(office: Viewer, leads: list[Viewer], campaign: str, one: Held, called: tuple[UUID, ...]) -> UUID:
    """Opened a week before, called, held, recorded the same day, published the day after."""
    cycle: UUID = _do(
        office, one.on - timedelta(days=7), open_cycle, campaign, CycleKind.MONTHLY_MEETING, one.period, _setting(one.on, called)
    )
    _do(office, one.on - timedelta(days=3), call, cycle)
    decided = tuple(
        Decided(what, lead.unit_id, workdays, (leads[1].unit_id,) if place == 0 else ())
        for place, (lead, (what, workdays)) in enumerate(zip(leads, one.decided, strict=True))
    )
    attended = "参加单位负责同志和联络员"
    _do(office, one.on, record_meeting, cycle, Meeting(held_on=one.on, attended=attended, minutes=one.minutes, decisions=decided))
    _do(office, one.on + timedelta(days=1), publish, cycle)
    return cycle


def _carry_out_july(office: Viewer, leads: list[Viewer], cycle: UUID) -> None:
    """All carried out, one after it was given back; then it is filed."""
    for place, (lead, decision) in enumerate(zip(leads, _decisions(office, cycle), strict=True)):
        _do(lead, date(2018, 7, 16 + place), answer_decision, decision, "已按会议要求落实，清单和方案已报市办公室。")
        if place == 1:
            _do(office, date(2018, 7, 19), return_decision, decision, "方案没有写明错峰时段和企业名单。")
            _do(lead, date(2018, 7, 25), answer_decision, decision, "已补充错峰时段和企业名单。")
        _do(office, date(2018, 7, 27), close_decision, decision, "已核对材料，情况属实。")
    _do(office, date(2018, 7, 31), file_away, cycle)


def _carry_out_august(office: Viewer, leads: list[Viewer], cycle: UUID) -> None:
    """One carried out, one reported and waiting for the check, one told of and still open."""
    first, second, third = _decisions(office, cycle)
    _do(leads[0], date(2018, 8, 24), answer_decision, first, "清单已建立，8月24日报第一次进展。")
    _do(office, date(2018, 8, 27), close_decision, first, "已收到第一期周调度清单。")
    _do(leads[1], date(2018, 9, 10), report_progress, second, "已与财政部门商定辅导内容，场地落实中。")
    _do(leads[2], date(2018, 9, 13), answer_decision, third, "逐项说明已报，最迟9月28日前完成。")


def _prepare(office: Viewer, asker: Viewer, campaign: str, called: tuple[UUID, ...], today: date) -> None:
    """September's: opened a week ahead, a unit asks for a matter, the notice still to be sent."""
    setting = _setting(date(2018, 9, 20), called)
    opened: UUID = _do(office, today - timedelta(days=4), open_cycle, campaign, CycleKind.MONTHLY_MEETING, "2018-09", setting)
    words = "涉及3个续建项目，请会议明确出资主体和完成时限。"
    _do(asker, today - timedelta(days=3), ask_for_item, opened, "重点项目供电线路迁改资金", words)


def _setting(on: date, called: tuple[UUID, ...]) -> Setting:
    return Setting(meets_at=_at(on), place=PLACE, chair=CHAIR, called=called, demands=DEMANDS)


def _decisions(office: Viewer, cycle: UUID) -> list[UUID]:
    with acting_as(office):
        return list(Decision.objects.filter(cycle_id=cycle).order_by("number").values_list("id", flat=True))


def _do(who: Viewer, on: date, act: Callable[..., Any], *said: object) -> Any:
    with acting_as(who) as here:
        return act(here, *said, actor=here.actor("rehearsal"), now=_at(on))


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9), SHANGHAI)
