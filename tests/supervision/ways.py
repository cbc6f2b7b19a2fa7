"""Papers and reminders as stories begin with them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from tests.cast import Story, acting, official_of
from tests.world import NOW
from zhitong.domain.history.queries import ToldFact, facts_about
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.supervision.actions import supervising
from zhitong.domain.supervision.actions.instructing import NewItem, Registering, register
from zhitong.domain.supervision.actions.reminding import Reminding, remind
from zhitong.domain.supervision.actions.supervising import Drafting
from zhitong.domain.supervision.rules.kinds import Grade, InstructionKind

SIGNED: dict[str, Any] = {"signed_by": "演示主任", "signed_on": NOW.date()}


def reminds(login: str, *stories: Story, now: Any = NOW, words: str = "") -> list[UUID]:
    """A member of the cast reminds of some problems."""
    with acting(login) as actor:
        return remind(Reminding(problem_ids=tuple(one.problem_id for one in stories), actor=actor, now=now, words=words))


def drafted(login: str, *stories: Story, workdays: int = 3, grade: Grade = Grade.KEY, now: Any = NOW) -> UUID:
    """A member of the cast drafts a supervision."""
    with acting(login) as actor:
        return supervising.draft(Drafting(
            problem_ids=tuple(one.problem_id for one in stories), grade=grade, demand="三个工作日内提出错峰方案并反馈。",
            workdays=workdays, actor=actor, now=now,
        ))


def issues(login: str, paper: UUID, now: Any = NOW, **signed: Any) -> str:
    """A member of the cast signs a draft."""
    with acting(login) as actor:
        return supervising.issue(supervision_id=paper, actor=actor, now=now, **{**SIGNED, **signed})


def issued(login: str, *stories: Story, **more: Any) -> UUID:
    """A supervision drafted and signed."""
    paper = drafted(login, *stories, **more)
    issues(login, paper)
    return paper


def answers(login: str, paper: UUID, now: Any = NOW + timedelta(hours=1), text: str = "已与供电公司商定错峰方案。") -> None:
    """The supervised unit answers."""
    with acting(login) as actor:
        supervising.answer(supervision_id=paper, text=text, actor=actor, now=now)


def does(login: str, act: Any, paper: UUID, now: Any = NOW + timedelta(hours=2), **values: Any) -> Any:
    """Any other act on a paper."""
    with acting(login) as actor:
        return act(supervision_id=paper, actor=actor, now=now, **values)


def item(unit_id: UUID, due_on: date = date(2018, 5, 4), demand: str = "拿出错峰方案。") -> NewItem:
    """An item of an instruction."""
    return NewItem(unit_id=unit_id, demand=demand, due_on=due_on)


def registers(login: str, *stories: Story, now: Any = NOW, **more: Any) -> UUID:
    """A clerk registers an instruction on some problems."""
    with acting(login) as actor:
        return register(instruction(actor, *stories, now=now, **more))


def instruction(actor: Any, *stories: Story, now: Any = NOW, **more: Any) -> Registering:
    """An instruction as a clerk types it."""
    given: dict[str, Any] = {
        "kind": InstructionKind.WORDS, "words": "请抓紧协调，五月上旬见效。", "leader": "演示书记", "leader_title": "市委书记",
        "instructed_on": date(2018, 4, 26), **more,
    }
    return Registering(problem_ids=tuple(one.problem_id for one in stories), actor=actor, now=now, **given)


def somebody(code: str) -> Any:
    """Act as somebody of a unit outside the cast."""
    return acting_as(official_of(code))


def facts_of(thing_id: UUID, login: str = "province_office") -> list[ToldFact]:
    """What is told of a paper."""
    with acting(login):
        return facts_about(thing_id)


def rows(login: str, statement: str, *values: object) -> list[tuple[Any, ...]]:
    """Rows as the database shows them to a member of the cast."""
    with acting(login), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def count(login: str, table: str) -> int:
    """How many rows of a table a member of the cast may read."""
    return int(rows(login, f"SELECT count(*) FROM {table}")[0][0])
