"""R-H7, R-H9: what fell due and what was rated, as it stood at the cut-off, and the same for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import acting, viewer
from tests.editions.ways import CUT_OFF, JUNE, OFFICE, checked, drafted, may, page, signs
from tests.problems.ways import Raise, unit
from zhitong.domain.bulletins.queries.editions.counting import counts_by_region, counts_by_unit
from zhitong.domain.bulletins.queries.editions.gathering import drawn, month_before
from zhitong.domain.bulletins.queries.editions.makers import circular_paper
from zhitong.domain.bulletins.queries.editions.page import behind
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.bulletins.rules.measures import Counts
from zhitong.domain.problems.actions.closing import Confirm, confirm
from zhitong.domain.problems.rules.kinds import Rating
from zhitong.kit.refusals import NotFound, Refused

pytestmark = pytest.mark.django_db
APRIL = CUT_OFF - timedelta(days=31)


def test_what_fell_due_was_on_time_solved_and_rated_by_region_and_by_unit(raised: Raise) -> None:
    may(raised)
    raised(confidential=True)
    park, economy = unit("130973400-office").region_id, unit("130973400-economy").id
    with acting(OFFICE):
        by_region = counts_by_region([park], month_before(CUT_OFF), CUT_OFF)[park]
        by_unit = counts_by_unit([economy], month_before(CUT_OFF), CUT_OFF)[economy]
        april = counts_by_region([park], month_before(APRIL), APRIL)[park]

    assert by_region == by_unit == Counts(due=3, on_time=2, solved=1)
    assert april == Counts(asked=2, rated=1, satisfied=1)


def test_what_happens_after_the_cut_off_changes_nothing_that_was_drawn_for_it(raised: Raise) -> None:
    _closed, waits, _open = may(raised)
    with acting(OFFICE):
        before = drawn(viewer(OFFICE), PaperKind.CIRCULAR, unit("130973400-office").region_id, CUT_OFF)
    waits.now = JUNE
    waits.does("firm", confirm, Confirm, rating=Rating.SATISFIED)
    with acting(OFFICE):
        after = drawn(viewer(OFFICE), PaperKind.CIRCULAR, unit("130973400-office").region_id, CUT_OFF)

    assert after == before
    assert {one.key: one.text for one in after.figures}["solved"] == "1"


def test_a_figure_opens_to_the_problems_it_counts(raised: Raise) -> None:
    stories = may(raised)
    edition_id = drafted()
    with acting(OFFICE):
        bound, rows = behind(viewer(OFFICE), edition_id, "due")

    assert (bound.text, len(rows)) == ("3", 3)
    assert {row.number for row in rows} == {story.standing.number for story in stories}
    assert sorted((row.is_first, row.is_second) for row in rows) == [(False, False), (True, False), (True, True)]


def test_a_paper_is_made_at_once_for_a_region_below_and_for_nobody_elses(raised: Raise) -> None:
    may(raised)
    with acting("zone_office"):
        paper = circular_paper(viewer("zone_office"), "130973400", CUT_OFF)

    assert paper.title == "关于2018年5月问题办理情况的通报"
    for login, about in (("outsider", "130973400"), ("park", ""), ("firm", ""), ("park_office", "nowhere")):
        with acting(login), pytest.raises(NotFound):
            circular_paper(viewer(login), about, CUT_OFF)


def test_a_cut_off_to_come_or_before_all_is_refused_in_words(raised: Raise) -> None:
    with pytest.raises(Refused, match="不能晚于现在"):
        drafted(cut_off=JUNE + timedelta(days=1))
    with pytest.raises(Refused, match=r"没有问题|留有历史"):
        drafted()


def test_a_draft_says_what_the_last_issue_of_its_series_said(raised: Raise) -> None:
    may(raised)
    signs(checked(drafted(cut_off=APRIL)))
    figures = {one.key: one for one in page(drafted()).figures}

    assert (figures["due"].before, figures["due"].text, figures["due"].is_changed) == ("0", "3", True)
    assert (figures["total"].before, figures["total"].text, figures["total"].is_changed) == ("3", "3", False)
