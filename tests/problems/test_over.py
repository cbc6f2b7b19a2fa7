"""Acts whose time or turn is over are not offered: they stand greyed with the reason that the act itself would give."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import Story, viewer
from tests.problems.ways import Raise, acknowledged, unit_id
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.actions.handling import SendBack, send_back
from zhitong.domain.problems.actions.receiving import Dispatch, dispatch
from zhitong.domain.problems.queries.page import problem_page
from zhitong.domain.problems.rules.way import Act

pytestmark = pytest.mark.django_db
RULE = {"rule": "三定方案第二条", "whose": "财政局"}


def offered(login: str, story: Story, act: Act) -> tuple[bool, str]:
    with acting_as(viewer(login)) as here:
        [choice] = [one for one in problem_page(here, story.problem_id, now=story.now).acts if one.act is act]
    return choice.allowed, choice.reason


def test_sending_back_is_offered_within_its_working_day_and_greyed_after(raised: Raise) -> None:
    story = acknowledged(raised())
    before = offered("park", story, Act.SEND_BACK)

    story.now += timedelta(days=1, hours=2)  # 4月28日 17:50：补班日已下班

    assert before == (True, "")
    allowed, reason = offered("park", story, Act.SEND_BACK)
    assert not allowed
    assert "已于4月28日 17:30截止" in reason


def test_overdue_nobody_is_offered_to_ask_for_time_but_parking_may_be_asked(raised: Raise) -> None:
    story = acknowledged(raised())
    before = [offered("park", story, act)[0] for act in (Act.ASK_EXTENSION, Act.ASK_PAUSE)]

    story.now += timedelta(days=60)

    assert before == [True, True]
    for act in (Act.ASK_EXTENSION, Act.ASK_PAUSE):
        allowed, reason = offered("park", story, act)
        assert not allowed
        assert "已超期" in reason
    assert offered("park", story, Act.ASK_PARK) == (True, "")


def test_after_two_sendings_back_the_office_is_offered_to_designate_only(raised: Raise) -> None:
    story = raised()
    story.does("park", send_back, SendBack, **RULE)
    once = offered("park_office", story, Act.DISPATCH)[0]
    story.does("park_office", dispatch, Dispatch, unit_id=unit_id("130973400-economy"), reason="仍属能源保障")
    story.does("park", send_back, SendBack, **RULE)

    assert once
    allowed, reason = offered("park_office", story, Act.DISPATCH)
    assert (allowed, "须用“指定承办”" in reason) == (False, True)
    assert offered("park_office", story, Act.DESIGNATE) == (True, "")
