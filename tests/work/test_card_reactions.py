"""What follows from cards as the worker does it: notices, questions, figures that become dated facts."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

from tests.cards.conftest import NOW, opened_september, seen_from_the_firm, send
from tests.cards.test_levels import accept
from tests.work.test_reactions import react_to_all
from zhitong.config import database as config
from zhitong.domain.cards.actions.reminding import remind_due
from zhitong.domain.notices.queries import unread_for
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.organisations.scope import acting_as


def test_a_missing_card_is_told_and_an_accepted_one_becomes_known(fresh_database: str) -> None:
    cast = seen_from_the_firm()
    round_id = opened_september(cast)
    with config.as_role("worker", name=fresh_database):
        remind_due(NOW + timedelta(days=7))
    react_to_all(fresh_database)
    with acting_as(cast.firm):
        told = [(one.kind, one.thing_number) for one in unread_for(cast.firm)]

    sent = send(cast, round_id, revenue="1200", profit="100", employees="50", electricity="300", diagnosis="profitable")
    accept(cast.office, sent, 1)
    react_to_all(fresh_database)

    with config.as_role("worker", name=fresh_database), connection.cursor() as cursor:
        cursor.execute("SELECT kind FROM cards_flag")
        asked = cursor.fetchall()
    assert told == [(NoticeKind.CARD_MISSING, "2018年9月")]
    assert asked == [("round_figures",)]
