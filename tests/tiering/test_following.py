"""What is noted of a firm is followed by its diagnosis, without anybody asking for it (R-D5)."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from tests.cast import acting
from tests.following import follow_all
from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.subjects.actions.noting import NewFact, note_facts
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.rules.known import FactSource, Known
from zhitong.work.reactions import FOLLOWER, react


def noted(login: str, period: str, profit_cny: int) -> UUID:
    """The firm of 南大港 told a profit."""
    with acting(login) as actor:
        subject_id = Subject.objects.values_list("id", flat=True).get(name__contains="南大港石化")
        entry = NewFact(
            subject_id=subject_id, code=Known.PROFIT, period=period, value=Decimal(profit_cny), source=FactSource.CARD
        )
        note_facts([entry], actor=actor, now=NOW)
    return subject_id


def test_figures_that_are_noted_are_diagnosed(fresh_database: str) -> None:
    subject_id = noted("park_office", "2018-03", -50_000)

    with config.as_role("worker", name=fresh_database):
        follow_all(FOLLOWER, react)
        follow_all(FOLLOWER, react)

    with acting("park_office"):
        row = Subject.objects.get(id=subject_id)
        assert (row.diagnosis, row.diagnosis_words) == ("difficult", "2018年3月亏损5万元，诊断为困难。")
