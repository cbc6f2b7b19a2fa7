"""Who is told of a promised day that is near and of a proposal's fate: each unit once (R-C2, R-C3)."""

from __future__ import annotations

from datetime import date

from tests.cast import acting_as, viewer
from tests.extras.proposals import afternoon as afternoon
from tests.extras.proposals import does, listed, proposed
from tests.following import follow_all
from tests.plans.timetables import JUNE, planned
from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.extras.actions.deciding import turn_down
from zhitong.domain.notices.queries import unread_for
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.plans.actions.warning import warn_of_due
from zhitong.work.reactions import FOLLOWER, react


def told(login: str) -> list[NoticeKind]:
    with acting_as(viewer(login)) as here:
        return [notice.kind for notice in unread_for(here)]


def test_who_answers_is_warned_once_of_each_promised_day_and_proposers_hear_their_fate(fresh_database: str) -> None:
    city = viewer("city").unit_id
    planned(due_on=date(2018, 5, 2), unit_id=city)
    planned("开工", due_on=JUNE, unit_id=city)
    listed()
    refused = proposed(title="装电梯")
    does("park_office", turn_down, refused, "已有安排")

    with config.as_role("worker", name=fresh_database):
        first, again = warn_of_due(NOW), warn_of_due(NOW)
        follow_all(FOLLOWER, react)
        follow_all(FOLLOWER, react)

    assert (first, again) == (1, 0)
    assert told("city") == [NoticeKind.MILESTONE_DUE]
    assert sorted(one.name for one in told("park")) == ["EXTRA_LEAD", "EXTRA_TURNED_DOWN"]
    assert told("park_office") == [NoticeKind.EXTRA_PROPOSED] * 2
    assert told("outsider") == []
