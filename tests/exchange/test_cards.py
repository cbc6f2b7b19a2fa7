"""Figures of a round come in by Excel and are checked as if typed into the card (R-D6, R-E2)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tests.api.conftest import COMPLETE
from tests.cast import acting
from tests.exchange.conftest import CODE, committed, counts, rows, seen, sheet, staged, undone
from tests.world import NOW
from zhitong.domain.cards.actions import RoundToOpen, open_rounds
from zhitong.domain.cards.models import Card, CardFigures, Round
from zhitong.domain.cards.queries.templates import template
from zhitong.domain.cards.rules.collection import OBLIGATIONS
from zhitong.domain.exchange.rules.kinds import UploadKind, UploadState, Verdict
from zhitong.domain.organisations.models import Region
from zhitong.domain.tallies.queries import differences
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def april() -> UUID:
    """The shipped industry card, asked for in April."""
    with acting("province_office") as actor:
        [opened] = open_rounds([RoundToOpen(
            campaign="hebei-2018", template_code="industry", region_id=Region.objects.get(code="13").id, period="2018-04",
            name="2018年4月", opens_on=date(2018, 4, 1), due_on=date(2018, 5, 10), locked_on=date(2018, 5, 20), actor=actor,
        )], now=NOW)
    return opened.round_id


def figures(april: UUID, code: str = CODE, **changes: Any) -> bytes:
    """One row under the heads of the template."""
    fields = list(template(Round.objects.get(id=april).template_id).fields())
    values = {**COMPLETE, "credit_code": CODE, **changes}
    heads = ["信用代码（系统）", *(one.label for one in fields)]
    return sheet([code, *(values.get(one.code, "") for one in fields)], heads=["统一社会信用代码（项目代码）", *heads[1:]])


def send(april: UUID, content: bytes, **options: Any) -> UUID:
    return staged(content, UploadKind.CARDS, by="firm", round=str(april), **options)


def kept() -> dict[str, Any]:
    with acting("firm"):
        return dict(CardFigures.objects.values_list("values", flat=True).get())


def test_a_firm_sends_its_figures_by_excel_once_and_corrects_them(april: UUID) -> None:
    first = send(april, figures(april), confirmed=True)
    done = committed(first, by="firm")
    same = send(april, figures(april, revenue="120,002,500元"), confirmed=True)
    other = send(april, figures(april, revenue=13000), confirmed=True)
    committed(other, by="firm")

    assert done.new == 1
    assert counts(same, by="firm") == {"unchanged": 1}
    assert counts(other, by="firm") == {"changed": 1}
    assert kept()["revenue"] == 130_000_000
    with acting("province_office"):
        assert differences(OBLIGATIONS) == []


def test_what_the_card_would_refuse_is_refused_by_cell(april: UUID) -> None:
    upload = send(april, figures(april, employees="约300", revenue="一千万", head_phone="123"), confirmed=True)

    [row] = rows(upload, Verdict.WRONG, by="firm")

    assert {"field_employees", "field_revenue", "field_head_phone"} <= set(row.faults)


def test_another_firms_row_and_a_table_without_a_round_are_refused(april: UUID) -> None:
    upload = send(april, figures(april, code="91130982MA00000022"))

    [row] = rows(upload, Verdict.WRONG, by="firm")

    assert "不在您的范围内" in row.faults["code"]
    for chosen in ({}, {"round": str(uuid7())}, {"round": "visits:record"}):
        with pytest.raises(BadInput, match="请选择这份表是哪一期"):
            staged(figures(april), UploadKind.CARDS, by="firm", **chosen)


def test_what_was_reported_is_not_unsaid_by_its_sender(april: UUID) -> None:
    upload = send(april, figures(april), confirmed=True)
    committed(upload, by="firm")

    with pytest.raises(Refused):
        undone(upload, by="firm")
    assert seen(upload, by="firm").state is UploadState.COMMITTED


def test_the_office_that_collects_fills_in_for_the_firm_and_gives_the_whole_table_back(april: UUID) -> None:
    upload = staged(figures(april), UploadKind.CARDS, round=str(april), confirmed=True)
    committed(upload)
    with acting("firm"):
        sent = Card.objects.values_list("state", flat=True).get()

    undone(upload)

    with acting("firm"):
        back = Card.objects.values_list("state", "return_reason").get()
    assert sent == "submitted"
    assert back == ("returned", "批量导入有误，已整批退回，请重新填报。")
