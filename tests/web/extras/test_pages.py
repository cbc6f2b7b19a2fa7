"""民生微实事 at the screen (R-C2): proposed, weighed, listed, published, done with a photo, rated; outsiders get nothing."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from tests.cast import acting, viewer
from tests.extras.proposals import afternoon as afternoon
from tests.extras.proposals import listed, proposed, weighed
from tests.files.samples import upload
from tests.web.stories import signed_in
from zhitong.domain.extras.models import Proposal
from zhitong.domain.plans.models import Milestone

pytestmark = pytest.mark.django_db
SAID = {
    "kind": "micro_item", "title": "小区门口修一条人行道", "place": "演示小区东门", "what": "铺设人行道300米", "reasons": "雨天没法走",
    "source": "residents", "cost_cny": "18", "funding": "园区自筹", "beneficiaries": "1,200", "by_when": "2018-10-31", "once_key": "new",
}
POINTS = {
    f"{code}{end}": said for code in ("attention", "reach", "nearness", "readiness") for end, said in (("", "8"), ("_words", "合适"))
}


def words_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_proposal_is_put_forward_once_and_money_is_typed_in_wan() -> None:
    park = signed_in("park")

    page = park.post("/extras/new/", SAID, follow=True)
    again = park.post("/extras/new/", SAID, follow=True)
    wrong = park.post("/extras/new/", {**SAID, "by_when": "2018-04-01", "once_key": "b"})

    assert page.redirect_chain == again.redirect_chain
    assert "18万元" in words_of(page)
    assert wrong.status_code == 422
    assert "完成时间要在今天以后" in words_of(wrong)
    with acting("park"):
        assert Proposal.objects.get().cost_cny == 180_000


def test_the_office_weighs_lists_and_publishes_and_the_lead_carries_it_through() -> None:
    proposal = proposed()
    office, park, photo = signed_in("park_office"), signed_in("park"), upload()
    lead = str(viewer("park").unit_id)

    form = words_of(office.get(f"/extras/{proposal}/weigh/"))
    half = office.post(f"/extras/{proposal}/weigh/", {**POINTS, "reach": "11", "once_key": "a"})
    ranked = office.post(f"/extras/{proposal}/weigh/", {**POINTS, "once_key": "b"}, follow=True)
    no_day = office.post(f"/extras/{proposal}/list/", {"lead_unit": lead, "steps": "完成施工", "once_key": "c"})
    put_on = office.post(f"/extras/{proposal}/list/", {"lead_unit": lead, "steps": "完成施工 2018-10-15", "once_key": "d"}, follow=True)
    told = office.post("/extras/publish/", {"once_key": "e"}, follow=True)
    with acting("park"):
        step = Milestone.objects.get(task__kind="micro_item").id
    park.post(f"/roadmap/{step}/complete/", {"done_on": "2018-04-27", "once_key": "f"})
    sent = SimpleUploadedFile(photo.name, photo.body.read())
    said = {"done_on": "2018-04-27", "words": "已通行", "files": sent, "once_key": "g"}
    done = park.post(f"/extras/{proposal}/complete/", said, follow=True)
    rated = office.post(f"/extras/{proposal}/rate/", {"asked": "40", "satisfied": "38", "once_key": "h"}, follow=True)

    assert (half.status_code, no_day.status_code) == (422, 422)
    assert "80 分，排第 1" in words_of(ranked)
    assert re.search(r"占\d+）", form)
    assert "“完成施工”后面要写日期" in words_of(no_day)
    assert "完成施工" in words_of(put_on)
    assert "已公布 1 项" in words_of(told)
    assert photo.name in words_of(done)
    assert "38/40 人满意" in words_of(rated)
    assert "38/40 人满意" in words_of(office.get("/extras/ledger/"))


def test_one_is_turned_down_sent_up_and_taken_back_by_forms_of_their_own() -> None:
    one, other, third = proposed(), weighed(title="装电梯"), proposed(title="种树")
    office, park = signed_in("park_office"), signed_in("park")

    bare = office.post(f"/extras/{one}/turn_down/", {"reason": "", "once_key": "a"})
    down = office.post(f"/extras/{one}/turn_down/", {"reason": "已有安排", "once_key": "b"}, follow=True)
    office.post(f"/extras/{other}/send_up/", {"reason": "各小区都要", "once_key": "c"})
    back = park.post(f"/extras/{third}/withdraw/", {"reason": "物业做", "once_key": "d"}, follow=True)
    over = office.post(f"/extras/{third}/weigh/", {**POINTS, "once_key": "e"})

    assert (bare.status_code, over.status_code) == (422, 409)
    assert "已有安排" in words_of(down)
    assert "已撤回" in words_of(back)
    assert "装电梯" in words_of(signed_in("zone_office").get("/extras/?state=proposed"))


def test_the_ranking_exports_what_is_seen() -> None:
    proposed(title="种树")
    weighed()

    answer = signed_in("park_office").get("/extras/?export=xlsx")

    rows = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows if row[0] in ("种树", "小区门口修一条人行道")] == ["小区门口修一条人行道", "种树"]


@pytest.mark.parametrize("login", ["outsider", "neighbour", "firm", "other_firm"])
def test_a_stranger_finds_nothing(login: str) -> None:
    proposal = listed()
    client = signed_in(login)

    assert client.get(f"/extras/{proposal}/").status_code == 404
    for what in ("weigh", "list", "complete", "nonsense"):
        assert client.post(f"/extras/{proposal}/{what}/", {"once_key": what}).status_code == 404
    assert "人行道" not in words_of(client.get("/extras/"))


def test_lists_cost_the_same_whatever_their_length(django_assert_max_num_queries: Any) -> None:
    for place in range(6):
        listed(title=f"项目{place}")
    client = signed_in("park_office")
    client.get("/extras/ledger/")

    with django_assert_max_num_queries(22):
        assert "项目5" in words_of(client.get("/extras/ledger/"))


def test_a_task_of_the_list_is_shown_as_its_item_and_for_others_it_is_not_there() -> None:
    proposal = listed()
    with acting("park"):
        task = Proposal.objects.get(id=proposal).task
        assert task is not None
    address = f"/plan/{task.plan.campaign}/{task.number}/"

    assert signed_in("park").get(address).headers["Location"] == f"/extras/{proposal}/"
    assert signed_in("park").get(address, follow=True).status_code == 200
    assert signed_in("outsider").get(address).status_code == 404
