"""R-H4, R-H5: a brief tells what the office adopted in its time, and notes on each piece that it was told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.cast import acting, viewer
from tests.editions.ways import AFTER_CHECK, CUT_OFF, OFFICE, does, drafted, may, page, saving, signs
from tests.practices import writing
from tests.problems.ways import Raise
from zhitong.domain.bulletins.actions.editions import checking
from zhitong.domain.bulletins.queries.editions.gathering import drawn
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.practices.actions.judging import adopt, edit
from zhitong.domain.practices.actions.submitting import submit_piece
from zhitong.domain.practices.queries.briefing import adopted_between

pytestmark = pytest.mark.django_db
MAY = datetime(2018, 5, 10, 2, 0, tzinfo=UTC)
SECTION = "做法和动态"


def adopted_in_may(**said: Any) -> UUID:
    """A piece that the park's office adopted on 10 May."""
    made: UUID = writing.does("park", submit_piece, writing.wanted(**said), at=MAY)
    writing.does(OFFICE, adopt, made, "", at=MAY)
    return made


def test_a_brief_tells_the_pieces_of_its_time_as_they_stood_and_notes_those_that_it_kept(raised: Raise) -> None:
    may(raised)
    told = adopted_in_may(text="见【数:累计反映】，当周解决。")
    cut = adopted_in_may(title="并联审批提速", text="六个部门同步审查。", knowingly=True)
    writing.does(OFFICE, edit, told, 1, "六月才改的标题", "六月才改的正文。", at=CUT_OFF + timedelta(hours=1))
    edition = drafted(PaperKind.BRIEF)
    sections = {one.heading: one.text for one in page(edition).sections}
    place = list(sections).index(SECTION)

    saving(edition, 1, {place: sections[SECTION].split("\n")[0]}, title="5月工作简报")
    does(OFFICE, checking.submit, edition_id=edition, now=AFTER_CHECK)
    number = signs(edition)

    assert sections[SECTION].split("\n")[0].startswith(f"{writing.TITLE}。见累计反映，当周解决。（")
    assert [one.words for one in writing.seen("park", told).uses] == [f"《5月工作简报》{number}"]
    assert writing.seen("park", cut).uses == ()


def test_a_brief_has_no_such_section_without_pieces_and_never_tells_what_is_closed(raised: Raise) -> None:
    [story, *_] = may(raised)
    writing.confidential(story)
    closed = adopted_in_may(problems=(story.standing.number,))

    assert writing.seen("park", closed).names_closed
    with acting(OFFICE):
        here = viewer(OFFICE)
        paper = drawn(here, PaperKind.BRIEF, here.region_id, CUT_OFF)
        assert adopted_between(here.region_id, MAY - timedelta(days=1), CUT_OFF) == ()
    assert SECTION not in [one.heading for one in paper.sections]
