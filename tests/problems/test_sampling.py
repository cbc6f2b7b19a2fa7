"""The office above looks again at a seeded sample of what was declined: drawn once a month, judged, told below. R-F9."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from tests.cast import Story, acting, viewer
from tests.problems.ways import Raise, waiting
from zhitong.domain.organisations.scope import NotYours, acting_as
from zhitong.domain.problems.actions.receiving import Decline, decline
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.actions.sampling import Judged, judge_decline, sample_declined
from zhitong.domain.problems.actions.sorting import Object, object_to_decline
from zhitong.domain.problems.queries.sampling import Sampled, sampled_for
from zhitong.domain.problems.rules.kinds import CheckState, DeclineReason, State
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db
MAY = datetime(2018, 5, 2, 1, tzinfo=UTC)


def declined(raised: Raise) -> Story:
    story = waiting(raised)
    story.does("park_office", decline, Decline, reason=DeclineReason.IN_COURT, rule="条例", channel="请向法院反映")
    return story


def draw(at: datetime = MAY) -> int:
    with acting("province_office"):
        return sample_declined(at)


def seen(login: str) -> list[Sampled]:
    with acting_as(viewer(login)) as here:
        return sampled_for(here)


def judge(login: str, check_id: UUID, found: CheckState) -> None:
    with acting(login) as actor:
        judge_decline(Judged(check_id=check_id, found=found, words="确未进入诉讼", actor=actor, now=MAY))


def test_at_least_one_is_drawn_for_the_office_above(raised: Raise) -> None:
    numbers = {declined(raised).standing.number for _ in range(3)}

    assert draw() == 1

    [sample] = seen("zone_office")
    assert sample.number in numbers
    assert (sample.seed, sample.state) == ("hebei-2018/2018-04/130973", CheckState.WAITING)
    assert seen("city_office") == seen("park_office") == []


def test_a_month_is_drawn_once_and_not_before_it_is_over(raised: Raise) -> None:
    declined(raised)

    assert [draw(datetime(2018, 4, 30, 9, tzinfo=UTC)), draw(), draw()] == [0, 1, 0]


def test_what_was_objected_to_is_looked_at_already(raised: Raise) -> None:
    declined(raised).does("firm", object_to_decline, Object, words="没有诉讼")

    assert draw() == 0


def test_a_wanting_one_keeps_its_state_and_the_office_below_is_named_in_the_fact(raised: Raise) -> None:
    story = declined(raised)
    draw()
    [sample] = seen("zone_office")

    judge("zone_office", sample.id, CheckState.WANTING)

    assert story.standing.state is State.DECLINED
    fact = story.facts()[-1]
    assert (fact.kind, fact.words) == ("problem.decline_wanting", {"reason": "确未进入诉讼"})
    assert [(one.state, one.words) for one in seen("zone_office")] == [(CheckState.WANTING, "确未进入诉讼")]


def test_it_is_judged_once_by_the_office_it_was_drawn_for(raised: Raise) -> None:
    story = declined(raised)
    draw()
    [sample] = seen("zone_office")

    with story.unchanged(NotFound):
        judge("city_office", sample.id, CheckState.SOUND)
    with story.unchanged(NotYours):
        judge("zone", sample.id, CheckState.SOUND)
    judge("zone_office", sample.id, CheckState.SOUND)
    with story.unchanged(NotNow, "已经登记为“属实”，不能重复登记"):
        judge("zone_office", sample.id, CheckState.WANTING)


def test_the_drawn_office_takes_part_and_no_other_unit_joins(raised: Raise) -> None:
    story = declined(raised)
    draw()

    assert story.parties()["zone_office"] == "informed"
    assert "city_office" not in story.parties()
