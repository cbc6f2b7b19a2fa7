"""接入系统 at the administrator's screen: registered in two steps, a key shown once, subscriptions looked after (9.7)."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from tests.accounts.conftest import looking, seated
from tests.accounts.conftest import quick_hashes as quick_hashes
from tests.api.conftest import Caller
from tests.api.conftest import day_of_the_story as day_of_the_story
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.domain.organisations.models import Person
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.systems.models import Delivery, Subscription
from zhitong.kit import clock

pytestmark = pytest.mark.django_db
FORM = {
    "name": "演示督办平台", "purpose": "同步办理进度", "contact": "演示丙 0317-0000000", "rights": ["handle"],
    "addresses": "127.0.0.0/8", "rate": "ordinary",
}


@pytest.fixture
def office() -> Browser:
    """The administrator of 南大港 at a screen."""
    seated("guan", "130973400-office", "administrator")
    return signed_in("guan")


def registered(office: Browser) -> str:
    """Register a system and return the address of its page."""
    chosen = office.post("/systems/new/", {"unit": "130973400-economy"})
    assert chosen.status_code == 302
    page = office.get(chosen["Location"]).content.decode()
    [post] = re.findall(r'<option value="([0-9a-f-]+)">经办人', page)
    assert office.post(chosen["Location"], {**FORM, "post": post, "once_key": "k"})["Location"] == "/systems/"
    [address] = set(re.findall(r"/systems/[0-9a-f-]{36}/", office.get("/systems/").content.decode()))
    return address


def test_it_is_registered_and_its_key_is_shown_once(office: Browser) -> None:
    address = registered(office)

    given = office.post(f"{address}keys/", {"days": "30", "once_key": "k2"})
    again = office.post(f"{address}keys/", {"days": "30", "once_key": "k2"})

    [secret] = re.findall(r'value="(zc_[^"]+)"', given.content.decode())
    assert "no-store" in given["Cache-Control"]
    assert (again.status_code, again["Location"]) == (302, address)
    assert Caller(secret).get("/me").body["person"] == "演示督办平台（系统）"
    page = office.get(address).content.decode()
    assert secret[:10] in page
    assert secret not in page
    assert "有效至" in page
    [end] = re.findall(rf"{address}keys/[0-9a-f-]+/end/", page)
    assert "不能恢复" in office.get(end).content.decode()
    assert office.post(end, {"once_key": "k3"})["Location"] == address
    assert Caller(secret).get("/me").status == 401


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"name": ""}, "请填写这一项"), ({"addresses": "市里"}, "“市里”不是网络地址"), ({"rights": ["audit"]}, "请从列出的选项中选择"),
])
def test_what_cannot_be_taken_is_told_beside_its_field_and_kept(office: Browser, changes: dict[str, str], sentence: str) -> None:
    chosen = office.post("/systems/new/", {"unit": "130973400-economy"})["Location"]
    [post] = re.findall(r'<option value="([0-9a-f-]+)">经办人', office.get(chosen).content.decode())

    answer = office.post(chosen, {**FORM, "post": post, **changes})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "同步办理进度" in answer.content.decode()


def test_a_unit_of_elsewhere_is_not_found(office: Browser) -> None:
    answer = office.post("/systems/new/", {"unit": "任丘市"})

    assert answer.status_code == 422
    assert "本辖区没有这个单位" in answer.content.decode()


def test_a_subscription_shows_its_secret_and_dead_letters_are_sent_again(office: Browser) -> None:
    address = registered(office)
    plain = office.post(f"{address}subscribe/", {"url": "http://a.example.cn/", "topics": ["problem.dispatched"]})
    office.post(f"{address}subscribe/", {"url": "https://a.example.cn/", "topics": ["problem.dispatched"], "once_key": "k4"})
    with acting_as(looking(Person.objects.get(login="guan").id)):
        one = Subscription.objects.get()
        dead = Delivery.objects.create(
            subscription=one, fact_id=uuid4(), topic="problem.dispatched", thing_id=uuid4(), version=1, url="/api/v1/problems/演示-1",
            at=NOW, state="dead", tries=10, ended_at=NOW, status=500, answer="<b>坏了</b>",
        )
        Subscription.objects.update(state="paused", failures=20)
    place = f"/systems/subscriptions/{one.id}/"

    page = office.get(place).content.decode()

    assert (plain.status_code, "https://" in plain.content.decode()) == (422, True)
    assert f"{place}" in office.get(address).content.decode()
    assert "whsec_" in page
    assert "送了 10 次" in page
    assert "<b>坏了" not in page
    for act in (f"{dead.id}/resend/", "resume/", "secret/"):
        assert office.get(f"{place}{act}").status_code == 200, act
        assert office.post(f"{place}{act}", {"once_key": act})["Location"] == place
    after = office.get(place).content.decode()
    assert "没有未能送达的" in after
    assert "通知中" in after
    assert office.post(f"{place}end/", {"once_key": "end"})["Location"] == address
    assert "没有订阅事件" in office.get(address).content.decode()


def test_however_many_dead_letters_are_paged_and_go_out_again_at_once(office: Browser) -> None:
    address = registered(office)
    office.post(f"{address}subscribe/", {"url": "https://a.example.cn/", "topics": ["problem.dispatched"], "once_key": "k4"})
    with acting_as(looking(Person.objects.get(login="guan").id)):
        one = Subscription.objects.get()
        Delivery.objects.bulk_create([
            Delivery(
                subscription=one, fact_id=uuid4(), topic="problem.dispatched", thing_id=uuid4(), version=1,
                url=f"/api/v1/problems/演示-{number}", at=NOW, state="dead", tries=10, ended_at=NOW, status=500, answer="",
            )
            for number in range(60)
        ])
    place = f"/systems/subscriptions/{one.id}/"

    first = office.get(place).content.decode()
    [older] = re.findall(r'href="(\?dead=[0-9a-f-]+)#dead"', first)
    second = office.get(f"{place}{older}").content.decode()

    assert (first.count(">重发<"), second.count(">重发<")) == (50, 10)
    assert "60 条通知未能送达" in office.get("/").content.decode()
    assert office.get(f"{place}resend/").status_code == 200
    assert "60 条已列入投递" in office.post(f"{place}resend/", {"once_key": "all"}, follow=True).content.decode()
    assert office.post(f"{place}resend/", {"once_key": "again"}).status_code == 409
    with acting_as(looking(Person.objects.get(login="guan").id)):
        assert Delivery.objects.filter(state="waiting", tries=0).count() == 60


def test_ending_it_is_said_first_and_then_final(office: Browser) -> None:
    address = registered(office)

    assert "立即失效" in office.get(f"{address}end/").content.decode()
    office.post(f"{address}end/", {"once_key": "e"})

    assert "还没有接入系统" in office.get("/systems/").content.decode()
    assert "演示督办平台" in office.get("/systems/?with_ended=on").content.decode()
    assert "发放密钥" not in office.get(address).content.decode()


def test_others_have_no_such_place(office: Browser) -> None:
    address = registered(office)
    seated("wai", "130123-office", "administrator")
    elsewhere = signed_in("wai")

    for path in (address, f"{address}keys/", f"{address}end/", f"{address}subscribe/"):
        for stranger in (elsewhere, signed_in("park_office"), signed_in("firm")):
            assert stranger.get(path).status_code == 404, path
            assert stranger.post(path, {"days": "1"}).status_code in (404, 405), path
    assert "演示督办平台" not in elsewhere.get("/systems/").content.decode()
    assert signed_in("park_office").get("/systems/").status_code == 404
    assert "接入系统" not in signed_in("park_office").get("/account/").content.decode()
    assert "接入系统" in office.get("/account/").content.decode()


def test_the_list_costs_the_same_however_many(office: Browser, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    registered(office)
    with clock.held_at(NOW + timedelta(minutes=1)), django_assert_max_num_queries(12):
        assert office.get("/systems/").status_code == 200


def test_the_organisation_is_taken_out_held_against_and_taken_in(office: Browser) -> None:
    file = office.get("/systems/organisation/file/")
    tree = json.loads(file.content)
    same = sent(office, tree, "look")
    [bureau] = [one for one in tree["units"] if one["code"] == "130973400-economy"]
    bureau["short"] = "演示经发"
    held = sent(office, tree, "look")
    wrong = sent(office, {**tree, "units": [{**bureau, "region": "130982"}]}, "take")

    assert file["Content-Disposition"].startswith('attachment; filename="organisation-130973400-')
    assert "没有不同" in same.content.decode()
    assert "1 处不同，都能办" in held.content.decode()
    assert re.search("修改单位.*简称：.* → 演示经发", held.content.decode()), "in the office's words, not the file's"
    assert (wrong.status_code, "没有导入" in wrong.content.decode()) == (409, True)
    assert json.loads(office.get("/systems/organisation/file/").content) != tree
    assert sent(office, tree, "take").status_code == 302
    assert json.loads(office.get("/systems/organisation/file/").content) == tree
    assert signed_in("park_office").get("/systems/organisation/file/").status_code == 404


def sent(office: Browser, tree: Any, what: str) -> Any:
    file = SimpleUploadedFile("o.json", json.dumps(tree, ensure_ascii=False).encode())
    return office.post("/systems/organisation/", {"file": file, "what": what, "once_key": str(uuid4())})
