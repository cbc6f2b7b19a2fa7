"""Inspections of the demonstration: one over whose findings are being put right, one that waits for approval, five in place.

All of it is invented; the acts are the room's own, each at its hour, by the accounts of the demonstration.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.inspections.actions.drawing import Drawing, draw
from zhitong.domain.inspections.actions.finding import (
    Found,
    answer_finding,
    close_finding,
    register_finding,
    return_finding,
)
from zhitong.domain.inspections.actions.planning import Plan, approve_plan, end_inspection, plan, submit_plan
from zhitong.domain.inspections.actions.readiness import Judged, say_in_place, see_in_place
from zhitong.domain.inspections.queries.inspections import DrawnView, inspection_seen
from zhitong.domain.inspections.queries.populations import closed_by
from zhitong.domain.inspections.rules.kinds import Grade, Population, Readiness, Way
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.kit.clock import SHANGHAI
from zhitong.rehearsal.forms import viewer_of
from zhitong.rehearsal.stage import require_stage

OFFICE, APPROVER, OBJECTS = "cangzhouban", "cangzhoudu", ("cangzhou", "bohai", "nandagang")
SAMPLE = 12
SAID = {
    Readiness.MINDS: (Grade.IN_PLACE, "党组会专题学习2次，会议记录可查。"),
    Readiness.LEADERSHIP: (Grade.IN_PLACE, "成立工作专班，主要负责同志任组长，印发文件。"),
    Readiness.MEASURES: (Grade.PARTLY, "已制定包联帮扶办法，奖补细则正在征求意见。"),
    Readiness.DUTIES: (Grade.IN_PLACE, "任务清单到科室到人，每周调度一次。"),
    Readiness.MEANS: (Grade.IN_PLACE, "专班3人，工作经费已列支。"),
}
"""What each object says of itself."""
SEEN = {
    Readiness.LEADERSHIP: (Grade.IN_PLACE, "查看了文件和专班会议记录。"),
    Readiness.MEANS: (Grade.PARTLY, "专班实际到岗2人，经费尚未拨付到位。"),
}
"""What the inspection found of the same at the first of them."""


@transaction.atomic
def inspect(*, until: datetime) -> None:
    """Let the city's office look at three units in August, put most of what was found right, and plan the next one.

    Raises NotAStage: the database is a real one.
    """
    require_stage()
    campaign = campaign_in_force()
    assert campaign is not None, "a campaign is loaded before anything is inspected"
    office, objects = viewer_of(OFFICE), [viewer_of(login) for login in OBJECTS]
    for one in objects:
        _do(one, date(2018, 8, 3), say_in_place, campaign.code, _judged(SAID))
    made = _approved(office, campaign.code, objects)
    _do(office, date(2018, 8, 8), see_in_place, made, objects[0].unit_id, _judged(SEEN))
    _find(office, made, objects)
    _do(office, date(2018, 8, 17), end_inspection, made, "总体看，问题办结质量较好；个别单位回访不到位、办结材料不全，已列入整改台账。")
    _do(office, until.date(), submit_plan, _planned(office, campaign.code, objects, "三季度暗访", Way.UNANNOUNCED, until.date()))


def _approved(office: Viewer, campaign: str, objects: list[Viewer]) -> UUID:
    """A plan sent in, approved, and drawn from where these units have closed anything by then."""
    made = _planned(office, campaign, objects, "上半年问题办结质量督查", Way.ON_SITE, date(2018, 8, 6))
    _do(office, date(2018, 8, 6), submit_plan, made)
    _do(viewer_of(APPROVER), date(2018, 8, 6), approve_plan, made, "同意，注意不增加企业负担。")
    since, drawn_on = date(2018, 3, 1), date(2018, 8, 7)
    with acting_as(office):
        closed = closed_by(office, {one.unit_id for one in objects}, since, drawn_on)
    if closed:
        _do(office, drawn_on, draw, made, Drawing(population=Population.CLOSED, since=since, until=drawn_on, size=SAMPLE))
    return made


def _planned(office: Viewer, campaign: str, objects: list[Viewer], title: str, way: Way, since: date) -> UUID:
    made: UUID = _do(office, since, plan, Plan(
        campaign=campaign, title=title, matters="已销号的问题是否真解决\n企业是否被重复要求填报\n五到位落实情况", way=way,
        objects_of=tuple(one.unit_id for one in objects), approver_id=viewer_of(APPROVER).unit_id, since=since,
        until=date(since.year, since.month, 28),
    ))
    return made


def _find(office: Viewer, made: UUID, objects: list[Viewer]) -> None:
    """Three findings: one put right after it was given back, one reported, one that is late."""
    first, second, _late = (
        _do(office, date(2018, 8, day), register_finding, made, _found(office, made, one, what, demand))
        for one, day, what, demand in zip(
            objects, (9, 10, 13),
            ("企业反映问题销号后又反复，没有接到回访电话。", "两件办结件没有现场照片。", "分管负责同志对在办问题底数不清。"),
            ("三日内到企业核实，办到位后重新回访。", "补齐现场照片，说明情况。", "建立周调度制度，报清单。"), strict=True,
        )
    )
    _do(objects[0], date(2018, 8, 14), answer_finding, first, "已到企业核实，补办供电增容手续。")
    _do(office, date(2018, 8, 15), return_finding, first, "缺企业签字的核实记录。")
    _do(objects[0], date(2018, 8, 16), answer_finding, first, "已补企业签字的核实记录。")
    _do(office, date(2018, 8, 17), close_finding, first, "8月17日电话核实，企业表示问题已解决。")
    _do(objects[1], date(2018, 8, 20), answer_finding, second, "照片已补齐。")


def _found(office: Viewer, made: UUID, at: Viewer, what: str, demand: str) -> Found:
    """A finding at a unit, against what was drawn of it where there is such."""
    mine = next((one for one in _drawn(office, made) if one.unit_id == at.unit_id), None)
    return Found(
        unit_id=at.unit_id, what=what, demand=demand, workdays=5, drawn_id=mine.id if mine else None, differs=mine is not None,
    )


def _drawn(office: Viewer, made: UUID) -> list[DrawnView]:
    with acting_as(office):
        found = inspection_seen(office, made, now=_at(date(2018, 8, 9)))
    return [one for sample in found.samples for one in sample.drawn]


def _judged(said: dict[Readiness, tuple[Grade, str]]) -> dict[Readiness, Judged]:
    return {thing: Judged(grade, words) for thing, (grade, words) in said.items()}


def _do(who: Viewer, on: date, act: Callable[..., Any], *said: object) -> Any:
    with acting_as(who) as here:
        return act(here, *said, actor=here.actor("rehearsal"), now=_at(on))


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), SHANGHAI)
