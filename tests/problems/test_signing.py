"""R-B9: sign-off within a unit. The act happens when it is signed, its fact says through whose hands it went."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection

from tests.cast import acting, viewer
from tests.problems.ways import Raise, acknowledged
from tests.world import NOW
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.models import Person, Post, Tenure
from zhitong.domain.organisations.queries import viewer_for
from zhitong.domain.organisations.scope import NotYours, acting_as, without_first_wall
from zhitong.domain.problems.actions.handling import Complete, Reply, complete, reply
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.actions.signing import (
    DOING,
    Drafting,
    OnPaper,
    check,
    draft,
    give_back,
    set_signing,
    sign,
    sign_on_paper,
    withdraw_draft,
)
from zhitong.domain.problems.queries.signing import draft_for, drafts_open, drafts_waiting, signing_of
from zhitong.domain.problems.rules.kinds import Outcome, PowerMissing, State
from zhitong.domain.problems.rules.signing import SIGNABLE, DraftState, Steps, told_of, values_for
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.clock import day_of
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db
ANSWER = {"outcome": Outcome.SOLVED, "text": "已调整错峰方案。", "planned_on": None, "power_missing": None}


@contextmanager
def leading(kind: str = "leader", unit: str = "130973400-economy") -> Iterator[Actor]:
    """Act as one who signs for the park's department, somebody new each time."""
    post = Post.objects.filter(unit__code=unit, kind=kind).order_by("title")[0]
    person = Person.objects.create(login=f"{kind}-{uuid7()}", name="演示局长" if kind == "leader" else "演示副局长")
    Tenure.objects.create(post=post, person=person, since=date(2018, 1, 1))
    found = viewer_for(person.id, post.id, day_of(NOW))
    assert found is not None
    with acting_as(found) as here:
        yield here.actor("test")


def signed_off(steps: Steps) -> None:
    """The park's department has its answers signed off."""
    with leading() as actor:
        set_signing(Act.COMPLETE, steps, actor=actor, now=NOW)


def drafted(problem_id: UUID, at: timedelta = timedelta(hours=1)) -> UUID:
    """The officer of the park's department drafts the answer."""
    with acting("park") as actor:
        return draft(Drafting(problem_id, Act.COMPLETE, ANSWER, actor, NOW + at))


def test_every_signable_act_can_be_performed() -> None:
    assert set(DOING) == set(SIGNABLE)


def test_what_a_draft_keeps_fills_its_step_again() -> None:
    values = {**ANSWER, "outcome": Outcome.CANNOT, "power_missing": PowerMissing.POLICY, "planned_on": date(2018, 12, 1)}
    assert values_for(Complete, told_of(values)) == values


def test_without_a_setting_nothing_is_signed_off(raised: Raise) -> None:
    story = acknowledged(raised())
    with story.unchanged(NotNow, "没有规定"):
        drafted(story.problem_id)


def test_an_officer_cannot_pass_the_signers_by(raised: Raise) -> None:
    story = acknowledged(raised())
    signed_off(Steps.SIGN)
    with story.unchanged(NotNow, "须经审签"):
        story.does("park", complete, Complete, outcome=Outcome.SOLVED, text="已解决。")
    assert story.does("park", reply, Reply, text="在办").state is State.HANDLING


def test_a_draft_changes_nothing_until_it_is_signed(raised: Raise) -> None:
    story = acknowledged(raised())
    signed_off(Steps.SIGN)
    before = story.way()
    draft_id = drafted(story.problem_id)
    assert story.way() == before
    with leading() as actor:
        [waiting] = drafts_waiting(viewer("park")) or drafts_open(viewer("park"))
        assert (waiting.id, waiting.state) == (draft_id, DraftState.CHECKED)
        standing = sign(draft_id, actor=actor, now=NOW + timedelta(hours=2))
    assert standing.state is State.ANSWERED
    told = story.facts()[-1]
    assert told.kind == "problem.completed"
    assert "拟办：演示丙 4月27日 16:40" in told.words["signed"]
    assert "审签：演示局长 4月27日 17:40" in told.words["signed"]


def test_three_hands_are_three_people(raised: Raise) -> None:
    story = acknowledged(raised())
    signed_off(Steps.CHECK_AND_SIGN)
    draft_id = drafted(story.problem_id)
    with leading("deputy") as actor:
        with pytest.raises(NotNow, match="还没有审核"):
            sign(draft_id, actor=actor, now=NOW)
        check(draft_id, actor=actor, now=NOW + timedelta(hours=2))
        with pytest.raises(NotNow, match="不同的人"):
            sign(draft_id, actor=actor, now=NOW + timedelta(hours=2))
    with leading() as actor:
        assert sign(draft_id, actor=actor, now=NOW + timedelta(hours=3)).state is State.ANSWERED
    assert "审核：演示副局长" in story.facts()[-1].words["signed"]


def test_given_back_it_is_mended_and_drafted_anew(raised: Raise) -> None:
    story = acknowledged(raised())
    signed_off(Steps.SIGN)
    draft_id = drafted(story.problem_id)
    with pytest.raises(NotNow, match="在审签"):
        drafted(story.problem_id)
    with leading() as actor:
        give_back(draft_id, "请写明电量", actor=actor, now=NOW + timedelta(hours=2))
    with acting("park"):
        returned = draft_for(viewer("park"), draft_id)
        assert (returned.state, returned.words) == (DraftState.RETURNED, "请写明电量")
        assert [one.id for one in drafts_waiting(viewer("park"))] == [draft_id]
    assert drafted(story.problem_id, timedelta(hours=3)) == draft_id


def test_withdrawn_nothing_happens(raised: Raise) -> None:
    story = acknowledged(raised())
    signed_off(Steps.SIGN)
    draft_id = drafted(story.problem_id)
    with acting("park") as actor:
        withdraw_draft(draft_id, actor=actor, now=NOW)
    with leading() as actor, pytest.raises(NotNow, match="已撤回"):
        sign(draft_id, actor=actor, now=NOW)
    assert story.standing.state is State.HANDLING


def test_a_draft_whose_moment_has_passed_is_not_signed(raised: Raise) -> None:
    story = acknowledged(raised())
    signed_off(Steps.SIGN)
    draft_id = drafted(story.problem_id)
    with leading() as actor:
        done = Complete(problem_id=story.problem_id, actor=actor, now=NOW + timedelta(hours=2), outcome=Outcome.SOLVED, text="直接办结")
        complete([done])
    with leading() as actor, story.unchanged(NotNow, "不能办结"):
        sign(draft_id, actor=actor, now=NOW + timedelta(hours=3))


def test_signed_on_paper_is_told_as_just_that(raised: Raise) -> None:
    story = acknowledged(raised())
    signed_off(Steps.SIGN)
    with acting("park") as actor:
        drafting = Drafting(story.problem_id, Act.COMPLETE, ANSWER, actor, NOW + timedelta(hours=1))
        with story.unchanged(BadInput, "不能晚于今天"):
            sign_on_paper(drafting, OnPaper("演示局长", date(2018, 4, 28)))
        assert sign_on_paper(drafting, OnPaper("演示局长", date(2018, 4, 26))).state is State.ANSWERED
    assert story.facts()[-1].words["signed"] == "已线下审签：演示局长，4月26日"


def test_only_signers_sign_and_set(raised: Raise) -> None:
    story = acknowledged(raised())
    signed_off(Steps.SIGN)
    draft_id = drafted(story.problem_id)
    with acting("park") as actor:
        with pytest.raises(NotYours):
            sign(draft_id, actor=actor, now=NOW)
        with pytest.raises(NotYours):
            set_signing(Act.COMPLETE, Steps.NONE, actor=actor, now=NOW)
    with leading() as actor, pytest.raises(BadInput, match="不需要审签"):
        set_signing(Act.CONFIRM, Steps.SIGN, actor=actor, now=NOW)


@pytest.mark.parametrize("login", ["park_office", "zone", "province_office", "outsider", "firm"])
def test_no_other_unit_reads_a_draft(raised: Raise, login: str) -> None:
    story = acknowledged(raised())
    signed_off(Steps.SIGN)
    draft_id = drafted(story.problem_id)
    with acting(login), without_first_wall():
        with pytest.raises(NotFound):
            draft_for(viewer(login), draft_id)
        with connection.cursor() as cursor:
            cursor.execute("SELECT (SELECT count(*) FROM problems_draft), (SELECT count(*) FROM problems_signing)")
            assert cursor.fetchone() == (0, 0)
        assert signing_of(viewer(login)) == {}
