"""R-B9 at the screen: the unit's leader sets sign-off, the officer's form becomes a draft, one tap signs it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Story
from tests.files.samples import photo
from tests.phones import give_phone
from tests.problems.ways import acknowledged
from zhitong.domain.campaigns.models import Installation
from zhitong.domain.organisations.models import Person
from zhitong.domain.problems.rules.kinds import State

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]
Address = Callable[..., str]
ANSWER = {"outcome": "solved", "text": "已调整错峰方案。"}


def told(answer: Any) -> str:
    return str(answer.content.decode())


def set_by(director: Client, steps: str) -> Any:
    return director.post("/signing/setting/", {"steps_complete": steps}, follow=True)


def draft_address(director: Client) -> str:
    page = told(director.get("/signing/"))
    return page.split('class="zt-row-title" href="')[1].split('"')[0]


def test_the_officers_form_becomes_a_draft_and_one_tap_signs_it(
    at_desk: Desk, director: Client, raised: Callable[..., Story], address_of: Address
) -> None:
    story = acknowledged(raised())
    assert "已保存" in told(set_by(director, "sign"))

    form = told(at_desk("park").get(address_of(story, "complete")))
    assert "提交审签" in form
    assert "登记线下审签" in form
    taken = at_desk("park").post(address_of(story, "complete"), ANSWER, follow=True)
    assert "已提交审签" in told(taken)
    assert story.standing.state is State.HANDLING

    assert "等您审签" in told(director.get("/signing/"))
    assert "办结：" in told(director.get("/"))
    address = draft_address(director)
    draft = told(director.get(address))
    assert "同意并签发" in draft
    assert "已解决" in draft
    signed = director.post(address, {"do": "sign"}, follow=True)
    assert "已审签" in told(signed)
    assert "审签：演示局长" in told(signed)
    assert story.standing.state is State.ANSWERED


def test_given_back_the_form_keeps_what_was_drafted(
    at_desk: Desk, director: Client, raised: Callable[..., Story], address_of: Address
) -> None:
    story = acknowledged(raised())
    set_by(director, "sign")
    at_desk("park").post(address_of(story, "complete"), ANSWER)
    address = draft_address(director)

    refused = director.post(address, {"do": "give_back", "words": ""})
    assert (refused.status_code, "请写明退回修改的意见" in told(refused)) == (422, True)
    director.post(address, {"do": "give_back", "words": "请写明电量"})

    assert "请写明电量" in told(at_desk("park").get(address))
    assert "已调整错峰方案。" in told(at_desk("park").get(address_of(story, "complete")))


def test_a_signature_on_paper_is_registered_whole_or_refused(
    at_desk: Desk, director: Client, raised: Callable[..., Story], address_of: Address
) -> None:
    story = acknowledged(raised())
    set_by(director, "sign")
    half = at_desk("park").post(address_of(story, "complete"), {**ANSWER, "signer": "演示局长"})
    assert (half.status_code, "审签人和日期都要填写" in told(half)) == (422, True)
    assert "已调整错峰方案。" in told(half)
    assert story.standing.state is State.HANDLING

    whole = {**ANSWER, "signer": "演示局长", "signed_on": "2018-04-27"}
    done = at_desk("park").post(address_of(story, "complete"), whole, follow=True)
    assert "已登记线下审签" in told(done)
    assert "已线下审签：演示局长，4月27日" in told(done)


def test_the_paper_is_kept_as_a_photo_even_when_the_form_is_refused_first(
    at_desk: Desk, director: Client, raised: Callable[..., Story], address_of: Address
) -> None:
    story = acknowledged(raised())
    set_by(director, "sign")
    taken = SimpleUploadedFile("审签单.jpg", photo(), "image/jpeg")
    refused = at_desk("park").post(address_of(story, "complete"), {**ANSWER, "files": taken})
    assert (refused.status_code, "请登记审签人和日期" in told(refused)) == (422, True)
    [kept] = re.findall(r'name="files_kept" value="([^"]+)"', told(refused))

    whole = {**ANSWER, "signer": "演示局长", "signed_on": "2018-04-27", "files_kept": kept}
    done = at_desk("park").post(address_of(story, "complete"), whole, follow=True)

    assert "审签单.jpg" in told(done)
    assert "审签单.jpg" in told(at_desk("park_office").get(address_of(story)))
    assert at_desk("outsider").get(f"/files/{kept}/").status_code == 404


def test_nobody_outside_the_unit_opens_a_draft(
    at_desk: Desk, director: Client, raised: Callable[..., Story], address_of: Address
) -> None:
    story = acknowledged(raised())
    set_by(director, "sign")
    at_desk("park").post(address_of(story, "complete"), ANSWER)
    address = draft_address(director)
    for login in ("park_office", "zone", "province_office", "outsider"):
        assert at_desk(login).get(address).status_code == 404, login
        assert "演示南大港" not in told(at_desk(login).get("/signing/")), login
    assert at_desk("firm").get("/signing/").status_code == 403
    assert at_desk("park").get("/signing/setting/").status_code == 403


def test_the_list_costs_the_same_for_many_drafts(
    at_desk: Desk, director: Client, raised: Callable[..., Story], address_of: Address
) -> None:
    set_by(director, "sign")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert director.get("/signing/").status_code == 200
        return len(asked)

    at_desk("park").post(address_of(acknowledged(raised()), "complete"), ANSWER)
    cost()
    few = cost()
    for _ in range(3):
        at_desk("park").post(address_of(acknowledged(raised()), "complete"), ANSWER)
    assert cost() == few


def test_a_signer_away_from_his_desk_signs_by_the_link_and_a_code_to_his_phone(
    at_desk: Desk, director: Client, raised: Callable[..., Story], address_of: Address, client: Client
) -> None:
    give_phone(Person.objects.filter(name="演示局长"), "13900000088")
    Installation.objects.update_or_create(defaults={"is_demonstration": True})
    story = acknowledged(raised())
    set_by(director, "sign")
    at_desk("park").post(address_of(story, "complete"), ANSWER)
    draft = told(at_desk("park").get(draft_address(director)))
    assert "演示局长" in draft
    assert "139****0088" in draft
    link = unescape(re.search(r'zt-link-in-words" href="[^"]*?(/sign-in/phone/[^"]+)"', draft).group(1))  # type: ignore[union-attr]

    asked = told(client.post(link, {"phone": "13900000088", "step": "send", "next": draft_address(director)}))
    code = re.search(r"验证码(\d{6})", asked).group(1)  # type: ignore[union-attr]
    led = client.post(link, {"phone": "13900000088", "code": code, "step": "enter", "next": draft_address(director)}, follow=True)

    assert "同意并签发" in told(led)
    assert "已审签" in told(client.post(draft_address(director), {"do": "sign"}, follow=True))


def test_the_link_alone_shows_nothing(
    at_desk: Desk, director: Client, raised: Callable[..., Story], address_of: Address, client: Client
) -> None:
    story = acknowledged(raised())
    set_by(director, "sign")
    at_desk("park").post(address_of(story, "complete"), ANSWER)

    answer = client.get(draft_address(director), follow=True)

    assert "已调整错峰方案" not in told(answer)
    assert "登录" in told(answer)
