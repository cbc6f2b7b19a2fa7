"""Two at once: numbers have no gap and no twin, an act happens once, a firm reminds once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import transaction

from tests.problems.ways import Raise
from tests.races import race
from tests.supervision.ways import answers, does, drafted, issued, issues, reminds, rows
from tests.world import NOW
from zhitong.domain.supervision.actions import supervising
from zhitong.domain.supervision.actions.supervising import NotNow
from zhitong.domain.supervision.actions.urging import NotPressed

Owner = psycopg.Connection[Any]
NUMBER = "渤海新区双创双服办督字〔2018〕{}号"


class Fails(Exception):
    """Something goes wrong after the number was taken."""


def test_two_signing_at_once_take_numbers_one_after_the_other(
    fresh_database: str, raised: Raise, owner_connection: Owner
) -> None:
    papers = [drafted("zone_office", raised()) for _ in range(2)]

    numbers = race(owner_connection, *(lambda paper=paper: issues("zone_office", paper) for paper in papers))

    assert numbers == (NUMBER.format(1), NUMBER.format(2))


def test_a_signing_that_fails_leaves_its_number_to_the_next(
    fresh_database: str, raised: Raise, owner_connection: Owner
) -> None:
    papers = [drafted("zone_office", raised()) for _ in range(2)]

    def fail() -> None:
        with transaction.atomic():
            issues("zone_office", papers[0])
            raise Fails

    failed, number = race(owner_connection, fail, lambda: issues("zone_office", papers[1]))

    assert isinstance(failed, Fails)
    assert number == NUMBER.format(1)
    assert issues("zone_office", papers[0]) == NUMBER.format(2)


def test_one_draft_is_signed_once(fresh_database: str, raised: Raise, owner_connection: Owner) -> None:
    paper = drafted("zone_office", raised())

    number, lost = race(owner_connection, lambda: issues("zone_office", paper), lambda: issues("zone_office", paper))

    assert number == NUMBER.format(1)
    assert isinstance(lost, NotNow)
    assert rows("zone_office", "SELECT last FROM supervision_counter") == [(1,)]


def test_an_answer_is_accepted_or_returned_not_both(fresh_database: str, raised: Raise, owner_connection: Owner) -> None:
    paper = issued("zone_office", raised())
    answers("park", paper)
    acts: list[Callable[[], Any]] = [
        lambda: does("zone_office", supervising.accept, paper, opinion=""),
        lambda: does("zone_office", supervising.return_answer, paper, reason="还差"),
    ]

    _, lost = race(owner_connection, *acts)

    assert isinstance(lost, NotNow)
    assert rows("park", "SELECT state, returns FROM supervision_supervision") == [("accepted", 0)]


def test_a_firm_that_reminds_twice_in_a_second_reminds_once(
    fresh_database: str, raised: Raise, owner_connection: Owner
) -> None:
    story, late = raised(), NOW + timedelta(days=1, hours=3)

    _, lost = race(owner_connection, lambda: reminds("firm", story, now=late), lambda: reminds("firm", story, now=late))

    assert isinstance(lost, NotPressed)
    assert rows("firm", "SELECT count(*) FROM supervision_urging") == [(1,)]


@pytest.mark.prove
def test_ten_pairs_of_signings_leave_no_gap(fresh_database: str, raised: Raise, owner_connection: Owner) -> None:
    story = raised()
    for _ in range(10):
        papers = [drafted("zone_office", story) for _ in range(2)]
        race(owner_connection, *(lambda paper=paper: issues("zone_office", paper) for paper in papers))

    found = rows("zone_office", "SELECT serial FROM supervision_supervision ORDER BY serial")
    assert [serial for (serial,) in found] == list(range(1, 21))
