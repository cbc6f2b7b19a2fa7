"""Registering and changing at the screen: alike ones first, troubles beside their fields, what was typed kept (R-D1, R-D7)."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import acting
from tests.subjects.conftest import region_id, sound_code
from tests.web.portal.conftest import text_of
from zhitong.domain.subjects.models import DatedFact, Subject

pytestmark = pytest.mark.django_db
AtScreen = Callable[[str], Client]
PARK = "130973400"


def looked(kind: str = "industry", name: str = "演示恒通化工有限公司", code: str = "", region: str = PARK) -> dict[str, str]:
    return {"kind": kind, "name": name, "code": code or sound_code(77), "region": str(region_id(region))}


def address(asked: dict[str, str]) -> str:
    from urllib.parse import urlencode

    return f"/subjects/new/?{urlencode(asked)}"


def registered(name: str) -> Subject:
    with acting("province_office"):
        return Subject.objects.get(name=name)


def test_code_and_name_are_asked_first_then_the_rest(at_screen: AtScreen) -> None:
    client, asked = at_screen("park_office"), looked()

    first = text_of(client.get("/subjects/new/"))
    form = {
        "name": asked["name"], "code": asked["code"], "industry": "化学原料和化学制品制造业", "contact": "演示丙",
        "contact_phone": "0317-5760009", "revenue_cny": "23,000", "address": "演示路1号", "once_key": "one",
    }
    page = client.post(address(asked), form, follow=True)
    again = client.post(address(asked), form, follow=True)

    assert "查一查，再登记" in first
    assert "已登记“演示恒通化工有限公司”" in text_of(page)
    assert again.request["PATH_INFO"] == page.request["PATH_INFO"]
    row = registered("演示恒通化工有限公司")
    assert (row.tier, row.revenue_cny, row.contact_phone, row.address) == ("county", 230_000_000, "0317-5760009", "演示路1号")
    with acting("park_office"):
        assert DatedFact.objects.filter(subject_id=row.id, period="2017", source="registry").count() == 1


def test_an_alike_one_is_linked_and_needs_a_reason(at_screen: AtScreen, firm_id: UUID) -> None:
    client, asked = at_screen("park_office"), looked(name="演示南大港石化设备股份有限公司")
    form = {"name": asked["name"], "code": asked["code"]}

    page = text_of(client.get(address(asked)))
    refused = client.post(address(asked), {**form, "once_key": "two"})
    done = client.post(address(asked), {**form, "alike_reason": "另一家", "once_key": "three"}, follow=True)

    assert "名称相同" in page
    assert f"/subjects/{firm_id}/" in client.get(address(asked)).content.decode()
    assert refused.status_code == 422
    assert "请写明理由后仍然登记" in text_of(refused)
    assert "已登记" in text_of(done)


def test_the_same_code_leads_to_the_one_that_is_there(at_screen: AtScreen, firm_id: UUID) -> None:
    with acting("park_office"):
        code = Subject.objects.get(id=firm_id).code

    page = at_screen("park_office").get(address(looked(code=code, name="演示别的名字")))

    assert "不用再登记" in text_of(page)
    assert "仍然登记" not in text_of(page)


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(at_screen: AtScreen) -> None:
    client, asked = at_screen("park_office"), looked(kind="project", code="2018-130973-07", name="演示石化项目")
    form = {"name": asked["name"], "code": asked["code"], "planned_start_on": "2018-06-01", "planned_finish_on": "2018-05-01",
            "progress_words": "正在打桩"}  # fmt: skip

    page = client.post(address(asked), form)

    assert page.status_code == 422
    assert "计划竣工不能早于计划开工" in text_of(page)
    assert "正在打桩" in page.content.decode()
    with acting("province_office"):
        assert not Subject.objects.filter(kind="project").exists()


def test_a_change_against_an_old_version_says_who_was_quicker(at_screen: AtScreen, firm_id: UUID) -> None:
    client, page = at_screen("park_office"), f"/subjects/{firm_id}/edit/"
    with acting("park_office"):
        row = Subject.objects.get(id=firm_id)
    said = {"name": row.name, "code": row.code, "code_reason": "已看原件", "address": "演示路2号", "version": "1"}

    done = client.post(page, {**said, "once_key": "a"}, follow=True)
    late = client.post(page, {**said, "address": "演示路3号", "once_key": "b"})

    assert "已保存修改" in text_of(done)
    assert "经营地址演示路2号" in text_of(done)
    assert late.status_code == 409
    assert "刚才已被" in text_of(late)
    assert "演示路3号" in late.content.decode()


def test_figures_are_noted_and_shown_over_time(at_screen: AtScreen, firm_id: UUID) -> None:
    client, page = at_screen("park_office"), f"/subjects/{firm_id}/note/"

    done = text_of(client.post(page, {"period": "2017", "revenue_cny": "24,000", "employees": "86", "once_key": "n"}, follow=True))
    wrong = client.post(page, {"period": "去年", "revenue_cny": "24,000"})
    none = client.post(page, {"period": "2017"})

    assert "新增2项" in done
    assert "营业收入2.4亿元2017年" in done
    assert (wrong.status_code, none.status_code) == (422, 422)
    assert "2018Q3" in text_of(wrong)
    assert "2.4亿元" not in text_of(at_screen("city").get(f"/subjects/{firm_id}/"))


def test_who_does_not_keep_the_register_finds_no_form(at_screen: AtScreen, firm_id: UUID) -> None:
    assert at_screen("firm").get("/subjects/new/").status_code in (403, 409)
    for login, status in (("outsider", 404), ("other_firm", 404), ("firm", 403), ("city", 403)):
        assert at_screen(login).get(f"/subjects/{firm_id}/edit/").status_code in (status, 409)
    assert at_screen("park_office").get(f"/subjects/{firm_id}/dance/").status_code == 404
