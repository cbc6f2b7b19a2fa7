"""Flags (R-E7): odd cards are questions for the office, answered with words; the firm and who cares for it see none."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.cards.conftest import NOW, Cast, opened_september, send, september_of, submission
from tests.cards.forms import filled, template
from zhitong.domain.cards.actions import Submission, answer_flag, open_rounds, submit_cards
from zhitong.domain.cards.actions.flagging import AnsweredAlready, flag_card
from zhitong.domain.cards.models import Flagged
from zhitong.domain.cards.queries import count_of_flags, flags_of_card, flags_of_region
from zhitong.domain.cards.rules.oddities import are_equal, are_round, digest_of_figures, is_crowd
from zhitong.domain.cards.rules.rounds import FlagKind
from zhitong.domain.organisations.scope import NotYours, Viewer, acting_as
from zhitong.kit.refusals import BadInput

pytestmark = pytest.mark.django_db

ROUND = {"revenue": "1200", "profit": "100", "employees": "50", "electricity": "300", "diagnosis": "profitable"}
CROOKED = {"revenue": "1234.56", "profit": "78.9", "employees": "53", "electricity": "301.7", "diagnosis": "profitable"}


def kept(**figures: str) -> dict[str, Any]:
    """Figures as a card keeps them: money in yuan."""
    money = {code: float(figures[code]) * 10_000 for code in ("revenue", "profit")}
    return {**figures, **{code: int(value) for code, value in money.items()}}


@pytest.mark.parametrize(
    ("figures", "is_round"), [(ROUND, True), (CROOKED, False), ({**ROUND, "employees": "53"}, False)]
)
def test_round_figures_are_all_round(figures: dict[str, str], is_round: bool) -> None:
    assert are_round(template(), kept(**figures)) is is_round


def test_few_figures_say_nothing() -> None:
    few = {"revenue": 12_000_000, "profit": 1_000_000}
    assert (are_round(template(), few), are_equal(template(), few, few), digest_of_figures(template(), few)) == (
        False, False, "",
    )


def test_equal_figures_are_equal_however_written() -> None:
    form, one = template(), kept(**CROOKED)
    assert are_equal(form, one, {**one, "electricity": "301.70"})
    assert digest_of_figures(form, one) == digest_of_figures(form, {**one, "electricity": 301.70})
    assert (is_crowd("ab"), is_crowd("aab"), is_crowd("abc")) == (False, False, True)


def look(who: Viewer, card_id: UUID, at: datetime = NOW) -> int:
    """Look at a card as the worker does, with the eyes of an office."""
    with acting_as(who):
        return flag_card(card_id, at)


def kinds(who: Viewer, round_id: UUID) -> list[FlagKind]:
    """The questions an office has of a round."""
    with acting_as(who):
        return sorted((one.kind for one in flags_of_region(who, who.region_id, round_id)), key=str)


def test_identical_cards_and_round_figures_are_asked_about(cast: Cast, september: UUID) -> None:
    one = send(cast, september, **ROUND)
    with acting_as(cast.other_firm):
        [two] = submit_cards([Submission(
            round_id=september, subject_id=cast.other_subject.id, version=0, actor=cast.other_firm.actor("web"),
            values=filled(**ROUND), confirmed=True,
        )], now=NOW)

    found = [look(cast.office, one.card_id), look(cast.city_office, two.card_id), look(cast.city_office, one.card_id)]

    assert found == [1, 2, 0]
    assert kinds(cast.office, september) == [FlagKind.IDENTICAL, FlagKind.ROUND_FIGURES]
    with acting_as(cast.city_office):
        assert count_of_flags(cast.city_office, cast.city_office.region_id, september) == (3, 3)
    for who in (cast.firm, cast.caring):
        with acting_as(who):
            assert flags_of_card(one.card_id) == []


def test_equal_to_last_period_is_asked_about(cast: Cast) -> None:
    first = opened_september(cast)
    send(cast, first, **CROOKED)
    with acting_as(cast.province_office):
        later = september_of(
            cast, period="2018-10", name="2018年10月", opens_on=NOW.date() + timedelta(days=1),
            due_on=NOW.date() + timedelta(days=20), locked_on=NOW.date() + timedelta(days=30),
        )
        [october] = open_rounds([later], now=NOW)
    sent = send(cast, october.round_id, at=NOW + timedelta(days=2), **CROOKED)

    look(cast.office, sent.card_id, NOW + timedelta(days=2))

    assert kinds(cast.office, october.round_id) == [FlagKind.AS_LAST]


def test_many_firms_of_one_device_within_the_hour_are_asked_about(cast: Cast, september: UUID, monkeypatch: Any) -> None:
    from zhitong.domain.cards.rules import oddities

    monkeypatch.setattr(oddities, "FIRMS_OF_ONE_ORIGIN", 2)
    one = submission(cast, september)
    with acting_as(cast.firm):
        [first] = submit_cards([_from(one, "device")], now=NOW)
    other = Submission(
        round_id=september, subject_id=cast.other_subject.id, version=0, actor=cast.other_firm.actor("web"),
        values=filled(profit="-77"), origin="device",
    )
    with acting_as(cast.other_firm):
        [second] = submit_cards([other], now=NOW + timedelta(minutes=40))

    assert look(cast.city_office, first.card_id, NOW - timedelta(hours=2)) == 0
    assert look(cast.city_office, second.card_id, NOW + timedelta(minutes=40)) == 2
    assert kinds(cast.office, september) == [FlagKind.ONE_ORIGIN]


def _from(one: Submission, origin: str) -> Submission:
    return Submission(
        round_id=one.round_id, subject_id=one.subject_id, version=one.version, actor=one.actor, values=one.values,
        origin=origin,
    )


def test_a_question_is_answered_once_with_words_by_an_office(cast: Cast, september: UUID) -> None:
    sent = send(cast, september, **ROUND)
    look(cast.office, sent.card_id)
    with acting_as(cast.office):
        flag_id = Flagged.objects.values_list("id", flat=True).get()

    def answer(who: Viewer, words: str) -> None:
        with acting_as(who):
            answer_flag(flag_id=flag_id, answer=words, actor=who.actor("web"), now=NOW)

    with pytest.raises(NotYours):
        answer(cast.firm, "没问题")
    with pytest.raises(BadInput, match="核实的情况"):
        answer(cast.office, " ")
    answer(cast.office, "电话核实，按报表填写")
    with pytest.raises(AnsweredAlready):
        answer(cast.office, "再答")
    with acting_as(cast.office):
        assert [(one.answer, one.words) for one in flags_of_card(sent.card_id)] == [
            ("电话核实，按报表填写", "本期各项数字都是整数，像是估计数。"),
        ]
