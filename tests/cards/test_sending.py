"""Sending a card: taken once, checked whole, its problems handed on once and never again."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cards.conftest import NOW, Cast, opened_september, seen_from_the_firm, send, submission
from tests.cards.forms import row
from zhitong.domain.cards.actions import SubmittedCard, accept_cards, mark_raised, sending, submit_cards
from zhitong.domain.cards.actions.asking import (
    CardAccepted,
    CardMoved,
    NotOwed,
    RoundLocked,
    RoundNotOpen,
    ValuesRefused,
    WarningsUnconfirmed,
)
from zhitong.domain.cards.actions.reviewing import Acceptance
from zhitong.domain.cards.models import Card, CardFigures, Obligation, ProblemRow, Round
from zhitong.domain.cards.queries.templates import template
from zhitong.domain.cards.rules.collection import OBLIGATIONS
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.scope import NotYours, Viewer, acting_as
from zhitong.domain.tallies.queries import counts
from zhitong.kit.refusals import BadInput, NotFound


def rows_of(cast: Cast) -> list[tuple[str, UUID | None]]:
    with acting_as(cast.firm):
        return list(ProblemRow.objects.order_by("position").values_list("text", "problem_id"))


def test_a_card_is_taken_with_its_figures_in_yuan_and_its_problems(cast: Cast, sent: SubmittedCard) -> None:
    with acting_as(cast.firm):
        card = Card.objects.get()
        figures = CardFigures.objects.get(card=card).values

    assert (card.id, card.state, card.version) == (sent.card_id, "submitted", 1)
    assert (card.region_id, card.reporter_unit_id) == (cast.regions["130973400"].id, cast.firm.unit_id)
    assert card.collecting_unit_id == cast.office.unit_id
    assert (figures["revenue"], figures["profit"]) == (12_005_000, -300_000)
    assert [(one.category_code, one.confidential) for one in sent.rows] == [("land", False), ("funds", True)]
    assert {one.subject_id for one in sent.rows} == {cast.subject.id}
    assert sent.rows[0].reporter_phone == "13800000000"
    assert (sent.is_late, sent.is_correction) == (False, False)


def test_a_first_sending_costs_seven_statements_whatever_the_number_of_problems(cast: Cast, september: UUID) -> None:
    one = submission(cast, september, rows=[row(str(number)) for number in range(3)])
    template(Round.objects.get().template_id)

    with acting_as(cast.firm), CaptureQueriesContext(connection) as statements:
        submit_cards([one], now=NOW)

    told = [one["sql"] for one in statements if "SAVEPOINT" not in one["sql"] and "set_config" not in one["sql"]]
    assert len(told) == 7, told


def test_sending_again_raises_only_what_is_new(cast: Cast, september: UUID, sent: SubmittedCard) -> None:
    raised = [(one.row_id, uuid4()) for one in sent.rows]
    with acting_as(cast.firm):
        mark_raised(raised)

    again = send(
        cast, september, version=1,
        rows=[{"id": str(sent.rows[0].row_id)}, row("贷款到期周转不开 ", category="funds"), row("缺电")],
    )

    assert [one.text for one in again.rows] == ["缺电"]
    assert again.is_correction
    assert rows_of(cast) == [("厂区二期缺用地指标", raised[0][1]), ("贷款到期周转不开", raised[1][1]), ("缺电", None)]


def test_leaving_a_raised_problem_out_does_not_withdraw_it(cast: Cast, september: UUID, sent: SubmittedCard) -> None:
    again = send(cast, september, version=1)

    assert again.rows == ()
    assert len(rows_of(cast)) == 2


def test_a_row_once_tied_to_its_problem_stays_so(cast: Cast, sent: SubmittedCard) -> None:
    row_id, problem_id = sent.rows[0].row_id, uuid4()

    with acting_as(cast.firm):
        tied = [mark_raised([(row_id, problem_id)]), mark_raised([(row_id, uuid4())]), mark_raised([])]

    assert tied == [1, 0, 0]
    assert rows_of(cast)[0][1] == problem_id


def test_a_correction_keeps_what_it_replaced(cast: Cast, september: UUID, sent: SubmittedCard) -> None:
    send(cast, september, version=1, revenue="999")

    with acting_as(cast.firm):
        first, second = facts_about(sent.card_id)
    assert (first.kind, first.body["correction"], first.words) == ("card.submitted", False, {})
    assert (second.body["correction"], json.loads(second.words["replaced"])) == (True, {"revenue": 12_005_000})


def test_the_count_moves_from_missing_to_submitted_once(cast: Cast, september: UUID, sent: SubmittedCard) -> None:
    send(cast, september, version=1)

    with acting_as(cast.office):
        node = cast.regions["130973400"].id
        assert counts(OBLIGATIONS, [node], by=["state"]) == {(node, "submitted"): 1}


def test_two_people_of_a_firm_sending_one_card_one_wins_and_the_other_is_told(
    cast: Cast, september: UUID, sent: SubmittedCard
) -> None:
    with acting_as(cast.firm_colleague), pytest.raises(CardMoved, match=r"有限公司王会计刚才.*“已报送”.*没有存入"):
        submit_cards([submission(cast, september, revenue="1")], now=NOW)

    with acting_as(cast.firm):
        assert CardFigures.objects.get().values["revenue"] == 12_005_000


def test_a_card_changed_between_looking_and_writing_is_not_overwritten(
    cast: Cast, september: UUID, sent: SubmittedCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def as_seen_before(places: object) -> object:
        seen = found(places)  # type: ignore[operator]
        Card.objects.update(version=2, edited_by=cast.firm_colleague.person_id)
        return seen

    found = sending.fillings
    monkeypatch.setattr(sending, "fillings", as_seen_before)

    with acting_as(cast.firm), pytest.raises(CardMoved, match="刘厂长刚才"):
        submit_cards([submission(cast, september, version=1, revenue="1")], now=NOW)


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"revenue": "12a"}, "revenue", "要填数字"),
        ({"revenue": "-1"}, "revenue", "不能小于0"),
        ({"profit": ""}, "profit", "请填写“利润总额”"),
        ({"diagnosis": ""}, "diagnosis", "请选择“盈亏情况”"),
        ({"remarks": "见绝密文件"}, "remarks", "非涉密系统"),
        ({"rows": [row("难" * 20_000)]}, "problems.0.text", "您写了20000字"),
        ({"rows": [row("机密事项")]}, "problems.0.text", "非涉密系统"),
    ],
)
def test_bad_input_is_refused_at_its_place_and_nothing_is_kept(
    cast: Cast, september: UUID, changes: dict[str, object], place: str, words: str
) -> None:
    with pytest.raises(ValuesRefused) as refused:
        send(cast, september, **changes)  # type: ignore[arg-type]

    assert words in refused.value.fields[place]
    with acting_as(cast.firm):
        assert not Card.objects.exists()
        assert not ProblemRow.objects.exists()


def test_full_width_figures_are_taken(cast: Cast, september: UUID) -> None:
    send(cast, september, revenue="１，２３４．５")

    with acting_as(cast.firm):
        assert CardFigures.objects.get().values["revenue"] == 12_345_000


def test_what_looks_wrong_asks_for_a_yes(cast: Cast, september: UUID) -> None:
    with pytest.raises(WarningsUnconfirmed) as asked:
        send(cast, september, revenue="20000001")

    taken = send(cast, september, revenue="20000001", confirmed=True)

    assert asked.value.fields == {"revenue": "请核对单位。"}
    assert taken.version == 1


def test_after_the_due_day_a_card_is_late_and_its_correction_is_not_later(cast: Cast, september: UUID) -> None:
    late = send(cast, september, at=NOW + timedelta(days=8))
    assert late.is_late


def test_a_correction_after_the_due_day_is_not_late(cast: Cast, september: UUID, sent: SubmittedCard) -> None:
    assert not send(cast, september, at=NOW + timedelta(days=8), version=1).is_late


def test_a_locked_round_takes_nothing(cast: Cast, september: UUID, sent: SubmittedCard) -> None:
    on_the_last_day = send(cast, september, at=NOW + timedelta(days=17), version=1)

    with pytest.raises(RoundLocked, match=r"2018年9月20日截止并锁定.*南大港产业园区“双创双服”活动领导小组办公室"):
        send(cast, september, at=NOW + timedelta(days=18), version=on_the_last_day.version)


def test_a_round_not_yet_open_takes_nothing(cast: Cast, september: UUID) -> None:
    with pytest.raises(RoundNotOpen, match="从2018年9月1日开始填报"):
        send(cast, september, at=NOW - timedelta(days=5))


def test_an_accepted_card_must_be_returned_first(cast: Cast, september: UUID, sent: SubmittedCard) -> None:
    with acting_as(cast.office):
        accept_cards([Acceptance(card_id=sent.card_id, version=1, actor=cast.office.actor("web"))], now=NOW)

    with pytest.raises(CardAccepted, match="请联系审核单位退回"):
        send(cast, september, version=2)


def test_who_does_not_owe_is_told_and_a_stranger_finds_nothing(cast: Cast, september: UUID) -> None:
    with acting_as(cast.province_office):
        Obligation.objects.filter(subject=cast.subject).delete()

    with pytest.raises(NotOwed, match="我要反映问题"):
        send(cast, september)
    with acting_as(cast.other_firm), pytest.raises(NotFound):
        submit_cards([submission(cast, september)], now=NOW)


def test_another_firm_cannot_send_ones_card(cast: Cast, september: UUID) -> None:
    with acting_as(cast.other_firm), pytest.raises(NotFound):
        submit_cards([submission(cast, september)], now=NOW)
    with acting_as(cast.firm), pytest.raises(NotFound):
        submit_cards([replace(submission(cast, september), actor=cast.other_firm.actor("api"))], now=NOW)


def test_an_office_has_no_card_to_send(cast: Cast, september: UUID) -> None:
    with acting_as(cast.office), pytest.raises(NotYours):
        submit_cards([submission(cast, september)], now=NOW)


def test_a_batch_is_taken_whole_or_not_at_all(cast: Cast, september: UUID) -> None:
    good, bad = submission(cast, september), submission(cast, september, revenue="x")

    with acting_as(cast.firm):
        with pytest.raises(BadInput, match="同一张卡"):
            submit_cards([good, bad], now=NOW)
        assert submit_cards([], now=NOW) == []
        assert not Card.objects.exists()


def test_two_people_sending_in_the_same_second_leave_one_card(fresh_database: str) -> None:
    cast = seen_from_the_firm()
    round_id = opened_september(cast)
    start = Barrier(2)

    def hand_in(viewer: Viewer) -> str:
        start.wait(timeout=10)
        try:
            with acting_as(viewer):
                one = replace(submission(cast, round_id, rows=[row()]), actor=viewer.actor("web"))
                submit_cards([one], now=NOW)
            return "taken"
        except CardMoved as told:
            return told.sentence
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        answers = sorted(people.map(hand_in, [cast.firm, cast.firm_colleague]), key=len)

    assert answers[0] == "taken"
    assert "刚才已经改动过这张卡（现为“已报送”）" in answers[1]
    with acting_as(cast.firm):
        assert (Card.objects.count(), ProblemRow.objects.count()) == (1, 1)
