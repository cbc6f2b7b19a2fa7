"""Elements, lists, ends, merging and splitting at the screen: each shows what will happen before it does (R-D3, R-D7, R-E7)."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import acting
from tests.subjects.conftest import region_id, sound_code
from tests.web.portal.conftest import text_of
from tests.world import NOW
from zhitong.domain.subjects.actions.caring import enlist
from zhitong.domain.subjects.actions.registering import NewSubject, register
from zhitong.domain.subjects.models import AssistanceList, Subject
from zhitong.domain.subjects.queries.removals import removals_of
from zhitong.domain.subjects.rules.kinds import SubjectKind

pytestmark = pytest.mark.django_db
AtScreen = Callable[[str], Client]


def twin(name: str = "演示南大港石化设备厂", code: int = 5, kind: SubjectKind = SubjectKind.INDUSTRY) -> UUID:
    """One more in 南大港, on the city's list where it is a firm."""
    with acting("park_office") as actor:
        written = sound_code(code) if kind is SubjectKind.INDUSTRY else f"2018-{code}"
        entry = NewSubject(kind=kind, name=name, code=written, region_id=region_id("130973400"), alike_reason="测试")
        [one] = register([entry], rules=[], actor=actor, now=NOW)
        if kind is SubjectKind.INDUSTRY:
            enlist(AssistanceList.objects.get(campaign="hebei-2018", code="industry-city").id, [one], actor=actor, now=NOW)
    return one


def row(subject_id: UUID) -> Subject:
    with acting("province_office"):
        return Subject.objects.get(id=subject_id)


def test_elements_are_set_one_by_one(at_screen: AtScreen) -> None:
    project, client = twin("演示石化项目", kind=SubjectKind.PROJECT), at_screen("park_office")
    page = f"/subjects/{project}/elements/"
    land = {"element": "land", "name": "建设用地批准书", "state": "under_way"}

    client.post(page, {**land, "once_key": "1"})
    client.post(page, {"element": "approval", "name": "项目备案", "state": "done", "done_on": "2018-03-01", "once_key": "2"})
    later = {**land, "state": "done", "done_on": "2018-04-20", "once_key": "3"}
    done = text_of(client.post(f"{page}?name=建设用地批准书", later, follow=True))
    wrong = client.post(page, {**land, "name": "环评批复", "state": "done", "once_key": "4"})

    assert "项目备案已办结3月1日审批建设用地批准书已办结4月20日用地" in done
    assert wrong.status_code == 422
    assert "须写明办结日期" in text_of(wrong)


def test_leaving_a_list_goes_to_the_office_that_drew_it(at_screen: AtScreen) -> None:
    one = twin()
    with acting("park_office"):
        drawn = AssistanceList.objects.get(campaign="hebei-2018", code="industry-city").id
    said = {"list": str(drawn), "cause": "suspended", "proof": "停电证明"}

    asked = text_of(at_screen("park_office").post(f"/subjects/{one}/remove/", {**said, "once_key": "1"}, follow=True))
    with acting("park_office"):
        [removal] = removals_of(one)
    waiting = text_of(at_screen("city_office").get("/subjects/removals/"))
    refused = at_screen("city_office").post(f"/subjects/removals/{removal.id}/", {"agreed": "no", "answer": "", "once_key": "2"})
    done = text_of(at_screen("city_office").post(f"/subjects/removals/{removal.id}/", {"agreed": "yes", "once_key": "3"}, follow=True))

    assert "申请移出“市级重点帮扶规上工业企业名单”（停产停业），等" in asked
    assert "演示南大港石化设备厂停产停业" in waiting
    assert refused.status_code == 422
    assert "已审定" in done
    assert at_screen("park_office").get(f"/subjects/removals/{removal.id}/").status_code == 404
    assert at_screen("outsider").get("/subjects/removals/").status_code == 200
    assert "演示南大港" not in text_of(at_screen("outsider").get("/subjects/removals/"))
    assert at_screen("firm").get("/subjects/removals/").status_code == 404


def test_an_end_is_proved_and_can_be_taken_back(at_screen: AtScreen) -> None:
    one, client = twin(), at_screen("park_office")

    wrong = client.post(f"/subjects/{one}/end/", {"reason": "deregistered", "on": "2018-05-30", "proof": "通知书", "once_key": "1"})
    done = text_of(client.post(
        f"/subjects/{one}/end/", {"reason": "deregistered", "on": "2018-04-20", "proof": "通知书", "once_key": "2"}, follow=True
    ))  # fmt: skip
    back = text_of(client.post(f"/subjects/{one}/resume/", {"reason": "核对错了", "once_key": "3"}, follow=True))

    assert "日期不能晚于今天" in text_of(wrong)
    assert "起不再服务已注销" in done
    assert "已恢复服务" in back
    assert row(one).ended_on is None


def test_merging_shows_what_will_happen_then_does_it_and_splitting_takes_it_back(at_screen: AtScreen, firm_id: UUID) -> None:
    gone, client = twin(), at_screen("park_office")
    page = f"/subjects/{firm_id}/merge/"

    choice = client.get(page).content.decode()
    preview = text_of(client.get(f"{page}?other={gone}"))
    without = client.post(f"{page}?other={gone}", {"once_key": "1"})
    late = client.post(f"{page}?other={gone}", {"reason": "重复", "kept_version": "9", "once_key": "2"})
    said = {"reason": "重复", "kept_version": "1", "merged_version": "1", "once_key": "3"}
    done = text_of(client.post(f"{page}?other={gone}", said, follow=True))

    assert f"?other={gone}" in choice
    assert "转入市级重点帮扶规上工业企业名单" in preview
    assert (without.status_code, late.status_code) == (422, 409)
    assert "并入的登记演示南大港石化设备厂" in done
    assert row(gone).merged_into_id == firm_id
    assert "演示南大港石化设备有限公司" in text_of(client.get(f"/subjects/{gone}/"))

    split = f"/subjects/{firm_id}/split/"
    lists = [str(one) for one in AssistanceList.objects.filter(code="industry-city").values_list("id", flat=True)]
    offered = client.get(split).content.decode()
    back = client.post(f"{split}?undo={gone}", {"reason": "不是同一户", "version": "2", "lists": lists, "once_key": "4"}, follow=True)

    assert f"?undo={gone}" in offered
    assert "已拆分" in text_of(back)
    assert row(gone).merged_into_id is None
    assert back.request["PATH_INFO"] == f"/subjects/{gone}/"


def test_a_firm_that_divides_is_registered_anew(at_screen: AtScreen, firm_id: UUID) -> None:
    client = at_screen("park_office")
    said = {
        "name": "演示南大港精细化工有限公司", "code": sound_code(9), "region": str(region_id("130973400")), "reason": "分立",
        "version": "1", "once_key": "1",
    }

    page = client.post(f"/subjects/{firm_id}/split/?new=1", said, follow=True)

    assert "演示南大港精细化工有限公司" in text_of(page)
    assert "拆分登记" in text_of(page)


@pytest.mark.parametrize("act", ["merge", "split", "end", "relocate", "enlist"])
def test_only_the_offices_of_its_territory_rearrange(at_screen: AtScreen, firm_id: UUID, act: str) -> None:
    expected = {"park_office": (200,), "outsider": (404,), "other_firm": (404,), "city": (403,), "firm": (403,)}
    for login, statuses in expected.items():
        assert at_screen(login).get(f"/subjects/{firm_id}/{act}/").status_code in statuses
