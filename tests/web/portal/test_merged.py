"""Two cards of one period are filled in as one, what they ask in common once, and sent together or not at all (R-D7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import acting
from tests.web.portal.conftest import problem, sent, text_of
from zhitong.domain.cards.actions import RoundToOpen, TemplateToPublish, open_rounds, publish_templates
from zhitong.domain.cards.models import Card, CardFigures, Draft, TemplateRow
from zhitong.domain.organisations.models import Region
from zhitong.domain.problems.models import Problem
from zhitong.kit import clock

pytestmark = pytest.mark.django_db

AtScreen = Callable[[str], Client]
ENERGY = {"energy__employees": "12", "coal": "300"}


def definition() -> dict[str, Any]:
    """Another card for industrial firms: revenue as on the first one, `employees` meant otherwise, coal of its own."""
    shipped = TemplateRow.objects.get(subject_kind="industry", code="industry").definition
    return {
        "code": "energy", "version": 1, "kind": "industry", "name": "用能情况表", "period": "month",
        "sections": [{"code": "energy", "title": "用能", "prefill": "never", "fields": [
            {"code": "revenue", "label": "主营业务收入", "type": "money", "required": True},
            {"code": "employees", "label": "节能岗位人数", "type": "count", "required": True},
            {"code": "coal", "label": "用煤量", "type": "number", "required": True, "least": 0},
        ]}],
        "checks": [{"left": "coal", "must": "<=", "number": 10000, "severity": "warning", "say": "用煤量很大，请核对。"}],
        "problems": shipped["problems"],
    }


@pytest.fixture
def energy(april: UUID) -> UUID:
    """The other round of April, due a day after the first."""
    with acting("province_office") as actor:
        publish_templates([TemplateToPublish(campaign="hebei-2018", definition=definition(), actor=actor)], now=clock.now())
        [opened] = open_rounds([RoundToOpen(
            campaign="hebei-2018", template_code="energy", region_id=Region.objects.get(code="13").id, period="2018-04",
            name="2018年4月用能", opens_on=date(2018, 4, 20), due_on=date(2018, 4, 29), locked_on=date(2018, 5, 10), actor=actor,
        )], now=clock.now())
    return opened.round_id


def figures() -> dict[str, dict[str, object]]:
    """What both cards hold, by template."""
    with acting("firm"):
        return dict(CardFigures.objects.values_list("card__round__template__code", "values"))


def test_either_round_opens_the_same_form_and_asks_what_is_common_once(at_screen: AtScreen, april: UUID, energy: UUID) -> None:
    client = at_screen("firm")

    pages = [client.get(f"/portal/card/{one}/").content.decode() for one in (april, energy)]

    for page in pages:
        assert "本期要报的 2 张表合在这一张里填" in page
        assert (page.count('name="revenue"'), page.count('name="energy__employees"'), page.count('name="coal"')) == (1, 1, 1)
        assert 'name="version" value="0.0"' in page
        assert "用能（用能情况表）" in page


def test_both_are_sent_at_once_and_the_problem_goes_with_the_first(at_screen: AtScreen, april: UUID, energy: UUID) -> None:
    form = sent(rows=1, **problem(), **ENERGY, version="0.0")

    answer = at_screen("firm").post(f"/portal/card/{energy}/", form, follow=True)

    assert "已报送。您写的1个问题已同时提交" in text_of(answer)
    assert figures()["energy"] == {"revenue": 32_005_000, "employees": 12, "coal": "300"}
    assert (figures()["industry"]["employees"], "coal" in figures()["industry"]) == (230, False)
    with acting("firm"):
        assert (Card.objects.count(), Problem.objects.count()) == (2, 1)


@pytest.mark.parametrize(("typed", "sentence"), [
    ({"coal": ""}, "请填写“用煤量”"), ({"coal": "20000"}, "用煤量很大，请核对"), ({"legal_person": ""}, "请填写“法定代表人”"),
])  # fmt: skip
def test_what_is_wrong_with_one_keeps_both_from_being_sent(
    at_screen: AtScreen, april: UUID, energy: UUID, typed: dict[str, str], sentence: str
) -> None:
    answer = at_screen("firm").post(f"/portal/card/{april}/", {**sent(), **ENERGY, "version": "0.0", **typed})

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert figures() == {}


def test_a_draft_of_both_is_kept_and_found_in_either(at_screen: AtScreen, april: UUID, energy: UUID) -> None:
    client = at_screen("firm")

    kept = client.post(f"/portal/card/{april}/draft/", {**sent(), **ENERGY, "version": "0.0", "coal": "约三百"})
    page = client.get(f"/portal/card/{energy}/").content.decode()

    assert kept["Zhitong-Version"] == "1.1"
    assert 'name="coal" value="约三百"' in page
    with acting("firm"):
        assert Draft.objects.count() == 2


def test_a_form_opened_before_the_other_was_sent_is_told_so(at_screen: AtScreen, april: UUID, energy: UUID) -> None:
    client = at_screen("firm")
    client.post(f"/portal/card/{april}/", {**sent(), **ENERGY, "version": "0.0"})

    answer = client.post(f"/portal/card/{april}/", {**sent(once_key="key-2"), **ENERGY, "version": "0.0"})

    assert answer.status_code == 409
    assert "刚才已经改动过这张卡" in text_of(answer)


def test_a_card_already_sent_is_corrected_alone(at_screen: AtScreen, april: UUID, energy: UUID) -> None:
    client = at_screen("firm")
    client.post(f"/portal/card/{april}/", {**sent(), **ENERGY, "version": "0.0"})

    page = client.get(f"/portal/card/{april}/correct/").content.decode()

    assert 'name="coal"' not in page
    assert 'name="version" value="1"' in page


def test_home_says_once_what_is_owed_how_long_it_takes_and_by_when(at_screen: AtScreen, april: UUID, energy: UUID) -> None:
    page = at_screen("firm").get("/portal/")

    said = text_of(page)
    assert said.count("去填卡") == 1
    assert "填卡：2018年4月" in said
    assert "约14分钟；2张表合成一张填，一次报送" in said
    assert page.content.decode().count("btn-primary") == 1
