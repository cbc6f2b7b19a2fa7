"""Two ratings of each answer, by the reporter and by the head of the firm; the reporter's first word scores."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import Story, viewer
from tests.problems.ways import SAFETY, Raise, answered, confirmed, of_safety, rejected
from zhitong.domain.organisations.models import Person, Post, Tenure
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.problems.actions.closing import CloseOff, Confirm, Uphold, close_off, confirm, uphold
from zhitong.domain.problems.actions.rating import Rate, rate
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.rules.kinds import Rating, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(db: None) -> str:
    """The head of the firm, with a post of his own."""
    post = Post.objects.create(unit_id=viewer("firm").unit_id, kind="leader", title="主要负责人")
    person = Person.objects.create(login="firm_head", name="演示厂长")
    Tenure.objects.create(post=post, person=person, since=date(2018, 1, 1))
    return "firm_head"


def said_of(story: Story) -> list[tuple[bool, str, str]]:
    return [(row["by_head"], row["rating"], row["reply_rating"]) for row in story.rows("problems_verdict")]


def test_the_solution_and_the_reply_are_rated_apart(raised: Raise) -> None:
    story = answered(raised())

    standing = story.does("firm", confirm, Confirm, rating=Rating.SATISFIED, reply_rating=Rating.DISSATISFIED)

    assert standing.rating is Rating.SATISFIED
    assert said_of(story) == [(False, "satisfied", "dissatisfied")]


def test_the_head_speaks_beside_the_reporter_and_does_not_score(raised: Raise, head: str) -> None:
    story = confirmed(raised())

    standing = story.does(head, rate, Rate, rating=Rating.DISSATISFIED, reply_rating=Rating.BASICALLY, words="没有见效")

    assert (standing.state, standing.rating) == (State.CONFIRMED, Rating.SATISFIED)
    assert said_of(story)[1] == (True, "dissatisfied", "basically")
    assert story.facts()[-1].kind == "problem.rated"


@pytest.mark.parametrize("closed", [False, True])
def test_the_head_speaks_once_of_an_answer(raised: Raise, head: str, closed: bool) -> None:
    story = confirmed(raised())
    if closed:
        story.does("zone_office", close_off, CloseOff)
    story.does(head, rate, Rate, rating=Rating.SATISFIED)

    with story.unchanged(NotNow, "负责人只评价一次"):
        story.does(head, rate, Rate, rating=Rating.BASICALLY)


def test_of_a_new_answer_he_may_speak_again(raised: Raise, head: str) -> None:
    story = of_safety(raised)
    story.does(head, rate, Rate, rating=Rating.DISSATISFIED)
    rejected(story).does("park_office", uphold, Uphold, reason="已按规定办理")

    story.does(head, rate, Rate, rating=Rating.BASICALLY)

    assert sorted(row["by_head"] for row in story.rows("problems_verdict")) == [False, True, True]


def test_who_reports_is_not_the_head_and_who_handles_is_neither(raised: Raise) -> None:
    story = confirmed(raised())

    for login in ("firm", "park", "park_office"):
        with story.unchanged(NotYours, "没有“以企业主要负责人身份评价”的权限"):
            story.does(login, rate, Rate, rating=Rating.SATISFIED)
    assert Permission.HEAD not in viewer("firm").permissions


def test_a_department_cannot_rate_what_it_answered(raised: Raise) -> None:
    story = of_safety(raised)

    with story.unchanged(NotYours):
        story.done_by(SAFETY, rate, Rate, rating=Rating.SATISFIED)
