"""Doubts confirmed with a word of reason, fields named in a return, and what changed, each for who may see it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from tests.cards.conftest import NOW, Cast, send, september_of, submission
from zhitong.domain.cards.actions import Return, SubmittedCard, open_rounds, return_cards, submit_cards
from zhitong.domain.cards.actions.asking import WarningsUnconfirmed
from zhitong.domain.cards.models import Doubt, Mark
from zhitong.domain.cards.queries import OpenedCard, card, card_for_filling
from zhitong.domain.cards.queries.notes import ConfirmedDoubt
from zhitong.domain.cards.rules.changes import Change
from zhitong.domain.organisations.scope import Viewer, acting_as, without_first_wall
from zhitong.kit.refusals import BadInput

pytestmark = pytest.mark.django_db

OCTOBER = datetime(2018, 10, 8, 2, tzinfo=UTC)


@pytest.fixture
def october(cast: Cast, september: UUID) -> UUID:
    """The round after September."""
    days = {"opens_on": date(2018, 10, 1), "due_on": date(2018, 10, 10), "locked_on": date(2018, 10, 20)}
    with acting_as(cast.province_office):
        [opened] = open_rounds([september_of(cast, period="2018-10", name="2018年10月", **days)], now=OCTOBER)
    return opened.round_id


def send_october(cast: Cast, october: UUID, answers: dict[str, str], *, version: int = 0, **changes: object) -> SubmittedCard:
    from dataclasses import replace

    one = replace(submission(cast, october, version=version, confirmed=True, **changes), answers=answers)
    with acting_as(cast.firm):
        return submit_cards([one], now=OCTOBER)[0]


def opened(viewer: Viewer, card_id: UUID) -> OpenedCard:
    with acting_as(viewer):
        return card(viewer, card_id, today=date(2018, 9, 4))


def give_back(cast: Cast, sent: SubmittedCard, marks: dict[str, str], reason: str = "") -> None:
    with acting_as(cast.office):
        return_cards([Return(
            card_id=sent.card_id, version=sent.version, actor=cast.office.actor("web"), reason=reason, marks=marks,
        )], now=NOW)


def test_ten_times_last_month_is_asked_and_its_reason_shown_to_the_reviewer(
    cast: Cast, sent: SubmittedCard, october: UUID
) -> None:
    with acting_as(cast.firm), pytest.raises(WarningsUnconfirmed) as asked:
        submit_cards([submission(cast, october, revenue="12005")], now=OCTOBER)
    confirmed = send_october(cast, october, {"revenue": "新厂投产"}, revenue="12005")

    told = [ConfirmedDoubt("revenue", "主营业务收入", "“主营业务收入”是上期的10倍，请核对单位。", "新厂投产")]
    assert asked.value.fields == {"revenue": told[0].sentence}
    assert list(opened(cast.office, confirmed.card_id).doubts) == told
    assert list(opened(cast.caring, confirmed.card_id).doubts) == told
    assert opened(cast.city_office, confirmed.card_id).doubts == ()


def test_a_yes_without_words_is_kept_and_a_correction_asks_anew(cast: Cast, sent: SubmittedCard, october: UUID) -> None:
    first = send_october(cast, october, {}, revenue="12005")
    kept = [one.answer for one in opened(cast.office, first.card_id).doubts]
    send_october(cast, october, {}, version=1, revenue="1250")

    assert (kept, opened(cast.office, first.card_id).doubts) == (["核对无误"], ())


@pytest.mark.parametrize("answer", ["一" * 201, "此件绝密"])
def test_a_reason_that_cannot_be_kept_stops_the_sending(cast: Cast, sent: SubmittedCard, october: UUID, answer: str) -> None:
    with pytest.raises(BadInput) as refused:
        send_october(cast, october, {"revenue": answer}, revenue="12005")

    assert list(refused.value.fields) == ["revenue"]
    with acting_as(cast.firm):
        assert card_for_filling(cast.firm, october, today=date(2018, 10, 8)).version == 0


def test_a_return_names_fields_and_the_firm_finds_the_reasons_beside_them(cast: Cast, september: UUID, sent: SubmittedCard) -> None:
    give_back(cast, sent, {"revenue": "应为1月至本月累计", "profit": " "})
    with acting_as(cast.firm):
        form = card_for_filling(cast.firm, september, today=date(2018, 9, 4))

    assert (dict(form.marks), form.return_reason) == ({"revenue": "应为1月至本月累计"}, "请更正：主营业务收入。")
    assert opened(cast.office, sent.card_id).events[1].marks == (("主营业务收入", "应为1月至本月累计"),)


def test_marks_end_with_the_correction_and_what_changed_is_told(cast: Cast, september: UUID, sent: SubmittedCard) -> None:
    give_back(cast, sent, {"revenue": "应为累计"})
    send(cast, september, version=2, revenue="2400", employees="30")
    office = opened(cast.office, sent.card_id)

    assert office.marks == {}
    assert office.events[2].changes == (
        Change("revenue", "主营业务收入", "1200.5", "2400"), Change("employees", "从业人数", "", "30"),
    )
    assert (office.events[2].person, office.events[2].is_correction) == ("王会计", True)


@pytest.mark.parametrize(("marks", "place"), [
    ({"nothing": "没有这一栏"}, "nothing"), ({"revenue": "一" * 201}, "revenue"), ({"revenue": "机密文件"}, "revenue"),
    ({}, "reason"),
])  # fmt: skip
def test_a_return_that_names_nothing_right_leaves_the_card_as_it_was(
    cast: Cast, sent: SubmittedCard, marks: dict[str, str], place: str
) -> None:
    with pytest.raises(BadInput) as refused:
        give_back(cast, sent, marks)

    assert list(refused.value.fields) == [place]
    assert opened(cast.office, sent.card_id).head.version == 1


@pytest.mark.parametrize("who", ["neighbour_office", "uninvolved", "other_firm"])
def test_an_outsider_sees_neither_doubts_nor_marks(cast: Cast, sent: SubmittedCard, october: UUID, who: str) -> None:
    send_october(cast, october, {}, revenue="12005")
    give_back(cast, sent, {"revenue": "应为累计"})
    rows: Any = []

    for viewer in (getattr(cast, who), cast.city_office):
        with acting_as(viewer), without_first_wall():
            rows.append((Doubt.objects.count(), Mark.objects.count()))

    assert rows == [(0, 0), (0, 1)]  # an office above reads why a card was returned, never what looked wrong in figures
