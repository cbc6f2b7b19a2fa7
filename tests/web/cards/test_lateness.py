"""Lateness on the screen: the firm's own and that of the level above stand in columns of their own (R-E4)."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.cast import acting
from tests.web.portal.conftest import text_of
from tests.world import NOW
from zhitong.domain.cards.actions import Return, return_cards
from zhitong.domain.cards.models import Card, Round

pytestmark = pytest.mark.django_db

AtScreen = Callable[[str], Client]


@pytest.fixture
def held(card_id: UUID) -> UUID:
    """The firm's card, which came on time and was given back after the due day was long over."""
    with acting("province_office"):
        due_on = Round.objects.get().due_on
    with acting("park_office") as actor:
        days = (due_on - NOW.date()).days + 5
        return_cards([Return(card_id=card_id, version=1, reason="单位有误", actor=actor)], now=NOW + timedelta(days=days))
        return Card.objects.values_list("id", flat=True).get()


def test_the_table_counts_the_level_above_apart_and_leads_to_the_name(at_screen: AtScreen, held: UUID) -> None:
    province = at_screen("province_office")

    page = text_of(province.get("/cards/?by=region"))
    names = text_of(province.get("/cards/?late=above"))

    assert "本户迟报上级原因迟报" in page.replace(" ", "")
    assert "演示南大港石化设备有限公司" in names
    assert "上级原因（南大港" in names
    assert "演示南大港" not in text_of(province.get("/cards/?late=own"))


def test_the_export_and_the_firms_page_name_the_level(at_screen: AtScreen, held: UUID) -> None:
    answer = at_screen("province_office").get("/cards/?export=xlsx&late=above")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0)

    assert "上级原因（南大港" in "".join(str(cell) for row in sheet.to_python() for cell in row)
    assert "不计企业迟报" in text_of(at_screen("park_office").get(f"/cards/{held}/"))
    assert at_screen("outsider").get(f"/cards/{held}/").status_code == 404
