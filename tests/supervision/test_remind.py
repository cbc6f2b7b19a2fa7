"""Remind (催办, R-F5): the chain's offices any time, the reporter when a limit presses; nothing else is moved by it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import acting
from tests.problems.ways import Raise, acknowledged, answered, sent_up, waiting
from tests.supervision.ways import count, facts_of, reminds, rows, somebody
from tests.world import NOW
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.supervision.actions.reminding import Reminding, remind
from zhitong.domain.supervision.actions.urging import NotPressed
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db

LATE = NOW + timedelta(days=1, hours=3)  # Saturday 28 April, a make-up day: signing was due at 17:30
URGING = "SELECT kind, by_reporter, words, at, effect_due_at FROM supervision_urging"


@pytest.mark.parametrize("login", ["park_office", "zone_office", "city_office", "province_office"])
def test_the_office_of_the_level_and_those_above_may_remind(raised: Raise, login: str) -> None:
    story = raised()
    before = story.way()

    [urging] = reminds(login, story, words="请今天联系企业。")

    assert story.way() == before
    assert rows(login, URGING) == [
        ("remind", False, "请今天联系企业。", NOW, NOW.replace(month=5, day=2, hour=9, minute=30))
    ]
    assert [(one.kind, one.words) for one in facts_of(urging)] == [("supervision.reminded", {"words": "请今天联系企业。"})]


def test_an_inspection_office_above_may_remind(raised: Raise) -> None:
    story = raised()

    with somebody("130973-inspection") as here:
        remind(Reminding(problem_ids=(story.problem_id,), actor=here.actor("test"), now=NOW))

    assert count("park", "supervision_urging") == 1


@pytest.mark.parametrize(("login", "refused"), [
    ("park", NotYours), ("zone", NotYours), ("outsider", NotFound), ("neighbour", NotFound), ("other_firm", NotFound),
])
def test_others_may_not(raised: Raise, login: str, refused: type[Exception]) -> None:
    story = raised()

    with pytest.raises(refused):
        reminds(login, story)

    assert count("province_office", "supervision_urging") == 0


def test_an_office_below_does_not_press_the_level_above(raised: Raise) -> None:
    story = sent_up(raised())

    with pytest.raises(NotPressed, match=r"渤海新区经发局不在本级及以下.*请联系渤海新区"):
        reminds("park_office", story)


def test_an_office_does_not_remind_itself(raised: Raise) -> None:
    with pytest.raises(NotPressed, match="该问题由本单位承办"):
        reminds("park_office", waiting(raised))


def test_what_waits_for_the_firm_is_not_pressed(raised: Raise) -> None:
    with pytest.raises(NotPressed, match=r"待企业确认.*没有单位需要催办"):
        reminds("zone_office", answered(raised()))


def test_many_are_reminded_of_or_none(raised: Raise) -> None:
    one, two, done = raised(), raised(), answered(raised())

    assert len(reminds("zone_office", one, two)) == 2
    with pytest.raises(NotPressed, match=r"-\d{6}：该问题现在是“待企业确认”"):
        reminds("zone_office", one, done)
    with pytest.raises(NotPressed, match="没有选中"):
        reminds("zone_office")
    with pytest.raises(NotPressed, match="只能选一次"):
        reminds("zone_office", one, one)

    assert count("zone_office", "supervision_urging") == 2


def test_the_firm_reminds_only_when_a_limit_presses(raised: Raise) -> None:
    story = raised()

    with pytest.raises(NotPressed, match="还没有到期"):
        reminds("firm", story)
    assert len(reminds("firm", story, now=LATE)) == 1
    assert rows("firm", URGING)[0][:2] == ("remind", True)


def test_the_firm_reminds_once_in_three_working_days(raised: Raise) -> None:
    story = raised()
    reminds("firm", story, now=LATE)

    with pytest.raises(NotPressed, match=r"您已于4月28日 18:40催办过.*5月4日起可以再催"):
        reminds("firm", story, now=LATE + timedelta(days=5))  # 3 May: two working days later
    reminds("firm", story, now=LATE + timedelta(days=6))

    assert count("firm", "supervision_urging") == 2


def test_the_offices_reminding_does_not_use_up_the_firms(raised: Raise) -> None:
    story = raised()
    reminds("zone_office", story, now=LATE)

    assert len(reminds("firm", story, now=LATE)) == 1


def test_a_reminder_moves_no_clock_and_nobody(raised: Raise) -> None:
    story = acknowledged(raised())
    before = story.standing

    reminds("province_office", story, now=LATE)
    reminds("firm", story, now=NOW + timedelta(days=60))

    assert story.standing == before


def test_without_a_viewer_the_rules_still_hold(raised: Raise) -> None:
    story = raised()
    with acting("park") as actor, pytest.raises(NotYours):
        remind(Reminding(problem_ids=(story.problem_id,), actor=actor, now=NOW))
