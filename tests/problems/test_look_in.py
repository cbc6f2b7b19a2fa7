"""A firm asks the level above to look in, at any time, one asking at once; the work stays where it is. R-F12."""

from __future__ import annotations

import pytest

from tests.cast import Story, acting, viewer
from tests.problems.ways import Raise, acknowledged, answered, confirmed, sent_up, unit_id
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.actions.closing import CloseOff, Confirm, close_off, confirm
from zhitong.domain.problems.actions.leading import AnswerLookIn, LookIn, answer_look_in, look_in
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.queries.duties import duties_for
from zhitong.domain.problems.queries.verifying import findings_of
from zhitong.domain.problems.rules.kinds import Rating, State
from zhitong.domain.problems.rules.way import Act

pytestmark = pytest.mark.django_db
ASKED = {"words": "十天没有进展"}


def desk_of(login: str, story: Story) -> list[Act]:
    with acting_as(viewer(login)) as here:
        return [duty.act for duty in duties_for(here, now=story.now) if duty.problem.id == story.problem_id]


def test_the_office_above_has_the_duty_and_the_unit_keeps_the_work(raised: Raise) -> None:
    story = acknowledged(raised())
    before = story.standing

    after = story.does("firm", look_in, LookIn, **ASKED)

    assert after.looker_unit_id == unit_id("130973-office")
    assert (after.state, after.spell, after.stage_due_at) == (before.state, before.spell, before.stage_due_at)
    assert (desk_of("zone_office", story), desk_of("park", story)) == ([Act.ANSWER_LOOK_IN], [Act.COMPLETE])
    assert story.parties()["zone_office"] == "informed"


def test_answered_the_duty_is_gone_and_the_firm_reads_it(raised: Raise) -> None:
    story = acknowledged(raised())
    story.does("firm", look_in, LookIn, **ASKED)

    standing = story.does("zone_office", answer_look_in, AnswerLookIn, text="已约定下周一到现场")

    assert standing.looker_unit_id is None
    assert desk_of("zone_office", story) == []
    assert story.facts()[-1].words == {"text": "已约定下周一到现场"}


def test_while_an_answer_returns_its_clock_stays_provable(raised: Raise) -> None:
    story = answered(sent_up(raised()), "zone")
    due = story.standing.stage_due_at

    story.does("firm", look_in, LookIn, **ASKED)

    assert (story.standing.state, story.standing.stage_due_at) == (State.RETURNING, due)
    with acting("province_office"):
        assert findings_of([story.problem_id], now=story.now) == []


def test_a_second_asking_waits_for_the_first(raised: Raise) -> None:
    story = acknowledged(raised())
    story.does("firm", look_in, LookIn, **ASKED)

    with story.unchanged(NotNow, "正在等其答复"):
        story.does("firm", look_in, LookIn, **ASKED)


def test_an_untimed_problem_lies_on_the_lookers_desk_too(raised: Raise) -> None:
    story = answered(raised())

    story.does("firm", look_in, LookIn, **ASKED)

    assert desk_of("zone_office", story) == [Act.ANSWER_LOOK_IN]


def test_what_ends_is_looked_into_no_longer(raised: Raise) -> None:
    story = answered(raised())
    story.does("firm", look_in, LookIn, **ASKED)
    story.does("firm", confirm, Confirm, rating=Rating.SATISFIED)
    assert story.standing.looker_unit_id is not None

    assert story.does("zone_office", close_off, CloseOff).looker_unit_id is None
    assert desk_of("zone_office", story) == []


def test_only_the_one_who_was_asked_answers(raised: Raise) -> None:
    story = acknowledged(raised())
    story.does("firm", look_in, LookIn, **ASKED)

    with story.unchanged(NotNow, "“答复过问”由.*办理，不是本单位"):
        story.does("city_office", answer_look_in, AnswerLookIn, text="我来答复")


def test_nobody_looks_into_what_is_over(raised: Raise) -> None:
    story = confirmed(raised())
    story.does("zone_office", close_off, CloseOff)

    with story.unchanged(NotNow, "不能请上级过问"):
        story.does("firm", look_in, LookIn, **ASKED)
