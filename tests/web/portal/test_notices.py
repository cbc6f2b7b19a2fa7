"""What a firm was told of a problem stands on its home until the problem is opened."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from tests.cast import Story, acting, viewer
from tests.problems.conftest import raised as raised
from tests.web.portal.conftest import text_of
from zhitong.config import database as config
from zhitong.domain.notices.actions import Telling, tell
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.problems.models import Problem
from zhitong.kit.ids import uuid7


def told(database: str, story: Story) -> str:
    """The worker tells the firm that its problem is answered; returns the problem's number."""
    with acting("firm"):
        number = Problem.objects.values_list("number", flat=True).get(id=story.problem_id)
    unit_id = viewer("firm").unit_id
    with config.as_role("worker", name=database):
        tell([Telling(
            unit_id=unit_id, kind=NoticeKind.ANSWERED, thing_kind="problem", thing_id=story.problem_id,
            thing_number=number, fact_id=uuid7(), at=story.now,
        )])
    return number


def test_what_was_told_stays_on_home_until_it_is_opened(
    fresh_database: str, at_screen: Callable[[str], Client], raised: Callable[..., Story]
) -> None:
    number, client = told(fresh_database, raised()), at_screen("firm")

    before = text_of(client.get("/portal/"))
    client.get(f"/problems/{number}/")

    assert "新消息已有答复，请确认是否满意" in before
    assert "新消息" not in text_of(client.get("/portal/"))
