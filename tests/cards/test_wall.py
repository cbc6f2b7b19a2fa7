"""The second wall of the room, asked of the tables themselves: no query stands before it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import models

from tests.cards.conftest import Cast
from zhitong.domain.cards.actions import SubmittedCard
from zhitong.domain.cards.models import Card, CardFigures, Obligation, ProblemRow
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.subjects.models import Care

pytestmark = pytest.mark.django_db


def seen_by(cast: Cast, who: str, table: type[models.Model]) -> int:
    with acting_as(getattr(cast, who)):
        return table._default_manager.count()


@pytest.mark.parametrize(
    ("who", "obligations", "cards", "figures", "rows"),
    [
        ("firm", 1, 1, 1, 2),
        ("firm_colleague", 1, 1, 1, 2),
        ("office", 1, 1, 1, 1),  # the collecting office: the confidential row is not shown
        ("caring", 1, 1, 1, 1),  # 经发局 cares for the firm
        ("zone_office", 1, 1, 0, 1),  # sees that a card came, not its figures
        ("city_office", 2, 1, 0, 1),
        ("province_office", 2, 1, 0, 1),
        ("uninvolved", 0, 0, 0, 0),  # 安监环保局 of the same county
        ("neighbour_office", 1, 0, 0, 0),  # its own firm's obligation, nothing of ours
        ("other_firm", 1, 0, 0, 0),
    ],
)
def test_each_sees_what_is_theirs(
    cast: Cast, sent: SubmittedCard, who: str, obligations: int, cards: int, figures: int, rows: int
) -> None:
    assert [seen_by(cast, who, table) for table in (Obligation, Card, CardFigures, ProblemRow)] == [
        obligations, cards, figures, rows,
    ]


def test_care_that_has_ended_shows_nothing_any_more(cast: Cast, sent: SubmittedCard) -> None:
    with acting_as(cast.province_office):
        Care.objects.update(until=date(2018, 9, 2))

    assert seen_by(cast, "caring", CardFigures) == 0
