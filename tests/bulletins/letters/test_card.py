"""The card that a matter came with stands in its archive as it read at the cut-off, figures for who may see them (R-E3)."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from tests.bulletins.letters.reading import words_of
from tests.cast import acting, viewer
from tests.web.cards.conftest import send_card
from tests.web.portal.conftest import FILLED
from tests.web.portal.conftest import april as april
from tests.world import NOW
from zhitong.domain.bulletins.queries.letters.evidence import card_of
from zhitong.domain.bulletins.queries.letters.matter import matter
from zhitong.domain.cards.actions import Submission
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.actions.submitting import submit_card
from zhitong.domain.problems.models import Problem
from zhitong.domain.subjects.models import Subject

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def card(login: str, number: str, at: datetime) -> str:
    """What the card of a matter says to a member of the cast; empty where there is none for him."""
    with acting_as(viewer(login)) as here:
        found = card_of(here, matter(here, number, at))
    return words_of(found) if found else ""


def corrected(round_id: UUID) -> None:
    """The firm sends its card again with another revenue."""
    with acting("firm") as actor:
        subject = Subject.objects.get(unit_id=actor.unit_id)
        submit_card(
            [Submission(round_id=round_id, subject_id=subject.id, version=1, actor=actor, values={**FILLED, "revenue": "777"},
                        rows=(), confirmed=True)],
            now=LATER,
        )


def test_a_card_reads_as_it_did_and_shows_its_figures_to_who_may_see_them(april: UUID) -> None:
    send_card(april)
    with acting("park_office"):
        number = Problem.objects.get(text="夜间限电，热处理炉不能连续生产。").number
    corrected(april)

    before, after = (card("park_office", number, at) for at in (NOW, LATER))

    assert "777" in after
    assert "777" not in before
    assert before.count("\n") == after.count("\n")
    assert "夜间限电，热处理炉不能连续生产。" in before
    assert "贷款到期周转不开" not in before
    assert "不在查看人的查看范围内" in card("city_office", number, LATER)
