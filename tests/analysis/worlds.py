"""A world of a few problems on their way, told once for all tests that only look: measured as the worker does it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tests.cast import Story, acting, viewer
from tests.problems.ways import SAFETY, confirmed, of_safety, rejected, sent_up, unit_id
from tests.world import NOW
from zhitong.domain.analysis.queries.timing.timing import Timing, timing
from zhitong.domain.analysis.queries.timing.ways import EVERYTHING, Narrowed
from zhitong.domain.calendars.rules import period_of
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.actions.closing import HandleAnew, handle_anew
from zhitong.domain.problems.actions.handling import Acknowledge, SendBack, acknowledge, send_back
from zhitong.domain.problems.actions.measuring import measure_stays
from zhitong.domain.problems.actions.raising import Report, raise_problems
from zhitong.domain.problems.rules.kinds import Source
from zhitong.domain.subjects.models import Subject

LATER = NOW + timedelta(days=2)
APRIL = period_of("2018-04")


def raised(category: str = "energy", login: str = "firm", **more: object) -> Story:
    """Raise a problem as a firm of the cast."""
    with acting(login) as actor:
        subject = Subject.objects.get(unit_id=actor.unit_id)
        given: dict[str, object] = {
            "campaign": "hebei-2018", "source": Source.CARD, "subject_id": subject.id, "subject_name": subject.name,
            "subject_kind": subject.kind, "tier": subject.tier, "reporter_unit_id": actor.unit_id,
            "region_id": subject.region_id, "category": category, "text": "夜间限电，热处理炉不能连续生产。",
            "actor": actor, "now": NOW, **more,
        }
        return Story(raise_problems([Report(**given)])[0].id)  # type: ignore[arg-type]


def measure(*stories: Story) -> None:
    """Measure the stays of these stories that have ended."""
    with acting("province_office"):
        measure_stays([one.problem_id for one in stories])


def told_world() -> list[Story]:
    """Stories that went to their end, stand still, went back, went back and on again, and went up; hours lie between them."""
    stories = [raised(category) for category in ("energy", "land", "work_safety", "energy")]
    for n, story in enumerate(stories):
        story.now += timedelta(hours=n * 5)
    confirmed(stories[0])
    stories[2].done_by(SAFETY, send_back, SendBack, rule="不属本单位职责", whose="建议由主管部门牵头")
    sent_up(stories[3])
    anew = rejected(of_safety(raised))
    anew.now += timedelta(hours=20)
    anew.does("park_office", handle_anew, HandleAnew, unit_id=unit_id("130973400-economy"), reason="请重新办理")
    anew.does("park", acknowledge, Acknowledge, contact="已联系")
    stories.append(anew)
    measure(*stories)
    return stories


def told(login: str = "city_office", code: str = "1309", *, narrowed: Narrowed = EVERYTHING, **more: Any) -> Timing:
    """Where time goes, as a member of the cast reads it."""
    region = directory().region_coded(code)
    assert region is not None
    with acting_as(viewer(login)) as here:
        return timing(here, region.id, more.pop("period", APRIL), more.pop("now", LATER), narrowed=narrowed, **more)


def came(office: str, region: str, category: str, text: str, count: int, *, at: datetime = NOW, **more: object) -> None:
    """So many matters of as many firms outside the registry, written down by an office."""
    place = directory().region_coded(region)
    assert place is not None
    with acting(office) as actor:
        raise_problems([
            Report(**{  # type: ignore[arg-type]
                "campaign": "hebei-2018", "source": Source.WALK_IN, "subject_id": None, "subject_name": f"演示{region}之{n}",
                "subject_kind": "industry", "tier": "", "reporter_unit_id": None, "region_id": place.id, "category": category,
                "text": text, "actor": actor, "now": at + timedelta(minutes=n), **more,
            })
            for n in range(count)
        ])


def hurting_world() -> None:
    """Land troubles one region much more than the other; a list of firms is spoken of that nobody spoke of before."""
    before = NOW - timedelta(days=30)
    power = "新上生产线需增容，变电站改造时间不确定。"
    for office, region, land, energy in (("park_office", "130973400", 12, 2), ("city_office", "130982", 1, 20)):
        came(office, region, "land", "二期项目用地指标没有落实。", land)
        came(office, region, "land", "错峰生产名单没有更新。", land)
        came(office, region, "energy", power, energy)
        came(office, region, "energy", power, 6, at=before)
    came("park_office", "130973400", "land", "错峰生产名单里的秘密。", 3, confidential=True)
