"""Visits, promises and a symposium of the demonstration: made by those who look after the firms around its accounts.

Most firms have confirmed, one says that nobody came, one wants to be left in peace; some promises were kept, one was not.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.intake.actions.naming import Named
from zhitong.domain.intake.actions.symposium import Held, Invited, hold
from zhitong.domain.intake.actions.symposium import Raised as Matter
from zhitong.domain.intake.rules.attendance import Attendance
from zhitong.domain.organisations.models import Unit
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import PostKind, Subordination, UnitKind
from zhitong.domain.organisations.rules.rights import permissions_of, reach_of
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.subjects.models import Care
from zhitong.domain.visits.actions.confirming import confirm_visit, settle_promise
from zhitong.domain.visits.actions.planning import NewPlan, ask_quiet, plan_visit
from zhitong.domain.visits.actions.recording import NewMatter, NewPromise, NewVisit, record_visit
from zhitong.domain.visits.models import Promise
from zhitong.domain.visits.rules.kinds import VisitKind
from zhitong.kit.clock import SHANGHAI
from zhitong.rehearsal.chance import chance
from zhitong.rehearsal.stage import require_stage
from zhitong.rehearsal.story.actors import Cast

AROUND = "130973"
"""The region whose firms are visited, by its package code."""
DAYS = (date(2018, 7, 12), date(2018, 8, 9), date(2018, 8, 23), date(2018, 9, 5), date(2018, 9, 12))
MOST = 40
LINES = (
    "订单排到年底，生产正常。用工缺口十来个人，希望帮着对接职校。正在办环评变更。",
    "原料涨价，利润薄了。想上一条节能线，差一笔贷款。答应请银行来对接一次。",
    "新车间已经封顶。接电手续还差一道，说好由我们跑。设备下月进场。",
    "上季度亏损收窄。出口订单回来一些，物流费偏高。没有别的要求。",
    "项目按图施工，进度正常。门前道路夏天积水，影响运料。",
)
PROMISES = ("协调供电所安排错峰和增容", "请银行和担保公司上门对接一次", "把招工需求送到职业学校", "协调修整厂门前道路")
MATTERS = ("夜间限电，热处理炉不能连续生产。（演示内容）", "厂门前道路积水，运料车进出困难。（演示内容）")


@dataclass(frozen=True, slots=True)
class Looked:
    """One that somebody looks after, with who does."""

    subject_id: UUID
    unit_id: UUID
    firm_unit_id: UUID | None
    official: str
    liaison: str


@transaction.atomic
def visit_around(*, until: datetime, around: str = AROUND, most: int = MOST) -> int:
    """Make the visits up to a moment, and one symposium; returns how many visits were written down.

    Raises NotAStage: the database is a real one.
    """
    require_stage()
    looked, campaign = _looked_after(around, most), campaign_in_force()
    assert campaign is not None, "a campaign is loaded before anybody is visited"
    play = _Play(Cast(), campaign.code, until)
    for place, one in enumerate(looked):
        play.visit(place, one)
    if looked:
        play.meet(looked[: len(MATTERS) + 3], around)
        play.leave_in_peace(looked[-1])
    return play.made


def _looked_after(around: str, most: int) -> list[Looked]:
    region = directory().region_coded(around)
    if region is None:
        return []
    rows = Care.objects.filter(subject__region__within__ancestor_id=region.id, until__isnull=True).order_by("subject_id")
    found = rows.values_list("subject_id", "unit_id", "subject__unit_id", "lead_official", "liaison")[:most]
    return [Looked(*row) for row in found]


class _Play:
    def __init__(self, cast: Cast, campaign: str, until: datetime) -> None:
        self.cast, self.campaign, self.until, self.made = cast, campaign, until, 0

    def visit(self, place: int, one: Looked) -> None:
        """None, one or two visits to a firm, the first with a promise; the newest of every ninth raises a problem."""
        draw = chance("visits", place)
        viewer = self._stand_in(one.unit_id)
        for number, day in enumerate(sorted(draw.sample(DAYS, draw.choice((0, 1, 1, 2))))):
            raises = place % 9 == 0 and day == DAYS[-1]
            at = self.until - timedelta(minutes=MOST - place % MOST) if raises else _at(day, 17)
            with acting_as(viewer):
                visit_id = record_visit(viewer, self._said(one, day, at, draw, is_first=number == 0, raises=raises))
            self.made += 1
            self._confirm(visit_id, one, at, draw, place)
            self._settle(visit_id, viewer, draw)
        if place % 10 == 3:
            self._plan(one, viewer)

    def meet(self, looked: Sequence[Looked], around: str) -> None:
        """The symposium of the quarter, chaired by an official of the region."""
        region = directory().region_coded(around)
        office = directory().office(region.id) if region else None
        assert office is not None, "the root has an office"
        viewer = self._stand_in(office.id)
        met = (Attendance.CAME, Attendance.CAME, Attendance.CAME, Attendance.EXCUSED, Attendance.DECLINED)
        with acting_as(viewer):
            hold(viewer, Held(
                campaign=self.campaign, name="三季度企业家座谈会（演示）", held_on=date(2018, 9, 13), chaired_by=looked[0].official,
                guests=[Invited(Named(one.subject_id), how) for one, how in zip(looked, met, strict=False)],
                matters=[Matter(Named(one.subject_id), text) for one, text in zip(looked, MATTERS, strict=False)],
                minutes="企业介绍生产经营情况，提出的事项现场立案，由活动办公室交办。（演示内容）",
                actor=self.cast.actor(office.id), now=self.until - timedelta(minutes=5),
            ))

    def leave_in_peace(self, one: Looked) -> None:
        """A firm that wants no visits unless it asks."""
        viewer = self._stand_in(one.unit_id)
        with acting_as(viewer):
            ask_quiet(viewer, one.subject_id, "年底前赶订单，有事会主动联系", actor=self.cast.actor(one.unit_id), now=_at(DAYS[-1], 16))

    def _said(self, one: Looked, day: date, at: datetime, draw: random.Random, *, is_first: bool, raises: bool) -> NewVisit:
        by_liaison = bool(one.liaison) and draw.random() < 0.3
        promised = [NewPromise(draw.choice(PROMISES), day + timedelta(days=draw.choice((14, 30, 45))))] if is_first else []
        return NewVisit(
            campaign=self.campaign, subject_id=one.subject_id, kind=VisitKind.CALL if draw.random() < 0.2 else VisitKind.VISIT,
            happened_on=day, lead_official=one.official, by_liaison=by_liaison, went=one.liaison if by_liaison else "",
            words=f"{draw.choice(LINES)}（演示内容）", promises=promised,
            matters=[NewMatter(draw.choice(MATTERS))] if raises else [], actor=self.cast.actor(one.unit_id), now=at,
        )

    def _confirm(self, visit_id: UUID, one: Looked, at: datetime, draw: random.Random, place: int) -> None:
        """Three in four have confirmed; one says that nobody came."""
        if one.firm_unit_id is None or draw.random() < 0.25 or at + timedelta(days=1) >= self.until:
            return
        viewer = self._stand_in(one.firm_unit_id)
        with acting_as(viewer):
            confirm_visit(
                viewer, visit_id, came=place != 7, actor=self.cast.actor(one.firm_unit_id), now=at + timedelta(days=1)
            )

    def _settle(self, visit_id: UUID, viewer: Viewer, draw: random.Random) -> None:
        for promise_id, due_on in Promise.objects.filter(visit_id=visit_id).values_list("id", "due_on"):
            fell = draw.random()
            if due_on >= self.until.date() or fell < 0.2:
                continue
            kept = fell < 0.9
            with acting_as(viewer):
                settle_promise(
                    viewer, promise_id, kept=kept, note="" if kept else "对接两次没有谈成，改由上级协调。",
                    actor=self.cast.actor(viewer.unit_id), now=_at(due_on, 16),
                )

    def _plan(self, one: Looked, viewer: Viewer) -> None:
        with acting_as(viewer):
            plan_visit(viewer, NewPlan(
                subject_id=one.subject_id, planned_on=self.until.date() + timedelta(days=3), who=one.official,
                purpose="看上次说的事办得怎样", actor=self.cast.actor(one.unit_id), now=self.until - timedelta(hours=1),
            ))

    def _stand_in(self, unit_id: UUID) -> Viewer:
        """Somebody who works in a unit, seated or not."""
        actor = self.cast.actor(unit_id)
        unit = Unit.objects.get(id=unit_id)
        kind = UnitKind(unit.kind)
        post = PostKind.REPORTER if kind is UnitKind.SERVED else PostKind.OFFICER
        nobody = UUID(int=0)
        return Viewer(
            actor.person_id or nobody, actor.post_id or nobody, unit_id, kind, unit.region_id,
            reach_of(kind, Subordination(unit.subordination)), (), permissions_of(kind, post),
        )


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), SHANGHAI)
