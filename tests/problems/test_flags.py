"""What looks wrong is laid before a person, from typed rows alone; it decides nothing and is said once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.cast import Story, acting, viewer
from tests.problems.test_rate import head as head
from tests.problems.ways import Raise, acknowledged, answered, confirmed
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.problems.actions import flagging
from zhitong.domain.problems.actions.closing import Confirm, confirm
from zhitong.domain.problems.actions.handling import (
    Acknowledge,
    Complete,
    Reply,
    acknowledge,
    complete,
    reply,
)
from zhitong.domain.problems.actions.rating import Rate, rate
from zhitong.domain.problems.queries.flags import count_flags, flags_for
from zhitong.domain.problems.rules.flags import Thresholds, bulk_of, sameness
from zhitong.domain.problems.rules.kinds import Flag, Outcome, Rating

pytestmark = pytest.mark.django_db
PHONE = "d" * 64


def look(story: Story, at: Callable[..., int], limits: Thresholds | None = None) -> int:
    """Look at the newest act of a story as the worker does."""
    with acting("province_office"):
        return at(story.problem_id, story.now, limits) if limits else at(story.problem_id, story.now)


def flags_of(story: Story) -> list[str]:
    return [row["flag"] for row in story.rows("problems_flagged")]


def test_many_signed_for_shortly_before_they_are_late(raised: Raise) -> None:
    stories = [raised() for _ in range(5)]
    due_at = stories[0].standing.stage_due_at
    assert due_at is not None
    for place, story in enumerate(stories):
        story.now = due_at - timedelta(minutes=30 - place)
        acknowledged(story)

    counts = [look(story, flagging.flag_signing) for story in stories]

    assert counts == [5, 0, 0, 0, 0]
    assert [flags_of(story) for story in stories] == [["bulk_near_limit"]] * 5


@pytest.mark.parametrize(("n", "minutes_left"), [(4, 30), (5, 200)])
def test_few_or_early_ones_are_left_alone(raised: Raise, n: int, minutes_left: int) -> None:
    stories = [raised() for _ in range(n)]
    due_at = stories[0].standing.stage_due_at
    assert due_at is not None
    for story in stories:
        story.now = due_at - timedelta(minutes=minutes_left)
        acknowledged(story)

    assert [look(story, flagging.flag_signing) for story in stories] == [0] * n


def test_many_answered_shortly_before_they_are_late(raised: Raise) -> None:
    stories = [acknowledged(raised()) for _ in range(5)]
    for story in stories:
        spell = story.standing.spell
        assert spell is not None and spell.due_at is not None  # noqa: PT018 - one thing to the type checker
        story.now = spell.due_at - timedelta(minutes=40)
        story.does("park", complete, Complete, outcome=Outcome.EXPLAINED, text="已解释。")

    assert look(stories[0], flagging.flag_answering) == 5


def test_the_same_reply_to_three_problems(raised: Raise) -> None:
    stories = [acknowledged(raised()) for _ in range(4)]
    for story, text in zip(stories, ("正在协商。", "正在协商", " 正在 协商！", "已约定周五到场"), strict=True):
        story.does("park", reply, Reply, text=text)

    counts = [look(story, flagging.flag_replying) for story in stories]

    assert counts == [3, 0, 0, 0]
    assert flags_of(stories[3]) == []


def test_reported_and_solved_on_one_day(raised: Raise) -> None:
    quick, late = answered(raised()), acknowledged(raised())
    late.now += timedelta(days=1)
    late.does("park", complete, Complete, outcome=Outcome.SOLVED, text="已解决。")

    assert (look(quick, flagging.flag_answering), look(late, flagging.flag_answering)) == (1, 0)
    assert flags_of(quick) == ["same_day"]


def test_what_was_recorded_afterwards_is_quick_by_nature(raised: Raise) -> None:
    assert look(answered(raised(recorded=True)), flagging.flag_answering) == 0


def test_ratings_of_several_firms_from_one_device(raised: Raise) -> None:
    own, other = answered(raised()), raised(login="other_firm", category="work_safety")
    other.done_by("130982-safety", acknowledge, Acknowledge, contact="已联系")
    other.done_by("130982-safety", complete, Complete, outcome=Outcome.SOLVED, text="已解决。")
    own.does("firm", confirm, Confirm, rating=Rating.SATISFIED, device=PHONE)
    other.does("other_firm", confirm, Confirm, rating=Rating.SATISFIED, device=PHONE)

    assert look(other, flagging.flag_rating) == 0
    assert look(other, flagging.flag_rating, Thresholds(firms_on_device=2)) == 2
    assert flags_of(own) == flags_of(other) == ["one_device"]


def test_a_rating_from_the_device_on_which_the_answer_was_written(raised: Raise) -> None:
    story = acknowledged(raised())
    story.does("park", complete, Complete, outcome=Outcome.SOLVED, text="已解决。", device=PHONE)
    story.does("firm", confirm, Confirm, rating=Rating.SATISFIED, device=PHONE)

    assert look(story, flagging.flag_rating) == 1
    assert flags_of(story) == ["rated_by_handler"]


def test_head_and_reporter_that_disagree(raised: Raise, head: str) -> None:
    agreed, disputed = confirmed(raised()), confirmed(raised())
    agreed.does(head, rate, Rate, rating=Rating.BASICALLY)
    disputed.does(head, rate, Rate, rating=Rating.DISSATISFIED)

    assert (look(agreed, flagging.flag_rating), look(disputed, flagging.flag_rating)) == (0, 1)
    assert flags_of(disputed) == ["contradicted"]


def test_a_flag_changes_nothing_of_the_problem(raised: Raise) -> None:
    story = answered(raised())
    before = story.standing

    look(story, flagging.flag_answering)

    assert story.standing == before
    assert look(story, flagging.flag_answering) == 0


def test_offices_see_the_flags_of_their_territory_alone(raised: Raise) -> None:
    story = answered(raised())
    look(story, flagging.flag_answering)
    seen = {}
    for login in ("park_office", "zone_office", "province_office", "outsider"):
        with acting(login):
            seen[login] = ([row.flag for row in flags_for(viewer(login))], count_flags(viewer(login)))

    assert seen["outsider"] == ([], 0)
    assert {login: found for login, found in seen.items() if login != "outsider"} == dict.fromkeys(
        ("park_office", "zone_office", "province_office"), ([Flag.SAME_DAY], 1)
    )
    with acting("park"), pytest.raises(NotYours):
        flags_for(viewer("park"))


@pytest.mark.parametrize(("minutes", "count"), [((0, 1, 2), 3), ((0, 9, 20), 2), ((0,), 1), ((-8, 0, 8), 2)])
def test_the_largest_stretch_around_a_moment(minutes: tuple[int, ...], count: int) -> None:
    at = datetime(2018, 4, 27, 9, 0)  # noqa: DTZ001 - only differences are asked for
    assert bulk_of([at + timedelta(minutes=one) for one in minutes], at, Thresholds()) == count


def test_texts_are_the_same_but_for_blanks_and_punctuation() -> None:
    assert sameness("正在协商， 请稍候。") == sameness("正在协商请稍候")
    assert sameness("正在协商") != sameness("正在办理")
