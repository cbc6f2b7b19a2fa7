"""Timetables and 民生微实事 of the demonstration: printed milestones kept, a city's works with what slips, proposals on their way.

All of it is invented except the printed milestones and their days; draws are seeded and rows written in lots.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from uuid import UUID

from django.db import transaction

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.extras.actions.deciding import publish_list, put_on_the_list, turn_down, weigh
from zhitong.domain.extras.actions.proposing import NewProposal, propose, send_up
from zhitong.domain.extras.queries.criteria import criteria_of
from zhitong.domain.extras.rules.kinds import ExtraKind, WishSource
from zhitong.domain.extras.rules.weighing import Points
from zhitong.domain.organisations.queries import directory, person_of_login, posts_held_by, viewer_for
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.plans.actions.handing_down import hand_down
from zhitong.domain.plans.actions.scheduling import NewMilestone, make_milestones, set_waits
from zhitong.domain.plans.models import Milestone, Postponement, Task
from zhitong.domain.plans.rules import TaskKind
from zhitong.kit.clock import SHANGHAI, day_of
from zhitong.rehearsal.chance import MARK, chance
from zhitong.rehearsal.stage import require_stage

CITY_OFFICE, PROPOSER, OFFICE, ABOVE = "cangzhouban", "nandagang", "nandagangban", "bohaiban"
WORKS = 6
"""So many works have a timetable in the demonstration's city and below it."""
STEPS = (
    ("完成招标", None, date(2018, 5, 31), False), ("进场开工", date(2018, 6, 1), date(2018, 6, 20), True),
    ("主体完工", date(2018, 6, 21), date(2018, 9, 10), False), ("竣工验收", date(2018, 9, 11), date(2018, 10, 20), True),
    ("投入使用", date(2018, 10, 21), date(2018, 11, 30), False),
)
"""The milestones of a work: name, begin, due, whether with evidence; each waits for the one before."""
ITEMS = (
    ("小区门口修一条人行道", "铺设人行道300米，装路灯12盏", 18, 1200, (9, 8, 10, 7)),
    ("老旧小区加装健身器材", "在三处空地装器材24件", 12, 2600, (7, 8, 9, 9)),
    ("村口危桥维修", "加固桥面，装护栏60米", 45, 900, (8, 6, 8, 6)),
    ("菜市场外设便民停车点", "划线80个车位，装监控4处", 9, 3400, (6, 7, 8, 8)),
    ("为独居老人装一键呼叫", "为160户独居老人装呼叫器", 16, 160, (9, 4, 9, 7)),
    ("学校路口装过街信号灯", "装行人信号灯2组", 14, 2100, (9, 8, 9, 5)),
)
"""Proposals: what, in detail, 万元, people, points by criterion."""


@transaction.atomic
def put_in_time(*, until: datetime) -> None:
    """Keep the printed milestones up to a moment, write the timetables of the city's works, and set proposals on their way.

    Raises NotAStage: the database is a real one.
    """
    require_stage()
    campaign = campaign_in_force()
    assert campaign is not None, "a campaign is loaded before its timetable is kept"
    _keep_printed(until.date())
    _build(_viewer(CITY_OFFICE, until), campaign.code, until)
    _propose(campaign.code, until)


def _viewer(login: str, at: datetime) -> Viewer:
    person_id, today = person_of_login(login), day_of(at)
    assert person_id is not None, "the demonstration's accounts are seated"
    found = viewer_for(person_id, posts_held_by(person_id, today)[0].post_id, today)
    assert found is not None, "who is seated holds a post"
    return found


def _keep_printed(today: date) -> None:
    """Most of what is past was done in time, some late, a few are open still."""
    draw, rows = chance("roadmap", "printed"), list(Milestone.objects.exclude(code="").filter(due_on__lt=today).order_by("id"))
    for row in rows:
        fell = draw.random()
        late = draw.randint(2, 25) if fell > 0.85 else -draw.randint(0, 6)
        open_still = fell > 0.97 and row.due_on.month >= 6
        row.done_on = None if open_still else min(row.due_on + timedelta(days=late), today)
    Milestone.objects.bulk_update(rows, ["done_on"], batch_size=500)


def _build(office: Viewer, campaign: str, now: datetime) -> None:
    """The works of the city with their steps, handed down to its counties; then as far along as the draw says."""
    works = list(
        Task.objects.filter(plan__campaign=campaign, kind=TaskKind.LIVELIHOOD_WORK.value).order_by("position")[:WORKS]
    )
    regions = [office.region_id, *(one.id for one in directory().children(office.region_id))]
    for work in works:
        rows = make_milestones(work.id, office.region_id, [
            NewMilestone(name=name, begin_on=begin, due_on=due, needs_evidence=evidence) for name, begin, due, evidence in STEPS
        ])
        for before, after in pairwise(rows):
            set_waits(after, [(before.id, 1)])
        with acting_as(office):
            hand_down(office, work.id, office.region_id, actor=office.actor("rehearsal"), now=_at(date(2018, 4, 20)))
    _move_on([one.id for one in works], regions, office.unit_id, now)


def _move_on(works: Sequence[UUID], regions: Sequence[UUID], office_id: UUID, now: datetime) -> None:
    """How far each has come: a place is quick or slow, each step follows the one before, one in twelve was put off once."""
    draw, today = chance("roadmap", "works"), now.date()
    changed: list[Milestone] = []
    put_off: list[Postponement] = []
    kept = Milestone.objects.filter(task_id__in=works, region_id__in=regions, code="")
    rows = kept.order_by("task_id", "region_id", "due_on", "position")
    late, at = 0, (None, None)
    for row in rows:
        if (row.task_id, row.region_id) != at:
            at, late = (row.task_id, row.region_id), draw.choice((-6, -3, 0, 0, 0, 4, 12, 25))
        if row.due_on > today and draw.random() < 1 / 12:
            put_off.append(Postponement(
                milestone=row, number=1, from_on=row.due_on, to_on=row.due_on + timedelta(days=14), reason="汛期停工，顺延两周",
                by_unit_id=office_id, at=_at(date(2018, 8, 20)),
            ))
            row.due_on += timedelta(days=14)
            changed.append(row)
        done = row.first_due_on + timedelta(days=late + draw.randint(-3, 3))
        if done <= today:
            row.done_on = done
            row.begun_on = min(row.begin_on, done) if row.begin_on else None
            changed.append(row)
        else:
            late = max(late, 3)
    Milestone.objects.bulk_update(changed, ["done_on", "begun_on", "due_on"], batch_size=500)
    Postponement.objects.bulk_create(put_off)


def _propose(campaign: str, until: datetime) -> None:
    """Proposals of a zone: two listed and published, one turned down, one sent up, the newest to be weighed."""
    unit, office, above = (_viewer(login, until) for login in (PROPOSER, OFFICE, ABOVE))
    made = [_one(unit, campaign, place, until) for place in range(len(ITEMS))]
    codes = [one.code for one in criteria_of(campaign)]
    moment = _at(date(2018, 9, 10))
    with acting_as(office):
        more = {"actor": office.actor("rehearsal"), "now": moment}
        for proposal, item in list(zip(made, ITEMS, strict=True))[:5]:
            points = [Points(code, Decimal(given), "现场看过，居民会上议过") for code, given in zip(codes, item[4], strict=False)]
            weigh(office, proposal, points, **more)
        for proposal in made[:2]:
            put_on_the_list(
                office, proposal, lead_unit_id=unit.unit_id, words="列入本年度第一批",
                steps=[("完成施工", date(2018, 10, 15)), ("居民验收", date(2018, 10, 31))], **more,
            )
        turn_down(office, made[4], "已列入区民政部门年度安排，不重复列入", **more)
        send_up(office, made[2], "涉及相邻两个园区，请列入上级清单", **more)
        publish_list(office, campaign, office.region_id, **more)
    with acting_as(above):
        propose(above, _said(campaign, "重点村建便民服务点", "改造闲置房屋三处", 60, 5200), actor=above.actor("rehearsal"), now=moment)


def _one(unit: Viewer, campaign: str, place: int, until: datetime) -> UUID:
    title, what, wan, people, _points = ITEMS[place]
    with acting_as(unit):
        at = min(_at(date(2018, 8, 20) + timedelta(days=place * 4)), until)
        return propose(unit, _said(campaign, title, what, wan, people), actor=unit.actor("rehearsal"), now=at)


def _said(campaign: str, title: str, what: str, wan: int, people: int) -> NewProposal:
    return NewProposal(
        campaign=campaign, kind=ExtraKind.MICRO_ITEM, title=title, place=f"{MARK}社区", what=f"{what}。（演示内容）",
        reasons="居民代表多次提出，楼门长会上议过。（演示内容）", source=WishSource.RESIDENTS, cost_cny=Decimal(wan * 10_000),
        funding="本级自筹", beneficiaries=people, by_when=date(2018, 11, 30),
    )


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), SHANGHAI)
