"""未签收超期名单: who had not signed in time, for how long, and whom to ring (R-H7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.bulletins.ledgers.reading import file_of, rows_of, told_by
from tests.cast import Story
from tests.problems.ways import acknowledged
from tests.world import NOW
from zhitong.domain.bulletins.queries.ledgers.unsigned import HEADS
from zhitong.domain.bulletins.rules.catalogue import PaperKind

pytestmark = pytest.mark.django_db

TITLES = tuple(head.title for head in HEADS)


def test_what_lies_unsigned_beyond_its_limit_is_listed(raised: Callable[..., Story]) -> None:
    story, in_time = raised(), acknowledged(raised(text="已签收"))
    due_at = story.standing.stage_due_at
    assert due_at is not None
    assert in_time.standing.state != story.standing.state
    at = due_at + timedelta(hours=3, minutes=59)

    [row] = told_by(file_of(PaperKind.UNSIGNED, "park_office", at), TITLES)

    assert (row["责任人"], row["问题编号"], row["超出时限（小时）"]) == ("演示丙", story.standing.number, "3")
    assert row["承办单位"]
    assert row["交办时间"]
    assert row["签收时限"]


def test_signed_for_later_it_stays_on_the_list_of_that_day(raised: Callable[..., Story]) -> None:
    story = raised()
    at = NOW + timedelta(days=20)
    before = file_of(PaperKind.UNSIGNED, "park_office", at)

    story.now = at
    acknowledged(story)

    assert file_of(PaperKind.UNSIGNED, "park_office", at) == before
    assert told_by(file_of(PaperKind.UNSIGNED, "park_office", story.now), TITLES) == []


def test_an_empty_list_says_so(raised: Callable[..., Story]) -> None:
    content = file_of(PaperKind.UNSIGNED, "park_office", NOW)

    assert any("没有超过签收时限仍未签收的问题" in row[0] for row in rows_of(content))
