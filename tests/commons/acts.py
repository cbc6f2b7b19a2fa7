"""Common problems in tests: many firms that report the same, an office that joins them, and what each may see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from tests.cast import Story, acting, official_of, viewer
from tests.problems.ways import unit_id
from tests.world import NOW
from zhitong.domain.commons.actions.establishing import Joining, Plan, Turn, establish
from zhitong.domain.commons.queries.page import CommonPage, common_page
from zhitong.domain.commons.rules.kinds import Treatment
from zhitong.domain.organisations.actions.seating import ServedUnit, found_served_units
from zhitong.domain.organisations.models import Region
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.problems.actions.raising import Report, raise_problems
from zhitong.domain.problems.rules.kinds import Source
from zhitong.kit.ids import uuid7

TEXT = "夜间限电，热处理炉不能连续生产，请协调错峰方案。"
LEAD, OTHER = "130973400-economy", "130973400-finance"
TABLES = ("commons_common", "commons_brief", "commons_member")
Reported = Callable[..., Story]


def report_of(place: int, *, text: str = TEXT, region: str = "130973400", **more: Any) -> Story:
    """A problem of the firm numbered `place`, which is made for it; the park's 经发局 has it by rule."""
    region_id = Region.objects.get(code=region).id
    [(served, _post)] = found_served_units([
        ServedUnit(code=f"firm-{uuid7()}", name=f"演示第{place}厂", region_id=region_id)
    ])
    with acting("city_office") as actor:
        report = {
            "campaign": "hebei-2018", "source": Source.CARD, "subject_id": None, "subject_name": f"演示第{place}厂",
            "subject_kind": "industry", "reporter_unit_id": served, "region_id": region_id, "category": "energy",
            "text": text, "actor": actor, "now": NOW, **more,
        }
        return Story(raise_problems([Report(**report)])[0].id)


def who(name: str) -> Viewer:
    """A member of the cast by login, or somebody new of a unit by its code."""
    return official_of(name) if "-" in name else viewer(name)


def turn_of(here: Viewer, at: datetime = NOW) -> Turn:
    """An act of this viewer."""
    return Turn(viewer=here, via="test", now=at)


def does(name: str, act: Any, *values: Any, at: datetime = NOW) -> Any:
    """Let somebody do an act: the turn is handed over last."""
    with acting_as(who(name)) as here:
        return act(*values, turn_of(here, at))


def plan(stories: Sequence[Story], **changes: Any) -> Plan:
    """What the park's office lays down."""
    given: dict[str, Any] = {
        "campaign": "hebei-2018", "title": "夜间错峰限电", "category": "energy", "lead_id": unit_id(LEAD),
        "asked": "研究统一的错峰方案。", "workdays": 10, "treatment": Treatment.ANSWER,
        "problem_ids": tuple(story.problem_id for story in stories), **changes,
    }
    return Plan(**given)


def established(stories: Sequence[Story], office: str = "park_office", **changes: Any) -> Joining:
    """A common problem of these."""
    joining: Joining = does(office, establish, plan(stories, **changes))
    return joining


def page(name: str, number: str) -> CommonPage:
    """A common problem as somebody reads it."""
    with acting_as(who(name)) as here:
        return common_page(here, number, now=NOW)


def column(statement: str, *values: Any) -> list[Any]:
    """The first column of what the one looking finds."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]


def everything(name: str = "province_office") -> list[Any]:
    """All rows that common problems and their facts consist of, and the newest posting and fact at all."""
    with acting_as(viewer(name)), connection.cursor() as cursor:
        found = []
        for table in (*TABLES, "problems_spell", "problems_answer"):
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
            found.append(cursor.fetchall())
        return found


def ids(stories: Sequence[Story]) -> set[UUID]:
    """The ids of problems."""
    return {story.problem_id for story in stories}
