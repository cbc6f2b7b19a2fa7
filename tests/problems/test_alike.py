"""Past matters like one that waits at the desk are shown with who solved them; they decide nothing."""

from __future__ import annotations

import pytest

from tests.cast import Story, viewer
from tests.problems.ways import Raise, confirmed, waiting
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.actions.closing import CloseOff, close_off
from zhitong.domain.problems.actions.handling import SendBack, send_back
from zhitong.domain.problems.queries.alike import AlikeCase
from zhitong.domain.problems.queries.page import problem_page
from zhitong.domain.problems.rules.likeness import most_alike

pytestmark = pytest.mark.django_db
NIGHT = "夜间限电，热处理炉不能连续生产。"


@pytest.mark.parametrize(("text", "wanted"), [
    ("夜间经常限电，热处理炉停产", ["限电"]),
    ("职工子女入学困难", ["入学"]),
    ("请求减免房租", []),
    ("", []),
])
def test_what_shares_its_words_is_alike(text: str, wanted: list[str]) -> None:
    past = [("限电", NIGHT), ("入学", "职工子女入学名额不足。"), ("土地", "用地指标没有落实。")]

    assert most_alike(text, past, 3) == wanted


def settled(raised: Raise, **more: object) -> Story:
    story = confirmed(raised(**more))
    story.does("zone_office", close_off, CloseOff)
    return story


def alike_seen_by(login: str, story: Story) -> tuple[AlikeCase, ...]:
    with acting_as(viewer(login)) as here:
        return problem_page(here, story.problem_id, now=story.now).alike


def test_the_desk_sees_who_solved_the_like(raised: Raise) -> None:
    like = settled(raised)
    settled(raised, text="变压器增容手续办不下来。")
    settled(raised, confidential=True)
    story = raised()
    story.does("park", send_back, SendBack, rule="三定", whose="财政局")

    [case] = alike_seen_by("park_office", story)

    assert (case.number, case.unit) == (like.standing.number, "南大港产业园区经发局")


def test_nobody_else_is_shown_any(raised: Raise) -> None:
    settled(raised)
    story = waiting(raised)

    assert alike_seen_by("firm", story) == ()
    assert alike_seen_by("park_office", story) == ()  # another category
