"""我要反映问题: sent once, told where it went; refused with everything typed kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import acting
from tests.web.portal.conftest import text_of
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.rules.kinds import Source, Urgency

pytestmark = pytest.mark.django_db

AtScreen = Callable[[str], Client]
MATTER = {"category": "energy", "text": "夜间限电。", "nature": "request", "once_key": "key-1"}


def test_a_matter_is_dispatched_at_once_and_its_way_told(at_screen: AtScreen, db: None) -> None:
    answer = at_screen("firm").post("/portal/report/", {**MATTER, "urgent": "on", "confidential": "on"}, follow=True)

    said = text_of(answer)
    assert "已提交，由南大港产业园区" in said
    assert "前答复您" in said
    with acting("firm"):
        kept = Problem.objects.get()
    assert (kept.source, kept.urgency, kept.confidential) == (Source.REPORT.value, Urgency.URGENT.value, True)


def test_a_matter_sent_twice_is_one_problem(at_screen: AtScreen, db: None) -> None:
    client = at_screen("firm")

    client.post("/portal/report/", MATTER)
    second = client.post("/portal/report/", MATTER, follow=True)

    assert "刚才已经提交，没有重复提交" in text_of(second)
    with acting("firm"):
        assert Problem.objects.count() == 1


def test_another_matter_under_the_same_key_is_refused_and_kept_on_the_page(at_screen: AtScreen, db: None) -> None:
    client = at_screen("firm")
    client.post("/portal/report/", MATTER)

    answer = client.post("/portal/report/", {**MATTER, "text": "另一件事。"})

    assert answer.status_code == 409
    assert "另一件事。" in answer.content.decode()


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"text": ""}, "请填写这一项。"),
    ({"text": " \n "}, "请写明要反映的问题。"),
    ({"text": "一" * 20_000}, "最多5000字，您写了20000字"),
    ({"text": "附绝密文件一份"}, "本系统为非涉密系统，不得填写国家秘密"),
    ({"category": "logistics"}, "请从列出的选项中选择。"),
])  # fmt: skip
def test_what_cannot_be_taken_is_said_and_stays_on_the_page(
    at_screen: AtScreen, db: None, changes: dict[str, str], sentence: str
) -> None:
    answer = at_screen("firm").post("/portal/report/", {**MATTER, "confidential": "on", **changes})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert changes.get("text", MATTER["text"]) in page
    with acting("firm"):
        assert not Problem.objects.exists()


@pytest.mark.parametrize("category", ["", "undecided"])
def test_who_does_not_know_the_category_leaves_it_to_the_office(at_screen: AtScreen, db: None, category: str) -> None:
    client = at_screen("firm")

    said = text_of(client.post("/portal/report/", {**MATTER, "category": category}, follow=True))

    assert "不清楚，请工作人员判断" in client.get("/portal/report/").content.decode()
    assert "受理后转给能办的单位" in said
    with acting("firm"):
        kept = Problem.objects.get()
    assert (kept.category, kept.state, kept.routing_words) == (
        "undecided", "submitted", "类别待定，由属地活动办公室确定类别后交办。"
    )
